import { type Transaction } from '#platform/database.ts';
import { type EventData } from '#schema/events.ts';

import { saveContact } from '../store/contacts.ts';

/** Remembers how a customer is written to: his orders and the mail about them need it. Older versions change nothing. */
export function saveCustomerContact(
  tx: Transaction,
  { customerId, recipient, version }: EventData<'customer.updated'>,
): Promise<void> {
  return saveContact(tx, customerId, { ...recipient, version });
}
