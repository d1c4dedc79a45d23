import { createHash } from 'node:crypto';

import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { type TestGraph, startGraph } from '../testing/graph.ts';

const document = 'subscription { priceChanged(id: "1") { name } }';
const hashOf = (text: string) => ({
  persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(text).digest('hex') },
});
const extensions = hashOf(document);
const priced = { data: { priceChanged: { name: 'one' } } };
const LIMIT = 3;
let shop: TestGraph;
let client: Client;
beforeAll(async () => {
  shop = await startGraph({
    env: { ROUTER_SUBSCRIPTIONS_PER_CLIENT: String(LIMIT), ROUTER_FORWARD_HEADERS: 'x-tenant' },
    resolvers: {
      orders: { Query: { echo: () => 'hi' } },
      products: {
        Subscription: {
          priceChanged: {
            subscribe: async function* () {
              yield { priceChanged: { id: '1', name: 'one', related: [] } };
            },
          },
        },
      },
    },
  });
  class Tenant extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { headers: { 'x-tenant': 'north' } });
    }
  }
  client = createClient({
    url: shop.router.url.replace('http', 'ws'),
    webSocketImpl: Tenant,
    retryAttempts: 0,
  });
});
afterAll(async () => {
  await client.dispose();
  await shop.close();
});

const overSocket = async (payload: { query: string; extensions?: object }): Promise<unknown[]> => {
  const results: unknown[] = [];
  for await (const result of client.iterate(payload as { query: string })) results.push(result);
  return results;
};
const post = (body: object, accept: string) =>
  fetch(shop.router.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(body),
  });

test('over a socket: sent with its text once, then by its hash, more often than a client may have at once', async () => {
  await expect(overSocket({ query: '', extensions })).rejects.toMatchObject([
    { message: 'PersistedQueryNotFound' },
  ]);
  expect(await overSocket({ query: document, extensions })).toEqual([priced]);
  for (let again = 0; again <= LIMIT; again += 1)
    expect(await overSocket({ query: '', extensions })).toEqual([priced]);
});

test('what is refused leaves no place taken', async () => {
  for (let again = 0; again <= LIMIT; again += 1)
    await expect(overSocket({ query: 'subscription { nothing }' })).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  expect(await overSocket({ query: document })).toEqual([priced]);
});

test('by its hash, also where the client reads JSON beside parts', async () => {
  await (await post({ query: document, extensions }, 'text/event-stream')).text();
  const parts = await post({ extensions }, 'multipart/mixed;subscriptionSpec="1.0",application/json');
  expect(parts.headers.get('content-type')).toContain('multipart/mixed');
  expect(await parts.text()).toContain(JSON.stringify(priced));
});

test('by its hash in the address of a stream; mutations are refused there, however they are named', async () => {
  await (await post({ query: document, extensions }, 'text/event-stream')).text();
  const get = (given: object) =>
    fetch(`${shop.router.url}/stream?extensions=${encodeURIComponent(JSON.stringify(given))}`, {
      headers: { accept: 'text/event-stream' },
    });
  expect(await (await get(extensions)).text()).toContain(JSON.stringify(priced));
  const mutation = 'mutation { signOut }';
  await (await post({ query: mutation, extensions: hashOf(mutation) }, 'application/json')).text();
  expect((await get(hashOf(mutation))).status).toBe(405);
});

test('headers of the connection’s request go on, as over HTTP', async () => {
  shop.subgraphs.orders.received.length = 0;
  expect(await overSocket({ query: '{ echo }' })).toEqual([{ data: { echo: 'hi' } }]);
  expect(shop.subgraphs.orders.received[0]?.headers['x-tenant']).toBe('north');
});
