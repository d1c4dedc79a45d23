import type Stripe from 'stripe';

import { exponent } from '#platform/money.ts';

import {
  type Intent,
  type IntentStatus,
  type MethodDetails,
  type Notice,
  type ProviderRefund,
  type Refusal,
  intentStatuses,
  isRetryable,
} from '../domain/provider.ts';

/** The id of something that is expanded or not. */
export function idOf(value: string | { readonly id: string } | null | undefined): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null);
}

function statusOf(status: string): IntentStatus {
  const known = intentStatuses.find(each => each === status);
  if (!known) throw new Error(`Stripe answered a payment intent with the unknown status ${status}`);
  return known;
}

// docs.stripe.com/currencies#special-cases: without a fraction in ISO 4217, with two digits at Stripe.
const hundredfold = new Set(['ISK', 'UGX']);
// There too: currencies of three decimals are charged in tens, which are our minor units.
const tenfold = (currency: string): boolean => exponent(currency) === 3;

function factor(currency: string): bigint {
  const code = currency.toUpperCase();
  return hundredfold.has(code) ? 100n : tenfold(code) ? 10n : 1n;
}

/** Our minor units as the whole number that Stripe takes for this currency. */
export function stripeAmount(minor: bigint, currency: string): number {
  return Number(minor * factor(currency));
}

/** Stripe's number in our minor units: where it has digits too many, they are always 0. */
function minorOf(amount: number, currency: string): bigint {
  return BigInt(amount) / factor(currency);
}

/** A PaymentIntent in our words. Throws when Stripe uses a status that we do not know. */
export function intentOf(intent: Stripe.PaymentIntent): Intent {
  const method = typeof intent.payment_method === 'object' ? intent.payment_method : null;
  const shown = method ?? intent.last_payment_error?.payment_method ?? null;
  return {
    id: intent.id,
    status: statusOf(intent.status),
    amount: minorOf(intent.amount, intent.currency),
    capturable: minorOf(intent.amount_capturable, intent.currency),
    received: minorOf(intent.amount_received, intent.currency),
    currency: intent.currency.toUpperCase(),
    paymentId: intent.metadata['payment_id'] ?? null,
    clientSecret: intent.client_secret,
    redirectUrl: intent.next_action?.redirect_to_url?.url ?? null,
    method: shown ? detailsOf(shown) : null,
    methodId: idOf(intent.payment_method),
    customerId: idOf(intent.customer),
    livemode: intent.livemode,
    refusal: intent.last_payment_error ? refusalOf(intent.last_payment_error) : null,
  };
}

function detailsOf({ type, card }: Stripe.PaymentMethod): MethodDetails {
  return {
    kind: type,
    brand: card?.brand ?? null,
    last4: card?.last4 ?? null,
    expMonth: card?.exp_month ?? null,
    expYear: card?.exp_year ?? null,
  };
}

type Said = {
  readonly code?: string | undefined;
  readonly decline_code?: string | undefined;
  readonly message?: string | undefined;
};

/** Why something was refused, from an error or from an intent's last payment error. */
export function refusalOf({ code, decline_code: decline, message }: Said): Refusal {
  const declineCode = decline ?? code ?? null;
  return { declineCode, message: message ?? 'The payment was refused.', retryable: isRetryable(declineCode) };
}

/** A refund in our words. */
export function refundOf(refund: Stripe.Refund): ProviderRefund {
  const status =
    refund.status === 'succeeded'
      ? 'SUCCEEDED'
      : refund.status === 'failed' || refund.status === 'canceled'
        ? 'FAILED'
        : 'PENDING';
  return {
    id: refund.id,
    intentId: idOf(refund.payment_intent),
    refundId: refund.metadata?.['refund_id'] ?? null,
    amount: minorOf(refund.amount, refund.currency),
    currency: refund.currency.toUpperCase(),
    status,
    failure: refund.failure_reason ?? null,
  };
}

/** What a verified event is about. */
export function noticeOf(event: Stripe.Event): Notice {
  const object = event.data.object as {
    readonly id?: string;
    readonly object?: string;
    readonly payment_intent?: string | { id: string } | null;
  };
  return {
    eventId: event.id,
    type: event.type,
    objectId: object.id ?? '',
    intentId: object.object === 'payment_intent' ? (object.id ?? null) : idOf(object.payment_intent),
    happenedAt: new Date(event.created * 1_000),
    livemode: event.livemode,
  };
}
