import { type Database, type Transaction } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { announceAll } from '#platform/outbox.ts';

import { advanceSnapshot, openSnapshot, startSnapshot } from '../store/snapshots.ts';
import { toldVariantsAfter } from '../store/told.ts';
import { priced, upserted } from './tell.ts';

const page = 500;

/** Starts telling the whole catalogue again, for somebody who rebuilds a projection. */
export async function requestSnapshot(tx: Transaction): Promise<void> {
  await startSnapshot(tx, newId());
}

/** Tells the next page of the oldest snapshot; false when there is none left. A crash resumes at the page it was on. */
export function tellSnapshotPage(db: Database): Promise<boolean> {
  return db.transaction(async tx => {
    const snapshot = await openSnapshot(tx);
    if (!snapshot) return false;
    const variants = await toldVariantsAfter(tx, snapshot.after_id, page);
    await announceAll(
      tx,
      variants.flatMap(variant => [upserted(variant), priced(variant)]),
    );
    await advanceSnapshot(
      tx,
      snapshot.id,
      variants.length < page ? null : (variants.at(-1)?.variantId ?? null),
    );
    return true;
  });
}
