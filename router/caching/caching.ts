import { type IncomingMessage } from 'node:http';

import { type GraphQLSchema } from 'graphql';
import { type Redis } from 'ioredis';

import { type EventBus, type Stop } from '#platform/bus.ts';
import { type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';

import { type ForwardRules } from '../fetching/forwarded-headers.ts';
import { type RequestFacts, type Subgraphs } from '../fetching/subgraph-request.ts';
import { type CacheMeter, withCache } from './cached-subgraphs.ts';
import { changesOf, changingEvents } from './changes.ts';
import { type ToldClient, tellClient } from './client-headers.ts';
import { createEntries } from './entries.ts';
import { type Freshness, createFreshness } from './freshness.ts';
import { createInvalidation } from './invalidation.ts';
import { createRedisEntries } from './redis-entries.ts';
import { type CacheSettings } from './settings.ts';

/** Keeps answers of subgraphs that are for everybody, until they go off or an event says that they are wrong. */
export type Caching = {
  /** The fetches of this request, from now on, may be answered from what is kept. Without it they never are. */
  open(facts: RequestFacts): void;
  /** The subgraphs of one supergraph, with what is kept in front of them. */
  around(subgraphs: Subgraphs, schema: GraphQLSchema): Subgraphs;
  /** What to tell the client about keeping the answer to a request that was opened. */
  tell(
    request: IncomingMessage,
    facts: RequestFacts,
    answer: { readonly status: number; readonly text: string },
  ): ToldClient;
  close(): Promise<void>;
};

type Options = {
  readonly settings: CacheSettings;
  /** Of the client headers that go on, what is kept depends on those. */
  readonly forward: ForwardRules;
  readonly secret: string;
  readonly redis: Redis | null;
  /** Null: what is kept goes off, and nothing else. */
  readonly bus: EventBus | null;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly now?: () => number;
};

export async function createCaching(options: Options): Promise<Caching> {
  const { settings, forward, secret, bus, metrics, log, now = Date.now } = options;
  const { maxAgeSeconds } = settings;
  const redis =
    settings.where === 'redis' && options.redis
      ? createRedisEntries({
          redis: options.redis,
          secret,
          maxAgeSeconds,
          timeoutMs: settings.redisTimeoutMs,
        })
      : null;
  const invalidation = createInvalidation(now);
  const entries = createEntries({ bytes: settings.bytes, invalidation, redis, now });
  const requests = new WeakMap<RequestFacts, Freshness>();
  const meter = createMeter(metrics, entries.bytes);
  let deaf = false;

  const stop: Stop | null = bus
    ? await bus.observe(changingEvents, ({ type, data }) => {
        try {
          const tags = invalidation.note(changesOf(type, bus.catalogue.parse(type, data)));
          if (redis) void redis.change(tags, now());
        } catch (error) {
          log.warn({ err: error, type }, 'an event cannot be read; everything that was kept is dropped');
          invalidation.noteAll();
        }
      })
    : null;

  /** While the bus is away, changes go unheard: afterwards nothing from before is trusted. */
  const listen = (): void => {
    const hears = bus?.healthy() ?? true;
    if (hears && deaf) invalidation.noteAll();
    deaf = !hears;
  };

  const tellSettings = {
    clientMaxAgeSeconds: settings.clientMaxAgeSeconds,
    forwarded: [...forward.keys()],
  };
  return {
    open: facts => {
      listen();
      requests.set(facts, createFreshness());
    },
    around: (subgraphs, schema) =>
      withCache(subgraphs, schema, {
        entries,
        invalidation,
        freshnessOf: facts => requests.get(facts),
        forward,
        maxAgeSeconds,
        meter,
        now,
      }),
    tell: (request, facts, answer) => {
      const freshness = requests.get(facts)?.read() ?? null;
      return tellClient({ request, viewer: facts.viewer, freshness, answer }, tellSettings);
    },
    close: async () => stop?.(),
  };
}

function createMeter(metrics: Metrics, bytes: () => number): CacheMeter {
  const lookups = metrics.counter(
    'gateway_cache_requests_total',
    'Entities, and fetches of none, by whether they were kept: hit; shared with a request under way; miss; bypass: not looked for.',
    ['result'],
  );
  const saved = metrics.counter(
    'gateway_cache_saved_fetches_total',
    'Fetches that no subgraph was asked, for everything was kept.',
  );
  const size = metrics.gauge('gateway_cache_bytes', 'Bytes of kept answers in this process, about.');
  Object.assign(size, { collect: () => size.set(bytes()) });
  return {
    looked: (result, times) => {
      if (times > 0) lookups.inc({ result }, times);
    },
    saved: () => saved.inc(),
  };
}
