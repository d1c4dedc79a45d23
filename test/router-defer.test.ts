import { beforeAll, expect, test } from 'vitest';

import { allParts, assemble } from '../router/testing/deferred.ts';
import { type TestShop, openTestShop } from './support/shop.ts';

let shop: TestShop;
let slug = '';
beforeAll(async () => {
  shop = await openTestShop();
  const { data } = await shop.client.send(
    '{ products(first: 100) { edges { node { slug rating { count } } } } }',
  );
  const nodes = data.products.edges.map(
    ({ node }: { node: { slug: string; rating: { count: number } } }) => node,
  );
  slug = nodes.find(({ rating }: { rating: { count: number } }) => rating.count > 0).slug;
}, 120_000);

const page = `query DeferredPage($slug: String!, $later: Boolean! = true) {
  product(slug: $slug) {
    id name
    variants { sku price { amount currency } ...Stock @defer(label: "stock", if: $later) }
    ... @defer(label: "reviews", if: $later) {
      reviews(first: 3) { totalCount edges { node { rating body ... @defer(label: "authors", if: $later) { author { displayName } } } } }
    }
    related(first: 4) { slug }
  }
  ... @defer(label: "mine", if: $later) { me { id firstName } }
}
fragment Stock on ProductVariant { availability { inStock quantity } }`;

test('a product page without waiting for stock and reviews, each of which comes when it is there', async () => {
  const headers = { authorization: `Bearer ${await shop.signIn()}` };
  const url = `${shop.client.url}/graphql`;
  const parts = await allParts(url, { query: page, variables: { slug }, headers });
  const [first, ...later] = parts;
  expect(first?.data).toMatchObject({ product: { name: expect.any(String), related: expect.any(Array) } });
  expect(JSON.stringify(first)).not.toMatch(/availability|reviews|firstName/);
  const labels = later.flatMap(({ incremental }) => incremental ?? []).map(({ label }) => label);
  expect(new Set(labels)).toEqual(new Set(['stock', 'reviews', 'authors', 'mine']));
  expect(labels.indexOf('reviews')).toBeLessThan(labels.indexOf('authors'));
  const whole = await shop.client.send(page, { slug, later: false }, headers.authorization.slice(7));
  expect(whole.errors).toBeUndefined();
  expect(assemble(parts)).toEqual(whole.data);
});

test('a guest gets the rest, and is told in its own part that he has to sign in', async () => {
  const query =
    'query($slug: String!) { product(slug: $slug) { name } ... @defer { order(number: "1") { id } me { id } } }';
  const parts = await allParts(`${shop.client.url}/graphql`, { query, variables: { slug } });
  expect(parts).toMatchObject([
    { data: { product: { name: expect.any(String) } }, hasNext: true },
    {
      hasNext: false,
      incremental: [
        {
          data: { order: null, me: null },
          path: [],
          errors: [{ path: ['order'], extensions: { code: 'UNAUTHENTICATED' } }],
        },
      ],
    },
  ]);
  expect(parts[0]).not.toHaveProperty('errors');
});
