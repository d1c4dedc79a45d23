import { type Transaction, rows } from '#platform/database.ts';

/** How a customer is written to, as users last said. */
export type Contact = { readonly email: string; readonly name: string; readonly locale: string };

/** Keeps what users tell of a customer; older versions change nothing. */
export async function saveContact(
  tx: Transaction,
  customerId: string,
  contact: Contact & { readonly version: number },
): Promise<void> {
  await rows(
    tx,
    `insert into customer_contact (customer_id, email, name, locale, version) values (?, ?, ?, ?, ?)
     on conflict (customer_id) do update set email = excluded.email, name = excluded.name, locale = excluded.locale, version = excluded.version
     where customer_contact.version < excluded.version`,
    [customerId, contact.email, contact.name, contact.locale, contact.version],
  );
}

/** The contact of a customer; null when users have not told yet. */
export async function findContact(tx: Transaction, customerId: string): Promise<Contact | null> {
  const [contact] = await rows<Contact>(
    tx,
    'select email, name, locale from customer_contact where customer_id = ?',
    [customerId],
  );
  return contact ?? null;
}
