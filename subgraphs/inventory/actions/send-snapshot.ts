import { type Database } from '#platform/database.ts';
import { announceAll } from '#platform/outbox.ts';

import { toldAfter } from '../store/variants.ts';
import { availabilityChanged } from './tell.ts';

const page = 200;

/** Tells the availability of every variant once more, with its present version, for whoever rebuilds what it knows. */
export async function sendSnapshot(db: Database): Promise<void> {
  for (let after: string | null = null; ;) {
    const last: string | null = await db.transaction(async tx => {
      const told = await toldAfter(tx, after, page);
      await announceAll(tx, told.map(availabilityChanged));
      return told.length < page ? null : (told.at(-1)?.variantId ?? null);
    });
    if (last === null) return;
    after = last;
  }
}
