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

/** Forgets how a customer was written to. The version stays, so that an older word that comes late changes nothing. */
export async function eraseContact(tx: Transaction, customerId: string, version: number): Promise<void> {
  await saveContact(tx, customerId, { email: '', name: '', locale: 'en', version });
}

/** The contact of a customer; null when users have not told yet, and once the customer is erased. */
export async function findContact(tx: Transaction, customerId: string): Promise<Contact | null> {
  const [contact] = await rows<Contact>(
    tx,
    `select email, name, locale from customer_contact where customer_id = ? and email <> ''`,
    [customerId],
  );
  return contact ?? null;
}
