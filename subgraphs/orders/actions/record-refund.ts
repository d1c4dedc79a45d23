import { type Transaction } from '#platform/database.ts';
import { formatAmount } from '#platform/money.ts';
import { announce } from '#platform/outbox.ts';
import { type EventData, event } from '#schema/events.ts';

import { lockOrder } from '../store/orders.ts';
import { deleteRefund, insertRefund } from '../store/shipments.ts';
import { hear } from './advance-order.ts';
import { recipientOf, refOf, tell } from './change-status.ts';
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
      },
    ),
  );
  if (sum.all >= order.total) await hear(tx, settings, { orderId: order.id, fact: 'refunded' });
  const [kind, returnId] = refund.requestKey?.split(':') ?? [];
  if (kind === 'return' && returnId !== undefined) await settleReturn(tx, order.id, returnId, sum.forKey);
}

/** A refund did not go through, or came back from the bank: the saga repeats its own; staff see it in the timeline. */
export async function recordRefundFailure(
  tx: Transaction,
  refund: EventData<'payment.refund_failed'>,
): Promise<void> {
  const order = await lockOrder(tx, refund.orderId);
  if (!order) return;
  await deleteRefund(tx, refund.refundId);
  await tell(tx, order.id, {
    type: 'refund_failed',
    message: 'A refund has been delayed. We are looking into it.',
  });
}
