import { readFileSync } from 'node:fs';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { expect, test } from 'vitest';

import { createCacheHints } from './cache-hints.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@authenticated", "@requiresScopes", "@policy"])`;
const hintsOf = (sdl: string) =>
  createCacheHints(buildSubgraphSchema([{ typeDefs: parse(`${link}\n${sdl}`) }]));

const hints = hintsOf(`
  directive @cacheControl(maxAge: Int!) on FIELD_DEFINITION | OBJECT
  type Query {
    thing: Thing
    things: [Thing!]! @cacheControl(maxAge: 10)
    list: List @cacheControl(maxAge: 40)
    plain: String
    count: Int @cacheControl(maxAge: 7)
    secret: Secret @cacheControl(maxAge: 60)
    owner: Owner
    any: Any @cacheControl(maxAge: 60)
  }
  type Mutation { thing: Thing }
  type Thing @key(fields: "id") @cacheControl(maxAge: 60) {
    id: ID! size: Size stock: Int @cacheControl(maxAge: 5) longer: Int @cacheControl(maxAge: 90)
    cost: Int @requiresScopes(scopes: [["costs"]]) note: String @authenticated rule: Int @policy(policies: [["p"]])
    owner: Owner secret: Secret @cacheControl(maxAge: 60)
  }
  type List { first: Thing total: Int }
  type Size { width: Int }
  type Owner @key(fields: "id") { id: ID! }
  type Secret @authenticated { it: String }
  union Any = Thing | Owner
`);
const entities = (selection: string): string =>
  `query($representations:[_Any!]!){_entities(representations:$representations){${selection}}}`;

test.each([
  ['{ thing { id size { width } } }', 60],
  ['{ thing { id __typename } }', 60],
  ['{ thing { ...F } } fragment F on Thing { size { width } stock }', 5],
  ['{ thing { longer } }', 60],
  ['{ things { id } }', 10],
  ['{ list { total } }', 40],
  ['{ list { first { id stock } } }', 5],
  ['{ count thing { id } }', 7],
  ['{ any { ... on Thing { id } } }', 60],
  [entities('...on Thing{id size{width}}'), 60],
  [entities('__typename ...on Thing{stock}'), 5],
])('%s may be kept', (query, maxAge) => {
  expect(hints?.(query)).toBe(`public, max-age=${maxAge}`);
});

test.each([
  '{ plain }',
  '{ plain thing { id } }',
  '{ thing { cost } }',
  '{ thing { note } }',
  '{ thing { rule } }',
  '{ thing { owner { id } } }',
  '{ thing { secret { it } } }',
  '{ secret { it } }',
  '{ owner { id } }',
  '{ any { ... on Owner { id } } }',
  '{ __typename }',
  '{ _service { sdl } }',
  entities('...on Owner{id}'),
  entities('...on Thing{id} ...on Owner{id}'),
  'mutation { thing { id } }',
  'query A { thing { id } } query B { thing { id } }',
])('%s may not', query => {
  expect(hints?.(query)).toBeNull();
});

test('a schema without marks says nothing', () => {
  expect(hintsOf('type Query { plain: String }')).toBeNull();
});

test('of the shop, what every visitor sees may be kept, and nothing of anybody’s own', () => {
  const of = (name: string) =>
    createCacheHints(
      buildSubgraphSchema([{ typeDefs: parse(readFileSync(`schema/${name}.graphql`, 'utf8')) }]),
    );
  const products = of('products');
  expect(
    products?.('{ product(slug: "mug") { name variants { price { amount } } rating { average } } }'),
  ).toBe('public, max-age=300');
  expect(products?.('{ products { edges { node { name } } totalCount facets { label } } }')).toBe(
    'public, max-age=30',
  );
  expect(products?.('{ product(slug: "mug") { variants { costPrice { amount } } } }')).toBeNull();
  const reviews = (selection: string): string =>
    `{ product(id: "1") { reviews { edges { node { ${selection} } } } } }`;
  expect(products?.(reviews('title author { id }'))).toBe('public, max-age=60');
  // Authors see of their own reviews what others do not.
  expect(products?.(reviews('title hiddenReason'))).toBeNull();
  expect(products?.(entities('...on Review{title}'))).toBeNull();
  expect(products?.(entities('...on Customer{reviews{totalCount}}'))).toBeNull();
  expect(products?.(entities('...on Customer{reviews{edges{node{title}}}}'))).toBeNull();
  const inventory = of('inventory');
  expect(inventory?.(entities('...on ProductVariant{availability{quantity}}'))).toBe('public, max-age=5');
  expect(inventory?.(entities('...on ProductVariant{stockLevels{onHand}}'))).toBeNull();
  const users = of('users');
  expect(users?.(entities('...on Reviewer{displayName}'))).toBe('public, max-age=300');
  expect(users?.('{ me { email } }')).toBeNull();
  for (const name of ['orders', 'payments', 'notifications']) expect(of(name)).toBeNull();
});
