import { DomainError, conflict, invalid } from '#platform/errors.ts';
import { toMoney } from '#platform/money.ts';

export const refundStates = ['REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED'] as const;
export type RefundState = (typeof refundStates)[number];

type Refundable = {
  readonly id: string;
  readonly captured: bigint;
  readonly refund_reserved: bigint;
  readonly currency: string;
};

/** What can still be given back of a payment. */
export function refundable(payment: Refundable): bigint {
  return payment.captured - payment.refund_reserved;
}

/** Checks that this much can be given back. AmountExceededError names the maximum, also when it is zero. */
export function checkRefund(payment: Refundable, amount: bigint, currency: string): void {
  if (currency !== payment.currency)
    throw invalid(`the payment is in ${payment.currency}`, ['amount', 'currency'], 'CURRENCY');
  if (amount <= 0n) throw invalid('a refund is more than zero', ['amount', 'amount'], 'AMOUNT');
  if (amount > refundable(payment)) throw exceeded(refundable(payment), currency);
}

/** Checks how much is captured of an authorisation; all of it unless told otherwise. Answers minor units. */
export function checkCapture(
  payment: { readonly amount: bigint; readonly currency: string },
  wanted: { readonly minor: bigint; readonly currency: string } | null,
): bigint {
  if (wanted === null) return payment.amount;
  if (wanted.currency !== payment.currency)
    throw invalid(`the payment is in ${payment.currency}`, ['amount', 'currency'], 'CURRENCY');
  if (wanted.minor <= 0n) throw invalid('a capture is more than zero', ['amount', 'amount'], 'AMOUNT');
  if (wanted.minor > payment.amount) throw exceeded(payment.amount, payment.currency);
  return wanted.minor;
}

function exceeded(maximum: bigint, currency: string): DomainError {
  const money = toMoney(maximum, currency);
  return new DomainError(
    'AmountExceededError',
    'AMOUNT_EXCEEDED',
    `at most ${money.amount} ${currency} is possible`,
    {
      field: ['amount', 'amount'],
      details: { maximum: money },
    },
  );
}

type Share = { readonly paymentId: string; readonly amount: bigint };

/**
 * Spreads a refund over an order's payments, newest first, never above what is left of each.
 * `payments` come oldest first. Answers null when they do not hold enough together.
 */
export function spread(
  payments: readonly Refundable[],
  amount: bigint,
  currency: string,
): readonly Share[] | null {
  let left = amount;
  const shares: Share[] = [];
  for (const payment of payments.toReversed()) {
    if (payment.currency !== currency) continue;
    const part = left < refundable(payment) ? left : refundable(payment);
    if (part > 0n) shares.push({ paymentId: payment.id, amount: part });
    left -= part;
  }
  return left === 0n ? shares : null;
}

/** Refuses what only makes sense in another state. */
export function refuseState(what: string, state: string): DomainError {
  return conflict(
    `a payment that is ${state.toLowerCase().replace('_', ' ')} cannot be ${what}`,
    null,
    'PAYMENT_STATE',
  );
}
