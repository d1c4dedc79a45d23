import { type Transaction } from '#platform/database.ts';
import { conflict, notFound } from '#platform/errors.ts';
import { once } from '#platform/idempotency.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { inSaga, isFinal } from '../domain/payment.ts';
import { refundable, refuseState } from '../domain/refund.ts';
import {
  type PaymentRow,
  lockPayment,
  lockPaymentsOfOrder,
  paymentById,
  updatePayment,
} from '../store/payments.ts';
import { wasBegun } from '../store/provider-calls.ts';
import { addTombstone, isVoided } from '../store/voids.ts';
import { move } from './apply-intent.ts';
import { refundOrder } from './refund-payment.ts';
import { close } from './settle-payment.ts';
import { type Work } from './work.ts';

/**
 * Makes sure that no money of an order is kept: what is open is closed, what is authorised is voided, what is captured is
 * given back in full, and a payment that is asked for later is refused. Ends with payment.voided for each payment.
 */
export async function voidOrder(work: Work, orderId: string, reason: string): Promise<void> {
  const payments = await work.db.transaction(tx => stopPayments(tx, work, orderId, reason));
  for (const payment of payments) {
    const ended = isFinal(payment.state) ? payment : await closeNow(work, payment);
    if (ended.state === 'CAPTURED') await giveBack(work, ended, reason);
    else if (!isFinal(ended.state)) throw new Error(`payment ${payment.id} is still ${ended.state}`);
  }
}

type Asked = { readonly id: string; readonly idempotencyKey: string; readonly scope: string };

/** Voids by hand what the checkout has parked. Captured money is refunded instead; refused while the checkout still decides. */
export async function voidPayment(work: Work, { id, idempotencyKey, scope }: Asked): Promise<PaymentRow> {
  await work.db.transaction(tx =>
    once(tx, { scope, operation: 'paymentVoid', key: idempotencyKey, input: { id } }, async () => {
      const payment = await lockPayment(tx, id);
      if (!payment) throw notFound('payment', 'id');
      if (inSaga(payment, new Date()))
        throw conflict('the checkout of this order is still running', payment.version, 'CHECKOUT_RUNNING');
      if (isFinal(payment.state)) throw refuseState('voided', payment.state);
      if (payment.void_requested_at === null)
        await updatePayment(tx, payment, { void_requested_at: new Date() });
      return true;
    }),
  );
  const payment = await paymentById(work.db, id);
  if (!payment) throw notFound('payment', 'id');
  if (isFinal(payment.state)) return payment;
  const ended = await closeNow(work, payment);
  if (ended.state === 'CAPTURED') throw refuseState('voided', ended.state);
  return ended;
}

/** Marks every payment of the order as unwanted, and ends at once what never reached the provider. */
async function stopPayments(
  tx: Transaction,
  work: Work,
  orderId: string,
  reason: string,
): Promise<PaymentRow[]> {
  await isVoided(tx, orderId);
  const tombstone = await addTombstone(tx, orderId, newId(), reason);
  const payments = await lockPaymentsOfOrder(tx, orderId);
  if (payments.length === 0) await tellVoided(tx, tombstone, orderId);
  const stopped: PaymentRow[] = [];
  for (const payment of payments) {
    if (payment.state === 'VOIDED' || payment.state === 'FAILED') await tellVoided(tx, payment.id, orderId);
    if (isFinal(payment.state)) {
      stopped.push(payment);
      continue;
    }
    const marked = await updatePayment(tx, payment, {
      void_requested_at: payment.void_requested_at ?? new Date(),
      in_saga: false,
    });
    const untouched =
      payment.intent_id === null && !(await wasBegun(tx, `pi:${payment.id}:${payment.attempt}`));
    stopped.push(untouched ? await move(tx, work, marked, { to: 'VOIDED' }) : marked);
  }
  return stopped;
}

async function closeNow(work: Work, payment: PaymentRow): Promise<PaymentRow> {
  const intentId = payment.intent_id ?? (await work.provider.findIntent(payment.id))?.id ?? null;
  if (intentId === null) throw new Error(`payment ${payment.id} is just being made at the provider`);
  return close(work, payment, intentId);
}

async function giveBack(work: Work, payment: PaymentRow, reason: string): Promise<void> {
  const { id, order_id: orderId, currency } = payment;
  const amount = refundable(payment);
  if (amount > 0n) await refundOrder(work, { orderId, requestKey: `void:${id}`, amount, currency, reason });
  const after = await paymentById(work.db, id);
  if (!after || refundable(after) > 0n)
    throw new Error(`payment ${id} was captured and could not be given back yet`);
  await work.db.transaction(tx => tellVoided(tx, id, orderId));
}

async function tellVoided(tx: Transaction, paymentId: string, orderId: string): Promise<void> {
  await announce(tx, event('payment.voided', { type: 'Payment', id: paymentId }, { paymentId, orderId }));
}
