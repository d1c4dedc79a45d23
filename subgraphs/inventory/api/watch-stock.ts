import { type Database } from '#platform/database.ts';
import { badInput } from '#platform/graphql-errors.ts';
import { type Live } from '#platform/live.ts';

import { isUuid } from '../domain/identity.ts';
import { type Seen, type Told, startWatching, toldSince } from '../store/variants.ts';

const most = 50;

/** The topic that is signalled when a variant's availability changes. */
export function stockTopic(variantId: string): string {
  return `stock:${variantId}`;
}

/** Follows variants: the present state of each at once, then every change in order. */
export function watchStock(
  db: Database,
  live: Live,
  variantIds: readonly string[],
): AsyncIterableIterator<Told> {
  const ids = [...new Set(variantIds.map(id => id.toLowerCase()))];
  if (ids.length === 0 || ids.length > most) throw badInput(`"variantIds" must name 1 to ${most} variants`);
  if (!ids.every(isUuid)) throw badInput('"variantIds" must be ids of variants');
  const seen = new Map<string, Seen>();
  return live.follow(ids.map(stockTopic), async () => {
    const first = seen.size === 0;
    const told = first ? await startWatching(db, ids) : await toldSince(db, seen);
    // A snapshot repeats a version that the client has seen.
    const news = told.filter(each => first || each.version > (seen.get(each.variantId)?.version ?? -1));
    for (const { variantId, seq, version } of told) seen.set(variantId, { seq, version });
    return news;
  });
}
