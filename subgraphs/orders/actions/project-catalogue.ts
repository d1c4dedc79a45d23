import { type Transaction } from '#platform/database.ts';
import { type EventData } from '#schema/events.ts';

import { upsertPrices, upsertVariant } from '../store/catalogue.ts';

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
