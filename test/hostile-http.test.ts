import { once } from 'node:events';
import { type Socket, connect } from 'node:net';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { type TestGraph, startGraph } from '../router/testing/graph.ts';
import { sendRaw } from './support/raw-http.ts';

// Clients that break HTTP itself, over real sockets, against a router with production's settings.

let graph: TestGraph;
let port: number;
/** Connections that send one byte of a header at a time and never get to its end. */
let slow: { readonly sockets: readonly Socket[]; readonly gone: Promise<unknown>; closed: number };
let drip: NodeJS.Timeout;
beforeAll(async () => {
  graph = await startGraph({
    env: { ENVIRONMENT: 'production', CORS_ORIGINS: 'https://shop.example' },
    resolvers: { orders: { Query: { echo: () => 'hi' } } },
  });
  port = graph.router.port;
  // Begun here so that its ten seconds pass while the other tests run.
  const sockets = Array.from({ length: 300 }, () => connect({ port, host: '127.0.0.1' }));
  const gone = Promise.all(
    sockets.map(
      socket =>
        new Promise<void>(resolve => {
          socket.on('error', () => {});
          socket.once('close', () => {
            slow.closed += 1;
            resolve();
          });
        }),
    ),
  );
  slow = { sockets, gone, closed: 0 };
  for (const socket of sockets) {
    socket.resume();
    socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\nx-slow: ');
  }
  drip = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('a');
  }, 500);
});
afterAll(async () => {
  clearInterval(drip);
  for (const socket of slow.sockets) socket.destroy();
  await graph.close();
});

const body = JSON.stringify({ query: '{ hostile: echo }' });
const whole = (head = '', text = body): string =>
  `POST /graphql HTTP/1.1\r\nhost: shop.example\r\ncontent-type: application/json\r\n${head}content-length: ${text.length}\r\n\r\n${text}`;
/** A request hidden where two servers could disagree about where the first one ends. */
const hidden = whole();
/** What of it has got through to a subgraph. */
const reached = (): string[] =>
  Object.values(graph.subgraphs)
    .flatMap(subgraph => subgraph.received)
    .map(received => received.body)
    .filter(text => text.includes('hostile'));

describe('what two servers could read differently is refused, and its connection closed', () => {
  const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
  const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  test.each<[string, string]>([
    [
      'a length and chunks',
      `${head}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n${chunked}${hidden}`,
    ],
    [
      'chunks and a length',
      `${head}transfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n${chunked}${hidden}`,
    ],
    ['two lengths', `${head}content-length: ${body.length}\r\ncontent-length: 0\r\n\r\n${body}${hidden}`],
    ['a list of lengths', `${head}content-length: ${body.length}, 0\r\n\r\n${body}${hidden}`],
    ['a signed length', `${head}content-length: +${body.length}\r\n\r\n${body}${hidden}`],
    ['a length in hexadecimal', `${head}content-length: 0x10\r\n\r\n${body}${hidden}`],
    ['a space before the colon', `${head}transfer-encoding : chunked\r\n\r\n${chunked}${hidden}`],
    ['chunks that are not last', `${head}transfer-encoding: chunked, identity\r\n\r\n${chunked}${hidden}`],
    ['chunks by another name', `${head}transfer-encoding: xchunked\r\n\r\n${chunked}${hidden}`],
    ['line feeds alone', `${head}content-length: ${body.length}\r\n\r\n${body}`.replaceAll('\r\n', '\n')],
    ['a carriage return in a header', `${head}x-a: b\rc\r\ncontent-length: 0\r\n\r\n${hidden}`],
    ['a header folded over two lines', `${head}x-a: b\r\n content-length: 0\r\n\r\n${hidden}`],
    ['a NUL in a header', `${head}x-a: b\u0000c\r\ncontent-length: 0\r\n\r\n${hidden}`],
    ['a header without a name', `${head}: b\r\ncontent-length: 0\r\n\r\n${hidden}`],
    [
      'a chunk of a negative size',
      `${head}transfer-encoding: chunked\r\n\r\n-1\r\n${body}\r\n0\r\n\r\n${hidden}`,
    ],
    [
      'a chunk larger than it says',
      `${head}transfer-encoding: chunked\r\n\r\n2\r\n${body}\r\n0\r\n\r\n${hidden}`,
    ],
    ['no host', `POST /graphql HTTP/1.1\r\ncontent-length: 0\r\n\r\n${hidden}`],
    ['no method', `\u0016\u0003\u0001 /graphql\r\n\r\n`],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ])('%s', async (_what, bytes) => {
    const { statuses, closed, text } = await sendRaw(port, bytes);
    expect(closed).toBe(true);
    expect(statuses).toEqual([400]);
    expect(text).not.toMatch(/node_modules|\.ts:|127\.0\.0\.1/);
    expect(reached()).toEqual([]);
  });

  test('a tunnel and an upgrade to something else are not opened', async () => {
    const tunnel = await sendRaw(port, 'CONNECT 127.0.0.1:5432 HTTP/1.1\r\nhost: 127.0.0.1:5432\r\n\r\n');
    expect(tunnel.text).not.toMatch(/^HTTP\/1\.1 2/);
    expect(tunnel.closed).toBe(true);
    const upgrade = await sendRaw(
      port,
      'GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n\r\n',
    );
    expect(upgrade.text).not.toMatch(/^HTTP\/1\.1 101/);
    expect(upgrade.closed).toBe(true);
  });
});

describe('a flood of headers is 431, and its connection closed', () => {
  test.each<[string, string]>([
    ['200 of them', `${whole(Array.from({ length: 200 }, (_, n) => `x-${n}: 1\r\n`).join(''))}${hidden}`],
    ['one of 64 KB', whole(`x-large: ${'a'.repeat(65_536)}\r\n`)],
    ['an address of 64 KB', `GET /graphql?query=${'a'.repeat(65_536)} HTTP/1.1\r\nhost: x\r\n\r\n`],
  ])('%s', async (_what, bytes) => {
    const { statuses, closed } = await sendRaw(port, bytes);
    expect([statuses, closed]).toEqual([[431], true]);
    expect(reached()).toEqual([]);
  });
});

test('a thousand requests in one go on one connection are all answered, in order', async () => {
  const sent = Array.from({ length: 1_000 }, (_, n) => (n % 2 === 0 ? '/graphql' : '/health/live'));
  const bytes = sent
    .map(path => (path === '/graphql' ? whole() : `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`))
    .join('');
  const { text, statuses } = await sendRaw(
    port,
    bytes,
    found => found.split('HTTP/1.1 ').length > sent.length && found.endsWith('}'),
  );
  expect(statuses).toHaveLength(sent.length);
  // Served, or refused for being too much at once; never mixed up.
  expect(statuses.filter(status => ![200, 429, 503].includes(status))).toEqual([]);
  const answered = text.split('HTTP/1.1 ').slice(1);
  expect(answered.map(each => (/"(?:data|errors)":/.test(each) ? '/graphql' : '/health/live'))).toEqual(sent);
  expect(answered.some(each => each.includes('{"data":{"hostile":"hi"}}'))).toBe(true);
});

test('what a client claims about itself and about us goes nowhere', async () => {
  const claims = {
    host: 'evil.example',
    'x-forwarded-for': '198.51.100.1',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    'x-real-ip': '198.51.100.1',
    forwarded: 'for=198.51.100.1;host=evil.example',
    'x-client-ip': '198.51.100.1',
    'x-correlation-id': 'evil-correlation',
  };
  const lines = Object.entries(claims).map(([name, value]) => `${name}: ${value}\r\n`);
  const text = `POST /graphql HTTP/1.1\r\n${lines.join('')}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const answer = await sendRaw(port, text, found => found.includes('{"data"'));
  expect(answer.statuses).toEqual([200]);
  expect(answer.text).not.toMatch(/evil|198\.51/);
  const [seen] = graph.subgraphs.orders.received.slice(-1);
  expect(seen?.headers['x-client-ip']).toBe('127.0.0.1');
  expect(JSON.stringify(seen?.headers)).not.toMatch(/evil|198\.51/);
});

test('a budget is per real address: another claimed one for each request does not help', async () => {
  const narrow = await startGraph({
    env: { RATE_LIMIT_REQUESTS_PER_MINUTE: '5' },
    resolvers: { orders: { Query: { echo: () => 'hi' } } },
  });
  const statuses: number[] = [];
  for (let n = 0; n < 8; n += 1) {
    const headers = { 'x-forwarded-for': `198.51.100.${n}`, 'x-real-ip': `198.51.100.${n}` };
    statuses.push((await narrow.query('{ echo }', { headers })).status);
  }
  await narrow.close();
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
});

test('sockets take of the same budget, whether or not their sign-in holds', async () => {
  const narrow = await startGraph({ env: { RATE_LIMIT_REQUESTS_PER_MINUTE: '5' } });
  const opened = async (): Promise<string> => {
    const socket = new WebSocket(narrow.router.url.replace('http', 'ws'), 'graphql-transport-ws');
    const [what] = await Promise.race([
      once(socket, 'open').then(() => ['opened']),
      once(socket, 'unexpected-response').then(([, { statusCode }]) => [String(statusCode)]),
    ]);
    if (what === 'opened') {
      socket.send('{"type":"connection_init","payload":{"authorization":"Bearer forged"}}');
      await once(socket, 'close');
    }
    return what ?? '';
  };
  const outcomes: string[] = [];
  for (let n = 0; n < 7; n += 1) outcomes.push(await opened());
  await narrow.close();
  expect(outcomes).toEqual([...Array<string>(5).fill('opened'), '429', '429']);
});

test('300 connections that never finish a header keep nobody waiting, and are closed', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => graph.query('{ echo }')));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  await slow.gone;
  expect(slow.closed).toBe(300);
  expect((await graph.query('{ echo }')).status).toBe(200);
  // Ten seconds for a header, and a second until that is noticed.
}, 14_000);
