import { type Transaction } from '#platform/database.ts';
import { type EventData } from '#schema/events.ts';

import { eraseRecipient } from '../store/erasure.ts';
import { notify } from './notify.ts';

/** A customer is no more: forgets them, and writes to them a last time. */
export async function sayGoodbye(
  tx: Transaction,
  eventId: string,
  { customerId, recipient, version }: EventData<'customer.erased'>,
  storefrontUrl: string,
): Promise<void> {
  await eraseRecipient(tx, customerId, version, recipient.email);
  const about = { recipient, customerId: null, orderId: null };
  await notify(tx, { ...about, eventId, occasion: { template: 'account-deleted' }, storefrontUrl });
}
