import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { deletes, isNear, plan, searchWords } from './search.ts';

const word = fc.stringMatching(/^[a-z]{5,12}$/);
/** One slip at a place: wrong, missing, doubled or swapped letter. */
const slips: readonly ((text: string, at: number) => string)[] = [
  (text, at) => `${text.slice(0, at)}q${text.slice(at + 1)}`,
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at + 1) + text.slice(at),
  (text, at) => text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2),
];

describe('a slip', () => {
  test('of any kind at any place is near, and the dictionary finds it by a common deletion', () => {
    fc.assert(
      fc.property(word, fc.nat(11), fc.constantFrom(...slips), (text, at, slip) => {
        const typed = slip(text, at % text.length);
        expect(isNear(typed, text)).toBe(true);
        expect(deletes(typed).some(part => deletes(text).includes(part))).toBe(true);
      }),
    );
  });

  test.each([
    ['table', 'cable', true],
    ['table', 'tables', true],
    ['table', 'tabel', true],
    ['table', 'stable', true],
    ['table', 'cabel', false],
    ['table', 'tab', false],
    ['table', 'elbat', false],
  ])('between %s and %s: %s', (a, b, near) => {
    expect(isNear(a, b)).toBe(near);
  });
});

describe('a search text', () => {
  test.each([
    ['  Café-Crème! ', ['cafe', 'creme']],
    ["'; drop table x; --", ['drop', 'table', 'x']],
    ['%_\\ & | ! ( :*', []],
    ['日本 茶', ['日本', '茶']],
  ])('%s has the words %j', (text, words) => {
    expect(searchWords(text)).toEqual(words);
  });

  test('takes a word that is sold at its word and suggests the other', () => {
    expect(
      plan([
        { word: 'fairy', found: true, stop: false, near: [] },
        { word: 'tale', found: true, stop: false, near: ['table'] },
      ]),
    ).toEqual({
      query: `'fairy' & 'tale':*`,
      names: null,
      suggestions: ['fairy table'],
    });
  });

  test('replaces a word that nothing has by all that are near', () => {
    expect(plan([{ word: 'cabel', found: false, stop: false, near: ['cable', 'label'] }])).toEqual({
      query: `('cable' | 'label')`,
      names: null,
      suggestions: ['cable', 'label'],
    });
  });

  test('of words alone that texts are not searched by looks for names', () => {
    const stop = (word: string) => ({ word, found: true, stop: true, near: [] });
    expect(plan([stop('the'), stop('and')])).toEqual({
      query: null,
      names: `'the' & 'and':*`,
      suggestions: [],
    });
    expect(plan([stop('the'), { word: 'cup', found: true, stop: false, near: [] }])).toMatchObject({
      query: `'the' & 'cup':*`,
      names: null,
    });
  });
});
