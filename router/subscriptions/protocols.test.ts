import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';

import { type TestGraph, startGraph } from '../testing/graph.ts';

/** What has been pushed reaches every subscriber; the current state comes first. */
const waiting = new Set<(cost: number) => void>();
async function* prices(): AsyncGenerator<object> {
  for (let cost = 1; ; cost = await new Promise<number>(resolve => waiting.add(resolve)))
    yield { priceChanged: { id: '1', name: `costs ${cost}`, related: [] } };
}
const push = (cost: number): void => {
  for (const wake of waiting) wake(cost);
  waiting.clear();
};

let shop: TestGraph;
beforeAll(async () => {
  shop = await startGraph({
    env: { ROUTER_HEARTBEAT_MS: '100' },
    resolvers: {
      orders: { Query: { echo: () => 'hi' }, Mutation: { checkout: () => ({ id: 'o', lines: [] }) } },
      products: { Subscription: { priceChanged: { subscribe: () => prices() } } },
    },
  });
});
afterAll(() => shop.close());
const streams = () => shop.subgraphs.products.streams();
const subscription = 'subscription { priceChanged(id: "1") { name } }';

type Message = { readonly type: string; readonly id?: string; readonly payload?: unknown };
type Socket = {
  /** Sends a message, or raw text. */
  send(message: Message | string): void;
  next(): Promise<Message>;
  /** The code with which the router closes. */
  readonly closed: Promise<number>;
  close(): void;
};

async function connect(initialise = true): Promise<Socket> {
  const socket = new WebSocket(shop.router.url.replace('http', 'ws'), 'graphql-transport-ws');
  const arrived: Message[] = [];
  const wanted: ((message: Message) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Message;
    const want = wanted.shift();
    if (want) want(message);
    else arrived.push(message);
  });
  const closed = new Promise<number>(resolve => socket.on('close', resolve));
  await new Promise(resolve => socket.on('open', resolve));
  const self: Socket = {
    send: message => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: async () => arrived.shift() ?? new Promise(resolve => wanted.push(resolve)),
    closed,
    close: () => socket.close(),
  };
  if (initialise) {
    self.send({ type: 'connection_init' });
    expect(await self.next()).toEqual({ type: 'connection_ack' });
  }
  return self;
}

describe('graphql-transport-ws', () => {
  test('queries, mutations and subscriptions: next and complete, each under its id', async () => {
    const socket = await connect();
    socket.send({ type: 'subscribe', id: 'q', payload: { query: '{ echo }' } });
    expect([await socket.next(), await socket.next()]).toEqual([
      { type: 'next', id: 'q', payload: { data: { echo: 'hi' } } },
      { type: 'complete', id: 'q' },
    ]);
    socket.send({
      type: 'subscribe',
      id: 'm',
      payload: { query: 'mutation { checkout(cart: "c") { id } }' },
    });
    expect([await socket.next(), await socket.next()]).toEqual([
      { type: 'next', id: 'm', payload: { data: { checkout: { id: 'o' } } } },
      { type: 'complete', id: 'm' },
    ]);
    socket.send({ type: 'subscribe', id: 's', payload: { query: subscription } });
    expect(await socket.next()).toEqual({
      type: 'next',
      id: 's',
      payload: { data: { priceChanged: { name: 'costs 1' } } },
    });
    push(2);
    expect(await socket.next()).toEqual({
      type: 'next',
      id: 's',
      payload: { data: { priceChanged: { name: 'costs 2' } } },
    });
    socket.close();
    await vi.waitUntil(() => streams() === 0);
  });
  test('complete from the client ends one subscription, not the others, and its id is free again', async () => {
    const socket = await connect();
    for (const id of ['a', 'b']) {
      socket.send({ type: 'subscribe', id, payload: { query: subscription } });
      expect(await socket.next()).toMatchObject({ type: 'next', id });
    }
    await vi.waitUntil(() => streams() === 2);
    socket.send({ type: 'complete', id: 'a' });
    await vi.waitUntil(() => streams() === 1);
    push(3);
    expect(await socket.next()).toMatchObject({ type: 'next', id: 'b' });
    socket.send({ type: 'subscribe', id: 'a', payload: { query: '{ echo }' } });
    expect(await socket.next()).toMatchObject({ type: 'next', id: 'a' });
    expect(await socket.next()).toEqual({ type: 'complete', id: 'a' });
    socket.send({ type: 'complete', id: 'never-seen' });
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
    socket.close();
    await vi.waitUntil(() => streams() === 0);
  });
  test('what is refused is an error under its id, and the socket stays', async () => {
    const socket = await connect();
    for (const [query, code] of [
      ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      ['{', 'GRAPHQL_PARSE_FAILED'],
      ['subscription { secretChanged { id } }', 'UNAUTHENTICATED'],
    ] as const) {
      socket.send({ type: 'subscribe', id: code, payload: { query } });
      const answer = await socket.next();
      const errors =
        answer.type === 'error' ? answer.payload : (answer.payload as { errors: unknown }).errors;
      expect([answer.id, errors]).toMatchObject([code, [{ extensions: { code } }]]);
      if (answer.type === 'next') expect(await socket.next()).toEqual({ type: 'complete', id: code });
    }
    socket.send({
      type: 'subscribe',
      id: 'q',
      payload: { query: 'query A { echo } query B { echo }', operationName: 'C' },
    });
    expect(await socket.next()).toMatchObject({ type: 'error', id: 'q' });
    socket.send({
      type: 'subscribe',
      id: 'q',
      payload: { query: 'query A { echo } query B { e: echo }', operationName: 'B' },
    });
    expect(await socket.next()).toEqual({ type: 'next', id: 'q', payload: { data: { e: 'hi' } } });
    socket.close();
  });
  test('ping is answered at any time, with its payload; pong is taken', async () => {
    const socket = await connect(false);
    socket.send({ type: 'ping', payload: { at: 7 } });
    expect(await socket.next()).toEqual({ type: 'pong', payload: { at: 7 } });
    socket.send({ type: 'pong' });
    socket.send({ type: 'connection_init' });
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    socket.close();
  });
  test.each([
    ['no JSON', 'hello'],
    ['no object', '[]'],
    ['null', 'null'],
    ['no type', '{}'],
    ['an unknown type', { type: 'start', id: '1' }],
    ['a message of the router’s', { type: 'next', id: '1', payload: {} }],
    ['no id', { type: 'subscribe', payload: { query: '{ echo }' } }],
    ['an empty id', { type: 'subscribe', id: '', payload: { query: '{ echo }' } }],
    ['no payload', { type: 'subscribe', id: '1' }],
    ['a query that is no text', { type: 'subscribe', id: '1', payload: { query: 1 } }],
    [
      'variables that are no object',
      { type: 'subscribe', id: '1', payload: { query: '{ echo }', variables: 'x' } },
    ],
    ['complete without an id', { type: 'complete' }],
  ])('a message that is none closes with 4400: %s', async (_name, message) => {
    const socket = await connect();
    socket.send(message);
    expect(await socket.closed).toBe(4400);
  });
  test('before it is initialised it answers nothing: 4401', async () => {
    const socket = await connect(false);
    socket.send({ type: 'subscribe', id: '1', payload: { query: '{ echo }' } });
    expect(await socket.closed).toBe(4401);
  });
  test('an id that is taken: 4409, and everything of that socket ends', async () => {
    const socket = await connect();
    socket.send({ type: 'subscribe', id: '1', payload: { query: subscription } });
    await socket.next();
    socket.send({ type: 'subscribe', id: '1', payload: { query: '{ echo }' } });
    expect(await socket.closed).toBe(4409);
    await vi.waitUntil(() => streams() === 0);
  });
  test('initialised twice: 4429', async () => {
    const socket = await connect();
    socket.send({ type: 'connection_init' });
    expect(await socket.closed).toBe(4429);
  });
  test('never initialised: 4408', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const socket = await connect(false);
      // An answer shows that the router has taken the connection, and so has set its timer.
      socket.send({ type: 'ping' });
      await socket.next();
      vi.advanceTimersByTime(5_000);
      expect(await socket.closed).toBe(4408);
    } finally {
      vi.useRealTimers();
    }
  });
  test('a message larger than a body may be: 1009', async () => {
    const socket = await connect();
    socket.send({ type: 'subscribe', id: '1', payload: { query: `{ echo } # ${'x'.repeat(200_000)}` } });
    expect(await socket.closed).toBe(1009);
  });
});

describe('graphql-sse, distinct connections', () => {
  const url = () => shop.router.url.replace('/graphql', '/graphql/stream');
  const ask = (body: object, headers: Record<string, string> = {}, signal?: AbortSignal) =>
    fetch(url(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });

  test('one operation is one stream: next, and complete with empty data', async () => {
    const response = await ask({ query: '{ echo }' });
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      200, 'text/event-stream; charset=utf-8', 'no-store',
    ]); // prettier-ignore
    expect(await response.text()).toMatch(
      /^(:\s*\n\n)*event: next\ndata: \{"data":\{"echo":"hi"\}\}\n\n(:\s*\n\n)*event: complete\ndata: ?\n\n$/,
    );
  });
  test('events come as they happen, heartbeats between them are comments; leaving ends the source', async () => {
    const leave = new AbortController();
    const response = await ask({ query: subscription }, {}, leave.signal);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let text = '';
    const until = async (wanted: string): Promise<void> => {
      while (!text.includes(wanted)) text += decoder.decode((await reader.read()).value, { stream: true });
    };
    await until('costs 1');
    push(5);
    await until('costs 5');
    await until('\n:');
    for (const block of text.split('\n\n').slice(0, -1))
      expect(block).toMatch(/^(event: next\ndata: \{.*\}|:.*|)$/);
    leave.abort();
    await vi.waitUntil(() => streams() === 0);
  });
  test('what is refused as a whole is answered in JSON, before any stream', async () => {
    for (const [body, status] of [
      [{ query: '{ nothing }' }, 400],
      [{ query: '{' }, 400],
      [{}, 400],
      [{ query: '{ echo }', operationName: 'no' }, 400],
      [{ query: '{ echo }', variables: 'x' }, 400],
    ] as const) {
      const response = await ask(body);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        status, expect.stringContaining('application/json'),
      ]); // prettier-ignore
      expect(await response.json()).toMatchObject({ errors: [{ message: expect.any(String) as string }] });
    }
  });
  test('errors of the execution come in the stream', async () => {
    const text = await (await ask({ query: '{ broken echo }' })).text();
    expect(text).toContain('"broken":null');
    expect(text).toContain('event: complete');
  });
  test('GET for queries and subscriptions, never for mutations; no reservation of single connections', async () => {
    const get = (query: string) =>
      fetch(`${url()}?${new URLSearchParams({ query })}`, { headers: { accept: 'text/event-stream' } });
    expect(await (await get('{ echo }')).text()).toContain('{"data":{"echo":"hi"}}');
    expect((await get('mutation { checkout(cart: "c") { id } }')).status).toBe(405);
    expect((await fetch(url(), { method: 'PUT' })).status).toBe(405);
  });
});
