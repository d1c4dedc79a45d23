import { LRUCache } from 'lru-cache';

import { type Invalidation } from './invalidation.ts';
import { type RedisEntries } from './redis-entries.ts';

/** A part of an answer: one entity, or all that a fetch without entities got. */
export type Entry = {
  /** JSON. */
  readonly text: string;
  /** When it was asked for, in milliseconds since 1970. */
  readonly at: number;
  /** Seconds that it is good for. */
  readonly maxAge: number;
  readonly tags: readonly string[];
};

/** What is looked for, and what changes it. */
export type Wanted = {
  readonly key: string;
  /** What changes it, whatever it holds. */
  readonly tags: readonly string[];
  /** The same, and what changes it for what it holds. */
  tagsOf(text: string): readonly string[];
};

/** What is kept, in this process and, when there is one, in Redis. */
export type Entries = {
  /** At once, from this process. */
  peek(wanted: Wanted): Entry | null;
  /** From Redis; the entries then are in this process, too. Null: there is no Redis. */
  readonly read: ((wanted: readonly Wanted[]) => Promise<readonly (Entry | null)[]>) | null;
  keep(kept: readonly { readonly key: string; readonly entry: Entry }[]): void;
  /** Bytes taken in this process, about. */
  bytes(): number;
};

type Options = {
  readonly bytes: number;
  readonly invalidation: Invalidation;
  readonly redis: RedisEntries | null;
  readonly now: () => number;
};

/** What an entry takes beside its texts, about. */
const OVERHEAD = 300;

export function createEntries({ bytes, invalidation, redis, now }: Options): Entries {
  const local = new LRUCache<string, Entry>({
    maxSize: bytes,
    // Texts take two bytes a character at worst.
    sizeCalculation: ({ text }, key) => 2 * (text.length + key.length) + OVERHEAD,
  });
  const good = ({ at, maxAge, tags }: Entry): boolean =>
    now() < at + maxAge * 1_000 && invalidation.holds(tags, at, true);
  const changed = (tag: string, at: number): void => {
    // A time that is yet to come is not one that a process of ours has seen.
    if (at <= now() + 60_000) invalidation.noteTag(tag, at);
  };
  return {
    peek: ({ key }) => {
      const entry = local.get(key);
      if (!entry) return null;
      if (good(entry)) return entry;
      local.delete(key);
      return null;
    },
    read: redis
      ? async wanted => {
          const found = await redis.read(wanted, changed);
          return found.map((entry, index) => {
            const key = wanted[index]?.key;
            if (!entry || key === undefined || !good(entry)) return null;
            local.set(key, entry);
            return entry;
          });
        }
      : null,
    keep: kept => {
      const still = kept.filter(({ entry }) => good(entry));
      for (const { key, entry } of still) local.set(key, entry);
      // Nobody waits for it.
      if (redis && still.length > 0) void redis.write(still, now());
    },
    bytes: () => local.calculatedSize,
  };
}
