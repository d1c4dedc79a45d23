import { execute, parse } from 'graphql';
import { expect, test } from 'vitest';

import { buildSchema } from './subgraph-server.ts';

const schema = buildSchema(
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
   type Thing @key(fields: "id") { id: ID! name: String }
   type Plain { id: ID! }
   type Query { plain: Plain }`,
  {
    Thing: {
      // Like SQL, it fails on what is no text.
      __resolveReference: ({ id }: { id: string }) => ({ id, name: id.toUpperCase() }),
    },
  },
);

// Under any name: what limits one spelling of the operation limits none.
const ask = async (representations: readonly unknown[]) =>
  execute({
    schema,
    document: parse('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Thing { name } } }'),
    variableValues: { r: representations },
    contextValue: {},
  });

test('entities are found by their key', async () => {
  const { data } = await ask([{ __typename: 'Thing', id: 'a' }]);
  expect(data).toEqual({ _entities: [{ name: 'A' }] });
});

test.each([
  [[{}]],
  [['x']],
  [[{ __typename: 'Thing' }]],
  [[{ __typename: 'Thing', name: 'a' }]],
  [[{ __typename: 'Thing', id: null }]],
  [[{ __typename: 'Thing', id: 5 }]],
  [[{ __typename: 'Thing', id: { a: 1 } }]],
  [[{ __typename: 'Thing', id: ['a'] }]],
  [[{ __typename: 'Thing', id: 'a\0' }]],
  [[{ __typename: 'Thing', id: 'x'.repeat(256) }]],
  [[{ __typename: 'Plain', id: 'a' }]],
  [[{ __typename: 'Query' }]],
  [[{ __typename: '__proto__', id: 'a' }]],
  [Array.from({ length: 1_001 }, () => ({ __typename: 'Thing', id: 'a' }))],
])('representations that are none are bad input: %j', async representations => {
  const { errors } = await ask(representations);
  expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
});
