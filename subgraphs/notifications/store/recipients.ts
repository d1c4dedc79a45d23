import { type Database, type Transaction, rows } from '#platform/database.ts';

import { type Topic } from '../domain/notification.ts';
import { type Preference } from '../domain/preferences.ts';

export type Recipient = { readonly email: string; readonly name: string; readonly locale: string };

/** Keeps the newest version of a customer's address and language; older versions are ignored. */
export async function keepRecipient(
  tx: Transaction,
  customerId: string,
  version: number,
  { email, name, locale }: Recipient,
): Promise<void> {
  await rows(
    tx,
    `insert into recipients (customer_id, email, name, locale, version) values ($1, $2, $3, $4, $5)
     on conflict (customer_id) do update set email = excluded.email, name = excluded.name, locale = excluded.locale,
       version = excluded.version, updated_at = now()
     where recipients.version < excluded.version`,
    [customerId, email, name, locale, version],
  );
}

/** A customer's address and language as users told them last; null when they have not yet. */
export async function recipientOf(tx: Transaction, customerId: string): Promise<Recipient | null> {
  const [known] = await rows<Recipient>(
    tx,
    'select email, name, locale from recipients where customer_id = $1',
    [customerId],
  );
  return known ?? null;
}

type StoredPreference = Preference & { readonly customerId: string };

/** What customers have chosen; topics without a choice are missing. */
export function preferencesOf(db: Database, customerIds: readonly string[]): Promise<StoredPreference[]> {
  return db.query(
    'select customer_id as "customerId", topic, channels from preferences where customer_id = any($1::uuid[])',
    [[...customerIds]],
  );
}

/** The same inside a transaction, for one customer. */
export function choicesOf(tx: Transaction, customerId: string): Promise<StoredPreference[]> {
  return rows(
    tx,
    'select customer_id as "customerId", topic, channels from preferences where customer_id = $1',
    [customerId],
  );
}

/** Stores a customer's choices. */
export async function keepPreferences(
  tx: Transaction,
  customerId: string,
  chosen: readonly Preference[],
): Promise<void> {
  if (chosen.length === 0) return;
  await rows(
    tx,
    `insert into preferences (customer_id, topic, channels)
     select $1, topic, array(select jsonb_array_elements_text(channels)) from jsonb_to_recordset($2::jsonb) as chosen(topic text, channels jsonb)
     on conflict (customer_id, topic) do update set channels = excluded.channels, updated_at = now()`,
    [customerId, JSON.stringify(chosen)],
  );
}

/** Topics about which an address gets no mail; `*` is all of them. Customers unsubscribe by preference, so theirs are only `*`. */
export async function suppressedTopics(
  tx: Transaction,
  email: string,
  customerId: string | null,
): Promise<string[]> {
  const found = await rows<{ topic: string }>(
    tx,
    `select topic from suppressions where email = lower($1) and ($2::uuid is null or topic = '*')`,
    [email.trim(), customerId],
  );
  return found.map(row => row.topic);
}

/** Sends no more mail to an address about a topic, or `*` for all. A person's own word outlasts a bounce, which can be lifted. */
export async function suppress(
  tx: Transaction,
  email: string,
  what: {
    readonly topic: Exclude<Topic, 'account'> | '*';
    readonly reason: 'BOUNCE' | 'COMPLAINT' | 'UNSUBSCRIBED';
  },
): Promise<void> {
  await rows(
    tx,
    `insert into suppressions (email, topic, reason) values (lower($1), $2, $3)
     on conflict (email, topic) do update set reason = excluded.reason where suppressions.reason = 'BOUNCE'`,
    [email.trim(), what.topic, what.reason],
  );
}

/** Writes to an address again that had bounced; complaints and unsubscribing stay. */
export async function liftBounce(tx: Transaction, email: string): Promise<void> {
  await rows(tx, `delete from suppressions where email = lower($1) and reason = 'BOUNCE'`, [email.trim()]);
}
