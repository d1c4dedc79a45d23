import { type Transaction } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { type OrderStatus, wrongState } from '../domain/order.ts';
import { failedWords, statusWords } from '../domain/timeline.ts';
import { type TimelineEntry, insertTimeline, moveOrder } from '../store/order-changes.ts';
import { type OrderRow } from '../store/orders.ts';

/** The order as events name it. */
export function refOf(order: OrderRow) {
  return { orderId: order.id, number: order.number, customerId: order.customerId };
}

/** Whom mail about the order goes to. */
export function recipientOf(order: OrderRow) {
  return { email: order.email, name: order.shippingAddress.name, locale: order.locale };
}

/**
 * Moves an order to another state: compare-and-set, history, version and timeline in one, and tells it.
 * Throws OrderStateError when the present state does not lead there. Answers the order as it is now.
 */
export async function changeStatus(
  tx: Transaction,
  order: OrderRow,
  to: OrderStatus,
  actor: string | null = null,
): Promise<OrderRow> {
  const moved = await move(tx, order, to, actor);
  await announce(tx, statusChanged(moved, order.status));
  return moved;
}

/** As `changeStatus`, but leaves it to the caller to tell it. */
export async function move(
  tx: Transaction,
  order: OrderRow,
  to: OrderStatus,
  actor: string | null = null,
): Promise<OrderRow> {
  const words = to === 'FAILED' ? failedWords(order.money) : statusWords[to];
  const version = await moveOrder(tx, order.id, to, entry(words, actor));
  if (version === null)
    throw wrongState(order.status, `an order that is ${order.status} cannot become ${to}`);
  return { ...order, status: to, version };
}

/** An order's state, as it is told; `from` is null for a new order. */
export function statusChanged(order: OrderRow, from: OrderStatus | null) {
  return event(
    'order.status_changed',
    { type: 'Order', id: order.id },
    { ...refOf(order), from, to: order.status, version: order.version },
  );
}

type Words = { readonly type: string; readonly message: string };

/** An entry of the timeline. `actor` is shown to staff only. */
export function entry(words: Words, actor: string | null = null): TimelineEntry {
  return { id: newId(), ...words, actor };
}

/** Adds to the timeline. */
export async function tell(
  tx: Transaction,
  orderId: string,
  words: Words,
  actor: string | null = null,
): Promise<void> {
  await insertTimeline(tx, orderId, entry(words, actor));
}
