import { describe, expect, test } from 'vitest';

import { checkPlace } from './category.ts';
import { changes } from './changes.ts';
import { type Facet, facetsOf } from './facet.ts';
import { readLines, readRow } from './import.ts';
import { type Product, type ProductInput, applyInput, checkVersion } from './product.ts';
import { checkReview } from './review.ts';

let next = 0;
const newId = (): string => `id-${(next += 1)}`;
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const variant = (more: object = {}) => ({ sku: 'A', prices: [eur('1')], ...more });
const input = (more: Partial<ProductInput> = {}): ProductInput => ({
  slug: 'cup',
  name: 'Cup',
  variants: [variant()],
  ...more,
});
const product = (more: Partial<ProductInput> = {}): Product => applyInput(null, input(more), newId);

describe('a product input', () => {
  test.each<[string, Partial<ProductInput>, readonly string[], string]>([
    ['a slug with capitals', { slug: 'Cup' }, ['input', 'slug'], 'SLUG'],
    ['a slug with two hyphens', { slug: 'a--b' }, ['input', 'slug'], 'SLUG'],
    ['an empty name', { name: '  ' }, ['input', 'name'], 'EMPTY'],
    ['a long name', { name: 'x'.repeat(201) }, ['input', 'name'], 'TOO_LONG'],
    ['NUL', { name: 'a\0b' }, ['input', 'name'], 'CHARACTERS'],
    ['half a surrogate pair', { description: 'a\ud800' }, ['input', 'description'], 'CHARACTERS'],
    [
      'a script as picture',
      { media: [{ url: 'javascript:alert(1)' }] },
      ['input', 'media', '0', 'url'],
      'URL',
    ],
    [
      'a picture over http',
      { media: [{ url: 'http://example.com/a.png' }] },
      ['input', 'media', '0', 'url'],
      'URL',
    ],
    [
      'a flat picture',
      { media: [{ url: '/media/a.svg', width: 0 }] },
      ['input', 'media', '0', 'width'],
      'SIZE',
    ],
    ['a SKU twice', { variants: [variant(), variant()] }, ['input', 'variants', '1', 'sku'], 'SKU_TAKEN'],
    [
      '251 variants',
      { variants: Array.from({ length: 251 }, (_, i) => variant({ sku: `S${i}` })) },
      ['input', 'variants'],
      'TOO_MANY',
    ],
    [
      'a price below zero',
      { variants: [variant({ prices: [eur('-1')] })] },
      ['input', 'variants', '0', 'prices', '0', 'amount'],
      'AMOUNT',
    ],
    [
      'cents of yen',
      { variants: [variant({ prices: [{ amount: '1.5', currency: 'JPY' }] })] },
      ['input', 'variants', '0', 'prices', '0', 'amount'],
      'AMOUNT',
    ],
    [
      'a currency that does not exist',
      { variants: [variant({ prices: [{ amount: '1', currency: 'XXQ' }] })] },
      ['input', 'variants', '0', 'prices', '0', 'currency'],
      'CURRENCY',
    ],
    [
      'a currency twice',
      { variants: [variant({ prices: [eur('1'), eur('2')] })] },
      ['input', 'variants', '0', 'prices', '1', 'currency'],
      'CURRENCY_TAKEN',
    ],
    [
      'a compare-at below the price',
      { variants: [variant({ compareAtPrices: [eur('1')] })] },
      ['input', 'variants', '0', 'compareAtPrices', '0'],
      'COMPARE_AT',
    ],
    [
      'the same options twice',
      {
        variants: [
          variant({ options: [{ name: 'S', value: 'M' }] }),
          variant({ sku: 'B', options: [{ name: 'S', value: 'M' }] }),
        ],
      },
      ['input', 'variants', '1', 'options'],
      'OPTIONS_TAKEN',
    ],
  ])('with %s is refused', (_what, more, field, code) => {
    expect(() => product(more)).toThrow(expect.objectContaining({ type: 'ValidationError', field, code }));
  });

  test.each(['https://cdn.example.com/a.png', 'http://localhost:8000/media/a.png', '/media/a.svg'])(
    'may have the picture %s',
    url => {
      expect(product({ media: [{ url }] }).media[0]?.url).toBe(url);
    },
  );

  test('that leaves something out keeps it, and null clears it', () => {
    const before = product({ brand: 'Acme', description: 'Nice' });
    expect(applyInput(before, { slug: 'cup', name: 'Cup', description: null }, newId)).toEqual({
      ...before,
      description: null,
    });
  });

  test('without one of its variants archives that variant, and with it again revives it under the same id', () => {
    const both = product({ variants: [variant(), variant({ sku: 'B' })] });
    const one = applyInput(both, input(), newId);
    expect(one.variants.map(({ sku, archived }) => [sku, archived])).toEqual([
      ['A', false],
      ['B', true],
    ]);
    const again = applyInput(one, input({ variants: [variant({ sku: 'B' })] }), newId);
    expect(again.variants.find(({ sku }) => sku === 'B')).toMatchObject({
      id: both.variants[1]?.id,
      archived: false,
    });
  });

  test.each([
    [2, null],
    [0, { version: 1 }],
    [1, { version: 2 }],
  ])('that expects version %s of %j is refused', (expected, current) => {
    expect(() => checkVersion(current, expected)).toThrow(expect.objectContaining({ type: 'ConflictError' }));
  });
});

describe('what is told of an edit', () => {
  const before = product({ variants: [variant(), variant({ sku: 'B' })] });
  const edited = (more: Partial<ProductInput>) =>
    changes(before, applyInput(before, input({ variants: undefined, ...more }), newId));
  const [a, b] = before.variants.map(({ id }) => id);

  test.each<
    [
      string,
      Partial<ProductInput>,
      { product: boolean; variants: unknown[]; prices: unknown[]; told: string },
    ]
  >([
    ['nothing', {}, { product: false, variants: [], prices: [], told: 'product.updated' }],
    [
      'the description',
      { description: 'New' },
      { product: true, variants: [], prices: [], told: 'product.updated' },
    ],
    ['the name', { name: 'Mug' }, { product: true, variants: [a, b], prices: [], told: 'product.updated' }],
    [
      'the status',
      { status: 'ARCHIVED' },
      { product: true, variants: [a, b], prices: [], told: 'product.archived' },
    ],
    [
      'one price',
      { variants: [variant({ prices: [eur('2')] }), variant({ sku: 'B' })] },
      { product: true, variants: [], prices: [a], told: 'product.updated' },
    ],
    [
      'one weight',
      { variants: [variant({ weightGrams: 5 }), variant({ sku: 'B' })] },
      { product: true, variants: [a], prices: [], told: 'product.updated' },
    ],
    [
      'a cost',
      { variants: [variant({ costPrice: eur('1') }), variant({ sku: 'B' })] },
      { product: true, variants: [], prices: [], told: 'product.updated' },
    ],
  ])('after a change of %s', (_what, more, expected) => {
    const found = edited(more);
    expect({ ...found, variants: [...found.variants], prices: [...found.prices] }).toEqual(expected);
  });

  test('of a new product on sale is that it was published, with all variants and prices', () => {
    expect(changes(null, before)).toMatchObject({
      told: 'product.published',
      product: true,
      variants: new Set([a, b]),
      prices: new Set([a, b]),
    });
  });
});

test.each([
  [4, 0],
  [3, 1],
  [1, 3],
])('a category at level %i with %i levels below is too deep', (depth, below) => {
  expect(() => checkPlace(depth, below)).toThrow(expect.objectContaining({ code: 'CATEGORY_DEPTH' }));
});

test.each([0, 6, 2.5])('a rating of %s is refused', rating => {
  expect(() => checkReview({ productId: 'p', rating })).toThrow(expect.objectContaining({ code: 'RATING' }));
});

test('a selected facet value that nothing has is still shown, with count 0', () => {
  const facets: Facet[] = facetsOf(
    [{ stored: 'brand=Acme', count: 2 }],
    new Set(['brand=Zeta']),
    slug => slug,
  );
  expect(facets).toEqual([
    {
      key: 'brand',
      label: 'Brand',
      values: [
        { value: 'Acme', label: 'Acme', count: 2, selected: false },
        { value: 'Zeta', label: 'Zeta', count: 0, selected: true },
      ],
    },
  ]);
});

describe('an import line', () => {
  test('keeps its number when others are empty', () => {
    expect(readLines('a\n\n b \r\n')).toEqual([
      { row: 1, line: 'a' },
      { row: 3, line: 'b' },
    ]);
  });

  test.each([
    ['{', undefined],
    ['[]', ['input']],
    ['{"slug":"a"}', ['input', 'name']],
    ['{"slug":"a","name":1}', ['input', 'name']],
    ['{"slug":"a","name":"b","admin":true}', ['input', 'admin']],
    ['{"slug":"a","name":"b","__proto__":{"status":"DRAFT"}}', ['input', '__proto__']],
    [
      '{"slug":"a","name":"b","variants":[{"sku":"x","prices":[{"amount":1,"currency":"EUR"}]}]}',
      ['input', 'variants', '0', 'prices', '0', 'amount'],
    ],
  ])('%s is refused at %j', (line, field) => {
    expect(() => readRow(line)).toThrow(
      expect.objectContaining({ type: 'ValidationError', field: field ?? null }),
    );
  });
});
