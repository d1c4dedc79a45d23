import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect as connectHttp2,
  constants,
} from 'node:http2';
import { type RequestOptions, request as requestHttps } from 'node:https';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';

import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';

import { type TestCertificate, makeCertificate } from '../testing/certificate.ts';
import { type TestGraph, startGraph } from '../testing/graph.ts';
import { openTls } from './tls.ts';

const [first, second] = [makeCertificate('first'), makeCertificate('second')];
const ca = [first.cert, second.cert];
let folder: string;
let shop: TestGraph;
let answerSlow: (value: string) => void;
let asked: Promise<void>;

const waiting = new Set<(name: string) => void>();
/** The first name, then each change, until the end. */
async function* names(): AsyncGenerator<object> {
  for (let name = '1'; name !== 'end'; name = await new Promise<string>(resolve => waiting.add(resolve)))
    yield { priceChanged: { id: '1', name, related: [] } };
}
const change = (name: string): void => {
  for (const wake of waiting) wake(name);
  waiting.clear();
};

const write = (pair: Partial<TestCertificate>): void => {
  if (pair.cert !== undefined) writeFileSync(join(folder, 'tls.crt'), pair.cert);
  if (pair.key !== undefined) writeFileSync(join(folder, 'tls.key'), pair.key, { mode: 0o600 });
};
const files = () => ({
  ROUTER_TLS_CERT: join(folder, 'tls.crt'),
  ROUTER_TLS_KEY: join(folder, 'tls.key'),
  ROUTER_TLS_POLL_MS: '50',
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'));
  write(first);
  let tellAsked: () => void;
  asked = new Promise(resolve => (tellAsked = resolve));
  const slow = (): Promise<string> => {
    tellAsked();
    return new Promise(resolve => (answerSlow = resolve));
  };
  shop = await startGraph({
    env: { ...files(), ROUTER_HEARTBEAT_MS: '500' },
    resolvers: {
      orders: {
        Query: { echo: () => 'hi' },
        Product: { __resolveReference: (key: object) => key, sold: () => 3 },
      },
      products: {
        Query: { slow, products: async () => [{ id: await slow() }] },
        Subscription: { priceChanged: { subscribe: names } },
      },
    },
  });
});
afterEach(async () => {
  await shop.close();
  rmSync(folder, { recursive: true });
});

/** One query as a stream of an HTTP/2 connection. */
function ask(session: ClientHttp2Session, query: string, accept = '*/*') {
  const stream = session.request({
    ':method': 'POST',
    ':path': '/graphql',
    'content-type': 'application/json',
    accept,
  });
  const head = new Promise<Record<string, unknown>>(resolve => stream.once('response', resolve));
  stream.end(JSON.stringify({ query }));
  return { head, body: text(stream) };
}

/** The name on the certificate that a new connection is shown. */
function shown(): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host: '127.0.0.1', port: shop.router.port, ca }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

const metric = async (line: RegExp): Promise<string | undefined> =>
  line.exec(await shop.router.metrics.registry.metrics())?.[1];

test('parts of an answer come over HTTP/2, too', async () => {
  const session = connectHttp2(shop.router.url, { ca });
  const { head, body } = ask(session, '{ echo ... @defer { slow } }', 'multipart/mixed;deferSpec=20220824');
  expect(await head).toMatchObject({
    ':status': 200,
    'content-type': 'multipart/mixed;boundary="graphql";deferSpec=20220824',
  });
  await asked;
  answerSlow('at last');
  expect(await body).toMatch(/"data":\{"echo":"hi"\},"hasNext":true[^]*"slow":"at last"[^]*--graphql--/);
  session.close();
});

test('a client that resets its stream is asked nothing more for, and others on the connection are', async () => {
  const session = connectHttp2(shop.router.url, { ca });
  const stream = session.request({
    ':method': 'POST',
    ':path': '/graphql',
    'content-type': 'application/json',
  });
  stream.end(JSON.stringify({ query: '{ products { sold } }' }));
  await asked;
  stream.close(constants.NGHTTP2_CANCEL);
  expect(JSON.parse(await ask(session, '{ echo }').body)).toEqual({ data: { echo: 'hi' } });
  shop.subgraphs.orders.received.length = 0;
  answerSlow('1');
  await vi.waitUntil(
    async () => (await metric(/graphql_errors_total\{code="CLIENT_CLOSED_REQUEST".*\} (\d+)/)) === '1',
  );
  expect(shop.subgraphs.orders.received).toEqual([]);
  session.close();
});

test('HTTP/2 is spoken with who can: many requests at once over one connection, answered like any other', async () => {
  const session = connectHttp2(shop.router.url, { ca });
  const all = Array.from({ length: 20 }, () => ask(session, '{ echo }'));
  for (const { head, body } of all) {
    expect(await head).toMatchObject({
      ':status': 200,
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    expect(JSON.parse(await body)).toEqual({ data: { echo: 'hi' } });
  }
  expect(session.alpnProtocol).toBe('h2');
  session.close();
});

test('what is refused over HTTP/2 before it is read is told why, and others on the connection go on', async () => {
  const session = connectHttp2(shop.router.url, { ca });
  const refusedWith = async (headers: Record<string, string>, body: string): Promise<unknown> => {
    const stream = session.request({
      ':method': 'POST',
      ':path': '/graphql',
      'content-type': 'application/json',
      ...headers,
    });
    stream.end(body);
    const [[head], told] = (await Promise.all([once(stream, 'response'), text(stream)])) as [
      [Record<string, unknown>],
      string,
    ];
    expect(JSON.parse(told)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    return head[':status'];
  };
  const many = Object.fromEntries(Array.from({ length: 110 }, (_, n) => [`x-${n}`, '1']));
  expect(await refusedWith(many, '{"query":"{ echo }"}')).toBe(431);
  const large = JSON.stringify({ query: '{ echo }', variables: { a: 'x'.repeat(1_500_000) } });
  expect(await refusedWith({}, large)).toBe(413);
  expect(await refusedWith({ 'content-length': String(large.length) }, large)).toBe(413);
  expect(JSON.parse(await ask(session, '{ echo }').body)).toEqual({ data: { echo: 'hi' } });
  session.destroy();
});

test('a body that does not come in time, or is not wanted, ends its stream over HTTP/2, and no other', async () => {
  const { log, metrics } = { log: createLog('tls', 'silent'), metrics: createMetrics('tls') };
  const settings = { certPath: files().ROUTER_TLS_CERT, keyPath: files().ROUTER_TLS_KEY, pollMs: 60_000 };
  const tls = await openTls(settings, { log, metrics });
  let tellEnded: (status: number) => void;
  const ended = new Promise<number>(resolve => (tellEnded = resolve));
  const server = tls.open({ requestTimeout: 500 }, (request, response) => {
    if (request.url === '/refused') {
      response.once('close', () => tellEnded(response.statusCode));
      request.once('data', () => response.writeHead(413).end(String(request.pause().isPaused())));
    } else request.resume().once('end', () => response.end('read'));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
  const session = connectHttp2(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, { ca });
  const slow = session.request({ ':method': 'POST' });
  slow.on('error', () => undefined).write('a');
  const refused = session.request({ ':method': 'POST', ':path': '/refused' });
  refused.on('error', () => undefined).write('a');
  expect(String(await once(refused, 'data'))).toBe('true');
  expect(await ended).toBe(413);
  expect(slow.closed).toBe(false);
  await once(slow, 'close');
  expect(slow.rstCode).toBe(constants.NGHTTP2_CANCEL);
  expect(await text(session.request({ ':method': 'POST' }).end('b'))).toBe('read');
  session.destroy();
  server.close();
  await tls.close();
});

test('HTTP/1.1 is spoken with who cannot, and WebSockets over it', async () => {
  const options: RequestOptions = {
    ca,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    agent: false,
  };
  const answered = await new Promise<string>((resolve, reject) => {
    const request = requestHttps(shop.router.url, options, response => resolve(text(response)));
    request.once('error', reject);
    request.end('{"query":"{ echo }"}');
  });
  expect(JSON.parse(answered)).toEqual({ data: { echo: 'hi' } });

  const socket = new WebSocket(shop.router.url.replace('https', 'wss'), 'graphql-transport-ws', { ca });
  const messages: unknown[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString())));
  await new Promise(resolve => socket.once('open', resolve));
  socket.send('{"type":"connection_init"}');
  socket.send('{"type":"subscribe","id":"1","payload":{"query":"{ echo }"}}');
  await vi.waitUntil(() => messages.length === 3);
  expect(messages[1]).toEqual({ type: 'next', id: '1', payload: { data: { echo: 'hi' } } });
  socket.close();
});

test('a browser is told the address that it has asked', async () => {
  const session = connectHttp2(shop.router.url, { ca });
  const page = await text(session.request({ ':path': '/graphql', accept: 'text/html' }));
  expect(page).toContain(`<code>POST https://127.0.0.1:${shop.router.port}/graphql</code>`);
  session.close();
});

test('an event stream over HTTP/2', async () => {
  const session = connectHttp2(shop.router.url, { ca });
  const path = `/graphql/stream?${new URLSearchParams({ query: '{ echo }' }).toString()}`;
  const stream = session.request({ ':path': path, accept: 'text/event-stream' });
  expect(await text(stream)).toContain('event: next\ndata: {"data":{"echo":"hi"}}');
  session.close();
});

const changes = 'subscription { priceChanged(id: "1") { name } }';
const wantsStream = [
  ['events', 'text/event-stream', 'event: next\ndata: '],
  ['parts', 'multipart/mixed;subscriptionSpec=1.0, application/json', '{"payload":'],
] as const;

describe.each(wantsStream)('a subscription over HTTP/2, as %s', (_name, accept, lead) => {
  const subscribe = (session: ClientHttp2Session): ClientHttp2Stream => {
    const stream = session.request({
      ':method': 'POST',
      ':path': '/graphql',
      'content-type': 'application/json',
      accept,
    });
    stream.end(JSON.stringify({ query: changes }));
    return stream;
  };
  const streams = () => shop.subgraphs.products.streams();

  test('goes on beside others on one connection, until its own end', async () => {
    const session = connectHttp2(shop.router.url, { ca });
    const all = Array.from({ length: 3 }, () => subscribe(session));
    const read = all.map(stream => {
      const got = { text: '' };
      stream.setEncoding('utf8').on('data', (chunk: string) => (got.text += chunk));
      return got;
    });
    await vi.waitUntil(() => read.every(got => got.text.includes('"name":"1"')));
    expect(read[0]?.text).toContain(`${lead}{"data":{"priceChanged":{"name":"1"}}}`);
    all[0]?.close();
    await vi.waitUntil(() => streams() === 2);
    change('2');
    await vi.waitUntil(() => read.slice(1).every(got => got.text.includes('"name":"2"')));
    expect(read[0]?.text).not.toContain('"name":"2"');
    change('end');
    await Promise.all(all.slice(1).map(stream => once(stream, 'end')));
    expect(JSON.parse(await ask(session, '{ echo }').body)).toEqual({ data: { echo: 'hi' } });
    session.close();
  });
  test('ends with its connection', async () => {
    const session = connectHttp2(shop.router.url, { ca });
    subscribe(session).resume();
    await expect.poll(streams).toBe(1);
    session.destroy();
    await expect.poll(streams).toBe(0);
  });
  test('whose reader does not read is let go, and nothing else on its connection', async () => {
    const session = connectHttp2(shop.router.url, { ca });
    const [deaf, other] = [subscribe(session), subscribe(session)];
    other.resume();
    await Promise.all([once(deaf, 'response'), once(other, 'response')]);
    deaf.pause();
    const gone = once(deaf, 'close');
    const more = (): boolean => {
      change('x'.repeat(50_000));
      return streams() === 1;
    };
    await vi.waitUntil(more, { timeout: 8_000 });
    deaf.on('error', () => undefined).resume();
    await gone;
    expect(JSON.parse(await ask(session, '{ echo }').body)).toEqual({ data: { echo: 'hi' } });
    session.destroy();
  });
});

test('another certificate is shown without a restart; what is under way goes on', async () => {
  const session = connectHttp2(shop.router.url, { ca });
  const { body } = ask(session, '{ slow }');
  await asked;
  expect(await shown()).toBe('first');
  const ends = await metric(/^tls_certificate_expires_timestamp_seconds\{.*\} (\d+)$/m);
  expect(Number(ends)).toBeGreaterThan(Date.now() / 1_000);

  write(second);
  await vi.waitUntil(async () => (await shown()) === 'second');
  answerSlow('still here');
  expect(JSON.parse(await body)).toEqual({ data: { slow: 'still here' } });
  expect(JSON.parse(await ask(session, '{ echo }').body)).toEqual({ data: { echo: 'hi' } });
  session.close();
});

test('a certificate that cannot be used changes nothing, until its key is there too', async () => {
  const failed = /^tls_certificate_updates_total\{result="failed".*\} (\d+)$/m;
  write({ cert: second.cert });
  await vi.waitUntil(async () => (await metric(failed)) === '1');
  expect(await shown()).toBe('first');
  write({ key: second.key });
  await vi.waitUntil(async () => (await shown()) === 'second');
});

test('stopping lets what is under way over HTTP/2 finish, and takes nothing more', async () => {
  const session = connectHttp2(shop.router.url, { ca });
  const { body } = ask(session, '{ slow }');
  await asked;
  const goodbye = new Promise(resolve => session.once('goaway', resolve));
  const stopped = shop.router.stop();
  await goodbye;
  answerSlow('in time');
  expect(JSON.parse(await body)).toEqual({ data: { slow: 'in time' } });
  await stopped;
  expect(session.closed || session.destroyed).toBe(true);
});

test('plain HTTP is not answered on that port, and half a pair does not start', async () => {
  await expect(fetch(shop.router.url.replace('https', 'http'))).rejects.toThrow('fetch failed');
  await expect(startGraph({ env: { ROUTER_TLS_CERT: files().ROUTER_TLS_CERT } })).rejects.toThrow(
    'ROUTER_TLS_CERT and ROUTER_TLS_KEY: one needs the other',
  );
  write({ key: second.key });
  await expect(startGraph({ env: files() })).rejects.toThrow('the key is not the certificate’s');
  write(first);
});
