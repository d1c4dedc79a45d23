import { createHash } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Federation, startFederation } from '../testing/federation.ts';
import { accessToken } from '../testing/tokens.ts';

type Asking = { readonly viewer: { readonly id: string | null; readonly scopes: readonly string[] } };

const directive = 'directive @cacheControl(maxAge: Int!) on FIELD_DEFINITION | OBJECT';
const parts = {
  products: {
    sdl: `${directive}
      type Query { product(id: ID!): Product broken: Product mine: String }
      type Mutation { rename: Product }
      type Product @key(fields: "id") @cacheControl(maxAge: 60) { id: ID! name: String! draft: String owed: String! }`,
    resolvers: {
      Query: {
        product: (_: unknown, { id }: { id: string }) => ({ id, name: `name of ${id}` }),
        broken: () => ({ id: 'p', name: 'half' }),
        mine: (_: unknown, __: unknown, { viewer }: Asking) => `mine: ${viewer.id}`,
      },
      Mutation: { rename: () => ({ id: 'p', name: 'new' }) },
      Product: {
        draft: (_: unknown, __: unknown, { viewer }: Asking) =>
          viewer.scopes.includes('catalogue:write') ? 'a draft' : null,
        owed: () => null,
      },
    },
  },
  orders: {
    sdl: `${directive}
      type Product @key(fields: "id") @cacheControl(maxAge: 30) {
        id: ID!
        sold: Int
        myNote: Note
        myOrders: [String!] @authenticated
      }
      type Note @key(fields: "id") { id: ID! text: String }`,
    resolvers: {
      Product: {
        __resolveReference: (reference: object) => reference,
        sold: () => 7,
        myNote: (_: unknown, __: unknown, { viewer }: Asking) => ({ id: 'n', text: `note of ${viewer.id}` }),
        myOrders: (_: unknown, __: unknown, { viewer }: Asking) => [`order of ${viewer.id}`],
      },
    },
  },
};

let graph: Federation;
let tokens: Record<string, string>;
beforeAll(async () => {
  graph = await startFederation(parts, { ROUTER_CACHE: 'memory', RATE_LIMIT_ENABLED: 'false' });
  tokens = {
    ada: await accessToken({ sub: 'ada', sid: 'a' }),
    bob: await accessToken({ sub: 'bob', sid: 'b' }),
    staff: await accessToken({ sub: 'staff', sid: 's', scopes: ['catalogue:write'] }),
  };
});
afterAll(() => graph.close());

const headersOf = (viewer: string | null): Record<string, string> =>
  viewer === null ? {} : { authorization: `Bearer ${tokens[viewer]}` };

const post = async (query: string, viewer: string | null): Promise<string> => {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(viewer) },
    body: JSON.stringify({ query }),
  });
  return response.text();
};

const get = (query: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${graph.url}?query=${encodeURIComponent(query)}`, {
    headers: { 'apollo-require-preflight': 'true', ...headers },
  });

test('what an answer cost counts no fetch that nobody sent', async () => {
  const query = '{ product(id: "counted") { name sold } }';
  const fetches = async (): Promise<string | null> => {
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    await response.text();
    return response.headers.get('x-subgraph-fetches');
  };
  expect([await fetches(), await fetches()]).toEqual(['2', '0']);
});

test('a thousand interleaved requests: nobody sees what is another one’s', async () => {
  const documents = [
    '{ mine }',
    '{ product(id: "p") { name draft } }',
    '{ product(id: "p") { name sold } }',
    '{ product(id: "p") { name myNote { text } } }',
    '{ product(id: "p") { name myOrders } }',
    '{ mine product(id: "q") { name draft sold myNote { text } } }',
  ];
  const viewers = ['ada', 'bob', null, 'staff'];
  const names = ['ada', 'bob', 'staff'];
  const problems: string[] = [];
  for (let round = 0; round < 50; round += 1) {
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        // Every viewer with every document, in ever other neighbourhoods.
        const viewer = viewers[(index + round) % viewers.length] ?? null;
        const query = documents[(index * 7 + round * 3) % documents.length] ?? '';
        const text = await post(query, viewer);
        for (const other of names.filter(name => name !== viewer))
          if (text.includes(`of ${other}`) || text.includes(`mine: ${other}`))
            problems.push(`${viewer}: ${text}`);
        if (query.includes('myOrders') && viewer !== null && !text.includes(`order of ${viewer}`))
          problems.push(`${viewer}: ${text}`);
        if (query.includes('mine') && !text.includes(`mine: ${viewer}`)) problems.push(`${viewer}: ${text}`);
        if (query.includes('draft') && text.includes('a draft') !== (viewer === 'staff'))
          problems.push(`${viewer}: ${text}`);
      }),
    );
  }
  expect(problems).toEqual([]);
});

test('what is for everybody is fetched once, what is for one is fetched for each', async () => {
  const before = '{ product(id: "z") { name } }';
  await post(before, 'ada');
  expect((await graph.watch(before)).sent).toHaveLength(0);
  expect((await graph.watch('{ mine }')).sent).toHaveLength(1);
  expect((await graph.watch('{ mine }')).sent).toHaveLength(1);
});

test('an answer to GET may be kept as long as the part of it that goes off first', async () => {
  const whole = await get('{ product(id: "p") { name sold } }');
  expect(whole.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
  expect(whole.headers.get('age')).toMatch(/^\d+$/);
  expect(whole.headers.get('vary')).toContain('authorization');
  const etag = whole.headers.get('etag') ?? '';
  expect(etag).toMatch(/^W\/"[\w-]{43}"$/);
  const again = await get('{ product(id: "p") { name sold } }', { 'if-none-match': `"other", ${etag}` });
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  const other = await get('{ product(id: "q") { name sold } }', { 'if-none-match': etag });
  expect(other.status).toBe(200);
});

test('a viewer that is known may keep for himself what everybody sees, and nothing of his own', async () => {
  const shared = await get('{ product(id: "p") { name } }', headersOf('ada'));
  expect(shared.headers.get('cache-control')).toBe('private, max-age=0, must-revalidate');
  const own = await get('{ product(id: "p") { name myOrders } }', headersOf('ada'));
  expect(await own.text()).toContain('order of ada');
  expect([own.headers.get('cache-control'), own.headers.get('etag')]).toEqual(['no-store', null]);
});

test.each([
  ['what nothing is said about', '{ mine }'],
  ['a part of it that nothing is said about', '{ mine product(id: "p") { name } }'],
  ['errors', '{ broken { name owed } }'],
  ['a document that is wrong', '{ nothing }'],
  ['what no subgraph was asked for', '{ __typename }'],
])('%s: no-store', async (_name, query) => {
  const response = await get(query);
  expect([response.headers.get('cache-control'), response.headers.get('etag')]).toEqual(['no-store', null]);
});

test('answers to POST, and mutations, are never kept', async () => {
  for (const query of ['{ product(id: "p") { name } }', 'mutation { rename { name } }']) {
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect(response.headers.get('cache-control')).toBe('no-store');
  }
});

test('a persisted query by its hash in the address may be kept by a CDN for as long as the operator says', async () => {
  const cdn = await startFederation(parts, {
    ROUTER_CACHE: 'memory',
    ROUTER_CACHE_CLIENT_MAX_AGE_SECONDS: '20',
  });
  try {
    const query = '{ product(id: "p") { name sold } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash } }));
    const ask = (search: string): Promise<Response> =>
      fetch(`${cdn.url}?extensions=${extensions}${search}`, {
        headers: { 'apollo-require-preflight': 'true' },
      });
    const unknown = await ask('');
    expect(await unknown.text()).toContain('PERSISTED_QUERY_NOT_FOUND');
    expect(unknown.headers.get('cache-control')).toBe('no-store');
    await ask(`&query=${encodeURIComponent(query)}`);
    const known = await ask('');
    const [, maxAge] = /^public, max-age=(\d+)$/.exec(known.headers.get('cache-control') ?? '') ?? [];
    expect(Number(maxAge) - Number(known.headers.get('age'))).toBe(20);
  } finally {
    await cdn.close();
  }
});

test('nothing is kept unless the operator says so', async () => {
  const off = await startFederation(parts);
  try {
    const query = '{ product(id: "p") { name } }';
    expect((await off.watch(query)).sent).toHaveLength(1);
    expect((await off.watch(query)).sent).toHaveLength(1);
    const response = await fetch(`${off.url}?query=${encodeURIComponent(query)}`, {
      headers: { 'apollo-require-preflight': 'true' },
    });
    expect([response.headers.get('cache-control'), response.headers.get('etag')]).toEqual(['no-store', null]);
  } finally {
    await off.close();
  }
});
