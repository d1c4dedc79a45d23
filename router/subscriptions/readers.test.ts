import { connect } from 'node:net';

import { afterEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';

import { follow, sources, ways } from '../testing/followers.ts';
import { type TestGraph, startGraph } from '../testing/graph.ts';

let shop: TestGraph;
let made = 0;
const half = 'x'.repeat(500_000);
const start = async (env: Record<string, string>): Promise<void> => {
  made = 0;
  shop = await startGraph({
    env,
    resolvers: {
      orders: { Query: { echo: () => 'hi' } },
      products: {
        Subscription: {
          priceChanged: {
            // As fast as it is read, without end.
            subscribe: async function* (_: unknown, { id }: { id: string }) {
              for (let n = 1; ; n += 1) {
                made = n;
                yield { priceChanged: { id, name: id === 'big' ? `${n} ${half}` : String(n), related: [] } };
                if (id === 'once') await new Promise<never>(() => undefined);
                await new Promise(resolve => setImmediate(resolve));
              }
            },
          },
        },
      },
    },
  });
};
afterEach(() => shop.close());
const streams = () => shop.subgraphs.products.streams();
const metric = async (name: string): Promise<string | undefined> =>
  (await shop.router.metrics.registry.getSingleMetricAsString(name)).split('\n').find(line => !line.startsWith('#')); // prettier-ignore
const subscription = (id: string) => `subscription { priceChanged(id: "${id}") { version: name } }`;

/** Asks over a connection of its own, and reads nothing of the answer. */
function askDeaf(accept: string): () => void {
  const { port } = shop.router;
  const body = JSON.stringify({ query: subscription('big') });
  const socket = connect(port, '127.0.0.1', () => {
    socket.pause();
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\naccept: ${accept}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
  });
  socket.on('error', () => undefined);
  return () => socket.destroy();
}

function askDeafSocket(): () => void {
  const socket = new WebSocket(shop.router.url.replace('http', 'ws'), 'graphql-transport-ws', {
    perMessageDeflate: false,
  });
  socket.on('error', () => undefined);
  socket.once('open', () => socket.send('{"type":"connection_init"}'));
  socket.once('message', () => {
    socket.pause();
    const payload = { query: subscription('big') };
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload }));
  });
  return () => socket.terminate();
}

const askers = {
  sse: () => askDeaf('text/event-stream'),
  multipart: () => askDeaf('multipart/mixed;subscriptionSpec=1.0'),
  ws: askDeafSocket,
};

describe.each(ways)('a client that does not read, over %s, from a subgraph over %s', (transport, source) => {
  test('holds up its source instead of filling our memory, and is let go after two heartbeats', async () => {
    await start({ ...sources[source], ROUTER_HEARTBEAT_MS: '500' });
    const leave = askers[transport]();
    await vi.waitUntil(() => streams() === 1);
    await vi.waitUntil(() => streams() === 0, { timeout: 5_000 });
    // Half a megabyte each: what the kernel's buffers of four sockets take, and a few under way.
    expect(made).toBeLessThan(100);
    expect(await metric('graphql_subscribers_stalled_total')).toContain(`transport="${transport}"`);
    expect(await metric('graphql_subscriptions_active')).toMatch(/ 0$/);
    leave();
  });
});

test('a socket that asks and does not read is let go, though nothing is due to it but pongs', async () => {
  await start({ ROUTER_HEARTBEAT_MS: '60000' });
  const socket = new WebSocket(shop.router.url.replace('http', 'ws'), 'graphql-transport-ws', {
    perMessageDeflate: false,
  });
  const closed = new Promise(resolve => socket.once('close', resolve));
  socket.on('error', () => undefined);
  await new Promise(resolve => socket.once('open', resolve));
  socket.pause();
  const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(90_000) } });
  const flood = (): void => {
    if (socket.readyState === socket.OPEN) socket.send(ping, flood);
  };
  flood();
  await vi.waitUntil(async () => (await metric('graphql_subscribers_stalled_total'))?.includes('ws'), {
    timeout: 5_000,
  });
  socket.terminate();
  expect(await closed).toBe(1006);
});

describe.each(ways)('over %s, from a subgraph over %s', (transport, source) => {
  test('a client that reads gets everything, in order', async () => {
    await start(sources[source]);
    const follower = await follow(
      { url: () => shop.router.url, query: subscription('small'), variables: {} },
      transport,
    );
    await vi.waitUntil(() => follower.seen.size > 1_000, { timeout: 10_000 });
    follower.leave();
    expect([follower.doubled, follower.skipped, follower.errors, follower.connections]).toEqual([0, 0, 0, 1]);
  });
  test('after its lifetime it is cut off, comes back, and gets the present state', async () => {
    await start({ ...sources[source], ROUTER_SUBSCRIPTION_LIFETIME_MS: '1000' });
    const follower = await follow(
      { url: () => shop.router.url, query: subscription('once'), variables: {} },
      transport,
    );
    await vi.waitUntil(() => follower.connections === 2, { timeout: 5_000 });
    await vi.waitUntil(() => shop.subgraphs.products.received.length === 2);
    follower.leave();
    expect([...follower.seen.keys()]).toEqual([1]);
  });
});

test('so many of all clients together, and no more', async () => {
  await start({ ROUTER_SUBSCRIPTIONS: '1' });
  const follower = await follow(
    { url: () => shop.router.url, query: subscription('once'), variables: {} },
    'sse',
  );
  for (const accept of ['text/event-stream', 'multipart/mixed;subscriptionSpec=1.0']) {
    const response = await fetch(shop.router.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query: subscription('once') }),
    });
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { errors: [{ extensions: { code: 'OVERLOADED' } }] },
    ]);
  }
  expect(await metric('graphql_subscriptions_refused_total')).toMatch(/limit="router".* 2$/);
  const socket = new WebSocket(shop.router.url.replace('http', 'ws'), 'graphql-transport-ws');
  await new Promise(resolve => socket.once('open', resolve));
  const refused = new WebSocket(shop.router.url.replace('http', 'ws'), 'graphql-transport-ws');
  refused.on('error', () => undefined);
  const status = new Promise(resolve =>
    refused.once('unexpected-response', (_, { statusCode }) => resolve(statusCode)),
  );
  expect(await status).toBe(503);
  follower.leave();
  socket.terminate();
});
