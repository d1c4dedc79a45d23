import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { type DeferPart, allParts, askDeferred, assemble, readDeferred } from '../testing/deferred.ts';
import { type Federation, type Parts, findIn, startFederation } from '../testing/federation.ts';
import { bearer } from '../testing/tokens.ts';

const products = [
  { id: '1', name: 'lamp', code: 'L', size: { w: 1, h: 2 } },
  { id: '2', name: 'desk', code: 'D', size: { w: 3, h: 4 } },
];
/** What holds answers back until the test lets them go, and who waits there. */
const gates = new Map<string, PromiseWithResolvers<void>>();
const arrived = new Map<string, PromiseWithResolvers<void>>();
const meet = (name: string): PromiseWithResolvers<void> => {
  const meeting = arrived.get(name) ?? Promise.withResolvers<void>();
  arrived.set(name, meeting);
  return meeting;
};
const close = (name: string): void => void gates.set(name, Promise.withResolvers());
const pass = async <T>(name: string, value: T): Promise<T> => {
  meet(name).resolve();
  await gates.get(name)?.promise;
  return value;
};
afterEach(() => {
  for (const gate of gates.values()) gate.resolve();
  gates.clear();
  arrived.clear();
});

let added = 0;
const subgraphs: Parts = {
      products: {
        sdl: `type Query { must: String! product(id: ID!): Product products: [Product!]! things: [Thing!]! broken: Product }
          type Mutation { add(name: String!): Added }
          type Added { product: Product count: Int! }
          interface Thing { id: ID! name: String! }
          type Product implements Thing @key(fields: "id") { id: ID! name: String! code: String size: Size missing: String! }
          type Shop implements Thing @key(fields: "id") { id: ID! name: String! }
          type Size { w: Int h: Int }`,
        resolvers: {
          Query: {
            product: (_: unknown, { id }: { id: string }) => products.find(each => each.id === id),
            must: () => Promise.reject(new Error('gone')),
            products: () => products,
            things: () => [{ __typename: 'Product', ...products[0] }, { __typename: 'Shop', id: 's', name: 'shop' }],
            broken: () => products[0],
          },
          Mutation: {
            add: () => {
              added += 1;
              return { product: products[0], count: added };
            },
          },
          Product: { ...findIn(products), missing: () => null },
          Shop: findIn([{ id: 's', name: 'shop' }]),
        },
      },
      reviews: {
        sdl: `type Product @key(fields: "id") { id: ID! reviews(first: Int = 1): [Review!]! rating: Int! trend: String friend: Product secret: String @authenticated }
          type Shop @key(fields: "id") { id: ID! stars: Int }
          type Review @key(fields: "id") { id: ID! body: String author: User }
          type User @key(fields: "id") { id: ID! }`,
        resolvers: {
          Product: {
            reviews: ({ id }: { id: string }, { first }: { first: number }) =>
              pass('reviews', Array.from({ length: first }, (_, n) => ({ id: `${id}${n}`, body: 'good', author: { id: 'u' } }))),
            rating: ({ id }: { id: string }) => {
              if (id === '2') throw new Error('at 10.0.0.7: no such table');
              return 5;
            },
            trend: () => Promise.reject(new Error('at 10.0.0.7: no such table')),
            friend: () => null,
            secret: () => 'hidden',
          },
          Shop: { stars: () => 3 },
          Review: { __resolveReference: ({ id }: { id: string }) => ({ id, body: 'good', author: { id: 'u' } }) },
        },
      },
      users: {
        sdl: 'type User @key(fields: "id") { id: ID! name: String } type Product @key(fields: "id") { id: ID! owner: User } type Shop @key(fields: "id") { id: ID! keeper: String! }',
        resolvers: {
          User: { name: () => pass('users', 'ada') },
          Shop: { __resolveReference: () => null },
          Product: { owner: () => pass('owner', { id: 'u' }) },
        },
      },
    }; // prettier-ignore

let graph: Federation;
beforeAll(async () => {
  graph = await startFederation(subgraphs, { ROUTER_DEADLINE_MS: '30000' });
});
afterAll(() => graph.close());

const parts = (query: string, variables = {}, headers = {}): Promise<DeferPart[]> =>
  allParts(graph.url, { query, variables, headers });
const entries = (all: readonly DeferPart[]) => all.flatMap(({ incremental }) => incremental ?? []);

describe('what is deferred comes later, and the whole is the same', () => {
  test.each<[string, string, Record<string, unknown>?]>([
    ['fields of another subgraph', '{ product(id: "1") { name ... @defer { reviews { body } } } }'],
    ['fields of the same subgraph', '{ product(id: "1") { name ... @defer { code } } }'],
    ['fields of what is no entity', '{ product(id: "1") { size { w ... @defer { h } } } }'],
    ['fields that the rest has, too', '{ product(id: "1") { name reviews { id } ... @defer { name reviews { id body } } } }'],
    ['two fragments that share fields', '{ product(id: "1") { ... @defer { code } ... @defer { code name } } }'],
    ['a list', '{ products { name ... @defer(label: "r") { reviews(first: 2) { body } } } }'],
    ['lists in lists', '{ products { reviews(first: 2) { ... @defer { body author { name } } } } }'],
    ['root fields', '{ product(id: "1") { name } ... @defer { products { code reviews { body } } } }'],
    ['everything', '{ ... @defer { products { name } } }'],
    ['a fragment in a fragment', '{ products { ... @defer { reviews { body ... @defer { author { name } } } } } }'],
    ['a fragment right in a fragment', '{ product(id: "1") { ... @defer { ... @defer { reviews { id } } } } }'],
    ['a named fragment', '{ product(id: "1") { id ...R @defer } } fragment R on Product { reviews { body } }'],
    ['a fragment at two places', '{ a: product(id: "1") { ...R } b: product(id: "2") { ...R } } fragment R on Product { id ... @defer(label: "r") { reviews { body } } }'],
    ['what depends on the type', '{ things { id ... on Product @defer { code reviews { id } } ... on Shop @defer { stars } ... on Thing @defer { name } } }'],
    ['only names of types', '{ product(id: "1") { name ... @defer { __typename } } ... @defer { __typename } }'],
    ['introspection', '{ products { id } ... @defer { __type(name: "Product") { name } } ... @include(if: true) { __schema { queryType { name } } } }'],
    ['names that the planner needs', '{ product(id: "1") { ... @defer { id: name x: id reviews { id: body } } } }'],
    ['variables', 'query($n: Int!) { product(id: "1") { id ... @defer { reviews(first: $n) { id } } } }', { n: 3 }],
    ['conditions that are met', 'query($on: Boolean!) { product(id: "1") @include(if: $on) { id ... @defer { code @include(if: $on) reviews @skip(if: $on) { id } } } }', { on: true }],
    ['conditions around a place', 'query($on: Boolean!) { product(id: "1") { id } ... @include(if: $on) { product(id: "1") { ... @defer { code } } } }', { on: true }],
    ['a variable that says so', 'query($on: Boolean!) { product(id: "1") { id ... @defer(if: $on) { code } } }', { on: true }],
    ['a variable that nobody knows the value of', 'query($on: Boolean) { product(id: "1") { id ... @defer(if: $on) { code } } }'],
    ['a variable that is not given', 'query($on: Boolean = true) { product(id: "1") { id ... @defer(if: $on) { code } } }'],
  ])('%s', async (_name, query, variables) => {
    const [first, ...later] = await parts(query, variables);
    expect(first?.hasNext).toBe(true);
    expect(entries(later).length).toBeGreaterThan(0);
    const whole = await graph.ask(query, variables);
    expect(whole.errors).toBeUndefined();
    expect(first?.data).not.toEqual(whole.data);
    expect(assemble([first ?? { hasNext: false }, ...later])).toEqual(whole.data);
  }); // prettier-ignore
});

describe('parts', () => {
  test('say where they belong and what they are called', async () => {
    const all = await parts(
      '{ products { name ... @defer(label: "mine") { code } ... @defer { size { w } } } }',
    );
    expect(all[0]).toEqual({ data: { products: [{ name: 'lamp' }, { name: 'desk' }] }, hasNext: true });
    expect(entries(all)).toEqual(
      expect.arrayContaining([
        { label: 'mine', data: { code: 'L' }, path: ['products', 0] },
        { label: 'mine', data: { code: 'D' }, path: ['products', 1] },
        { data: { size: { w: 1 } }, path: ['products', 0] },
        { data: { size: { w: 3 } }, path: ['products', 1] },
      ]),
    );
    expect(entries(all)).toHaveLength(4);
    expect(all.map(({ hasNext }) => hasNext)).toEqual([...all.slice(1).map(() => true), false]);
  });
  test('are for objects that the fragment fits', async () => {
    const all = await parts('{ things { id ... on Shop @defer { stars } } }');
    expect(entries(all)).toEqual([{ data: { stars: 3 }, path: ['things', 1] }]);
  });
  test.each([
    ['nothing there', '{ product(id: "9") { ... @defer { name } } }', { product: null }],
    ['a condition that is not met', 'query($no: Boolean = false) { product(id: "1") { id ... @include(if: $no) { ... @defer { code } } } }', { product: { id: '1' } }],
    ['a condition around it that is not met', 'query($no: Boolean = false) { product(id: "1") { id } ... @include(if: $no) { product(id: "1") { ... @defer { code } } } }', { product: { id: '1' } }],
  ])('%s: none, and the end is told', async (_name, query, data) => {
    expect(await parts(query)).toEqual([{ data, hasNext: true }, { hasNext: false }]);
  }); // prettier-ignore
  test.each([
    ['by a literal', '{ product(id: "1") { id ... @defer(if: false) { code } } }'],
    ['by a variable', 'query($on: Boolean = false) { product(id: "1") { id ... @defer(if: $on) { code } } }'],
    ['by any directive', '{ product(id: "1") { id ... { code } } }'],
  ])('there are none when nothing is deferred %s', async (_name, query) => {
    const response = await askDeferred(graph.url, { query });
    expect(response.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
    expect(await response.json()).toEqual({ data: { product: { id: '1', code: 'L' } } });
  });
  test('of which some are switched off by variables', async () => {
    const query =
      'query($a: Boolean!, $b: Boolean!) { product(id: "1") { ... @defer(if: $a) { code ... @defer(if: $b, label: "b") { name } } } }';
    const [first, second, ...none] = await parts(query, { a: false, b: true });
    expect([first, second, none]).toEqual([
      { data: { product: { code: 'L' } }, hasNext: true },
      { hasNext: false, incremental: [{ label: 'b', data: { name: 'lamp' }, path: ['product'] }] },
      [],
    ]);
    const outer = await parts(query, { a: true, b: false });
    expect(outer).toEqual([
      { data: { product: {} }, hasNext: true },
      { hasNext: false, incremental: [{ data: { code: 'L', name: 'lamp' }, path: ['product'] }] },
    ]);
  });
  test('of a mutation: it is sent once', async () => {
    const before = added;
    const all = await parts(
      'mutation { add(name: "x") { count product { id ... @defer { reviews { body } } } ... @defer { count } } }',
    );
    expect(added).toBe(before + 1);
    expect(all[0]).toEqual({ data: { add: { count: added, product: { id: '1' } } }, hasNext: true });
    expect(assemble(all)).toEqual({
      add: { count: added, product: { id: '1', reviews: [{ body: 'good' }] } },
    });
  });
});

describe('in order of what is there', () => {
  const next = async (reader: AsyncGenerator<DeferPart>): Promise<DeferPart | undefined> => {
    const { value } = await reader.next();
    return value as DeferPart | undefined;
  };

  test('the first part does not wait for a subgraph that only a deferred one needs', async () => {
    close('reviews');
    const query = '{ product(id: "1") { name ... @defer { reviews { body } } } }';
    const reader = readDeferred(await askDeferred(graph.url, { query }));
    expect(await next(reader)).toEqual({ data: { product: { name: 'lamp' } }, hasNext: true });
    await meet('reviews').promise;
    gates.get('reviews')?.resolve();
    expect((await next(reader))?.incremental).toHaveLength(1);
    expect((await reader.next()).done).toBe(true);
  });
  test('a quick part overtakes a slow one', async () => {
    close('reviews');
    const query =
      '{ product(id: "1") { ... @defer(label: "slow") { reviews { body } } ... @defer(label: "quick") { code } } }';
    const reader = readDeferred(await askDeferred(graph.url, { query })); // prettier-ignore
    await next(reader);
    expect(await next(reader)).toMatchObject({ hasNext: true, incremental: [{ label: 'quick' }] });
    gates.get('reviews')?.resolve();
    expect(await next(reader)).toMatchObject({ hasNext: false, incremental: [{ label: 'slow' }] });
  });
  test('a part begins when the fetch that it needs is over, not when all of the first part is', async () => {
    close('owner');
    const query = '{ product(id: "1") { owner { id } ... @defer { reviews { body } } } }';
    const asking = askDeferred(graph.url, { query });
    await Promise.all([meet('owner').promise, meet('reviews').promise]);
    gates.get('owner')?.resolve();
    const reader = readDeferred(await asking);
    // However early it was there, it comes second.
    expect(await next(reader)).toEqual({ data: { product: { owner: { id: 'u' } } }, hasNext: true });
    expect(await next(reader)).toMatchObject({ hasNext: false, incremental: [{ path: ['product'] }] });
  });
  test('a part inside of a part comes after it', async () => {
    close('users');
    const query =
      '{ product(id: "1") { ... @defer(label: "out") { reviews { id ... @defer(label: "in") { author { name } } } } } }';
    const reader = readDeferred(await askDeferred(graph.url, { query })); // prettier-ignore
    await next(reader);
    expect(await next(reader)).toMatchObject({ hasNext: true, incremental: [{ label: 'out' }] });
    gates.get('users')?.resolve();
    expect(await next(reader)).toMatchObject({
      hasNext: false,
      incremental: [{ label: 'in', path: ['product', 'reviews', 0], data: { author: { name: 'ada' } } }],
    });
  });
  test('the deadline is for the whole: what is late by then is an error in its part', async () => {
    const hasty = await startFederation(subgraphs, { ROUTER_DEADLINE_MS: '1500' });
    close('reviews');
    const query = '{ product(id: "1") { name ... @defer { reviews { body } } } }';
    const all = await allParts(hasty.url, { query });
    gates.get('reviews')?.resolve();
    await hasty.close();
    expect(all[0]).toEqual({ data: { product: { name: 'lamp' } }, hasNext: true });
    expect(entries(all)).toMatchObject([
      { data: null, path: ['product'], errors: [{ path: ['product', 'reviews'], extensions: { code: 'DEADLINE_EXCEEDED' } }] },
    ]); // prettier-ignore
  });
});

describe('what goes wrong', () => {
  test('in a part stays there: masked, with the path in the whole answer', async () => {
    const all = await parts('{ products { name ... @defer { rating } } }');
    expect(all[0]).toEqual({ data: { products: [{ name: 'lamp' }, { name: 'desk' }] }, hasNext: true });
    expect(entries(all)).toMatchObject([
      { data: { rating: 5 }, path: ['products', 0] },
      {
        data: null,
        path: ['products', 1],
        errors: [
          {
            message: 'Internal server error',
            path: ['products', 1, 'rating'],
            extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: expect.any(String) as string },
          },
        ],
      },
    ]);
    expect(entries(all)[0]).not.toHaveProperty('errors');
  });
  test('names the place as the client does', async () => {
    const [entry] = entries(await parts('{ product(id: "1") { ... @defer { id: trend } } }'));
    expect(entry).toMatchObject({ data: { id: null }, errors: [{ path: ['product', 'id'] }] });
  });
  test('is told also when no subgraph says what it is', async () => {
    const all = await parts('{ things { id ... on Shop @defer { keeper } } }');
    expect(entries(all)).toMatchObject([
      { data: null, path: ['things', 1], errors: [{ path: ['things', 1], extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
    ]); // prettier-ignore
  });
  test('at the root of the first part is the end', async () => {
    const all = await parts('{ must ... @defer { products { id } } }');
    expect(all).toMatchObject([{ data: null, errors: [{ path: ['must'] }], hasNext: false }]);
  });
  test('in a nullable place leaves the rest of the part', async () => {
    const [entry] = entries(await parts('{ product(id: "2") { ... @defer { code trend owner { id } } } }'));
    expect(entry).toMatchObject({
      data: { code: 'D', trend: null, owner: { id: 'u' } },
      errors: [{ message: 'Internal server error', path: ['product', 'trend'] }],
    });
  });
  test('a part that is null has no parts of its own', async () => {
    const all = await parts(
      '{ product(id: "2") { id ... @defer(label: "out") { rating ... @defer(label: "in") { code } } } }',
    );
    expect(entries(all).map(({ label, data }) => [label, data])).toEqual([['out', null]]);
    expect(all.at(-1)).toEqual({ hasNext: false });
  });
  test('where the first part has a null, nothing comes later', async () => {
    const all = await parts('{ broken { missing ... @defer { code reviews { id } } } }');
    expect(all[0]?.data).toEqual({ broken: null });
    expect(entries(all)).toEqual([]);
  });
  test('a value that the schema does not allow is told beside the part', async () => {
    const [entry] = entries(await parts('{ product(id: "1") { id ... @defer { missing } } }'));
    expect(entry).toMatchObject({
      data: null,
      errors: [{ path: ['product', 'missing'] }],
    });
  });
});

describe('who may not have what is deferred', () => {
  const query = '{ products { name ... @defer(label: "x") { secret code } } }';
  test('gets the rest of the part, and the error in it; no subgraph is asked', async () => {
    const { sent } = await graph.watch(query);
    expect(sent.some(({ query: text }) => text.includes('secret'))).toBe(false);
    const all = await parts(query);
    expect(JSON.stringify(all)).not.toContain('hidden');
    expect(all[0]).not.toHaveProperty('errors');
    expect(entries(all)).toMatchObject([
      { data: { secret: null, code: 'L' }, path: ['products', 0], errors: [{ path: ['products', 0, 'secret'], extensions: { code: 'UNAUTHENTICATED' } }] },
      { data: { secret: null, code: 'D' }, path: ['products', 1] },
    ]); // prettier-ignore
    // Named once, as in an answer in one piece.
    expect(entries(all)[1]).not.toHaveProperty('errors');
  });
  test('gets an error in the first part for what is not deferred, and none of it twice', async () => {
    const all = await parts('{ product(id: "1") { secret ... @defer { code } } }');
    expect(all[0]).toMatchObject({ data: { product: { secret: null } }, errors: [{ path: ['product', 'secret'] }] });
    expect(entries(all)).toEqual([{ data: { code: 'L' }, path: ['product'] }]);
  }); // prettier-ignore
  test('is told so also where nothing could be seen', async () => {
    const all = await parts('{ product(id: "1") { name ... @defer { friend { secret } } } }');
    expect(all[0]).not.toHaveProperty('errors');
    expect(entries(all)).toMatchObject([
      { data: { friend: null }, path: ['product'], errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);
  });
  test('whoever may, has it', async () => {
    const all = await parts(query, {}, await bearer({ scopes: [] }));
    expect(entries(all)[0]).toEqual({
      label: 'x',
      data: { secret: 'hidden', code: 'L' },
      path: ['products', 0],
    });
  });
});
