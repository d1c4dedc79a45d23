import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';

import { Agent } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { listen, type HttpServer } from '#platform/http.ts';

import { createProxy } from './proxy.ts';

const received: { request: IncomingMessage; body: Buffer }[] = [];
const behind = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push({ request, body: Buffer.concat(chunks) });
    response
      .writeHead(302, {
        location: '/elsewhere?x=1',
        'content-type': 'text/html',
        'content-security-policy': "default-src 'self'",
        'set-cookie': 'a=b',
      })
      .end(Buffer.from([0, 255, 1]));
  });
});
const agent = new Agent();
let front: HttpServer;
beforeAll(async () => {
  await new Promise<void>(resolve => behind.listen(0, '127.0.0.1', resolve));
  front = await listen(
    '127.0.0.1',
    0,
    createProxy(() => ({
      dispatcher: agent,
      origin: `http://127.0.0.1:${(behind.address() as AddressInfo).port}`,
    })),
  );
});
afterAll(async () => {
  await front.stop(100);
  await agent.destroy();
  behind.close();
});
const address = (path: string) => `http://127.0.0.1:${front.port}${path}`;

test('body, path, query and signature arrive byte for byte; credentials do not', async () => {
  const body = Buffer.from([0x7b, 0xff, 0x00, 0x0a, 0x7d]);
  const response = await fetch(address('/webhooks/stripe?a=%20b&c'), {
    method: 'POST',
    redirect: 'manual',
    body,
    headers: {
      'stripe-signature': 't=1,v1=ab',
      'content-type': 'application/json; charset=utf-8',
      authorization: 'Bearer x',
      cookie: 'a=b',
      'x-client-ip': '1.1.1.1',
    },
  });
  const [seen] = received;
  expect(seen?.body.equals(body)).toBe(true);
  expect(seen?.request.url).toBe('/webhooks/stripe?a=%20b&c');
  expect(seen?.request.headers).toMatchObject({
    'stripe-signature': 't=1,v1=ab',
    'content-type': 'application/json; charset=utf-8',
  });
  for (const name of ['authorization', 'cookie', 'x-client-ip'])
    expect(seen?.request.headers).not.toHaveProperty(name);
  expect([
    response.status,
    response.headers.get('location'),
    response.headers.get('content-security-policy'),
  ]).toEqual([302, '/elsewhere?x=1', "default-src 'self'"]);
  expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from([0, 255, 1]))).toBe(true);
});

test('more than a megabyte is refused before it is passed on', async () => {
  received.length = 0;
  const response = await fetch(address('/webhooks/stripe'), {
    method: 'POST',
    body: Buffer.alloc(1_048_577),
  }).catch(() => null);
  expect(response?.status ?? 413).toBe(413);
  expect(received).toEqual([]);
});

test('nobody behind: 502 without an address', async () => {
  const alone = await listen(
    '127.0.0.1',
    0,
    createProxy(() => ({ dispatcher: agent, origin: 'http://127.0.0.1:1' })),
  );
  const response = await fetch(`http://127.0.0.1:${alone.port}/mailbox`);
  expect([response.status, await response.text()]).toEqual([
    502,
    '{"errors":[{"message":"A part of the shop is not available right now.","extensions":{"code":"SUBGRAPH_UNAVAILABLE"}}]}',
  ]);
  await alone.stop(100);
});
