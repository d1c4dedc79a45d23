import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Cache, openCache } from '#platform/cache.ts';
import { createLog } from '#platform/log.ts';

import { type Server, startRedis } from './servers.ts';

const log = createLog('test', 'silent');
let redis: Server;
const caches: Record<string, Cache> = {};
beforeAll(async () => {
  redis = await startRedis();
  caches['in process'] = openCache(undefined, 'test', log);
  caches['Redis'] = openCache(redis.url, 'test', log);
  const client = caches['Redis'].redis;
  if (client && client.status !== 'ready')
    await new Promise<void>(resolve => client.once('ready', () => resolve()));
});
afterAll(async () => {
  for (const cache of Object.values(caches)) await cache.close();
  await redis.stop();
});

describe.each(['in process', 'Redis'])('the cache (%s)', name => {
  const cache = (): Cache => caches[name] as Cache;

  test('keeps a value until it is deleted', async () => {
    await cache().set('a', { n: 1 }, 60);
    expect(await cache().get('a')).toEqual({ n: 1 });
    await cache().delete(['a']);
    expect(await cache().get('a')).toBeNull();
  });

  test('a hundred parallel misses load once', async () => {
    let loads = 0;
    const load = async (): Promise<number> => {
      loads += 1;
      return loads;
    };
    const answers = await Promise.all(Array.from({ length: 100 }, () => cache().through('hot', 60, load)));
    expect(new Set(answers)).toEqual(new Set([1]));
    expect(await cache().through('hot', 60, load)).toBe(1);
  });

  test('a failed load is not remembered', async () => {
    await expect(
      cache().through('bad', 60, async () => {
        throw new Error('down');
      }),
    ).rejects.toThrow('down');
    expect(await cache().through('bad', 60, async () => 'up')).toBe('up');
  });
});

test('a Redis that is down is a miss, not a failure', async () => {
  const gone = openCache('redis://127.0.0.1:1', 'test', log);
  expect(await gone.through('a', 60, async () => 'loaded')).toBe('loaded');
  await gone.close();
});
