import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

import { ConsecutiveBreaker, TimeoutStrategy, circuitBreaker, handleAll, timeout, wrap } from 'cockatiel';
import { type Redis } from 'ioredis';

import { type Entry, type Wanted } from './entries.ts';

/** What all processes keep together. Whatever is wrong with Redis, or with what it holds, is a miss. */
export type RedisEntries = {
  /** Entries by the order of what is wanted; null where there is none. `changed` is told of tags that others have seen change. */
  read(
    wanted: readonly Wanted[],
    changed: (tag: string, at: number) => void,
  ): Promise<readonly (Entry | null)[]>;
  write(kept: readonly { readonly key: string; readonly entry: Entry }[], now: number): Promise<void>;
  /** Tells processes that did not hear of it that tags have changed. */
  change(tags: readonly string[], at: number): Promise<void>;
};

const FAILURES = 5;
const PAUSE_MS = 5_000;
/** Longer texts stay in the process. */
const LONGEST = 262_144;
const SIGNATURE = 43;

type Options = {
  readonly redis: Redis;
  /** Entries are signed with a key of it: who can write to Redis cannot write answers. */
  readonly secret: string;
  readonly maxAgeSeconds: number;
  /** It is asked in the path of a query. */
  readonly timeoutMs: number;
};

export function createRedisEntries({ redis, secret, maxAgeSeconds, timeoutMs }: Options): RedisEntries {
  const signingKey = Buffer.from(hkdfSync('sha256', secret, 'shop', 'shop/router-cache/v1', 32));
  const guard = wrap(
    circuitBreaker(handleAll, { halfOpenAfter: PAUSE_MS, breaker: new ConsecutiveBreaker(FAILURES) }),
    timeout(timeoutMs, TimeoutStrategy.Aggressive),
  );
  // The key is part of what is signed: an entry does not fit elsewhere.
  const sign = (key: string, value: string): string =>
    createHmac('sha256', signingKey).update(key).update('\n').update(value).digest('base64url');
  const nameOf = (key: string): string =>
    `cache:${createHmac('sha256', signingKey).update(key).digest('base64url')}`;
  const nameOfTag = (tag: string): string => `changed:${tag}`;

  const readEntry = ({ key, tagsOf }: Wanted, text: string | null): Entry | null => {
    if (text === null || text.length < SIGNATURE) return null;
    const value = text.slice(SIGNATURE);
    const [given, right] = [Buffer.from(text.slice(0, SIGNATURE)), Buffer.from(sign(key, value))];
    if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
    const [, at = '', maxAge = '', json = ''] = /^(\d+) (\d+) (.*)$/s.exec(value) ?? [];
    return json === '' ? null : { text: json, at: Number(at), maxAge: Number(maxAge), tags: tagsOf(json) };
  };

  // Doing without is what a cache that is away means; the platform's connection says so in the log.
  const get = (names: readonly string[]): Promise<(string | null)[] | null> =>
    guard.execute(() => redis.mget([...names])).catch(() => null);

  return {
    read: async (wanted, changed) => {
      const tags = [...new Set(wanted.flatMap(each => each.tags))];
      const values = await get([...wanted.map(({ key }) => nameOf(key)), ...tags.map(nameOfTag)]);
      if (!values) return wanted.map(() => null);
      const tellChanges = (asked: readonly string[], times: readonly (string | null)[]): void => {
        for (const [index, tag] of asked.entries()) {
          const at = Number(times[index] ?? Number.NaN);
          if (Number.isSafeInteger(at)) changed(tag, at);
        }
      };
      tellChanges(tags, values.slice(wanted.length));
      const entries = wanted.map((each, index) => readEntry(each, values[index] ?? null));
      // What an entry holds is known only now, and so is whose changes count.
      const asked = new Set(tags);
      const held = [...new Set(entries.flatMap(entry => entry?.tags ?? []))].filter(tag => !asked.has(tag));
      if (held.length === 0) return entries;
      const times = await get(held.map(nameOfTag));
      if (!times) return wanted.map(() => null);
      tellChanges(held, times);
      return entries;
    },
    write: async (kept, now) => {
      const pipeline = redis.pipeline();
      for (const { key, entry } of kept) {
        const left = entry.at + entry.maxAge * 1_000 - now;
        if (left <= 0 || entry.text.length > LONGEST) continue;
        const value = `${entry.at} ${entry.maxAge} ${entry.text}`;
        pipeline.set(nameOf(key), sign(key, value) + value, 'PX', Math.ceil(left));
      }
      if (pipeline.length > 0) await guard.execute(() => pipeline.exec()).catch(() => null);
    },
    change: async (tags, at) => {
      const pipeline = redis.pipeline();
      for (const tag of tags) pipeline.set(nameOfTag(tag), String(at), 'EX', maxAgeSeconds + 60);
      await pipeline.exec().catch(() => null);
    },
  };
}
