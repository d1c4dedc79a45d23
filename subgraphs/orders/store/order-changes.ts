import { type Transaction, rows } from '#platform/database.ts';

import { type StepName, type StepState } from '../domain/checkout-steps.ts';
import { type OrderStatus, statesBefore } from '../domain/order.ts';
import { type OrderLineRow } from './order-parts.ts';
import { type OrderRow } from './orders.ts';

const json = (value: unknown): string | null =>
  value === null
    ? null
    : JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? v.toString() : v));

export type TimelineEntry = {
  readonly id: string;
  readonly type: string;
  readonly message: string;
  readonly actor: string | null;
};

export type StepChange = {
  readonly name: StepName;
  readonly state: StepState;
  readonly tried: number;
  readonly error: string | null;
};

// A step that was never begun cannot be compensated, a failed one stays failed. Money that has failed has failed at the capture
// where that was begun, and at the authorisation where that was not done.
const steps = `insert into checkout_step as s (order_id, name, position, state, attempts, started_at, finished_at, error)
     select o.id, n.name, n.position, n.state, n.tried, case when n.state <> 'PENDING' then now() end,
       case when n.state in ('DONE', 'FAILED', 'COMPENSATED') then now() end, n.error
     from o, jsonb_to_recordset(?::jsonb) as n(name text, position int, state text, tried int, error text)
     on conflict (order_id, name) do update set
       state = excluded.state,
       attempts = s.attempts + excluded.attempts,
       started_at = coalesce(s.started_at, excluded.started_at),
       finished_at = case when s.state = excluded.state then s.finished_at else excluded.finished_at end,
       error = coalesce(excluded.error, s.error)
     where (s.state <> excluded.state or excluded.attempts > 0)
       and not (excluded.state in ('COMPENSATED', 'PENDING') and s.state in ('PENDING', 'FAILED'))
       and not (excluded.state = 'FAILED' and (s.name, s.state) in (('authorise', 'DONE'), ('capture', 'PENDING')))`;

const numbered = <T>(list: readonly T[]): string | null =>
  json(list.map((each, position) => ({ ...each, position })));

export type NewOrder = {
  readonly order: OrderRow;
  readonly lines: readonly OrderLineRow[];
  readonly steps: readonly StepChange[];
  /** What the customer reads first. */
  readonly timeline: TimelineEntry;
};

/** Stores a new order with its lines, its saga, and the first entries of its history and its story, in one statement. */
export async function insertOrder(tx: Transaction, { order, lines, ...more }: NewOrder): Promise<void> {
  await rows(
    tx,
    `with o as (
       insert into orders (id, number, status, customer_id, cart_id, email, locale, guest_token_hash, guest_token_expires_at, currency, subtotal,
         discount_total, shipping_total, tax_total, total, prices_include_tax, discounts, shipping_address, billing_address,
         shipping_method, saga_goal, saga_stock, saga_money, saga_reason, saga_told, deadline_at, reservation_expires_at,
         payment_method, created_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
       returning id, status
     ), lines as (
       insert into order_line (id, order_id, position, variant_id, product_id, sku, title, quantity, unit_price, total, discount, tax)
       select l.id, o.id, l.position, l."variantId", l."productId", l.sku, l.title, l.quantity, l."unitPrice", l.total, l.discount, l.tax
       from o, jsonb_to_recordset(?::jsonb) as l(id uuid, position int, "variantId" uuid, "productId" uuid, sku text, title text, quantity int,
         "unitPrice" bigint, total bigint, discount bigint, tax bigint)
     ), story as (
       insert into timeline_entry (id, order_id, type, message, actor) select ?::uuid, o.id, ?, ?, ? from o
     ), steps as (
       ${steps}
     )
     insert into order_state (order_id, seq, status, version) select id, 1, status, 1 from o`,
    [
      order.id,
      order.number,
      order.status,
      order.customerId,
      order.cartId,
      order.email,
      order.locale,
      order.guestTokenHash,
      order.guestTokenExpiresAt,
      order.currency,
      order.subtotal,
      order.discountTotal,
      order.shippingTotal,
      order.taxTotal,
      order.total,
      order.pricesIncludeTax,
      json(order.discounts),
      json(order.shippingAddress),
      json(order.billingAddress),
      json(order.shippingMethod),
      order.goal,
      order.stock,
      order.money,
      order.reason,
      order.told,
      order.deadlineAt,
      order.reservationExpiresAt,
      json(order.paymentMethod),
      order.createdAt,
      numbered(lines),
      more.timeline.id,
      more.timeline.type,
      more.timeline.message,
      more.timeline.actor,
      numbered(more.steps),
    ],
  );
}

/**
 * Moves an order if its state still allows it: compare-and-set by the table of transitions, one version further, one more
 * entry in its history and in its story. Answers the new version, or null when the state was another.
 */
export async function moveOrder(
  tx: Transaction,
  id: string,
  to: OrderStatus,
  story: TimelineEntry,
): Promise<number | null> {
  const [moved] = await rows<{ version: number }>(
    tx,
    `with moved as (
       update orders set status = ?, version = version + 1, placed_at = case when ? = 'PAID' then now() else placed_at end
       where id = ? and status = any(?::text[]) returning id, status, version
     ), story as (
       insert into timeline_entry (id, order_id, type, message, actor) select ?::uuid, id, ?, ?, ? from moved
     )
     insert into order_state (order_id, seq, status, version)
     select id, (select max(seq) + 1 from order_state where order_id = moved.id), status, version from moved returning version`,
    [to, to, id, statesBefore(to), story.id, story.type, story.message, story.actor],
  );
  return moved?.version ?? null;
}

/** Something else than the status has changed: one version further. */
export async function touchOrder(tx: Transaction, id: string): Promise<void> {
  await rows(tx, 'update orders set version = version + 1 where id = ?', [id]);
}

/**
 * Writes the saga's state back, and the operator's view of it. What the payment needed is forgotten as soon as nobody
 * needs it any more.
 */
export async function saveSaga(
  tx: Transaction,
  order: OrderRow,
  changes: readonly StepChange[],
): Promise<void> {
  await rows(
    tx,
    `with o as (
       update orders set saga_goal = ?, saga_stock = ?, saga_money = ?, saga_reason = ?, saga_told = ?, saga_attempts = ?, deadline_at = ?,
         reserved_at = ?, client_secret = ?, redirect_url = ?, failure = ?::jsonb, cancel_reason = ?, payment_method = ?::jsonb,
         reservation_expires_at = ?, captured = ? where id = ? returning id
     )
     ${steps}`,
    [
      order.goal,
      order.stock,
      order.money,
      order.reason,
      order.told,
      order.attempts,
      order.deadlineAt,
      order.reservedAt,
      order.clientSecret,
      order.redirectUrl,
      json(order.failure),
      order.cancelReason,
      json(order.paymentMethod),
      order.reservationExpiresAt,
      order.captured,
      order.id,
      numbered(changes),
    ],
  );
}

/** Adds to the story that the customer reads. */
export async function insertTimeline(tx: Transaction, orderId: string, entry: TimelineEntry): Promise<void> {
  await rows(tx, 'insert into timeline_entry (id, order_id, type, message, actor) values (?, ?, ?, ?, ?)', [
    entry.id,
    orderId,
    entry.type,
    entry.message,
    entry.actor,
  ]);
}
