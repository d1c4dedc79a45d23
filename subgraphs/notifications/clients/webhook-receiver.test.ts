import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

import { afterAll, beforeEach, describe, expect, test } from 'vitest';

import { createWebhookClient, signature } from './webhook-receiver.ts';

let hits: { url: string | undefined; signature: string | string[] | undefined; body: string }[] = [];
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', chunk => (body += String(chunk)));
  request.on('end', () => {
    hits.push({ url: request.url, signature: request.headers['shop-signature'], body });
    if (request.url === '/redirect') response.writeHead(302, { location: '/elsewhere' }).end();
    else if (request.url === '/large') response.writeHead(200).end('x'.repeat(1_000_000));
    else response.writeHead(request.url === '/broken' ? 500 : 204).end();
  });
});
await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve));
const port = (receiver.address() as AddressInfo).port;
const open = createWebhookClient({ allowPrivate: true });
const guarded = createWebhookClient({ allowPrivate: false });
afterAll(async () => {
  await open.close();
  await guarded.close();
  receiver.close();
});
beforeEach(() => {
  hits = [];
});

const now = new Date('2026-11-22T12:00:00.900Z');
const message = (path: string) => ({
  url: `http://127.0.0.1:${port}${path}`,
  secret: 'whsec_1',
  eventId: 'e1',
  eventType: 'order.placed',
  payload: '{"a":1}',
});

test('the signature covers the time and the body', () => {
  const expected = createHmac('sha256', 'whsec_1').update('1795348800.{"a":1}').digest('hex');
  expect(signature('whsec_1', '{"a":1}', now)).toBe(`t=1795348800,v1=${expected}`);
});

describe('posting a webhook', () => {
  test('the receiver gets the payload byte for byte, signed', async () => {
    expect(await open.post(message('/'), now)).toEqual({ status: 204, error: null });
    expect(hits).toEqual([{ url: '/', signature: signature('whsec_1', '{"a":1}', now), body: '{"a":1}' }]);
  });

  test('a redirect is a failure and is not followed', async () => {
    expect(await open.post(message('/redirect'), now)).toEqual({
      status: 302,
      error: 'the receiver answered 302',
    });
    expect(hits.map(hit => hit.url)).toEqual(['/redirect']);
  });

  test('an error status is a failure', async () => {
    expect(await open.post(message('/broken'), now)).toMatchObject({ status: 500 });
  });

  test('a large answer is success: nobody reads it', async () => {
    expect(await open.post(message('/large'), now)).toEqual({ status: 200, error: null });
  });

  test('nobody listening is a failure without a status', async () => {
    expect(await open.post({ ...message('/'), url: 'http://127.0.0.1:1/' }, now)).toEqual({
      status: null,
      error: 'ECONNREFUSED',
    });
  });
});

describe('the inner network', () => {
  test.each([
    'http://127.0.0.1',
    'http://localhost',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://0x7f.1',
    'http://2130706433',
    'http://0.0.0.0',
  ])('%s is not connected to', async origin => {
    const url = `${origin}:${port}/`;
    expect(await guarded.leadsInside(url)).toBe(true);
    expect(await guarded.post({ ...message('/'), url }, now)).toEqual({
      status: null,
      error: 'the address leads into a private network',
    });
    expect(hits).toEqual([]);
  });

  test('a name that cannot be resolved yet may be registered', async () => {
    expect(await guarded.leadsInside('https://shop-webhooks.invalid/')).toBe(false);
  });
});
