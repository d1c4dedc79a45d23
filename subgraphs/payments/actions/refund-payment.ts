import { PermanentError } from '#platform/bus.ts';
import { type Transaction } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';

import { isFinal } from '../domain/payment.ts';
import { refundable, spread } from '../domain/refund.ts';
import { type PaymentRow, lockPaymentsOfOrder, paymentById, updatePayment } from '../store/payments.ts';
import { beginCall, endCall } from '../store/provider-calls.ts';
import { type RefundRow, claimRequest, insertRefund, promised, unsentRefunds } from '../store/refunds.ts';
import { wasVoided } from '../store/voids.ts';
import { applyRefund, failRefund, tellFailed } from './apply-refund.ts';
import { type Work, keyIsFresh } from './work.ts';

type Request = {
  readonly orderId: string;
  /** Makes the refund once: `return:<id>`, `cancel:<id>`. */
  readonly requestKey: string;
  /** Whole minor units. */
  readonly amount: bigint;
  readonly currency: string;
  readonly reason: string;
};

/** Gives an order's money back, newest payment first. Asked twice, it happens once; what was left undone is done then. */
export async function refundOrder(work: Work, request: Request): Promise<void> {
  await work.db.transaction(tx => allocate(tx, request));
  for (const refund of await unsentRefunds(work.db, request.requestKey)) await sendRefund(work, refund);
}

/** Gives back all that is left of a payment that nobody waits for any more. */
export async function refundLateMoney(work: Work, payment: PaymentRow): Promise<void> {
  const amount = refundable(payment);
  if (amount <= 0n) return;
  const reason = 'the order had ended before the payment came';
  await refundOrder(work, {
    orderId: payment.order_id,
    requestKey: `late:${payment.id}`,
    amount,
    currency: payment.currency,
    reason,
  });
}

async function allocate(tx: Transaction, request: Request): Promise<void> {
  const { orderId, requestKey, currency, reason } = request;
  const first = await claimRequest(tx, { key: requestKey, orderId, amount: request.amount, currency });
  const payments = (await lockPaymentsOfOrder(tx, orderId)).toSorted(
    (a, b) => a.created_at.getTime() - b.created_at.getTime(),
  );
  const newest = payments.at(-1);
  if (!newest) throw new PermanentError(`order ${orderId} has no payment that could be refunded`);
  // Asked again, what failed before is tried again.
  const amount = request.amount - (await promised(tx, requestKey));
  if (amount <= 0n) return;
  const common = { order_id: orderId, request_key: requestKey, currency, reason, requested_by: 'orders' };
  const shares = spread(payments, amount, currency);
  if (!shares) {
    // Something is still on its way to be captured: the request comes again.
    if (payments.some(payment => !isFinal(payment.state)))
      throw new Error(`order ${orderId} is not captured yet`);
    // The void gives everything back by itself: a refund that comes on top has nothing left to do, and nothing failed.
    if (await wasVoided(tx, orderId)) return;
    if (!first) return;
    const failure = 'The payments of this order do not hold as much any more.';
    const refused = { ...common, id: newId(), payment_id: newest.id, amount, provider_id: null, failure };
    await tellFailed(tx, await insertRefund(tx, { ...refused, state: 'FAILED' }), failure);
    return;
  }
  for (const share of shares) {
    const payment = payments.find(each => each.id === share.paymentId);
    if (payment) await reserve(tx, payment, { ...common, amount: share.amount });
  }
}

type Reservation = Pick<RefundRow, 'request_key' | 'amount' | 'currency' | 'reason' | 'requested_by'>;

/** Sets a refund aside on its locked payment before the provider is asked, so that no two refunds promise the same money. */
export async function reserve(tx: Transaction, payment: PaymentRow, refund: Reservation): Promise<RefundRow> {
  await updatePayment(tx, payment, { refund_reserved: payment.refund_reserved + refund.amount });
  return insertRefund(tx, {
    ...refund,
    id: newId(),
    payment_id: payment.id,
    order_id: payment.order_id,
    state: 'REQUESTED',
    provider_id: null,
  });
}

/** Asks the provider for a reserved refund and books the answer. Throws when the provider cannot be reached: the key makes a repetition harmless. */
export async function sendRefund(work: Work, refund: RefundRow): Promise<void> {
  const payment = await paymentById(work.db, refund.payment_id);
  const intentId = payment?.intent_id ?? null;
  if (intentId === null) throw new Error(`payment ${refund.payment_id} is unknown to the provider`);
  const key = `re:${refund.id}`;
  const call = await work.db.transaction(tx =>
    beginCall(tx, { key, paymentId: refund.payment_id, amount: refund.amount }),
  );
  const amount = { minor: refund.amount, currency: refund.currency };
  const input = { intentId, refundId: refund.id, amount };
  const asked = keyIsFresh(call.started_at)
    ? await work.provider.createRefund(input, key)
    : ({ kind: 'keyReused' } as const);
  // The key is gone or was spent: only when the provider knows nothing of this refund may it be asked again.
  const lost =
    asked.kind === 'keyReused'
      ? ((await work.provider.refundsOf(intentId)).find(each => each.refundId === refund.id) ?? null)
      : null;
  const outcome =
    asked.kind !== 'keyReused'
      ? asked
      : lost
        ? ({ kind: 'done', value: lost } as const)
        : await work.provider.createRefund(input, `${key}:2`);
  if (outcome.kind === 'keyReused')
    throw new Error(`refund ${refund.id} has spent both its keys; it needs a look`);
  if (outcome.kind === 'refused') {
    await work.db.transaction(tx => failRefund(tx, refund.id, refund.payment_id, outcome.refusal.message));
  } else {
    const problem = await work.db.transaction(tx => applyRefund(tx, refund.payment_id, outcome.value));
    if (problem !== null)
      throw new Error(`the provider's refund ${outcome.value.id} does not fit ours: ${problem}`);
  }
  await endCall(work.db, key);
}
