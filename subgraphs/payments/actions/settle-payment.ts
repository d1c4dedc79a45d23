import { type Intent } from '../domain/provider.ts';
import { type PaymentRow } from '../store/payments.ts';
import { beginCall, endCall } from '../store/provider-calls.ts';
import { type Applied, applyIntent } from './apply-intent.ts';
import { refundLateMoney } from './refund-payment.ts';
import { type Work } from './work.ts';

/** Applies what the provider says about a payment and does what follows from it. Answers the payment as it is then. */
export async function settle(work: Work, paymentId: string, intent: Intent): Promise<Applied> {
  const applied = await work.db.transaction(tx => applyIntent(tx, work, paymentId, intent));
  if (applied.next === 'REFUND') await refundLateMoney(work, applied.payment);
  if (applied.next === 'CLOSE_SECOND') return closeSecond(work, applied, intent.id);
  if (applied.next !== 'CLOSE') return applied;
  // A FAILED or VOIDED payment is told already; that its intent is closed may wait for the job.
  const told = applied.payment.state === 'FAILED' || applied.payment.state === 'VOIDED';
  try {
    return { ...applied, payment: await close(work, applied.payment, intent.id), next: null };
  } catch (error) {
    if (!told) throw error;
    work.log.warn({ err: error, paymentId }, 'the intent of an ended payment could not be closed yet');
    return applied;
  }
}

/** Lets go of what a second intent of a payment holds. What was taken by it is for staff: the problem says so. */
async function closeSecond(work: Work, applied: Applied, intentId: string): Promise<Applied> {
  const { id } = applied.payment;
  const key = `second:${intentId}`;
  work.log.warn({ paymentId: id, intentId }, 'a payment has a second intent; it is closed');
  await work.db.transaction(tx => beginCall(tx, { key, paymentId: id, amount: null }));
  const outcome = await work.provider.cancel(intentId, key);
  const now = outcome.kind === 'done' ? outcome.value : await work.provider.intent(intentId);
  await endCall(work.db, key);
  return { ...applied, problem: now?.status === 'canceled' ? null : 'SECOND_INTENT', next: null };
}

/**
 * Closes an intent at the provider, so that nobody can pay it any more. When it was captured in the meantime the payment
 * becomes CAPTURED instead: the caller decides about the money.
 */
export async function close(work: Work, payment: PaymentRow, intentId: string): Promise<PaymentRow> {
  const key = `void:${payment.id}:${payment.version}`;
  await work.db.transaction(tx => beginCall(tx, { key, paymentId: payment.id, amount: null }));
  const outcome = await work.provider.cancel(intentId, key);
  const intent = outcome.kind === 'done' ? outcome.value : await work.provider.intent(intentId);
  if (!intent) throw new Error(`Stripe does not know the intent of payment ${payment.id}`);
  const applied = await work.db.transaction(tx => applyIntent(tx, work, payment.id, intent));
  await endCall(work.db, key);
  if (applied.next === 'REFUND') await refundLateMoney(work, applied.payment);
  return applied.payment;
}
