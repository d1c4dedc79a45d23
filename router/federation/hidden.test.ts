import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Federation, type Parts, findIn, startFederation } from '../testing/federation.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", "@requires", "@tag"])`;

const parts: Parts = {
  stock: {
    sdl: `${link}
      type Query { item: Item things: [Thing] badge: Named mode: Mode }
      union Thing = Item | Secret interface Named { name: String }
      type Item implements Named @key(fields: "id") { id: ID! name: String weight: Int @tag(name: "internal") }
      type Secret implements Named @tag(name: "internal") { name: String }
      enum Mode { OPEN SHADOW @tag(name: "internal") }`,
    resolvers: {
      Query: {
        item: () => ({ __typename: 'Item', id: '1', name: 'tea' }),
        things: () => [
          { __typename: 'Secret', name: 's' },
          { __typename: 'Item', id: '1', name: 'tea' },
        ],
        badge: () => ({ __typename: 'Secret', name: 's' }),
        mode: () => 'SHADOW',
      },
      Item: {
        weight: () => {
          throw new GraphQLError('not weighed', { extensions: { code: 'NOT_FOUND' } });
        },
      },
    },
  },
  carrier: {
    sdl: `${link}
      type Item @key(fields: "id") { id: ID! weight: Int @external postage: Int @requires(fields: "weight") }
      input By { a: Int b: Int @tag(name: "internal") }
      type Query { quote(by: By): Int }`,
    resolvers: {
      Item: { ...findIn([{ id: '1', postage: 3 }]), postage: ({ weight }: { weight: number }) => weight },
      Query: { quote: () => 1 },
    },
  },
};

describe('what a variant hides', () => {
  let shop: Federation;
  beforeAll(async () => {
    shop = await startFederation(parts, {}, { include: [], exclude: ['internal'] });
  });
  afterAll(() => shop.close());

  test('has no name in the place of an error: that is told at what was asked for', async () => {
    const answer = await shop.ask('{ item { postage } }');
    expect(answer).toEqual({
      data: { item: { postage: null } },
      errors: [{ message: 'not weighed', path: ['item'], extensions: { code: 'NOT_FOUND' } }],
    });
  });
  test('is no name of a type, no value and no object in an answer', async () => {
    const { data, extensions } = await shop.ask(
      '{ things { __typename ... on Named { name } } badge { __typename name } mode }',
    );
    expect(data).toEqual({ things: [null, { __typename: 'Item', name: 'tea' }], badge: null, mode: null });
    expect(JSON.stringify(extensions)).not.toMatch(/Secret|SHADOW/);
  });
  test('is unknown to introspection and to suggestions', async () => {
    const { data } = await shop.ask(`{ secret: __type(name: "Secret") { name }
      mode: __type(name: "Mode") { enumValues { name } } named: __type(name: "Named") { possibleTypes { name } } }`);
    expect(data).toEqual({
      secret: null,
      mode: { enumValues: [{ name: 'OPEN' }] },
      named: { possibleTypes: [{ name: 'Item' }] },
    });
    for (const guess of [
      '{ item { weigh } }',
      '{ badge { ... on Secre { name } } }',
      '{ quote(by: { bb: 1 }) }',
    ])
      expect(JSON.stringify((await shop.ask(guess)).errors)).not.toMatch(/weight|Secret|\\"b\\"/);
  });
  test('is not taken in variables', async () => {
    const { answer, sent } = await shop.watch('query($by: By) { quote(by: $by) }', { by: { b: 1 } });
    expect(answer.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(sent).toEqual([]);
  });
});
