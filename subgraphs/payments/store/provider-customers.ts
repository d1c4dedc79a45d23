import { type Database, type Transaction, rows } from '#platform/database.ts';

/** The customer's id with the provider; null when the provider does not know them. */
export async function providerCustomer(db: Database, customerId: string): Promise<string | null> {
  const [row] = await db.query<{ provider_id: string }>(
    'select provider_id from provider_customers where customer_id = ?',
    [customerId],
  );
  return row?.provider_id ?? null;
}

/** Remembers the provider's customer; the first one stays. */
export async function keepProviderCustomer(
  db: Database,
  customerId: string,
  providerId: string,
): Promise<string> {
  const [row] = await db.query<{ provider_id: string }>(
    `insert into provider_customers (customer_id, provider_id) values (?, ?)
     on conflict (customer_id) do update set provider_id = provider_customers.provider_id returning provider_id`,
    [customerId, providerId],
  );
  return row?.provider_id ?? providerId;
}

/** The account is gone: from now on the provider is told of this customer no more. */
export async function forget(tx: Transaction, customerId: string): Promise<void> {
  await rows(tx, 'insert into forgotten_customers (customer_id) values (?) on conflict do nothing', [
    customerId,
  ]);
}

export async function isForgotten(db: Database, customerId: string): Promise<boolean> {
  return (
    (await db.query('select 1 from forgotten_customers where customer_id = ?', [customerId])).length === 1
  );
}

/** Forgotten customers that the provider still knows, and of whom no payment is open any more. */
export async function customersToDelete(
  db: Database,
  quietMs: number,
  limit: number,
): Promise<{ customer_id: string; provider_id: string }[]> {
  return db.query(
    `select known.customer_id, known.provider_id from provider_customers known
     join forgotten_customers gone on gone.customer_id = known.customer_id
     where gone.at <= now() - ? * interval '1 millisecond' and not exists (
       select 1 from payments p where p.customer_id = known.customer_id
       and p.state in ('CREATED', 'REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED'))
     limit ?`,
    [quietMs, limit],
  );
}

/** The provider knows the customer no more, and neither do we. */
export async function dropProviderCustomer(db: Database, customerId: string): Promise<void> {
  await db.query('delete from provider_customers where customer_id = ?', [customerId]);
}
