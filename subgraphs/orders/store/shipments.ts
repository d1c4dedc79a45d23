import { type Transaction, rows } from '#platform/database.ts';

import { type ReturnStatus } from '../domain/return.ts';
import { type FulfilmentRow, type LineQuantity } from './order-parts.ts';

type Parcel = Pick<FulfilmentRow, 'id' | 'orderId' | 'carrier' | 'trackingNumber' | 'trackingUrl' | 'lines'>;

/** Stores a parcel and counts its units as shipped. The order must be locked; a CHECK holds quantities within what was bought. */
export async function insertFulfilment(tx: Transaction, parcel: Parcel): Promise<void> {
  await rows(
    tx,
    `insert into fulfilment (id, order_id, status, carrier, tracking_number, tracking_url) values (?, ?, 'SHIPPED', ?, ?, ?)`,
    [parcel.id, parcel.orderId, parcel.carrier, parcel.trackingNumber, parcel.trackingUrl],
  );
  await insertQuantities(
    tx,
    'fulfilment_line (fulfilment_id, order_line_id, quantity)',
    parcel.id,
    parcel.lines,
  );
  await addQuantities(tx, 'quantity_fulfilled', parcel.lines);
}

async function insertQuantities(
  tx: Transaction,
  into: string,
  id: string,
  lines: readonly LineQuantity[],
): Promise<void> {
  await rows(tx, `insert into ${into} select ?::uuid, l.id, l.quantity from unnest(?::uuid[], ?::int[]) l(id, quantity)`, [
    id, lines.map(line => line.orderLineId), lines.map(line => line.quantity),
  ]); // prettier-ignore
}

/** Counts units of lines as shipped or as returned. */
export async function addQuantities(
  tx: Transaction,
  column: 'quantity_fulfilled' | 'quantity_returned',
  lines: readonly LineQuantity[],
): Promise<void> {
  await rows(
    tx,
    `update order_line set ${column} = ${column} + l.quantity from unnest(?::uuid[], ?::int[]) l(line, quantity) where order_line.id = l.line`,
    [lines.map(line => line.orderLineId), lines.map(line => line.quantity)],
  );
}

/** All units that were not shipped count as cancelled. */
export async function cancelLines(tx: Transaction, orderId: string): Promise<void> {
  await rows(
    tx,
    'update order_line set quantity_cancelled = quantity - quantity_fulfilled where order_id = ?',
    [orderId],
  );
}

/** Marks a parcel delivered; false when it was not under way. */
export async function deliverFulfilment(tx: Transaction, id: string): Promise<boolean> {
  const done = await rows(
    tx,
    `update fulfilment set status = 'DELIVERED', delivered_at = now() where id = ? and status = 'SHIPPED' returning 1`,
    [id],
  );
  return done.length === 1;
}

/** Stores what a customer wants to send back. */
export async function insertReturn(
  tx: Transaction,
  wish: {
    readonly id: string;
    readonly orderId: string;
    readonly reason: string;
    readonly lines: readonly LineQuantity[];
  },
): Promise<void> {
  await rows(tx, `insert into order_return (id, order_id, status, reason) values (?, ?, 'REQUESTED', ?)`, [
    wish.id,
    wish.orderId,
    wish.reason,
  ]);
  await insertQuantities(tx, 'return_line (return_id, order_line_id, quantity)', wish.id, wish.lines);
}

export type ReturnChange = {
  readonly rejectReason?: string;
  readonly restock?: boolean;
  readonly refundAmount?: bigint;
};

/** Moves a return from one state to the next; false when it was in another state. */
export async function moveReturn(
  tx: Transaction,
  id: string,
  move: { readonly from: readonly ReturnStatus[]; readonly to: ReturnStatus },
  change: ReturnChange = {},
): Promise<boolean> {
  const moved = await rows(
    tx,
    `update order_return set status = ?, reject_reason = coalesce(?, reject_reason), restock = coalesce(?, restock),
       refund_amount = coalesce(?, refund_amount) where id = ? and status = any(?::text[]) returning 1`,
    [
      move.to,
      change.rejectReason ?? null,
      change.restock ?? null,
      change.refundAmount ?? null,
      id,
      move.from,
    ],
  );
  return moved.length === 1;
}

/** What an order got back: for one request, in all, and for anything but returns that still wait for money. Minor units. */
export type Refunded = { readonly forKey: bigint; readonly all: bigint; readonly settled: bigint };

/**
 * Remembers a refund by its id; answers null when it was known, or has failed already, else what this order got back so far for the
 * key and in all.
 */
export async function insertRefund(
  tx: Transaction,
  refund: {
    readonly refundId: string;
    readonly orderId: string;
    readonly requestKey: string | null;
    readonly amount: bigint;
  },
): Promise<Refunded | null> {
  const fresh = await rows(
    tx,
    `insert into order_refund (refund_id, order_id, request_key, amount)
     select $1::uuid, $2::uuid, $3, $4::bigint where not exists (select from failed_refund where refund_id = $1::uuid)
     on conflict do nothing returning 1`,
    [refund.refundId, refund.orderId, refund.requestKey, refund.amount],
  );
  return fresh.length === 0 ? null : refundedSoFar(tx, refund.orderId, refund.requestKey);
}

/** Forgets a refund that was not made, or came back from the bank, whatever is heard of it later: the order does not have that money. */
export async function failRefund(tx: Transaction, refundId: string, orderId: string): Promise<void> {
  await rows(
    tx,
    `with gone as (delete from order_refund where refund_id = $1::uuid)
     insert into failed_refund (refund_id, order_id) values ($1::uuid, $2::uuid) on conflict do nothing`,
    [refundId, orderId],
  );
}

/** What the order got back so far: for one request, in all, and settled. */
export async function refundedSoFar(
  tx: Transaction,
  orderId: string,
  requestKey: string | null,
): Promise<Refunded> {
  const [sum] = await rows<Refunded>(
    tx,
    `select coalesce(sum(amount) filter (where request_key = ?), 0)::bigint as "forKey", coalesce(sum(amount), 0)::bigint as "all",
       coalesce(sum(amount) filter (where not exists (select 1 from order_return waiting where waiting.order_id = order_refund.order_id
         and waiting.status = 'RECEIVED' and request_key = 'return:' || waiting.id)), 0)::bigint as settled
     from order_refund where order_id = ?`,
    [requestKey, orderId],
  );
  return sum ?? { forKey: 0n, all: 0n, settled: 0n };
}
