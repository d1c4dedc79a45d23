import { createClient as createWsClient } from 'graphql-ws';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';

import { type Envelope, type EventBus } from '#platform/bus.ts';

import { type Transport, sources, ways } from '../testing/followers.ts';
import { type TestGraph, startGraph } from '../testing/graph.ts';
import { type Result, subscribe } from '../testing/subscribers.ts';
import { accessToken, bearer } from '../testing/tokens.ts';

/** A source of events that the test feeds; a new subscriber gets the current state first. */
function changing<T>(current: T) {
  const waiting = new Set<(value: T) => void>();
  let state = current;
  return {
    push: (value: T): void => {
      state = value;
      for (const wake of waiting) wake(value);
      waiting.clear();
    },
    subscribers: () => waiting.size,
    stream: async function* (until?: T) {
      let value = state;
      for (;;) {
        yield { priceChanged: value, secretChanged: value };
        if (value === until) return;
        value = await new Promise<T>(resolve => waiting.add(resolve));
      }
    },
  };
}

const product = (cost: number) => ({ id: '1', name: `costs ${cost}`, cost, related: [] });
const document = 'subscription S($id: ID!) { priceChanged(id: $id) { name sold } }';

let shop: TestGraph;
let prices: ReturnType<typeof changing<ReturnType<typeof product>>>;
let listener: ((envelope: Envelope) => void) | null = null;
const bus = {
  observe: async (_types: readonly string[], given: (envelope: Envelope) => void) => {
    listener = given;
    return async () => undefined;
  },
  healthy: () => true,
} as unknown as EventBus;

const startShop = async (env: Record<string, string> = {}): Promise<void> => {
  prices = changing(product(1));
  const first = prices;
  const last = product(99);
  shop = await startGraph({
    bus,
    env,
    resolvers: {
      users: { Query: { me: () => ({ id: 'ada', name: 'Ada' }) } },
      products: {
        Query: { product: () => product(5) },
        Subscription: {
          priceChanged: {
            subscribe: (_: unknown, { id }: { id: string }) =>
              id === 'none' ? Promise.reject(new Error('boom in 10.0.0.5')) : first.stream(last),
          },
          secretChanged: { subscribe: () => first.stream() },
        },
        Product: { __resolveReference: ({ id }: { id: string }) => ({ ...product(7), id }) },
      },
      orders: {
        Product: { __resolveReference: ({ id }: { id: string }) => ({ id }), sold: () => 42 },
        Query: { echo: () => 'hi' },
      },
    },
  });
};
afterEach(() => shop.close());

const over =
  (transport: Transport) =>
  (query: string, more: Omit<Parameters<typeof subscribe>[2], 'query'>): AsyncIterableIterator<Result> =>
    subscribe(shop.router.url, transport, { query, ...more });
const open = { sse: over('sse'), ws: over('ws'), multipart: over('multipart') };

const next = async (results: AsyncIterator<Result>): Promise<Result> =>
  (await results.next()).value as Result;
const streams = () => shop.subgraphs.products.streams();

describe.each(ways)('over %s, from a subgraph over %s', (transport, source) => {
  const start = (env: Record<string, string> = {}) => startShop({ ...sources[source], ...env });
  test('the current state comes first, then every change with fields of other subgraphs, then the end', async () => {
    await start();
    const results = open[transport](document, { variables: { id: '1' } });
    expect(await next(results)).toEqual({ data: { priceChanged: { name: 'costs 1', sold: 42 } } });
    for (const cost of [2, 3, 4]) {
      await vi.waitUntil(() => prices.subscribers() === 1);
      prices.push(product(cost));
    }
    expect(await next(results)).toEqual({ data: { priceChanged: { name: 'costs 2', sold: 42 } } });
    expect(await next(results)).toEqual({ data: { priceChanged: { name: 'costs 3', sold: 42 } } });
    expect(await next(results)).toEqual({ data: { priceChanged: { name: 'costs 4', sold: 42 } } });
    await results.return?.();
    await vi.waitUntil(() => streams() === 0);
  });
  test('leaving closes the stream behind, also while nothing happens', async () => {
    await start();
    const results = open[transport](document, { variables: { id: '1' } });
    await next(results);
    await vi.waitUntil(() => streams() === 1);
    await results.return?.();
    await vi.waitUntil(() => streams() === 0);
    expect(prices.subscribers()).toBeLessThanOrEqual(1);
  });
  test('a subgraph that breaks is asked again and the current state comes first', async () => {
    await start();
    const results = open[transport](document, { variables: { id: '1' } });
    await next(results);
    shop.subgraphs.products.cut();
    prices.push(product(8));
    expect(await next(results)).toEqual({ data: { priceChanged: { name: 'costs 8', sold: 42 } } });
    await results.return?.();
  });
  test('one subgraph of the rest is down: its field is null with a masked error, the stream goes on', async () => {
    await start();
    await shop.subgraphs.orders.close();
    const results = open[transport](document, { variables: { id: '1' } });
    expect(await next(results)).toMatchObject({
      data: { priceChanged: { name: 'costs 1', sold: null } },
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
    await vi.waitUntil(() => prices.subscribers() === 1);
    prices.push(product(2));
    expect(await next(results)).toMatchObject({ data: { priceChanged: { name: 'costs 2' } } });
    await results.return?.();
  });
  test('needs the rights of its fields', async () => {
    await start();
    const refused = open[transport]('subscription { secretChanged { name } }', {});
    expect(await next(refused)).toEqual({
      data: { secretChanged: null },
      errors: [
        {
          message: 'You must sign in to do this.',
          path: ['secretChanged'],
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    });
    expect((await refused.next()).done).toBe(true);
    expect(streams()).toBe(0);
    const allowed = open[transport]('subscription { secretChanged { name cost } }', {
      headers: await bearer({ scopes: ['costs:read'] }),
    });
    expect(await next(allowed)).toEqual({ data: { secretChanged: { name: 'costs 1', cost: 1 } } });
    await allowed.return?.();
  });
  test('ends with UNAUTHENTICATED when the session is revoked', async () => {
    await start();
    const results = open[transport](document, {
      variables: { id: '1' },
      headers: await bearer({ sid: 'gone' }),
    });
    await next(results);
    listener?.({ type: 'session.revoked', data: { sessionIds: ['gone'] } } as Envelope);
    expect(await next(results)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect((await results.next()).done).toBe(true);
    await vi.waitUntil(() => streams() === 0);
  });
  test('ends with UNAUTHENTICATED when the token expires', async () => {
    await start();
    const results = open[transport](document, {
      variables: { id: '1' },
      // With five seconds of tolerance and whole seconds in tokens, it is good for three to four more.
      headers: await bearer({ seconds: -1 }),
    });
    const answers: unknown[] = [];
    for await (const answer of results) answers.push(answer);
    expect(answers.length).toBeGreaterThan(1);
    expect(answers.at(-1)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
  test('a fault in the source is masked and ends it', async () => {
    await start();
    const results = open[transport](document, { variables: { id: 'none' } });
    const answer = await next(results);
    expect(answer).toMatchObject({
      errors: [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(JSON.stringify(answer)).not.toContain('10.0.0.5');
    expect((await results.next()).done).toBe(true);
  });
  test('queries are answered too, and limits apply', async () => {
    await start();
    expect(await next(open[transport]('{ echo product(id: "1") { name } }', {}))).toEqual({
      data: { echo: 'hi', product: { name: 'costs 5' } },
    });
    const aliases = Array.from({ length: 31 }, (_, n) => `a${n}: name`).join(' ');
    await expect(
      next(open[transport](`subscription { priceChanged(id: 1) { ${aliases} } }`, {})),
    ).rejects.toBeDefined();
    expect(shop.subgraphs.products.received.some(({ body }) => body.includes('priceChanged'))).toBe(false);
  });
  test('so many at once per client, and no more', async () => {
    await start({ ROUTER_SUBSCRIPTIONS_PER_CLIENT: '1' });
    const first = open[transport](document, { variables: { id: '1' } });
    await next(first);
    await expect(next(open[transport](document, { variables: { id: '1' } }))).rejects.toBeDefined();
    await first.return?.();
    await vi.waitUntil(() => streams() === 0);
    const again = open[transport](document, { variables: { id: '1' } });
    expect(await next(again)).toBeDefined();
    await again.return?.();
  });
});

test('GET /graphql/stream, with heartbeats', async () => {
  await startShop({ ROUTER_HEARTBEAT_MS: '100' });
  const address = new URL('/graphql/stream', shop.router.url);
  address.search = new URLSearchParams({ query: document, variables: '{"id":"1"}' }).toString();
  const leave = new AbortController();
  const response = await fetch(address, { headers: { accept: 'text/event-stream' }, signal: leave.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    if (text.includes('event: next') && text.endsWith(':\n\n')) break;
  }
  leave.abort();
  expect(text.replaceAll(':\n\n', '')).toBe(
    'event: next\ndata: {"data":{"priceChanged":{"name":"costs 1","sold":42}}}\n\n',
  );
  address.search = new URLSearchParams({ query: 'mutation { signOut }' }).toString();
  expect((await fetch(address)).status).toBe(405);
});

test('a client that reads both gets JSON for a query and a stream for a subscription', async () => {
  await startShop();
  const headers = { accept: 'application/json, text/event-stream' };
  const query = await shop.query('{ echo }', { headers });
  expect([query.headers.get('content-type'), query.body]).toEqual([
    'application/json; charset=utf-8',
    { data: { echo: 'hi' } },
  ]);
  const leave = new AbortController();
  const body = JSON.stringify({ query: document, variables: { id: '1' } });
  const stream = await fetch(shop.router.url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
    signal: leave.signal,
  });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  leave.abort();
});

describe('a socket', () => {
  const closed = (url: string, protocol: string | undefined, options: object, message?: object) =>
    new Promise<number | string>(resolve => {
      const socket =
        protocol === undefined ? new WebSocket(url, options) : new WebSocket(url, protocol, options);
      socket.on('open', () => message && socket.send(JSON.stringify(message)));
      socket.on('close', code => resolve(code));
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
    });
  test('of another page, protocol or path, or with a bad token, is refused', async () => {
    await startShop({ CORS_ORIGINS: 'https://shop.example' });
    const url = shop.router.url.replace('http', 'ws');
    expect(await closed(url, 'graphql-transport-ws', { origin: 'https://evil.example' })).toBe(403);
    expect(await closed(url.replace('/graphql', '/other'), 'graphql-transport-ws', {})).toBe(404);
    // The client sees that its protocol was not chosen.
    expect(await closed(url, 'graphql-ws', {})).toBe(1006);
    expect(
      await closed(
        url,
        'graphql-transport-ws',
        {},
        { type: 'connection_init', payload: { authorization: 'Bearer wrong' } },
      ),
    ).toBe(4403);
    expect(
      await closed(
        url,
        'graphql-transport-ws',
        {},
        { type: 'subscribe', id: '1', payload: { query: '{ echo }' } },
      ),
    ).toBe(4401);
  });
  test('is not believed any longer than its sign-in', async () => {
    await startShop();
    const client = createWsClient({
      url: shop.router.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazy: false,
      connectionParams: await bearer({ sid: 'over' }),
    });
    const ask = () => next(client.iterate({ query: '{ me { name } }' }) as AsyncIterator<Result>);
    expect(await ask()).toEqual({ data: { me: { name: 'Ada' } } });
    listener?.({ type: 'session.revoked', data: { sessionIds: ['over'] } } as Envelope);
    await expect(ask()).rejects.toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await client.dispose();
  });
  test('takes the token as { authorization } too', async () => {
    await startShop();
    const client = createWsClient({
      url: shop.router.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${await accessToken()}` },
    });
    expect(await next(client.iterate({ query: '{ me { name } }' }) as AsyncIterator<Result>)).toEqual({
      data: { me: { name: 'Ada' } },
    });
    await client.dispose();
  });
});

test('stopping breaks off what is open, so that clients come back', async () => {
  await startShop();
  const results = open.sse(document, { variables: { id: '1' } });
  await next(results);
  const other = open.ws(document, { variables: { id: '1' } });
  await next(other);
  const parts = open.multipart(document, { variables: { id: '1' } });
  await next(parts);
  const ended = Promise.allSettled([results.next(), other.next(), parts.next()]);
  await shop.router.stop();
  expect(await ended).toMatchObject([
    { status: 'rejected', reason: { message: 'terminated' } },
    { status: 'rejected', reason: { code: 1001 } },
    { status: 'rejected', reason: { message: 'terminated' } },
  ]);
  await vi.waitUntil(() => streams() === 0);
});
