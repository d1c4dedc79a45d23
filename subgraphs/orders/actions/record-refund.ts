import { type Transaction } from '#platform/database.ts';
import { formatAmount } from '#platform/money.ts';
import { announce } from '#platform/outbox.ts';
import { type EventData, event } from '#schema/events.ts';

import { amountTaken } from '../domain/checkout.ts';
import { refundDelayed } from '../domain/timeline.ts';
import { returnsOf, timelinesOf } from '../store/order-parts.ts';
import { lockOrder } from '../store/orders.ts';
import { failRefund, insertRefund } from '../store/shipments.ts';
import { hear } from './advance-order.ts';
import { recipientOf, refOf, tell } from './change-status.ts';
import { guestTokenFor } from './guest-token.ts';
import { settleReturn } from './return-order.ts';
import { type SagaSettings } from './saga-effects.ts';

/** Money went back: told once per refund, then whoever waited for it goes on. */
export async function recordRefund(
  tx: Transaction,
  settings: SagaSettings,
  refund: EventData<'payment.refunded'>,
): Promise<void> {
  const order = await lockOrder(tx, refund.orderId);
  if (!order) return;
  const amount = BigInt(refund.amount);
  const sum = await insertRefund(tx, {
    refundId: refund.refundId,
    orderId: order.id,
    requestKey: refund.requestKey,
    amount,
  });
  if (!sum) return;
  await tell(tx, order.id, {
    type: 'refunded',
    message: `We have sent you back ${formatAmount(amount, refund.currency)} ${refund.currency}.`,
  });
  await announce(
    tx,
    event(
      'order.refunded',
      { type: 'Order', id: order.id },
      {
        ...refOf(order),
        recipient: recipientOf(order),
        amount: refund.amount,
        currency: refund.currency,
        guestToken: guestTokenFor(order, settings),
      },
    ),
  );
  if (sum.all >= amountTaken(order)) await hear(tx, settings, { orderId: order.id, fact: 'refunded' });
  const [kind, returnId] = refund.requestKey?.split(':') ?? [];
  if (kind === 'return' && returnId !== undefined) await settleReturn(tx, order.id, returnId, sum.forKey);
  if (refund.requestKey === null) await settleByHand(tx, order.id, sum.all);
}

/** Staff have refunded by hand, perhaps instead of a return's own refund: returns whose money has gone back with it are done. */
async function settleByHand(tx: Transaction, orderId: string, refunded: bigint): Promise<void> {
  let promised = 0n;
  for (const each of await returnsOf(tx, [orderId])) {
    promised += each.refundAmount ?? 0n;
    if (each.status === 'RECEIVED' && each.refundAmount !== null && refunded >= promised)
      await settleReturn(tx, orderId, each.id, each.refundAmount);
  }
}

/**
 * A refund did not go through, or came back from the bank: the saga repeats its own; of the others staff read in the
 * timeline, and may refund by hand.
 */
export async function recordRefundFailure(
  tx: Transaction,
  refund: EventData<'payment.refund_failed'>,
): Promise<void> {
  const order = await lockOrder(tx, refund.orderId);
  if (!order) return;
  await failRefund(tx, refund.refundId, order.id);
  const [latest] = (await timelinesOf(tx, [order.id])).slice(-1);
  // The saga's repetitions may fail as well: that is not news.
  if (latest?.type !== refundDelayed.type) await tell(tx, order.id, refundDelayed);
}
