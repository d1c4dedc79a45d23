import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestGraph, startGraph, usersQueries } from './testing/graph.ts';
import { bearer } from './testing/tokens.ts';

const products = [1, 2, 3].map(n => ({
  id: String(n),
  name: `p${n}`,
  cost: n * 10,
  related: [] as object[],
}));
products[0]?.related.push(products[1] ?? {}, products[2] ?? {});
const byId = (id: string) => products.find(product => product.id === id) ?? null;

let shop: TestGraph;
beforeAll(async () => {
  shop = await startGraph({
    resolvers: {
      users: {
        Query: usersQueries,
        Mutation: { signIn: (_: unknown, { email }: { email: string }) => email, signOut: () => true },
        Customer: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Ada', secret: 's' }) },
      },
      products: {
        Query: {
          product: (_: unknown, { id }: { id: string }) => byId(id),
          products: () => products,
          broken: () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.5:5432 password=hunter2')),
          person: () => ({ __typename: 'Clerk', name: 'Bob', secret: 'pin' }),
        },
        Product: { __resolveReference: ({ id }: { id: string }) => byId(id) },
      },
      orders: {
        Query: {
          order: (_: unknown, { id }: { id: string }) => ({
            id,
            customer: { id: 'ada' },
            lines: [1, 2, 1, 1].map(n => ({ product: { id: String(n) }, quantity: n })),
          }),
          echo: () => 'hi',
        },
        Mutation: {
          checkout: () => ({ id: 'o1', lines: [] }),
          orderCancel: ({ id }: { id: string }) => ({ id, lines: [] }),
        },
        Order: { __resolveReference: ({ id }: { id: string }) => ({ id, lines: [] }) },
        Customer: {
          __resolveReference: ({ id }: { id: string }) => ({ id, orders: [{ id: 'o1', lines: [] }] }),
        },
        Product: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          sold: ({ id }: { id: string }) => Number(id) * 100,
        },
      },
    },
  });
});
afterAll(() => shop.close());

describe('a query over several subgraphs', () => {
  test('is answered in full, equal entities are asked for once', async () => {
    shop.subgraphs.products.received.length = 0;
    const { body, headers } = await shop.query(
      '{ order(id: "7") { id lines { quantity product { id name sold } } customer { name } } }',
      { headers: await bearer() },
    );
    expect(body).toEqual({
      data: {
        order: {
          id: '7',
          lines: [1, 2, 1, 1].map(n => ({
            quantity: n,
            product: { id: String(n), name: `p${n}`, sold: n * 100 },
          })),
          customer: { name: 'Ada' },
        },
      },
    });
    const sent = JSON.parse(shop.subgraphs.products.received[0]?.body ?? '') as {
      variables: { representations: unknown[] };
    };
    expect(sent.variables.representations).toEqual([
      { __typename: 'Product', id: '1' },
      { __typename: 'Product', id: '2' },
    ]);
    expect(headers.get('x-subgraph-fetches')).toBe('3');
  });
  test('keeps aliases, fragments, __typename and conditions', async () => {
    const document =
      'query($no: Boolean!) { a: product(id: "1") { ...P b: name @include(if: $no) related { __typename id @skip(if: $no) } } } fragment P on Product { title: name sold }';
    const { body } = await shop.query(document, { variables: { no: false } });
    expect(body).toEqual({
      data: {
        a: {
          title: 'p1',
          sold: 100,
          related: [
            { __typename: 'Product', id: '2' },
            { __typename: 'Product', id: '3' },
          ],
        },
      },
    });
  });
  test('variables go on as given, page sizes are bounded, values are not echoed', async () => {
    expect(
      (await shop.query('query($n: Int) { products(first: $n, sort: NAME) { id } }', { variables: { n: 3 } }))
        .body.data,
    ).toEqual({ products: [{ id: '1' }, { id: '2' }, { id: '3' }] });
    const large = await shop.query('query($n: Int) { products(first: $n) { id } }', {
      variables: { n: 101 },
    });
    expect([large.status, large.body.errors?.[0]?.extensions]).toEqual([400, { code: 'BAD_USER_INPUT' }]);
    expect((await shop.query('{ products(first: -1) { id } }')).status).toBe(400);
    const wrong = await shop.query('query($n: Int) { products(first: $n) { id } }', {
      variables: { n: 'hunter2' },
    });
    expect(wrong.status).toBe(400);
    expect(JSON.stringify(wrong.body)).not.toContain('hunter2');
  });
  test('introspection and data in one operation', async () => {
    const { body } = await shop.query(
      '{ __typename __type(name: "Product") { name } product(id: "2") { name } }',
    );
    expect(body).toEqual({
      data: { __typename: 'Query', product: { name: 'p2' }, __type: { name: 'Product' } },
    });
  });
});

describe('who may see what', () => {
  test('anonymous: the protected field is null with an error, the rest is answered', async () => {
    const { status, body } = await shop.query('{ me { id } product(id: "1") { name } }');
    expect(status).toBe(200);
    expect(body.data).toEqual({ me: null, product: { name: 'p1' } });
    expect(body.errors).toEqual([
      { message: 'You must sign in to do this.', path: ['me'], extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  });
  test('a removed field never reaches a subgraph', async () => {
    shop.subgraphs.users.received.length = 0;
    const { body } = await shop.query('{ customers { id } }', { headers: await bearer() });
    expect(body).toEqual({
      data: null,
      errors: [
        {
          message: 'You are not allowed to do this.',
          path: ['customers'],
          extensions: { code: 'FORBIDDEN' },
        },
      ],
    });
    expect(shop.subgraphs.users.received).toHaveLength(0);
  });
  test('scopes: alternatives of scopes that are needed together', async () => {
    const see = async (scopes: string[]) =>
      (
        await shop.query('{ customers { secret } }', {
          headers: await bearer({ scopes: ['customers:read', ...scopes] }),
        })
      ).body.data;
    expect(await see([])).toEqual({ customers: [{ secret: null }] });
    expect(await see(['b'])).toEqual({ customers: [{ secret: null }] });
    expect(await see(['b', 'c'])).toEqual({ customers: [{ secret: 's' }] });
    expect(await see(['a'])).toEqual({ customers: [{ secret: 's' }] });
  });
  test('a non-null protected field takes its parent with it, and says where', async () => {
    const { body } = await shop.query('{ product(id: "1") { name cost } }');
    expect(body.data).toEqual({ product: null });
    expect(body.errors).toEqual([
      {
        message: 'You must sign in to do this.',
        path: ['product', 'cost'],
        extensions: { code: 'UNAUTHENTICATED' },
      },
    ]);
  });
  test.each([
    '{ person { name secret } }',
    '{ person { name ... on Clerk { secret } } }',
    '{ person { ...F } } fragment F on Person { name secret }',
    '{ person { name ...on Person { ...on Clerk { secret } } } }',
  ])('no way around by interface or fragment: %s', async document => {
    const { body } = await shop.query(document);
    expect(body.data).toEqual({ person: { name: 'Bob', secret: null } });
    expect(body.errors?.map(error => error.extensions['code'])).toEqual(['UNAUTHENTICATED']);
  });
  test('mutations: the refused one does not run, the open one does', async () => {
    const { body } = await shop.query('mutation { signIn(email: "x") orderCancel(id: "1") { id } }', {
      headers: await bearer(),
    });
    expect(body.data).toEqual({ signIn: 'x', orderCancel: null });
    expect(body.errors?.[0]).toMatchObject({ path: ['orderCancel'], extensions: { code: 'FORBIDDEN' } });
  });
  test('plans are kept apart by what a viewer may see', async () => {
    const document = '{ products { id cost } }';
    expect(
      (await shop.query(document, { headers: await bearer({ scopes: ['costs:read'] }) })).body.data,
    ).toEqual({ products: products.map(({ id, cost }) => ({ id, cost })) });
    expect((await shop.query(document)).body.data).toBeNull();
    expect((await shop.query(document, { headers: await bearer() })).body.errors?.[0]?.extensions).toEqual({
      code: 'FORBIDDEN',
    });
  });
});

test('a fault in a subgraph is masked and has an id', async () => {
  const { body } = await shop.query('{ broken product(id: "1") { name } }');
  expect(body.data).toEqual({ broken: null, product: { name: 'p1' } });
  expect(body.errors).toEqual([
    {
      message: 'Internal server error',
      path: ['broken'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: expect.any(String) as string },
    },
  ]);
});
