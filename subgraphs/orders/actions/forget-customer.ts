import { type Transaction } from '#platform/database.ts';
import { type EventData } from '#schema/events.ts';

import { deleteCartsOf } from '../store/carts.ts';
import { eraseContact } from '../store/contacts.ts';

/** A customer is no more: how to write to them and their carts go. Orders stay whole, as tax law wants. */
export async function forgetCustomer(
  tx: Transaction,
  { customerId, version }: EventData<'customer.erased'>,
): Promise<void> {
  await eraseContact(tx, customerId, version);
  await deleteCartsOf(tx, customerId);
}
