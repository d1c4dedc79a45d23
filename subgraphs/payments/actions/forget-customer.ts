import { type Transaction } from '#platform/database.ts';

import { removeMethodsOf } from '../store/saved-methods.ts';

/** A customer is no more: saved methods go at once, and from the provider soon after. Payments and the ledger stay, as the law wants. */
export async function forgetCustomer(tx: Transaction, customerId: string): Promise<void> {
  await removeMethodsOf(tx, customerId);
}
