import { type Transaction } from '#platform/database.ts';

import { dropProviderCustomer, forget } from '../store/provider-customers.ts';
import { removeMethodsOf } from '../store/saved-methods.ts';
import { type Work } from './work.ts';

/**
 * A customer is no more: saved methods go at once, and what the provider holds of them once nothing is to be paid any more. Payments
 * and the ledger stay, as the law wants.
 */
export async function forgetCustomer(tx: Transaction, customerId: string): Promise<void> {
  await removeMethodsOf(tx, customerId);
  await forget(tx, customerId);
}

/** Deletes a forgotten customer at the provider. */
export async function deleteAtProvider(
  work: Work,
  { customer_id: customerId, provider_id: providerId }: { customer_id: string; provider_id: string },
): Promise<void> {
  await work.provider.deleteCustomer(providerId);
  await dropProviderCustomer(work.db, customerId);
}
