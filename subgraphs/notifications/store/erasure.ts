import { type Database, type Transaction, rows } from '#platform/database.ts';

import { type Recipient } from './recipients.ts';

// RFC 2606: never anybody's.
const nobody = 'nobody@erased.invalid';

/** Whether what is known of a customer is that there is nothing to know any longer. */
export const isErased = (recipient: Pick<Recipient, 'email'>): boolean => recipient.email === nobody;

/**
 * Forgets who a customer was: addresses, choices, the feed, and mails that still wait. What was sent about orders stays for staff,
 * without its address. A word of an older version that comes late finds a newer one.
 */
export async function eraseRecipient(
  tx: Transaction,
  customerId: string,
  version: number,
  email: string,
): Promise<void> {
  await rows(
    tx,
    `with known as (
       insert into recipients (customer_id, email, name, locale, version) values ($1, $4, '', 'en', $2)
       on conflict (customer_id) do update set email = excluded.email, name = '', locale = 'en', version = excluded.version, updated_at = now()
     ), choices as (
       delete from preferences where customer_id = $1
     ), refusals as (
       delete from suppressions where email = lower($3)
     ), shown as (
       delete from mailbox where lower(recipient) = lower($3)
     ), feed as (
       delete from notifications where customer_id = $1 and channel = 'IN_APP'
     )
     update notifications set email = $4, recipient = id::text, letter = null, next_attempt_at = null, claimed_at = null,
       status = case when status = 'QUEUED' then 'SUPPRESSED' else status end
     where customer_id = $1 and channel = 'EMAIL'`,
    [customerId, version, email, nobody],
  );
}

/** The farewell goes to an address that is not to be known any longer once it has gone. */
export async function forgetFarewells(db: Database): Promise<void> {
  await db.query(
    `update notifications set email = $1, recipient = id::text where template = 'account-deleted' and status <> 'QUEUED' and email <> $1`,
    [nobody],
  );
}
