import { type Transaction, rows } from '#platform/database.ts';

import { type StepName, type StepState } from '../domain/checkout.ts';
import { type OrderStatus, statesBefore } from '../domain/order.ts';
import { type ReturnStatus } from '../domain/return.ts';
import { type FulfilmentRow, type LineQuantity, type OrderLineRow } from './order-parts.ts';
import { type OrderRow } from './orders.ts';

const json = (value: unknown): string | null =>
  value === null
    ? null
    : JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? v.toString() : v));

export type NewOrder = Omit<
  OrderRow,
  | 'version'
  | 'attempts'
  | 'failure'
  | 'cancelReason'
  | 'placedAt'
  | 'clientSecret'
  | 'redirectUrl'
  | 'reservedAt'
>;

/** Stores a new order with its lines and the first entry of its history. */
export async function insertOrder(
  tx: Transaction,
  order: NewOrder,
  lines: readonly OrderLineRow[],
): Promise<void> {
  await rows(
    tx,
    `insert into orders (id, number, status, customer_id, cart_id, email, locale, guest_token_hash, guest_token_expires_at, currency, subtotal,
       discount_total, shipping_total, tax_total, total, prices_include_tax, discounts, shipping_address, billing_address,
       shipping_method, saga_goal, saga_stock, saga_money, saga_reason, saga_told, deadline_at, reservation_expires_at,
       payment_method, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)`,
    [
      order.id, order.number, order.status, order.customerId, order.cartId, order.email, order.locale, order.guestTokenHash, order.guestTokenExpiresAt,
      order.currency, order.subtotal, order.discountTotal, order.shippingTotal, order.taxTotal, order.total, order.pricesIncludeTax,
      json(order.discounts), json(order.shippingAddress), json(order.billingAddress), json(order.shippingMethod), order.goal, order.stock,
      order.money, order.reason, order.told, order.deadlineAt, order.reservationExpiresAt, json(order.paymentMethod), order.createdAt,
    ], // prettier-ignore
  );
  await rows(
    tx,
    `insert into order_line (id, order_id, position, variant_id, product_id, sku, title, quantity, unit_price, total, discount, tax)
     select l.id, ?::uuid, l.position, l."variantId", l."productId", l.sku, l.title, l.quantity, l."unitPrice", l.total, l.discount, l.tax
     from jsonb_to_recordset(?::jsonb) as l(id uuid, position int, "variantId" uuid, "productId" uuid, sku text, title text, quantity int,
       "unitPrice" bigint, total bigint, discount bigint, tax bigint)`,
    [order.id, json(lines.map((line, position) => ({ ...line, position })))],
  );
  await rows(tx, 'insert into order_state (order_id, seq, status, version) values (?, 1, ?, 1)', [
    order.id,
    order.status,
  ]);
}

/**
 * Moves an order if its state still allows it: compare-and-set by the table of transitions, one version further, one more
 * entry in its history. Answers the new version, or null when the state was another.
 */
export async function moveOrder(tx: Transaction, id: string, to: OrderStatus): Promise<number | null> {
  const [moved] = await rows<{ version: number }>(
    tx,
    `with moved as (
       update orders set status = ?, version = version + 1, placed_at = case when ? = 'PAID' then now() else placed_at end
       where id = ? and status = any(?::text[]) returning id, status, version
     )
     insert into order_state (order_id, seq, status, version)
     select id, (select max(seq) + 1 from order_state where order_id = moved.id), status, version from moved returning version`,
    [to, to, id, statesBefore(to)],
  );
  return moved?.version ?? null;
}

/** Something else than the status has changed: one version further. */
export async function touchOrder(tx: Transaction, id: string): Promise<void> {
  await rows(tx, 'update orders set version = version + 1 where id = ?', [id]);
}

/** Writes the saga's state back. What the payment needed is forgotten as soon as nobody needs it any more. */
export async function saveSaga(tx: Transaction, order: OrderRow): Promise<void> {
  await rows(
    tx,
    `update orders set saga_goal = ?, saga_stock = ?, saga_money = ?, saga_reason = ?, saga_told = ?, saga_attempts = ?, deadline_at = ?,
       reserved_at = ?, client_secret = ?, redirect_url = ?, failure = ?::jsonb, cancel_reason = ?, payment_method = ?::jsonb,
       reservation_expires_at = ? where id = ?`,
    [
      order.goal, order.stock, order.money, order.reason, order.told, order.attempts, order.deadlineAt, order.reservedAt,
      order.clientSecret, order.redirectUrl, json(order.failure), order.cancelReason, json(order.paymentMethod),
      order.reservationExpiresAt, order.id,
    ], // prettier-ignore
  );
}

export type StepChange = {
  readonly name: StepName;
  readonly state: StepState;
  readonly tried: number;
  readonly error: string | null;
};

/** Writes the operator's view of the saga. A step that was never begun cannot be compensated, a failed one stays failed. */
export async function saveSteps(
  tx: Transaction,
  orderId: string,
  steps: readonly StepChange[],
): Promise<void> {
  await rows(
    tx,
    `insert into checkout_step as s (order_id, name, position, state, attempts, started_at, finished_at, error)
     select ?::uuid, n.name, n.position, n.state, n.tried, case when n.state <> 'PENDING' then now() end,
       case when n.state in ('DONE', 'FAILED', 'COMPENSATED') then now() end, n.error
     from jsonb_to_recordset(?::jsonb) as n(name text, position int, state text, tried int, error text)
     on conflict (order_id, name) do update set
       state = excluded.state,
       attempts = s.attempts + excluded.attempts,
       started_at = coalesce(s.started_at, excluded.started_at),
       finished_at = case when s.state = excluded.state then s.finished_at else excluded.finished_at end,
       error = coalesce(excluded.error, s.error)
     where (s.state <> excluded.state or excluded.attempts > 0)
       and not (excluded.state in ('COMPENSATED', 'PENDING') and s.state in ('PENDING', 'FAILED'))`,
    [orderId, json(steps.map((step, position) => ({ ...step, position })))],
  );
}

/** Adds to the story that the customer reads. */
export async function insertTimeline(
  tx: Transaction,
  entry: {
    readonly id: string;
    readonly orderId: string;
    readonly type: string;
    readonly message: string;
    readonly actor: string | null;
  },
): Promise<void> {
  await rows(tx, 'insert into timeline_entry (id, order_id, type, message, actor) values (?, ?, ?, ?, ?)', [
    entry.id, entry.orderId, entry.type, entry.message, entry.actor,
  ]); // prettier-ignore
}

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

/** What an order got back: for one request, in all, and for anything but returns. Minor units. */
export type Refunded = { readonly forKey: bigint; readonly all: bigint; readonly besideReturns: bigint };

/** Remembers a refund by its id; answers null when it was known, else what this order got back so far for the key and in all. */
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
    'insert into order_refund (refund_id, order_id, request_key, amount) values (?, ?, ?, ?) on conflict do nothing returning 1',
    [refund.refundId, refund.orderId, refund.requestKey, refund.amount],
  );
  return fresh.length === 0 ? null : refundedSoFar(tx, refund.orderId, refund.requestKey);
}

/** What the order got back so far: for one request, and in all. */
export async function refundedSoFar(
  tx: Transaction,
  orderId: string,
  requestKey: string | null,
): Promise<Refunded> {
  const [sum] = await rows<Refunded>(
    tx,
    `select coalesce(sum(amount) filter (where request_key = ?), 0)::bigint as "forKey", coalesce(sum(amount), 0)::bigint as "all",
       coalesce(sum(amount) filter (where request_key is null or request_key not like 'return:%'), 0)::bigint as "besideReturns"
     from order_refund where order_id = ?`,
    [requestKey, orderId],
  );
  return sum ?? { forKey: 0n, all: 0n, besideReturns: 0n };
}
