import { type EntityManager } from '@mikro-orm/postgresql';

import { rows } from '#platform/database.ts';

export type Tally = { readonly key: string; readonly count: number; readonly endsAt: Date };

type Attempt = { readonly key: string; readonly windowMs: number };

/** Counts one attempt under each key and answers the counts, in one statement and outside any transaction: no rollback uncounts it. */
export function countAttempts(em: EntityManager, attempts: readonly Attempt[], now: Date): Promise<Tally[]> {
  // In key order, so that two requests never wait for each other crosswise.
  const sorted = attempts.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return rows(
    em,
    `insert into throttle as t (key, count, ends_at)
     select key, 1, $3::timestamptz + window_ms * interval '1 millisecond' from unnest($1::text[], $2::float8[]) as a (key, window_ms)
     on conflict (key) do update set
       count = case when t.ends_at <= $3 then 1 else t.count + 1 end,
       ends_at = case when t.ends_at <= $3 then excluded.ends_at else t.ends_at end
     returning key, count, ends_at as "endsAt"`,
    [sorted.map(attempt => attempt.key), sorted.map(attempt => attempt.windowMs), now],
  );
}

/** The counts under the keys whose windows run; keys without any are absent. */
export function readAttempts(em: EntityManager, keys: readonly string[], now: Date): Promise<Tally[]> {
  return rows(
    em,
    'select key, count, ends_at as "endsAt" from throttle where key = any(?::text[]) and ends_at > ?',
    [keys, now],
  );
}

/** Forgets what was counted under a key. */
export async function forgetAttempts(em: EntityManager, key: string): Promise<void> {
  await rows(em, 'delete from throttle where key = ?', [key]);
}
