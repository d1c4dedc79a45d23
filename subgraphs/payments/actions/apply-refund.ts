import { type Transaction } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { type ProviderRefund } from '../domain/provider.ts';
import { refundable } from '../domain/refund.ts';
import { post } from '../store/ledger.ts';
import { type PaymentRow, lockPayment, updatePayment } from '../store/payments.ts';
import {
  type RefundRow,
  insertRefund,
  lockRefund,
  refundByProvider,
  updateRefund,
} from '../store/refunds.ts';

/**
 * Brings a refund forward to what the provider says. A refund that we did not ask for (made in Stripe's dashboard) is taken
 * into the books. Answers why it was not believed, or null. The payment is locked before the refund, always.
 */
export async function applyRefund(
  tx: Transaction,
  paymentId: string,
  said: ProviderRefund,
): Promise<string | null> {
  const payment = await lockPayment(tx, paymentId);
  if (!payment) return 'UNKNOWN_PAYMENT';
  if (said.currency !== payment.currency) return 'CURRENCY_MISMATCH';
  const known = await refundByProvider(tx, said.id, said.refundId);
  if (known) {
    if (known.payment_id !== payment.id) return 'PAYMENT_MISMATCH';
    if (known.amount !== said.amount) return 'AMOUNT_MISMATCH';
    await advance(tx, payment, known, said);
    return null;
  }
  if (said.status === 'FAILED') return null;
  if (said.amount > refundable(payment)) return 'AMOUNT_MISMATCH';
  const reserved = await updatePayment(tx, payment, {
    refund_reserved: payment.refund_reserved + said.amount,
  });
  const adopted = await insertRefund(tx, {
    id: newId(),
    payment_id: payment.id,
    order_id: payment.order_id,
    request_key: null,
    amount: said.amount,
    currency: said.currency,
    reason: null,
    state: 'REQUESTED',
    provider_id: said.id,
    requested_by: 'provider',
  });
  await advance(tx, reserved, adopted, said);
  return null;
}

/** The provider has refused a refund without effect. */
export async function failRefund(
  tx: Transaction,
  refundId: string,
  paymentId: string,
  message: string,
): Promise<void> {
  const payment = await lockPayment(tx, paymentId);
  const refund = await lockRefund(tx, refundId);
  if (!payment || refund?.state !== 'REQUESTED') return;
  await updatePayment(tx, payment, { refund_reserved: payment.refund_reserved - refund.amount });
  await updateRefund(tx, refund.id, { state: 'FAILED', providerId: null, failure: message });
  await tellFailed(tx, refund, message);
}

/** Tells that a refund did not happen. */
export async function tellFailed(tx: Transaction, refund: RefundRow, message: string): Promise<void> {
  const { id: refundId, payment_id: paymentId, order_id: orderId, request_key: requestKey } = refund;
  await announce(
    tx,
    event(
      'payment.refund_failed',
      { type: 'Payment', id: paymentId },
      { paymentId, orderId, refundId, requestKey, message },
    ),
  );
}

async function advance(
  tx: Transaction,
  payment: PaymentRow,
  refund: RefundRow,
  said: ProviderRefund,
): Promise<void> {
  const { amount, currency } = refund;
  const book = { amount, currency, orderId: payment.order_id, paymentId: payment.id, reference: refund.id };
  const booked = refund.state === 'PENDING' || refund.state === 'SUCCEEDED';
  if (refund.state === said.status || refund.state === 'FAILED') return;
  if (said.status === 'FAILED') {
    const message = said.failure ?? 'The refund failed.';
    // Its end may be heard of before its beginning; the provider's books have both.
    if (!booked) await post(tx, { ...book, kind: 'REFUNDED' });
    await post(tx, { ...book, kind: 'REFUND_RETURNED' });
    await updatePayment(tx, payment, {
      refund_reserved: payment.refund_reserved - amount,
      refunded: booked ? payment.refunded - amount : payment.refunded,
    });
    await updateRefund(tx, refund.id, { state: 'FAILED', providerId: said.id, failure: message });
    await tellFailed(tx, refund, message);
    return;
  }
  // SUCCEEDED does not go back to PENDING.
  if (booked && said.status === 'PENDING') return;
  await updateRefund(tx, refund.id, { state: said.status, providerId: said.id, failure: null });
  if (booked) return;
  await post(tx, { ...book, kind: 'REFUNDED' });
  await updatePayment(tx, payment, { refunded: payment.refunded + amount });
  const data = {
    paymentId: payment.id,
    orderId: payment.order_id,
    refundId: refund.id,
    requestKey: refund.request_key,
  };
  await announce(
    tx,
    event(
      'payment.refunded',
      { type: 'Payment', id: payment.id },
      { ...data, amount: amount.toString(), currency },
    ),
  );
}
