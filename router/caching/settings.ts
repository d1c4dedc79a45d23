import { z } from 'zod';

import { integer } from '#platform/config.ts';

/** How answers of subgraphs are kept. */
export type CacheSettings = {
  /** Whether they are kept in this process only, or in Redis too. */
  readonly where: 'memory' | 'redis';
  /** Bytes that they may take in this process. */
  readonly bytes: number;
  /** Milliseconds that Redis may take to answer; later, the subgraph is asked. */
  readonly redisTimeoutMs: number;
  /** Seconds after which they are asked again, whatever the subgraph allows. */
  readonly maxAgeSeconds: number;
  /** Seconds for which browsers and CDNs may keep an answer without asking: no event reaches them. */
  readonly clientMaxAgeSeconds: number;
};

/** The variables behind CacheSettings. */
export const cacheShape = {
  ROUTER_CACHE: z.enum(['off', 'memory', 'redis']).default('off'),
  ROUTER_CACHE_BYTES: integer(67_108_864, 1_048_576),
  ROUTER_CACHE_REDIS_TIMEOUT_MS: integer(25, 1, 1_000),
  ROUTER_CACHE_MAX_AGE_SECONDS: integer(300, 1, 86_400),
  ROUTER_CACHE_CLIENT_MAX_AGE_SECONDS: integer(0, 0, 86_400),
} as const;

/** How answers are kept, of the settings that the router reads; null: not at all. Throws for Redis without an address. */
export function cacheSettingsOf(
  read: z.output<z.ZodObject<typeof cacheShape>> & { readonly REDIS_URL?: string | undefined },
): CacheSettings | null {
  if (read.ROUTER_CACHE === 'off') return null;
  if (read.ROUTER_CACHE === 'redis' && read.REDIS_URL === undefined)
    throw new Error('bad configuration\n  REDIS_URL: ROUTER_CACHE=redis needs one');
  return {
    where: read.ROUTER_CACHE,
    bytes: read.ROUTER_CACHE_BYTES,
    redisTimeoutMs: read.ROUTER_CACHE_REDIS_TIMEOUT_MS,
    maxAgeSeconds: read.ROUTER_CACHE_MAX_AGE_SECONDS,
    clientMaxAgeSeconds: read.ROUTER_CACHE_CLIENT_MAX_AGE_SECONDS,
  };
}
