import { type Database, type Transaction } from '#platform/database.ts';
import { announce } from '#platform/outbox.ts';
import { type EventData, event } from '#schema/events.ts';

import { isProjectionEmpty, upsertPrices, upsertVariant } from '../store/catalogue.ts';

/** Keeps a variant as products told it; an older version than the one known changes nothing. */
export async function projectVariant(tx: Transaction, told: EventData<'variant.upserted'>): Promise<void> {
  await upsertVariant(tx, told);
}

/** Keeps a variant's prices as products told them; open carts show them at the next read. */
export async function projectPrices(tx: Transaction, told: EventData<'price.changed'>): Promise<void> {
  await upsertPrices(tx, {
    variantId: told.variantId,
    version: told.version,
    prices: Object.fromEntries(told.prices.map(price => [price.currency, price.amount])),
  });
}

/** Asks products for everything when nothing is known, as in a new database. Answers whether it asked. */
export async function requestSnapshotIfEmpty(db: Database): Promise<boolean> {
  return db.transaction(async tx => {
    if (!(await isProjectionEmpty(tx))) return false;
    await announce(
      tx,
      event('products.snapshot_requested', { type: 'Projection', id: 'orders' }, { requestedBy: 'orders' }),
    );
    return true;
  });
}
