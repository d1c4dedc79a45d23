import { notFound } from '#platform/errors.ts';
import { once } from '#platform/idempotency.ts';
import { type Minor } from '#platform/money.ts';

import { checkRefund, refuseState } from '../domain/refund.ts';
import { type PaymentRow, lockPayment, paymentById } from '../store/payments.ts';
import { type RefundRow, refundsByIds } from '../store/refunds.ts';
import { reserve, sendRefund } from './refund-payment.ts';
import { type Work } from './work.ts';

type Asked = {
  readonly paymentId: string;
  readonly amount: Minor;
  readonly reason: string | null;
  readonly idempotencyKey: string;
  readonly scope: string;
};

/** Refunds by hand. When the provider cannot be reached the refund stays PENDING and a job goes on with it. */
export async function createRefund(
  work: Work,
  asked: Asked,
): Promise<{ refund: RefundRow; payment: PaymentRow }> {
  const { paymentId, amount, reason, idempotencyKey, scope } = asked;
  const input = { paymentId, amount: amount.minor.toString(), currency: amount.currency, reason };
  const { refundId } = await work.db.transaction(tx =>
    once(tx, { scope, operation: 'refundCreate', key: idempotencyKey, input }, async () => {
      const payment = await lockPayment(tx, paymentId);
      if (!payment) throw notFound('payment', 'paymentId');
      checkRefund(payment, amount.minor, amount.currency);
      if (payment.state !== 'CAPTURED') throw refuseState('refunded', payment.state);
      const refund = await reserve(tx, payment, {
        request_key: null,
        amount: amount.minor,
        currency: amount.currency,
        reason,
        requested_by: scope,
      });
      return { refundId: refund.id };
    }),
  );
  const [refund] = await refundsByIds(work.db, [refundId]);
  if (!refund) throw notFound('refund');
  if (refund.state === 'REQUESTED') {
    await sendRefund(work, refund).catch((error: unknown) =>
      work.log.warn({ err: error, refundId }, 'a refund waits for the provider'),
    );
  }
  const [[now], payment] = await Promise.all([
    refundsByIds(work.db, [refundId]),
    paymentById(work.db, paymentId),
  ]);
  if (!now || !payment) throw notFound('payment', 'paymentId');
  return { refund: now, payment };
}
