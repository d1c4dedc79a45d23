import { type Transaction } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { type OrderStatus, wrongState } from '../domain/order.ts';
import { failedWords, statusWords } from '../domain/timeline.ts';
import { insertTimeline, moveOrder } from '../store/order-changes.ts';
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
 * Moves an order to another state: compare-and-set, history, version, timeline and order.status_changed in one.
 * Throws OrderStateError when the present state does not lead there. Answers the order as it is now.
 */
export async function changeStatus(
  tx: Transaction,
  order: OrderRow,
  to: OrderStatus,
  actor: string | null = null,
): Promise<OrderRow> {
  const version = await moveOrder(tx, order.id, to);
  if (version === null)
    throw wrongState(order.status, `an order that is ${order.status} cannot become ${to}`);
  await tell(tx, order.id, to === 'FAILED' ? failedWords(order.money) : statusWords[to], actor);
  await announce(
    tx,
    event(
      'order.status_changed',
      { type: 'Order', id: order.id },
      { ...refOf(order), from: order.status, to, version },
    ),
  );
  return { ...order, status: to, version };
}

/** Tells that there is a new order. */
export async function announceCreated(tx: Transaction, order: OrderRow): Promise<void> {
  await announce(
    tx,
    event(
      'order.status_changed',
      { type: 'Order', id: order.id },
      { ...refOf(order), from: null, to: order.status, version: order.version },
    ),
  );
}

/** Adds to the timeline. `actor` is shown to staff only. */
export async function tell(
  tx: Transaction,
  orderId: string,
  words: { readonly type: string; readonly message: string },
  actor: string | null = null,
): Promise<void> {
  await insertTimeline(tx, { id: newId(), orderId, ...words, actor });
}
