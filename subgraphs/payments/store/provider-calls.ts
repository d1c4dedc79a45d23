import { type Database, type Transaction, rows } from '#platform/database.ts';

/** A write that the provider was asked for. */
export type CallRow = {
  readonly key: string;
  readonly amount: bigint | null;
  readonly started_at: Date;
  readonly finished_at: Date | null;
};

/** Stores the idempotency key before the call that it guards; answers the row, older than now when the call was begun before. */
export async function beginCall(
  tx: Transaction,
  call: { key: string; paymentId: string | null; amount: bigint | null },
): Promise<CallRow> {
  const [stored] = await rows<CallRow>(
    tx,
    `insert into provider_calls (key, payment_id, amount) values (?, ?, ?)
     on conflict (key) do update set payment_id = excluded.payment_id returning key, amount, started_at, finished_at`,
    [call.key, call.paymentId, call.amount],
  );
  if (!stored) throw new Error('the key was not stored');
  return stored;
}

export async function wasBegun(tx: Transaction, key: string): Promise<boolean> {
  return (await rows(tx, 'select 1 from provider_calls where key = ?', [key])).length === 1;
}

/** The call was answered. */
export async function endCall(db: Database, key: string): Promise<void> {
  await db.query('update provider_calls set finished_at = now() where key = ? and finished_at is null', [
    key,
  ]);
}
