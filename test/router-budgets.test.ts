import { afterEach, expect, test } from 'vitest';

import { openCache } from '#platform/cache.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';

import { createRateLimits } from '../router/security/rate-limits.ts';
import { type Server, startRedis } from './servers.ts';

let redis: Server;
const caches: ReturnType<typeof openCache>[] = [];
afterEach(async () => {
  await Promise.all(caches.splice(0).map(cache => cache.close()));
  await redis.stop();
});

/** A router's budgets on the shared Redis. */
async function router(perMinute: number): Promise<ReturnType<typeof createRateLimits>> {
  const cache = openCache(redis.url, 'router', createLog('router', 'silent'));
  caches.push(cache);
  await new Promise<void>(resolve => cache.redis?.once('ready', () => resolve()));
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
