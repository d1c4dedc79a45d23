import { type Transaction, rows } from '#platform/database.ts';

/** Remembers that an order must not be paid any more; answers the id under which it is told. */
export async function addTombstone(
  tx: Transaction,
  orderId: string,
  id: string,
  reason: string,
): Promise<string> {
  const [stored] = await rows<{ id: string }>(
    tx,
    `insert into void_tombstones (order_id, id, reason) values (?, ?, ?) on conflict (order_id) do update set reason = void_tombstones.reason returning id`,
    [orderId, id, reason],
  );
  return stored?.id ?? id;
}

/** Whether the order was voided. The row lock makes a void and a request of the same moment wait for each other. */
export async function isVoided(tx: Transaction, orderId: string): Promise<boolean> {
  await rows(tx, `select pg_advisory_xact_lock(hashtextextended('payment-order:' || ?, 0))`, [orderId]);
  return wasVoided(tx, orderId);
}

/** As `isVoided`, without waiting: a void of this very moment may not be seen yet. */
export async function wasVoided(tx: Transaction, orderId: string): Promise<boolean> {
  const found = await rows(tx, 'select 1 from void_tombstones where order_id = ?', [orderId]);
  return found.length === 1;
}
