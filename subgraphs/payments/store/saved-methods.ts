import { type Database, type Transaction, rows } from '#platform/database.ts';

import { type MethodDetails } from '../domain/provider.ts';

/** A payment method that a customer keeps with the provider. */
export type SavedMethodRow = {
  readonly id: string;
  readonly customer_id: string;
  readonly provider_id: string;
  readonly details: MethodDetails;
  readonly is_default: boolean;
};

const columns = 'id, customer_id, provider_id, details, is_default';

/** A customer's own saved method; null when it is removed or somebody else's. */
export async function savedMethod(
  db: Database,
  id: string,
  customerId: string,
): Promise<SavedMethodRow | null> {
  const [method] = await db.query<SavedMethodRow>(
    `select ${columns} from saved_methods where id = ? and customer_id = ? and removed_at is null`,
    [id, customerId],
  );
  return method ?? null;
}

export async function savedMethodsByCustomers(
  db: Database,
  customerIds: readonly string[],
): Promise<SavedMethodRow[]> {
  return db.query<SavedMethodRow>(
    `select ${columns} from saved_methods where customer_id = any(?::uuid[]) and removed_at is null order by is_default desc, created_at desc`,
    [customerIds],
  );
}

// Of two statements of the same moment neither sees what the other makes the default.
async function lockMethodsOf(tx: Transaction, customerId: string): Promise<void> {
  await rows(tx, `select pg_advisory_xact_lock(hashtextextended('saved-methods:' || ?, 0))`, [customerId]);
}

/**
 * Keeps a method; the first one becomes the default. Keeping it twice changes nothing; of whoever has deleted the account nothing
 * is kept.
 */
export async function keepMethod(
  tx: Transaction,
  method: { id: string; customerId: string; providerId: string; details: MethodDetails },
): Promise<void> {
  await lockMethodsOf(tx, method.customerId);
  await rows(
    tx,
    `insert into saved_methods (id, customer_id, provider_id, details, is_default)
     select ?, ?, ?, ?::jsonb, not exists (select 1 from saved_methods where customer_id = ? and is_default and removed_at is null)
     where not exists (select 1 from forgotten_customers where customer_id = ?)
     on conflict do nothing`,
    [
      method.id,
      method.customerId,
      method.providerId,
      JSON.stringify(method.details),
      method.customerId,
      method.customerId,
    ],
  );
}

/** Takes a method off its owner's list, the next newest becoming the default; answers the provider's id. */
export async function removeMethod(tx: Transaction, id: string, customerId: string): Promise<string | null> {
  await lockMethodsOf(tx, customerId);
  const [removed] = await rows<{ provider_id: string }>(
    tx,
    `update saved_methods set removed_at = now(), is_default = false where id = ? and customer_id = ? and removed_at is null returning provider_id`,
    [id, customerId],
  );
  if (!removed) return null;
  await rows(
    tx,
    `update saved_methods set is_default = true where id = (
       select id from saved_methods where customer_id = ? and removed_at is null order by created_at desc limit 1)
     and not exists (select 1 from saved_methods where customer_id = ? and is_default and removed_at is null)`,
    [customerId, customerId],
  );
  return removed.provider_id;
}

/** Takes all of a customer's methods off their list, and forgets what was known of them. */
export async function removeMethodsOf(tx: Transaction, customerId: string): Promise<void> {
  await lockMethodsOf(tx, customerId);
  await rows(
    tx,
    `update saved_methods set removed_at = coalesce(removed_at, now()), is_default = false, details = '{}' where customer_id = ?`,
    [customerId],
  );
}

/** Removed methods that the provider may still hold. */
export async function undetachedMethods(
  db: Database,
  limit: number,
): Promise<{ id: string; provider_id: string }[]> {
  return db.query(
    `select id, provider_id from saved_methods where removed_at < now() - interval '10 seconds' and detached_at is null limit ?`,
    [limit],
  );
}

export async function markDetached(db: Database, providerId: string): Promise<void> {
  await db.query('update saved_methods set detached_at = now() where provider_id = ?', [providerId]);
}
