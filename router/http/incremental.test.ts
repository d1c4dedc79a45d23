import { createHash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { allParts, askDeferred, deferAccept, readDeferred } from '../testing/deferred.ts';
import { type TestGraph, startGraph } from '../testing/graph.ts';
import { readParts } from '../testing/multipart.ts';
import { bearer } from '../testing/tokens.ts';

let shop: TestGraph;
/** Holds `sold` back until the test lets it go. */
let gate = Promise.withResolvers<void>();
gate.resolve();
const resolvers = {
  products: {
    Query: {
      product: (_: unknown, { id }: { id: string }) => ({ id, name: 'p --graphql\r\n', related: [] }),
    },
    Product: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'p', related: [{ id: 'r' }] }) },
    Subscription: {
      priceChanged: {
        subscribe: async function* () {
          yield { priceChanged: { id: '1', name: 'p', related: [] } };
        },
      },
    },
  },
  users: { Customer: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'ada' }) } },
  orders: {
    Query: { echo: () => 'hi', order: () => gate.promise.then(() => ({ id: '1', customer: { id: 'c' } })) },
    Order: { __resolveReference: () => ({ id: '1', customer: { id: 'c' }, lines: [] }) },
    Product: { sold: () => gate.promise.then(() => 7) },
  },
};
beforeAll(async () => {
  shop = await startGraph({ resolvers, env: { ROUTER_MAX_COST: '8', ROUTER_DEADLINE_MS: '30000' } });
});
afterAll(() => shop.close());

const query = '{ product(id: "1") { name ... @defer(label: "sold") { sold } } }';
const whole = { data: { product: { name: 'p --graphql\r\n', sold: 7 } } };
const ask = (accept: string, asked: object = { query }, init: RequestInit = {}) =>
  fetch(shop.router.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(asked),
    ...init,
  });

describe('who asks for parts', () => {
  test.each([
    ['Apollo Client 4', deferAccept],
    ['Apollo Client 3', 'multipart/mixed; deferSpec=20220824, application/json'],
    ['Apollo Kotlin', 'multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json'],
    ['Apollo iOS', 'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json'],
    ['whoever quotes', 'multipart/mixed;boundary="graphql";deferSpec="20220824",application/json'],
    ['whoever takes both kinds of parts', 'multipart/mixed;subscriptionSpec=1.0,multipart/mixed;deferSpec=20220824,application/json'],
    ['whoever takes nothing else', 'multipart/mixed;deferSpec=20220824'],
  ])('%s gets them, byte for byte', async (_client, accept) => {
    const response = await ask(accept);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'multipart/mixed;boundary="graphql";deferSpec=20220824',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      vary: 'accept, origin',
    });
    const head = '\r\ncontent-type: application/json\r\n\r\n';
    expect(await response.text()).toBe(
      `--graphql${head}{"data":{"product":{"name":"p --graphql\\r\\n"}},"hasNext":true}\r\n--graphql` +
        `${head}{"hasNext":false,"incremental":[{"label":"sold","data":{"sold":7},"path":["product"]}]}\r\n--graphql--\r\n`,
    );
  }); // prettier-ignore
  test.each([
    ['JSON', 'application/json', 'application/json'],
    ['the type of GraphQL over HTTP', 'application/graphql-response+json', 'application/graphql-response+json'],
    ['anything', '*/*', 'application/json'],
    ['parts of no kind', 'multipart/mixed, application/json', 'application/json'],
    ['parts of a later kind', 'multipart/mixed;incrementalSpec=v0.2,application/json', 'application/json'],
    ['parts of another date', 'multipart/mixed;deferSpec=20250101,application/json', 'application/json'],
    ['parts of subscriptions only', 'multipart/mixed;subscriptionSpec=1.0,application/json', 'application/json'],
  ])('who takes %s gets the whole answer', async (_name, accept, type) => {
    for (const _again of ['through Apollo Server', 'and through the fast door']) {
      const response = await ask(accept);
      expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
      expect(await response.json()).toEqual(whole);
    }
  }); // prettier-ignore
  test('a GET is answered as a whole: such answers may be kept', async () => {
    const url = `${shop.router.url}?query=${encodeURIComponent(query)}`;
    const response = await fetch(url, { headers: { accept: deferAccept, 'apollo-require-preflight': '1' } });
    expect([response.status, await response.json()]).toEqual([200, whole]);
  });
  test('an operation without parts is JSON; one part for those who take no JSON', async () => {
    const json = await ask(deferAccept, { query: '{ echo }' });
    expect(json.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
    expect(await json.json()).toEqual({ data: { echo: 'hi' } });
    const alone = await ask('multipart/mixed;deferSpec=20220824', { query: '{ echo }' });
    const parts: unknown[] = [];
    for await (const part of readParts(alone.body ?? new ReadableStream())) parts.push(part);
    expect(parts).toEqual([{ data: { echo: 'hi' }, hasNext: false }]);
  });
  test('events are whole, whatever is deferred in them', async () => {
    const accept = 'multipart/mixed;subscriptionSpec=1.0,multipart/mixed;deferSpec=20220824,application/json';
    const response = await ask(accept, {
      query: 'subscription { priceChanged(id: "1") { id ... @defer { name sold } } }',
    });
    const parts: unknown[] = [];
    for await (const part of readParts(response.body ?? new ReadableStream())) parts.push(part);
    expect(parts).toContainEqual({
      payload: { data: { priceChanged: { id: '1', name: 'p', sold: 7 } } },
    });
  });
});

describe('what is refused is JSON, before any part, in the same words', () => {
  const errors = async (accept: string, asked: object): Promise<[number, unknown]> => {
    const response = await ask(accept, asked);
    expect(response.headers.get('content-type')).toContain('json');
    return [response.status, await response.json()];
  };
  test.each<[string, object, string]>([
    ['no syntax', { query: '{ product(' }, 'GRAPHQL_PARSE_FAILED'],
    ['a field that is not there', { query: '{ product(id: "1") { ... @defer { nothing } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable of the wrong type', { query: 'query($id: ID!) { product(id: $id) { ... @defer { sold } } }', variables: { id: {} } }, 'BAD_USER_INPUT'],
    ['a page that is too large', { query: '{ products(first: 5000) { ... @defer { sold } } }' }, 'BAD_USER_INPUT'],
    ['too expensive, since each part counts', { query: `{ product(id: "1") { ${'... @defer { sold } '.repeat(9)} } }` }, 'QUERY_TOO_EXPENSIVE'],
    ['an unknown operation', { query, operationName: 'X' }, 'OPERATION_RESOLUTION_FAILURE'],
    ['a deferred root of a mutation', { query: 'mutation { ... @defer { signIn(email: "a") } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a deferred root of a mutation, in a named fragment', { query: 'mutation { ...F @defer(if: false) } fragment F on Mutation { signIn(email: "a") }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a label twice', { query: '{ product(id: "1") { ... @defer(label: "a") { sold } ... @defer(label: "a") { name } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a label by a variable', { query: 'query($l: String) { product(id: "1") { ... @defer(label: $l) { sold } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['an endless label', { query: `{ product(id: "1") { ... @defer(label: "${'a'.repeat(101)}") { sold } } }` }, 'GRAPHQL_VALIDATION_FAILED'],
    ['too many parts', { query: `{ product(id: "1") { ${'... @defer { sold } '.repeat(31)} } }` }, 'GRAPHQL_VALIDATION_FAILED'],
  ])('%s', async (_name, asked, code) => {
    const [inParts, inOnePiece] = [await errors(deferAccept, asked), await errors('application/graphql-response+json', asked)];
    expect(inParts).toEqual(inOnePiece);
    expect(JSON.stringify(inParts)).toContain(`"${code}"`);
  }); // prettier-ignore
});

test('where refused fields refuse the operation, a deferred one does, too, before any part', async () => {
  const strict = await startGraph({ resolvers, env: { ROUTER_UNAUTHORIZED: 'refuse' } });
  const response = await askDeferred(strict.router.url, {
    query: '{ echo ... @defer { order(id: "1") { id } } }',
  });
  expect([response.status, await response.json()]).toMatchObject([
    401,
    { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
  ]);
  await strict.close();
});

test('a hash stands for a document that came in parts, once it has been sent', async () => {
  const own = `query Own ${query}`;
  const sha256Hash = createHash('sha256').update(own).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const byHash = () => ask(deferAccept, { extensions }).then(response => response.text());
  expect(await byHash()).toContain('PERSISTED_QUERY_NOT_FOUND');
  const parts = await allParts(shop.router.url, { query: own, extensions });
  expect(parts).toHaveLength(2);
  await expect.poll(byHash).toContain('"incremental":[{"label":"sold","data":{"sold":7}');
});

const soldAsked = (): number =>
  shop.subgraphs.orders.received.filter(({ body }) => body.includes('sold')).length;
const finished = async (): Promise<number> => {
  const text = await shop.router.metrics.registry.metrics();
  return Number(/^http_requests_total\{[^}]*route="graphql"[^}]*\} (\d+)/m.exec(text)?.[1] ?? 0);
};

test('of whoever leaves, what has not begun never does, and the request is over', async () => {
  gate = Promise.withResolvers();
  const nested =
    '{ echo ... @defer { order(id: "1") { id ... @defer(label: "in") { customer { name } } ... @defer(label: "lines") { lines { quantity } } } } }';
  const headers = await bearer({ scopes: [] });
  const asked = (field: string): number =>
    shop.subgraphs.orders.received.filter(({ body }) => body.includes(field)).length;
  expect(await allParts(shop.router.url, { query: '{ echo }' })).toHaveLength(1);
  const leave = new AbortController();
  const before = await finished();
  const reader = readDeferred(await askDeferred(shop.router.url, { query: nested, headers }, leave.signal));
  expect((await reader.next()).value).toEqual({ data: { echo: 'hi' }, hasNext: true });
  leave.abort();
  await expect(reader.next()).rejects.toThrow('aborted');
  await vi.waitFor(async () => expect(await finished()).toBe(before + 1));
  gate.resolve();
  // Whoever stays gets what depends on the same fetch, later than that one would have been sent.
  const stays = await allParts(shop.router.url, { query: nested, headers });
  expect(stays.at(-1)).toMatchObject({ incremental: [{ label: 'in', data: { customer: { name: 'ada' } } }] });
  expect([asked('customer'), asked('lines')]).toEqual([1, 1]);
});

test('the answer as a whole is one operation: its name, its cost, its errors', async () => {
  const text = 'query Counted { product(id: "1") { name ... @defer { sold } } }';
  const counted = async (): Promise<number> => {
    const metrics = await shop.router.metrics.registry.metrics();
    return Number(
      /graphql_request_duration_seconds_count\{[^}]*operation_name="Counted"[^}]*outcome="ok"\} (\d+)/.exec(metrics)?.[1] ?? 0,
    ); // prettier-ignore
  };
  const asked = soldAsked();
  await allParts(shop.router.url, { query: text });
  await expect.poll(counted).toBe(1);
  expect(soldAsked()).toBe(asked + 1);
});

test('a stop waits for the parts that are still to come', async () => {
  const stopping = await startGraph({ resolvers, env: { ROUTER_DEADLINE_MS: '30000' } });
  gate = Promise.withResolvers();
  const reader = readDeferred(await askDeferred(stopping.router.url, { query }));
  expect((await reader.next()).value).toMatchObject({ hasNext: true });
  const stopped = stopping.router.stop();
  await expect.poll(() => fetch(stopping.router.url).then(() => 'open', () => 'closed')).toBe('closed'); // prettier-ignore
  gate.resolve();
  expect((await reader.next()).value).toMatchObject({ incremental: [{ data: { sold: 7 } }] });
  expect((await reader.next()).done).toBe(true);
  // And no longer: a connection that would be kept alive does not keep the router.
  await stopped;
  await stopping.close();
}, 10_000);
