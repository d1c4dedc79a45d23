import { type Transaction } from '#platform/database.ts';
import { type EventData } from '#schema/events.ts';

import { saveVariant } from '../store/variants.ts';

/** Remembers a variant that products has told of; only then can stock be booked for it. */
export async function rememberVariant(
  tx: Transaction,
  { variantId, sku, title, version }: EventData<'variant.upserted'>,
): Promise<void> {
  await saveVariant(tx, { variantId, sku, title, version });
}
