import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

import { afterEach, describe, expect, test } from 'vitest';

import { type TestGraph, startGraph } from './testing/graph.ts';
import { bearer } from './testing/tokens.ts';

const resolvers = {
  users: {
    Query: { me: () => ({ id: 'ada', name: 'Ada' }) },
    Customer: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Ada' }) },
  },
  products: {
    Query: { product: () => ({ id: '1', name: 'p', related: [] }), slow: () => new Promise(() => undefined) },
    Product: {
      __resolveReference: ({ id }: { id: string }) =>
        id === '2' ? Promise.reject(new Error('secret of 10.0.0.5')) : { id, name: `p${id}`, related: [] },
    },
  },
  orders: {
    Query: {
      echo: () => 'hi',
      order: () => ({
        id: 'o',
        customer: { id: 'ada' },
        lines: [1, 2, 1].map(n => ({ quantity: n, product: { id: String(n) } })),
      }),
    },
    Mutation: { checkout: () => new Promise(resolve => setTimeout(resolve, 400, { id: 'o', lines: [] })) },
  },
};
let shop: TestGraph;
afterEach(() => shop.close());

describe('a subgraph that is down', () => {
  test('takes only its own fields with it, and its address is not told', async () => {
    shop = await startGraph({ resolvers });
    await shop.subgraphs.products.close();
    const { status, body } = await shop.query(
      '{ echo order(id: "o") { id customer { name } lines { quantity product { id name } } } }',
      { headers: await bearer() },
    );
    expect(status).toBe(200);
    expect(body.data).toEqual({
      echo: 'hi',
      order: {
        id: 'o',
        customer: { name: 'Ada' },
        lines: [
          { quantity: 1, product: null },
          { quantity: 2, product: null },
          { quantity: 1, product: null },
        ],
      },
    });
    expect(body.errors).toEqual(
      [0, 1, 2].map(line => ({
        message: 'A part of the shop is not available right now.',
        path: ['order', 'lines', line, 'product', 'name'],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      })),
    );
    expect((await shop.query('{ echo }')).body).toEqual({ data: { echo: 'hi' } });
    const root = await shop.query('{ product(id: "1") { name } broken }');
    expect(root.body.data).toEqual({ product: null, broken: null });
    expect(root.body.errors?.map(error => [error.path, error.extensions['code']])).toEqual([
      [['product'], 'SUBGRAPH_UNAVAILABLE'],
      [['broken'], 'SUBGRAPH_UNAVAILABLE'],
    ]);
    const health = await fetch(new URL('/services/status', shop.router.url));
    expect([
      health.status,
      ((await health.json()) as { services: { service: string; status: string }[] }).services
        .map(({ service, status: state }) => `${service} ${state}`)
        .toSorted(),
    ]).toEqual([503, ['orders ok', 'products unavailable', 'users ok']]);
    expect((await fetch(new URL('/health/ready', shop.router.url))).status).toBe(200);
  });
});

test('an error inside an entity is told at its place, masked', async () => {
  shop = await startGraph({ resolvers });
  const { body } = await shop.query('{ order(id: "o") { lines { product { name } } } }', {
    headers: await bearer(),
  });
  expect(body.data).toEqual({
    order: { lines: [{ product: { name: 'p1' } }, { product: null }, { product: { name: 'p1' } }] },
  });
  expect(body.errors).toMatchObject([
    {
      message: 'Internal server error',
      path: ['order', 'lines', 1, 'product', 'name'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    },
  ]);
  expect(JSON.stringify(body)).not.toContain('10.0.0.5');
});

test('a subgraph that is too slow is given up at the deadline; checkout has a longer one', async () => {
  shop = await startGraph({
    resolvers,
    env: { ROUTER_DEADLINE_MS: '150', ROUTER_CHECKOUT_DEADLINE_MS: '5000' },
  });
  const { body } = await shop.query('{ slow echo }');
  expect(body).toEqual({
    data: { slow: null, echo: 'hi' },
    errors: [
      {
        message: 'A part of the shop did not answer in time.',
        path: ['slow'],
        extensions: { code: 'DEADLINE_EXCEEDED' },
      },
    ],
  });
  expect((await shop.query('mutation { checkout(cart: "c") { id } }')).body).toEqual({
    data: { checkout: { id: 'o' } },
  });
});

test.each([
  ['a redirect', 302, ''],
  ['an HTML page', 200, '<html>'],
  ['a server error', 500, '{"errors":[{"message":"pg: password"}]}'],
  ['JSON that is not GraphQL', 200, '{"ok":true}'],
  ['more than is taken', 200, `{"data":{"echo":"${'x'.repeat(70_000)}"}}`],
])('a subgraph that answers with %s is unavailable', async (_name, status, text) => {
  const odd = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(text);
  });
  await new Promise<void>(resolve => odd.listen(0, '127.0.0.1', resolve));
  shop = await startGraph({
    resolvers,
    env: {
      ORDERS_SUBGRAPH_URL: `http://127.0.0.1:${(odd.address() as AddressInfo).port}/graphql`,
      ROUTER_MAX_RESPONSE_BYTES: '65536',
    },
  });
  const { body } = await shop.query('{ echo product(id: "1") { name } }');
  expect(body.errors).toEqual([
    {
      message: 'A part of the shop is not available right now.',
      path: ['echo'],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    },
  ]);
  odd.close();
});

test('a query survives a connection that was cut while idle', async () => {
  shop = await startGraph({ resolvers });
  await shop.query('{ echo }');
  shop.subgraphs.orders.cut();
  expect((await shop.query('{ echo }')).body).toEqual({ data: { echo: 'hi' } });
});

test('a hostile subgraph cannot reach prototypes', async () => {
  const hostile = createServer((request, response) => {
    request.resume();
    response.end(
      '{"data":{"echo":"hi","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}',
    );
  });
  await new Promise<void>(resolve => hostile.listen(0, '127.0.0.1', resolve));
  shop = await startGraph({
    resolvers,
    env: { ORDERS_SUBGRAPH_URL: `http://127.0.0.1:${(hostile.address() as AddressInfo).port}/graphql` },
  });
  expect((await shop.query('{ echo product(id: "1") { name } }')).body).toEqual({
    data: { echo: 'hi', product: { name: 'p' } },
  });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  hostile.close();
});
