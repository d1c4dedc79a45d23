import { randomBytes } from 'node:crypto';
import { createConnection } from 'node:net';

import { Redis } from 'ioredis';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';

import { type Cache, openCache } from '#platform/cache.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';

import { createRateLimits } from '../router/security/rate-limits.ts';
import { startGraph } from '../router/testing/graph.ts';
import { type Server, startRedis } from './servers.ts';

let redis: Server;
const caches: Cache[] = [];
afterEach(async () => {
  await Promise.all(caches.splice(0).map(cache => cache.close()));
  await redis.stop();
});

/** A router's connection to the shared Redis. */
async function connect(): Promise<Cache> {
  const cache = openCache(redis.url, 'router', createLog('router', 'silent'));
  caches.push(cache);
  await new Promise<void>(resolve => cache.redis?.once('ready', () => resolve()));
  return cache;
}

/** A router's budgets on the shared Redis. */
async function router(perMinute: number): Promise<ReturnType<typeof createRateLimits>> {
  const cache = await connect();
  return createRateLimits({
    enabled: true,
    perMinute: { requests: perMinute },
    redis: cache.redis,
    metrics: createMetrics('router'),
  });
}

test('two routers share a budget through Redis; without it each counts for itself', async () => {
  redis = await startRedis();
  const [first, second] = await Promise.all([router(3), router(3)]);
  const client = `client-${performance.now()}`;
  expect((await first.take('requests', client))?.left).toBe(2);
  expect((await second.take('requests', client))?.left).toBe(1);
  expect((await first.take('requests', client))?.left).toBe(0);
  expect(await second.take('requests', client)).toMatchObject({ exceeded: true, left: 0, limit: 3 });
  for (const cache of caches) cache.redis?.disconnect();
  expect(await first.take('requests', client)).toMatchObject({ exceeded: false, left: 2 });
});

test('a socket whose client leaves while Redis is asked for its budget keeps no place', async () => {
  redis = await startRedis();
  const shop = await startGraph({ cache: await connect(), env: { ROUTER_SUBSCRIPTIONS_PER_CLIENT: '1' } });
  const pausing = new Redis(redis.url);
  const open = (): WebSocket => {
    const socket = new WebSocket(shop.router.url.replace('http', 'ws'), 'graphql-transport-ws');
    // What is refused is an error too.
    socket.on('error', () => undefined);
    return socket;
  };
  try {
    // Redis answers nothing; the router's own count stands in after the command's 200 ms.
    await pausing.call('CLIENT', 'PAUSE', '60000', 'WRITE');
    const { hostname, port, host } = new URL(shop.router.url);
    const leaving = createConnection(Number(port), hostname);
    leaving.write(
      `GET /graphql HTTP/1.1\r\nhost: ${host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    );
    await vi.waitUntil(async () => /blocked_clients:1\r/.test(await pausing.info('clients')), 5_000);
    leaving.resetAndDestroy();
    const opened = await vi.waitUntil(
      () =>
        new Promise<WebSocket | null>(resolve => {
          const socket = open();
          socket.once('open', () => resolve(socket));
          socket.once('close', () => resolve(null));
        }),
      { timeout: 5_000 },
    );
    expect(opened?.readyState).toBe(WebSocket.OPEN);
    opened?.terminate();
  } finally {
    pausing.disconnect();
    await shop.close();
  }
});
