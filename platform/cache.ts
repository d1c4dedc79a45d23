import { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';

import { type Logger } from './log.ts';
import { type Metrics } from './metrics.ts';

/** A cache that may forget at any time and never fails its caller: a cache that is down is a miss. Values survive JSON. */
export type Cache = {
  get<T>(key: string): Promise<T | null>;
  set(key: string, value: unknown, ttlSeconds: number): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
  /** Cache-aside with single flight: parallel misses of a key in this process load once. */
  through<T>(key: string, ttlSeconds: number, load: () => Promise<T>): Promise<T>;
  readonly redis: Redis | null;
  close(): Promise<void>;
};

/** Redis when a URL is given, else an LRU of 20,000 entries in this process. */
export function openCache(url: string | undefined, prefix: string, log: Logger): Cache {
  return url === undefined ? memoryCache() : redisCache(url, prefix, log);
}

function memoryCache(): Cache {
  const lru = new LRUCache<string, { readonly value: unknown }>({ max: 20_000 });
  return withThrough({
    redis: null,
    get: async <T>(key: string) => (lru.get(key)?.value as T | undefined) ?? null,
    set: async (key, value, ttlSeconds) => void lru.set(key, { value }, { ttl: ttlSeconds * 1_000 }),
    delete: async keys => {
      for (const key of keys) lru.delete(key);
    },
    close: async () => lru.clear(),
  });
}

function redisCache(url: string, prefix: string, log: Logger): Cache {
  const redis = new Redis(url, {
    keyPrefix: `${prefix}:`,
    // In the path of every request: fail fast and do without, instead of queueing behind a dead server.
    commandTimeout: 200,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
  });
  let complained = 0;
  const complain = (error: unknown): void => {
    if (Date.now() - complained < 10_000) return;
    complained = Date.now();
    log.warn({ err: error }, 'cache is unavailable; working without it');
  };
  redis.on('error', complain);
  const safely = <T>(work: Promise<T>, fallback: T): Promise<T> =>
    work.catch((error: unknown) => {
      complain(error);
      return fallback;
    });
  return withThrough({
    redis,
    get: async <T>(key: string) => {
      const text = await safely(redis.get(key), null);
      return text === null ? null : parse<T>(text);
    },
    set: async (key, value, ttlSeconds) => {
      await safely(redis.set(key, JSON.stringify(value), 'EX', ttlSeconds), null);
    },
    delete: async keys => {
      if (keys.length > 0) await safely(redis.del(...keys), 0);
    },
    close: async () => redis.disconnect(),
  });
}

function parse<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    // Somebody else wrote this key: a miss, and the next set repairs it.
    return null;
  }
}

function withThrough(cache: Omit<Cache, 'through'>): Cache {
  const flights = new Map<string, Promise<unknown>>();
  return {
    ...cache,
    through: async <T>(key: string, ttlSeconds: number, load: () => Promise<T>): Promise<T> => {
      const inFlight = flights.get(key);
      if (inFlight) return inFlight as Promise<T>;
      const flight = (async () => {
        const hit = await cache.get<T>(key);
        if (hit !== null) return hit;
        const value = await load();
        // Up to a tenth earlier, so that keys written together do not all expire together.
        if (value !== null && value !== undefined)
          await cache.set(key, value, Math.ceil(ttlSeconds * (1 - Math.random() / 10)));
        return value;
      })().finally(() => flights.delete(key));
      flights.set(key, flight);
      return flight;
    },
  };
}

/** The same cache, its look-ups counted for one service. */
export function countLookups(cache: Cache, metrics: Metrics): Cache {
  const lookups = metrics.counter('cache_requests_total', 'Look-ups in the cache, by result.', ['result']);
  const count = (hit: boolean): void => lookups.inc({ result: hit ? 'hit' : 'miss' });
  return {
    ...cache,
    get: async <T>(key: string) => {
      const value = await cache.get<T>(key);
      count(value !== null);
      return value;
    },
    // Whoever waits for another's load has missed nothing.
    through: async (key, ttlSeconds, load) => {
      let hit = true;
      const value = await cache.through(key, ttlSeconds, () => {
        hit = false;
        return load();
      });
      count(hit);
      return value;
    },
  };
}
