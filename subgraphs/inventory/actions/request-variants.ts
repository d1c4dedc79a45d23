import { type Database } from '#platform/database.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { isAnyVariantKnown } from '../store/variants.ts';

/** Asks products for all variants when none is known, as in a new or restored database. Answers whether it asked. */
export async function requestVariantsIfUnknown(db: Database): Promise<boolean> {
  return db.transaction(async tx => {
    if (await isAnyVariantKnown(tx)) return false;
    await announce(
      tx,
      event(
        'products.snapshot_requested',
        { type: 'Projection', id: 'inventory' },
        { requestedBy: 'inventory' },
      ),
    );
    return true;
  });
}
