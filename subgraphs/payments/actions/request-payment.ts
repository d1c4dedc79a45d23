import { type Transaction } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { type ShopEvent, event } from '#schema/events.ts';

import { isFinal } from '../domain/payment.ts';
import { type Intent, type Refusal } from '../domain/provider.ts';
import {
  type PaymentRow,
  insertPayment,
  lockPayment,
  lockPaymentAndCall,
  lockPaymentsOfOrder,
  updatePayment,
} from '../store/payments.ts';
import { beginCall, endCall } from '../store/provider-calls.ts';
import { isForgotten, keepProviderCustomer, providerCustomer } from '../store/provider-customers.ts';
import { savedMethod } from '../store/saved-methods.ts';
import { isVoided } from '../store/voids.ts';
import { move, tell } from './apply-intent.ts';
import { settle } from './settle-payment.ts';
import { type Work, keyIsFresh } from './work.ts';

type Requested = ShopEvent<'order.payment_requested'>;

/**
 * Authorises an order's payment: our row first, then Stripe under a stored key, then the result with books and news.
 * A decline is an outcome; an outage is thrown, and the repetition goes on where this one stopped.
 */
export async function requestPayment(work: Work, request: Requested): Promise<void> {
  const payment = await work.db.transaction(tx => preparePayment(tx, request));
  if (payment?.state !== 'CREATED') return;
  const method = await chooseMethod(work, request);
  if (method === null)
    return refuse(work, payment.id, {
      declineCode: 'saved_method_missing',
      message: 'This saved payment method is not there any more.',
      retryable: false,
    });
  const key = `pi:${payment.id}:${payment.attempt}`;
  const call = await work.db.transaction(tx => beginAuthorisation(tx, work, payment.id, key));
  if (call === null) return;
  if (!keyIsFresh(call.started_at)) return lookAgain(work, payment);
  const { orderId, number, customerId } = request.data;
  const outcome = await work.provider.createIntent(
    {
      paymentId: payment.id,
      orderId,
      orderNumber: number,
      amount: payment.amount,
      currency: payment.currency,
      methodToken: method.token,
      providerCustomerId:
        customerId !== null && (payment.save_method || method.saved)
          ? await customerAtProvider(work, customerId)
          : null,
      saveMethod: payment.save_method,
      returnUrl: work.returnUrl(number),
    },
    key,
  );
  if (outcome.kind === 'keyReused') return lookAgain(work, payment);
  if (outcome.kind === 'refused' && outcome.intent === null) await refuse(work, payment.id, outcome.refusal);
  else {
    const intent = outcome.kind === 'done' ? outcome.value : withRefusal(outcome.intent, outcome.refusal);
    if (intent) await applyChecked(work, payment.id, intent);
  }
  await endCall(work.db, key);
}

/** Finds what became of a payment whose key can no longer be trusted; when the provider knows nothing, it is tried under a new key. */
async function lookAgain(work: Work, payment: PaymentRow): Promise<void> {
  const intent = await work.provider.findIntent(payment.id);
  if (intent) return applyChecked(work, payment.id, intent);
  await work.db.transaction(async tx => {
    const locked = await lockPayment(tx, payment.id);
    if (locked?.state === 'CREATED') await updatePayment(tx, locked, { attempt: locked.attempt + 1 });
  });
  throw new Error(`payment ${payment.id} is tried again under a new key`);
}

async function applyChecked(work: Work, paymentId: string, intent: Intent): Promise<void> {
  const { problem } = await settle(work, paymentId, intent);
  if (problem !== null)
    throw new Error(`Stripe's intent ${intent.id} does not fit payment ${paymentId}: ${problem}`);
}

function withRefusal(intent: Intent | null, refusal: Refusal): Intent | null {
  return intent && { ...intent, refusal: intent.refusal ?? refusal };
}

/** Stores the payment, or finds the one that this order has. Null when there is nothing to do. */
async function preparePayment(
  tx: Transaction,
  { id: requestId, data }: Requested,
): Promise<PaymentRow | null> {
  const { orderId, number, customerId, amount, currency, guestTokenHash, deadline, method } = data;
  const voided = await isVoided(tx, orderId);
  const payments = await lockPaymentsOfOrder(tx, orderId);
  const mine = payments.find(payment => payment.request_id === requestId);
  if (mine) return mine;
  if (voided) {
    // What became of money that is open or taken, only the void may tell.
    if (payments.some(payment => payment.state !== 'VOIDED' && payment.state !== 'FAILED')) return null;
    const ref = { paymentId: newId(), orderId };
    const failed = {
      ...ref,
      stage: 'AUTHORIZE',
      declineCode: null,
      message: 'The order was given up.',
      retryable: false,
    } as const;
    await announce(tx, event('payment.failed', { type: 'Payment', id: ref.paymentId }, failed));
    return null;
  }
  const open = payments.find(payment => !isFinal(payment.state));
  if (open) {
    await tell(tx, open);
    return open;
  }
  // What is paid is not paid again.
  if (payments.some(payment => payment.state === 'CAPTURED')) return null;
  // An order pays once: who asks again has not heard yet how that ended.
  const ended = payments.at(-1);
  if (ended) {
    await tell(tx, ended);
    return null;
  }
  const id = newId();
  const payment = await insertPayment(tx, {
    id,
    request_id: requestId,
    order_id: orderId,
    order_number: number,
    customer_id: customerId,
    guest_token_hash: guestTokenHash,
    amount: BigInt(amount),
    currency,
    confirmed_by: method.token === null && method.savedMethodId === null ? 'CLIENT' : 'SERVER',
    save_method: method.save && customerId !== null,
    deadline: new Date(deadline),
  });
  if (!payment) throw new Error(`order ${orderId} has another payment that was made at the same moment`);
  return payment;
}

/** Stores the key before the call. Null when the payment must not be tried any more: voided, or too late and never begun. */
async function beginAuthorisation(tx: Transaction, work: Work, paymentId: string, key: string) {
  const payment = await lockPaymentAndCall(tx, paymentId, key);
  if (payment?.state !== 'CREATED') return null;
  if (!payment.begun) {
    if (payment.void_requested_at !== null) {
      await move(tx, work, payment, { to: 'VOIDED' });
      return null;
    }
    if (payment.deadline.getTime() <= Date.now()) {
      await move(tx, work, payment, {
        to: 'FAILED',
        facts: { provider_closed: true },
        refusal: { declineCode: null, message: 'The time to pay is over.', retryable: false },
      });
      return null;
    }
  }
  return beginCall(tx, { key, paymentId, amount: payment.amount });
}

async function refuse(work: Work, paymentId: string, refusal: Refusal): Promise<void> {
  await work.db.transaction(async tx => {
    const payment = await lockPayment(tx, paymentId);
    if (payment?.state === 'CREATED')
      await move(tx, work, payment, { to: 'FAILED', facts: { provider_closed: true }, refusal });
  });
}

/** The token to confirm with; null token: the client confirms. Null altogether: the saved method is not there. */
async function chooseMethod(
  work: Work,
  { data }: Requested,
): Promise<{ token: string | null; saved: boolean } | null> {
  const { savedMethodId, token } = data.method;
  if (savedMethodId === null) return { token, saved: false };
  const saved = data.customerId === null ? null : await savedMethod(work.db, savedMethodId, data.customerId);
  return saved && { token: saved.provider_id, saved: true };
}

/** Null for who has deleted their account meanwhile: the provider need not know them. */
async function customerAtProvider(work: Work, customerId: string): Promise<string | null> {
  if (await isForgotten(work.db, customerId)) return null;
  const known = await providerCustomer(work.db, customerId);
  if (known !== null) return known;
  const key = `cus:${customerId}`;
  await work.db.transaction(tx => beginCall(tx, { key, paymentId: null, amount: null }));
  const made = await keepProviderCustomer(
    work.db,
    customerId,
    await work.provider.createCustomer(customerId, key),
  );
  await endCall(work.db, key);
  return made;
}
