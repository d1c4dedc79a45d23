import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestGraph, startGraph } from '../testing/graph.ts';
import { readParts } from '../testing/multipart.ts';

let shop: TestGraph;
const wake = new Set<() => void>();
beforeAll(async () => {
  shop = await startGraph({
    env: { ROUTER_HEARTBEAT_MS: '100' },
    resolvers: {
      orders: { Query: { echo: () => 'hi' } },
      products: {
        Query: { broken: () => Promise.reject(new Error('boom')) },
        Subscription: {
          priceChanged: {
            subscribe: async function* (_: unknown, { id }: { id: string }) {
              yield { priceChanged: { id, name: 'one --graphql\r\n', related: [] } };
              if (id === 'ends') return;
              await new Promise<void>(resolve => wake.add(resolve));
            },
          },
        },
      },
    },
  });
});
afterAll(async () => {
  for (const each of wake) each();
  await shop.close();
});

const subscription = (id: string) => `subscription { priceChanged(id: "${id}") { name } }`;
const ask = (query: string, accept: string, signal?: AbortSignal): Promise<Response> =>
  fetch(shop.router.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query }),
    ...(signal ? { signal } : {}),
  });

describe('multipart/mixed; subscriptionSpec=1.0', () => {
  test.each([
    ['Apollo Client', 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json'],
    ['Apollo iOS', 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0",application/json'],
    ['Apollo Kotlin', 'multipart/mixed; boundary="graphql"; subscriptionSpec=1.0, application/json'],
  ])('byte for byte, as %s asks', async (_client, accept) => {
    const response = await ask(subscription('ends'), accept);
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual(
      [200, 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"', 'no-store'],
    ); // prettier-ignore
    const text = await response.text();
    const beat = '\r\ncontent-type: application/json\r\n\r\n{}\r\n--graphql';
    expect(text.replaceAll(beat, '')).toBe(
      '--graphql\r\ncontent-type: application/json\r\n\r\n' +
        '{"payload":{"data":{"priceChanged":{"name":"one --graphql\\r\\n"}}}}\r\n--graphql--\r\n',
    );
  });
  test('while nothing happens, heartbeats are empty objects', async () => {
    const leave = new AbortController();
    const response = await ask(subscription('waits'), 'multipart/mixed;subscriptionSpec=1.0', leave.signal);
    const seen: string[] = [];
    let text = '';
    for await (const chunk of response.body ?? []) {
      seen.push(Buffer.from(chunk as Uint8Array).toString());
      text = seen.join('');
      if (text.split('\r\n{}\r\n').length === 3) break;
    }
    leave.abort();
    // Each part ends with the boundary behind it: a client need not wait for the next one.
    expect(text.endsWith('\r\n\r\n{}\r\n--graphql')).toBe(true);
  });
  test('a query is answered in JSON where the client reads it, else in one part', async () => {
    const both = await ask('{ echo }', 'multipart/mixed;subscriptionSpec=1.0,application/json');
    expect([both.headers.get('content-type'), await both.json()]).toEqual([
      'application/json; charset=utf-8',
      { data: { echo: 'hi' } },
    ]);
    const parts: unknown[] = [];
    const alone = await ask('{ echo broken }', 'multipart/mixed;subscriptionSpec=1.0');
    for await (const part of readParts(alone.body ?? new ReadableStream())) parts.push(part);
    expect(parts.filter(part => JSON.stringify(part) !== '{}')).toMatchObject([
      // Errors of the operation are in the payload; beside it stands only what ends the stream from outside.
      { payload: { data: { echo: 'hi', broken: null }, errors: [{ path: ['broken'] }] } },
    ]);
  });
  test('what is refused as a whole is JSON with its status, before any part', async () => {
    const response = await ask('subscription { nothing }', 'multipart/mixed;subscriptionSpec=1.0');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400, 'application/json; charset=utf-8',
    ]); // prettier-ignore
  });
  test('@defer’s multipart, and another version, are not taken for it', async () => {
    for (const accept of [
      'multipart/mixed;deferSpec=20220824,application/json',
      'multipart/mixed;subscriptionSpec=2.0,application/json',
    ]) {
      const response = await ask(subscription('ends'), accept);
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(JSON.stringify(await response.json())).toContain('BAD_REQUEST');
    }
  });
});
