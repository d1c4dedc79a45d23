import { type Transaction } from '#platform/database.ts';
import { DomainError, conflict, notFound } from '#platform/errors.ts';
import { once } from '#platform/idempotency.ts';
import { type Minor } from '#platform/money.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { inSaga } from '../domain/payment.ts';
import { type Refusal } from '../domain/provider.ts';
import { checkCapture, refuseState } from '../domain/refund.ts';
import {
  type PaymentRow,
  lockPayment,
  paymentById,
  paymentsByOrders,
  updatePayment,
} from '../store/payments.ts';
import { beginCall, endCall } from '../store/provider-calls.ts';
import { settle } from './settle-payment.ts';
import { type Work } from './work.ts';

/** Captures an order's authorised payment in full, for the checkout. Tells payment.captured, or payment.failed when refused. */
export async function captureOrder(work: Work, orderId: string): Promise<void> {
  const payments = await paymentsByOrders(work.db, [orderId]);
  const payment = payments.find(each => each.state === 'AUTHORIZED');
  if (payment) {
    await capture(work, payment, payment.amount);
    return;
  }
  if (payments.some(each => each.state === 'CAPTURED')) return;
  const newest = payments.at(-1);
  if (newest?.state !== 'VOIDED' && newest?.state !== 'FAILED')
    throw new Error(`order ${orderId} has nothing to capture yet`);
  await work.db.transaction(tx =>
    tellRefused(tx, newest, { declineCode: null, message: 'The authorisation is gone.', retryable: false }),
  );
}

type Asked = {
  readonly id: string;
  readonly amount: Minor | null;
  readonly idempotencyKey: string;
  readonly scope: string;
};

/** Captures by hand what the checkout has parked; all of it, or less. Refused while the checkout itself still decides. */
export async function capturePayment(
  work: Work,
  { id, amount, idempotencyKey, scope }: Asked,
): Promise<PaymentRow> {
  const input = { id, amount: amount?.minor.toString() ?? null, currency: amount?.currency ?? null };
  const ticket = await work.db.transaction(tx =>
    once(tx, { scope, operation: 'paymentCapture', key: idempotencyKey, input }, async () => {
      const payment = await lockPayment(tx, id);
      if (!payment) throw notFound('payment', 'id');
      const minor = checkCapture(payment, amount);
      if (inSaga(payment, new Date()))
        throw conflict('the checkout of this order is still running', payment.version, 'CHECKOUT_RUNNING');
      if (payment.state !== 'AUTHORIZED') throw refuseState('captured', payment.state);
      return { minor: minor.toString() };
    }),
  );
  const payment = await paymentById(work.db, id);
  if (!payment) throw notFound('payment', 'id');
  if (payment.state !== 'AUTHORIZED') return payment;
  const refusal = await capture(work, payment, BigInt(ticket.minor));
  if (refusal) {
    const { declineCode, retryable, message } = refusal;
    throw new DomainError('PaymentDeclinedError', 'PAYMENT_DECLINED', message, {
      details: { declineCode, retryable },
    });
  }
  return (await paymentById(work.db, id)) ?? payment;
}

/** Answers why it was refused, or null. */
async function capture(work: Work, payment: PaymentRow, amount: bigint): Promise<Refusal | null> {
  if (payment.intent_id === null) throw new Error(`payment ${payment.id} is authorised without an intent`);
  const key = payment.attempt === 1 ? `cap:${payment.id}` : `cap:${payment.id}:${payment.attempt}`;
  const call = await work.db.transaction(tx => beginCall(tx, { key, paymentId: payment.id, amount }));
  if (call.amount !== amount)
    throw conflict('a capture of another amount is under way', payment.version, 'CAPTURE_RUNNING');
  const money = { minor: amount, currency: payment.currency };
  const outcome = await work.provider.capture(payment.intent_id, money, key);
  const intent = outcome.kind === 'done' ? outcome.value : await work.provider.intent(payment.intent_id);
  if (!intent) throw new Error(`Stripe does not know the intent of payment ${payment.id}`);
  const { payment: after, problem } = await settle(work, payment.id, intent);
  if (problem !== null)
    throw new Error(`Stripe's intent ${intent.id} does not fit payment ${payment.id}: ${problem}`);
  if (outcome.kind === 'keyReused' && after.state === 'AUTHORIZED')
    throw new Error(`the key ${key} was used for another capture`);
  if (outcome.kind === 'refused' && after.state !== 'CAPTURED') {
    const { refusal } = outcome;
    await work.db.transaction(async tx => {
      const locked = await lockPayment(tx, payment.id);
      // The next try needs a new key: under the old one Stripe repeats its refusal.
      if (locked?.attempt === payment.attempt)
        await updatePayment(tx, locked, { attempt: locked.attempt + 1, in_saga: false });
      if (locked) await tellRefused(tx, locked, refusal);
    });
    await endCall(work.db, key);
    return refusal;
  }
  await endCall(work.db, key);
  return null;
}

async function tellRefused(
  tx: Transaction,
  payment: PaymentRow,
  { declineCode, message, retryable }: Refusal,
): Promise<void> {
  const data = {
    paymentId: payment.id,
    orderId: payment.order_id,
    stage: 'CAPTURE',
    declineCode,
    message,
    retryable,
  } as const;
  await announce(tx, event('payment.failed', { type: 'Payment', id: payment.id }, data));
}
