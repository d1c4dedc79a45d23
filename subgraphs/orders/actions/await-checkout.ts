import { type Database } from '#platform/database.ts';
import { type Live } from '#platform/live.ts';

import { type OrderRow, ordersByIds } from '../store/orders.ts';

export type Patience = {
  /** How long to wait for the reservation's answer, in milliseconds. */
  readonly reserveMs: number;
  /** How much longer for the payment, in milliseconds. */
  readonly paymentMs: number;
};

/** The topic on which an order's changes are signalled in this process. */
export const orderTopic = (orderId: string): string => `order:${orderId}`;

// A lost signal must not cost the whole wait.
const pollMs = 1_000;

/**
 * Waits until a checkout has an outcome: first for the stock, then a little longer for the payment.
 * Answers the order as it is then; the saga runs on whether anybody waits or not.
 */
export async function awaitCheckout(
  db: Database,
  live: Live,
  orderId: string,
  patience: Patience,
): Promise<OrderRow> {
  let until = Date.now() + patience.reserveMs;
  let reserved = false;
  for (;;) {
    // Listening starts before reading, so that no change falls between the two.
    const signal = live.wait(orderTopic(orderId), Math.max(1, Math.min(pollMs, until - Date.now())));
    const [order] = await ordersByIds(db.em(), [orderId]);
    if (!order) throw new Error('an order vanished during its checkout');
    if (order.status !== 'PENDING') return order;
    if (!reserved && order.reservedAt !== null) {
      reserved = true;
      until = Math.min(until, Date.now() + patience.paymentMs);
    }
    if (Date.now() >= until) return order;
    await signal;
  }
}
