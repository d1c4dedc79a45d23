import { rateLimited } from '#platform/graphql-errors.ts';

import { type Limit } from '../domain/attempts.ts';
import { networkOf } from '../domain/client-address.ts';
import { countAttempts } from '../store/attempts.ts';
import { type Client, type Parts, type Settings } from './parts.ts';

type LimitName = keyof NonNullable<Settings['limits']>;

/** The counter of a client's network for one kind of attempt. */
export function networkKey(kind: LimitName, client: Client): string {
  return `${kind}:${networkOf(client.ip)}`;
}

/**
 * Counts an attempt of a network. Throws RATE_LIMITED when it was one too many. Counted for every execution of a resolver,
 * so that aliases in one document count one by one.
 */
export async function throttleNetwork(parts: Parts, kind: LimitName, client: Client): Promise<void> {
  const limit = parts.settings.limits?.[kind];
  const until = limit ? await tally(parts, networkKey(kind, client), limit) : null;
  if (until) refuseUntil(until, parts.now());
}

/** Counts an attempt under a key; when it is one too many, answers until when; null when it may go on. */
export async function blockedUntil(
  parts: Parts,
  key: string,
  limit: Limit | undefined,
): Promise<Date | null> {
  return limit ? tally(parts, key, limit) : null;
}

async function tally(parts: Parts, key: string, { limit, windowMs }: Limit): Promise<Date | null> {
  const [counted] = await countAttempts(parts.db.em(), [{ key, windowMs }], parts.now());
  return counted && counted.count > limit ? counted.endsAt : null;
}

/** Throws RATE_LIMITED with the seconds that are left. */
export function refuseUntil(until: Date, now: Date): never {
  throw rateLimited(Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000)));
}
