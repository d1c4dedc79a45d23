import { type Transaction, afterCommit } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { type PaymentState, canMove, isFinal } from '../domain/payment.ts';
import {
  type Intent,
  type MethodDetails,
  type Refusal,
  isSecond,
  mismatch,
  stateOf,
} from '../domain/provider.ts';
import { post } from '../store/ledger.ts';
import { type PaymentChange, type PaymentRow, lockPayment, updatePayment } from '../store/payments.ts';
import { keepMethod } from '../store/saved-methods.ts';
import { type Work } from './work.ts';

export type Applied = {
  readonly payment: PaymentRow;
  /** Why the intent was not believed; null when it was. */
  readonly problem: string | null;
  /** What must now be done at the provider: close an intent that nobody waits for, this second one, or give late money back. */
  readonly next: 'CLOSE' | 'CLOSE_SECOND' | 'REFUND' | null;
};

/** Brings a payment forward to what the provider says: amounts are compared, states never go back, everything is told once. */
export async function applyIntent(
  tx: Transaction,
  work: Work,
  paymentId: string,
  intent: Intent,
): Promise<Applied> {
  const payment = await lockPayment(tx, paymentId);
  if (!payment) throw new Error(`payment ${paymentId} has vanished`);
  const problem = mismatch(payment, intent);
  if (problem !== null) return { payment, problem, next: null };
  if (isSecond(payment, intent))
    return { payment, problem: null, next: intent.status === 'canceled' ? null : 'CLOSE_SECOND' };
  const to = stateOf(intent.status, payment.confirmed_by);
  const facts = factsOf(payment, intent);
  if (!canMove(payment.state, to)) {
    const after = Object.keys(facts).length > 0 ? await updatePayment(tx, payment, facts) : payment;
    return { payment: after, problem: null, next: nextFor(after, to) };
  }
  const late = isFinal(payment.state);
  const after = await move(tx, work, payment, {
    to,
    facts,
    received: intent.received,
    refusal: intent.refusal,
    silent: late,
  });
  if (
    after.save_method &&
    after.customer_id !== null &&
    intent.customerId !== null &&
    intent.methodId !== null &&
    intent.method
  ) {
    if (to === 'AUTHORIZED' || to === 'CAPTURED') {
      await keepMethod(tx, {
        id: newId(),
        customerId: after.customer_id,
        providerId: intent.methodId,
        details: intent.method,
      });
    }
  }
  return { payment: after, problem: null, next: late && to === 'CAPTURED' ? 'REFUND' : nextFor(after, to) };
}

/** Whether applying the intent would change nothing and nothing would follow: for reading without a lock. */
export function isKnown(payment: PaymentRow, intent: Intent): boolean {
  const said = stateOf(intent.status, payment.confirmed_by);
  if (isSecond(payment, intent)) return mismatch(payment, intent) === null && intent.status === 'canceled';
  return (
    mismatch(payment, intent) === null &&
    !canMove(payment.state, said) &&
    Object.keys(factsOf(payment, intent)).length === 0 &&
    nextFor(payment, said) === null
  );
}

type Step = {
  readonly to: PaymentState;
  readonly facts?: PaymentChange;
  /** Minor units that were captured. */
  readonly received?: bigint;
  readonly refusal?: Refusal | null;
  /** Nothing is told. */
  readonly silent?: boolean;
};

/** Moves a locked payment: state, books, and what is told, together. */
export async function move(
  tx: Transaction,
  work: Work,
  payment: PaymentRow,
  step: Step,
): Promise<PaymentRow> {
  const { to, facts = {}, received = 0n, refusal = null, silent = false } = step;
  const { id, order_id: orderId, amount, currency } = payment;
  const book = (kind: 'AUTHORIZED' | 'CAPTURED' | 'RELEASED', of: bigint) =>
    post(tx, { kind, amount: of, currency, orderId, paymentId: id, reference: id });
  const change: PaymentChange = {
    ...facts,
    state: to,
    ...(isFinal(to) ? { in_saga: false, redirect_url: null } : {}),
    ...(to === 'VOIDED' ? { provider_closed: true } : {}),
    ...(to === 'FAILED'
      ? { decline_code: refusal?.declineCode ?? null, failure: refusal?.message ?? null }
      : {}),
    ...(to === 'AUTHORIZED' || to === 'CAPTURED' ? { authorized: amount } : {}),
    ...(to === 'CAPTURED' ? { captured: received } : {}),
  };
  if ((to === 'AUTHORIZED' || to === 'CAPTURED') && payment.authorized === 0n)
    await book('AUTHORIZED', amount);
  if (to === 'CAPTURED') {
    await book('CAPTURED', received);
    if (received < amount) await book('RELEASED', amount - received);
  }
  if (to === 'VOIDED' && payment.authorized > 0n) await book('RELEASED', payment.authorized);
  const after = await updatePayment(tx, payment, change);
  if (!silent)
    await tell(tx, after, { skippedAuthorized: to === 'CAPTURED' && payment.authorized === 0n, refusal });
  afterCommit(tx, () => work.count.payment(to));
  return after;
}

/** Tells where a payment stands. Nobody waits for the authorisation of a payment that is being voided. */
export async function tell(
  tx: Transaction,
  payment: PaymentRow,
  {
    skippedAuthorized = false,
    refusal = null,
  }: { skippedAuthorized?: boolean; refusal?: Refusal | null } = {},
): Promise<void> {
  const aggregate = { type: 'Payment', id: payment.id };
  const ref = { paymentId: payment.id, orderId: payment.order_id };
  const money = (minor: bigint) => ({ ...ref, amount: minor.toString(), currency: payment.currency });
  const voiding = payment.void_requested_at !== null;
  if ((payment.state === 'AUTHORIZED' && !voiding) || skippedAuthorized) {
    await announce(tx, event('payment.authorized', aggregate, money(payment.amount)));
  }
  if (payment.state === 'REQUIRES_ACTION' && !voiding && payment.client_secret !== null) {
    const { client_secret: clientSecret, redirect_url: redirectUrl } = payment;
    await announce(tx, event('payment.action_required', aggregate, { ...ref, clientSecret, redirectUrl }));
  }
  if (payment.state === 'CAPTURED')
    await announce(tx, event('payment.captured', aggregate, money(payment.captured)));
  if (payment.state === 'VOIDED') await announce(tx, event('payment.voided', aggregate, ref));
  if (payment.state === 'FAILED') {
    const { decline_code: declineCode, failure } = payment;
    const message = failure ?? 'The payment failed.';
    await announce(
      tx,
      event('payment.failed', aggregate, {
        ...ref,
        stage: 'AUTHORIZE',
        declineCode,
        message,
        retryable: refusal?.retryable ?? false,
      }),
    );
  }
}

/** What is new in the intent besides its state. */
function factsOf(payment: PaymentRow, intent: Intent): PaymentChange {
  return {
    ...(payment.intent_id === intent.id ? {} : { intent_id: intent.id }),
    ...(payment.client_secret === intent.clientSecret || intent.clientSecret === null
      ? {}
      : { client_secret: intent.clientSecret }),
    ...(payment.redirect_url === intent.redirectUrl || isFinal(payment.state)
      ? {}
      : { redirect_url: intent.redirectUrl }),
    ...(intent.method === null || sameMethod(intent.method, payment.method) ? {} : { method: intent.method }),
    ...(intent.status === 'canceled' && !payment.provider_closed ? { provider_closed: true } : {}),
  };
}

function sameMethod(a: MethodDetails, b: MethodDetails | null): boolean {
  return (
    b !== null &&
    a.kind === b.kind &&
    a.brand === b.brand &&
    a.last4 === b.last4 &&
    a.expMonth === b.expMonth &&
    a.expYear === b.expYear
  );
}

function nextFor(payment: PaymentRow, providerState: PaymentState): Applied['next'] {
  if (payment.state === 'FAILED' || payment.state === 'VOIDED')
    return payment.provider_closed ? null : 'CLOSE';
  const open = providerState !== 'CAPTURED' && providerState !== 'VOIDED';
  return payment.void_requested_at !== null && open ? 'CLOSE' : null;
}
