import { type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';

import { readConfig } from '../config.ts';
import { secrets } from '../testing/graph.ts';
import { openSocketSource } from './socket-source.ts';
import { refusedBySource } from './source.ts';

type Message = { readonly type: string; readonly id?: string; readonly payload?: unknown };

/** A server that says what the test wants it to say. */
let server: WebSocketServer;
let status: number;
let asked: IncomingMessage[];
let heard: Message[];
let peer: WebSocket;
let stop: AbortController;
beforeEach(async () => {
  status = 200;
  asked = [];
  heard = [];
  stop = new AbortController();
  server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    verifyClient: ({ req }, answer) => {
      asked.push(req);
      answer(status === 200, status);
    },
  });
  server.on('connection', socket => {
    peer = socket;
    socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as Message));
  });
  await new Promise(resolve => server.once('listening', resolve));
});
afterEach(() => {
  stop.abort();
  for (const socket of server.clients) socket.terminate();
  server.close();
});

const open = () =>
  openSocketSource({
    address: new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/events`),
    headers: {
      authorization: 'Bearer t',
      'content-type': 'application/json',
      accept: 'x',
      'x-client-ip': 'i',
    },
    body: '{"query":"subscription { a }","variables":{"n":1}}',
    signal: stop.signal,
  });
const say = (message: Message): void => peer.send(JSON.stringify(message));
const acknowledge = async (): Promise<void> => {
  await vi.waitUntil(() => heard.length === 1);
  say({ type: 'connection_ack' });
};
const start = async () => {
  const opening = open();
  await acknowledge();
  const events = (await opening)();
  await vi.waitUntil(() => heard.length === 2);
  return events;
};
const next = (n: number): Message => ({ type: 'next', id: '1', payload: { data: { n } } });

test('who is asking stands in the headers and in connection_init; then comes the operation, as it is', async () => {
  const events = await start();
  expect(asked[0]?.url).toBe('/events');
  expect(asked[0]?.headers).toMatchObject({
    authorization: 'Bearer t',
    'x-client-ip': 'i',
    'sec-websocket-protocol': 'graphql-transport-ws',
  });
  expect(heard).toEqual([
    { type: 'connection_init', payload: { authorization: 'Bearer t', 'x-client-ip': 'i' } },
    { type: 'subscribe', id: '1', payload: { query: 'subscription { a }', variables: { n: 1 } } },
  ]);
  await events.return(undefined);
});
test('what was said before the end is not lost, and the end is the end', async () => {
  const events = await start();
  for (const n of [1, 2, 3]) say(next(n));
  say({ type: 'complete', id: '1' });
  peer.close();
  const all: unknown[] = [];
  for await (const event of events) all.push(event);
  expect(all).toEqual([{ data: { n: 1 } }, { data: { n: 2 } }, { data: { n: 3 } }]);
});
test('an error of the operation is its last event', async () => {
  const events = await start();
  say({ type: 'error', id: '1', payload: [{ message: 'no' }] });
  expect((await events.next()).value).toEqual({ errors: [{ message: 'no' }] });
  expect((await events.next()).done).toBe(true);
});
test('pings are answered', async () => {
  const events = await start();
  const event = events.next();
  say({ type: 'ping' });
  await vi.waitUntil(() => heard.length === 3);
  expect(heard[2]).toEqual({ type: 'pong' });
  say(next(1));
  await event;
});
test('a socket that breaks breaks the stream, after what was said', async () => {
  const events = await start();
  say(next(1));
  expect((await events.next()).value).toEqual({ data: { n: 1 } });
  const after = events.next();
  peer.terminate();
  await expect(after).rejects.toThrow('closed with 1006');
});
test('what is not of the protocol breaks it, too', async () => {
  const events = await start();
  const event = events.next();
  peer.send('{"type":"surprise"}');
  await expect(event).rejects.toThrow('Invalid message');
  await vi.waitUntil(() => server.clients.size === 0);
});
test.each([401, 403, 404])('status %i is a refusal', async refused => {
  status = refused;
  await expect(open()).rejects.toBe(refusedBySource);
});
test('status 503 is not', async () => {
  status = 503;
  await expect(open()).rejects.toThrow('status 503');
});
test.each([4400, 4401, 4403])('so is being closed with %i', async code => {
  const opening = open();
  await vi.waitUntil(() => heard.length === 1);
  peer.close(code, 'no');
  await expect(opening).rejects.toBe(refusedBySource);
});
test('a server that is gone is not', async () => {
  const opening = open();
  await vi.waitUntil(() => heard.length === 1);
  peer.close(1012);
  await expect(opening).rejects.toThrow('closed with 1012');
});
test('who never acknowledges is not waited for', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const opening = open();
    const refused = expect(opening).rejects.toThrow('slow to begin');
    while (heard.length === 0) await new Promise(resolve => setImmediate(resolve));
    vi.advanceTimersByTime(5_000);
    await refused;
  } finally {
    vi.useRealTimers();
  }
  await vi.waitUntil(() => server.clients.size === 0);
});
test('nothing stays open when it is ended: before it began, while it begins, and while it waits', async () => {
  const events = await start();
  const event = events.next();
  stop.abort();
  await expect(event).rejects.toThrow('nobody waits');
  await expect(open()).rejects.toThrow('nobody waits');
  stop = new AbortController();
  const opening = open();
  await vi.waitUntil(() => heard.length === 3);
  stop.abort();
  await expect(opening).rejects.toThrow('nobody waits');
  await vi.waitUntil(() => server.clients.size === 0);
});
test('while nobody takes events, none are read', async () => {
  const events = await start();
  const big = 'x'.repeat(100_000);
  let sent = 0;
  while (peer.bufferedAmount < 1_000_000) {
    sent += 1;
    peer.send(JSON.stringify({ type: 'next', id: '1', payload: { data: { n: sent, big } } }));
    await new Promise(resolve => setImmediate(resolve));
  }
  for (let n = 1; n <= sent; n += 1) expect((await events.next()).value).toMatchObject({ data: { n } });
  await events.return(undefined);
  await vi.waitUntil(() => server.clients.size === 0);
});

test('which subgraphs are asked so is a setting', () => {
  const env = { JWT_SECRET: secrets.access, INTERNAL_TOKEN_SECRET: secrets.internal };
  const read = (list: string) => readConfig({ ...env, ROUTER_SUBGRAPH_SOCKETS: list }).subgraphSockets;
  expect([...read('')]).toEqual([]);
  expect([...read('prices, reviews=wss://reviews.example/subscriptions')]).toEqual([
    ['prices', null],
    ['reviews', new URL('wss://reviews.example/subscriptions')],
  ]);
  for (const wrong of ['a b', 'a=http://b', 'a=ws://', '=ws://b'])
    expect(() => read(wrong)).toThrow(`"${wrong}" is neither a subgraph nor subgraph=ws://address`);
});
