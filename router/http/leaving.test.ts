import { request } from 'node:http';

import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';

import { type TestGraph, startGraph } from '../testing/graph.ts';

// What is asked first waits until the test lets it go; what is asked after it belongs to another subgraph.
let letGo: () => void;
let isAsked: boolean;
const held = <T>(value: T): Promise<T> => {
  isAsked = true;
  return new Promise(resolve => (letGo = () => resolve(value)));
};
let shop: TestGraph;
beforeAll(async () => {
  shop = await startGraph({
    resolvers: {
      products: {
        Query: { products: () => held([{ id: '1', name: 'Tea' }]) },
        Product: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Tea' }) },
      },
      orders: {
        Mutation: { checkout: () => held({ id: '1', lines: [{ product: { id: '1' }, quantity: 1 }] }) },
        Product: { __resolveReference: (key: object) => key, sold: () => 3 },
      },
    },
  });
});
afterAll(() => shop.close());
beforeEach(() => {
  isAsked = false;
  for (const { received } of Object.values(shop.subgraphs)) received.length = 0;
});

const query = '{ products { name sold } }';
const mutation = 'mutation { checkout(cart: "1") { lines { product { name } } } }';

/** Asks, leaves once the first subgraph works on it, and lets that finish. */
async function leave(document: string, accept = 'application/json'): Promise<void> {
  const asking = request(shop.router.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
  });
  asking.on('error', () => undefined);
  asking.end(JSON.stringify({ query: document }));
  await vi.waitUntil(() => isAsked);
  asking.destroy();
  // The router hears of it over another connection than it is asked on: one more answer says that it has.
  await shop.query('{ __typename }');
  letGo();
}
const outcomes = async (code: string): Promise<number> => {
  const text = await shop.router.metrics.registry.metrics();
  return Number(new RegExp(`graphql_errors_total\\{[^}]*code="${code}"[^}]*\\} (\\d+)`).exec(text)?.[1] ?? 0);
};

test.each([
  ['that is asked for the first time', query, 'application/json'],
  ['that is known', query, 'application/json'],
  ['that comes in parts', '{ products { name ... @defer { sold } } }', 'multipart/mixed;deferSpec=20220824'],
])('when its client has left, nothing more is asked for a query %s', async (_which, document, accept) => {
  const before = await outcomes('CLIENT_CLOSED_REQUEST');
  await leave(document, accept);
  await vi.waitUntil(async () => (await outcomes('CLIENT_CLOSED_REQUEST')) > before);
  expect(shop.subgraphs.products.received).toHaveLength(1);
  expect(shop.subgraphs.orders.received).toEqual([]);
  expect(await outcomes('INTERNAL_SERVER_ERROR')).toBe(0);
});

test('a mutation is carried out to its end', async () => {
  await leave(mutation);
  await vi.waitUntil(() => shop.subgraphs.products.received.length === 1);
  expect(shop.subgraphs.orders.received).toHaveLength(1);
  expect(await outcomes('INTERNAL_SERVER_ERROR')).toBe(0);
});

test('who stays is answered', async () => {
  const asking = shop.query(query);
  await vi.waitUntil(() => isAsked);
  letGo();
  expect((await asking).body).toEqual({ data: { products: [{ name: 'Tea', sold: 3 }] } });
});
