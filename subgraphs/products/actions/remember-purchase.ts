import { type Transaction } from '#platform/database.ts';

import { lockBuyer, rememberPurchase } from '../store/reviews.ts';

/** Remembers what a customer has bought: reviews of it, written before or later, are verified. */
export async function rememberBought(
  tx: Transaction,
  productIds: readonly string[],
  customerId: string,
): Promise<void> {
  await lockBuyer(tx, customerId);
  await rememberPurchase(tx, [...new Set(productIds)].toSorted(), customerId);
}
