import { type PaymentState } from './payment.ts';

/** Stripe's PaymentIntent statuses (docs.stripe.com/payments/paymentintents/lifecycle). */
export const intentStatuses = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'canceled',
  'succeeded',
] as const;
export type IntentStatus = (typeof intentStatuses)[number];

/** Who confirms: we, with the token that came with the checkout, or the client, with the secret that it was given. */
export type ConfirmedBy = 'SERVER' | 'CLIENT';

/** What a client may show of a payment method. */
export type MethodDetails = {
  readonly kind: string;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expMonth: number | null;
  readonly expYear: number | null;
};

/** A PaymentIntent as we read it: our words, minor units, upper-case currency. */
export type Intent = {
  readonly id: string;
  readonly status: IntentStatus;
  readonly amount: bigint;
  readonly capturable: bigint;
  readonly received: bigint;
  readonly currency: string;
  /** Our ids, from its metadata; null when somebody else made it. */
  readonly paymentId: string | null;
  readonly clientSecret: string | null;
  readonly redirectUrl: string | null;
  readonly method: MethodDetails | null;
  readonly methodId: string | null;
  readonly customerId: string | null;
  readonly livemode: boolean;
  readonly refusal: Refusal | null;
};

/** Whether text in the provider's metadata can be an id of ours: others write there too. */
export function isOurId(text: string | null): text is string {
  return text !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** Why the issuer or the provider said no. */
export type Refusal = {
  readonly declineCode: string | null;
  readonly message: string;
  readonly retryable: boolean;
};

/** A refund at the provider. */
export type ProviderRefund = {
  readonly id: string;
  readonly intentId: string | null;
  readonly refundId: string | null;
  readonly amount: bigint;
  readonly currency: string;
  readonly status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  readonly failure: string | null;
};

/** A webhook whose signature was right. */
export type Notice = {
  readonly eventId: string;
  readonly type: string;
  readonly objectId: string;
  readonly intentId: string | null;
  readonly happenedAt: Date;
  readonly livemode: boolean;
};

// Everything that these say is said again by the intent's own events.
const saidElsewhere = new Set([
  'payment_intent.created',
  'charge.succeeded',
  'charge.captured',
  'charge.failed',
  'charge.updated',
]);

/** What a kind of webhook is about, as far as it concerns us; null for all that we do without. */
export function subjectOf(type: string): 'intent' | 'refund' | 'charge' | 'dispute' | null {
  if (saidElsewhere.has(type)) return null;
  if (type.startsWith('payment_intent.')) return 'intent';
  if (type.startsWith('refund.') || type === 'charge.refund.updated') return 'refund';
  if (type === 'charge.refunded') return 'charge';
  return type.startsWith('charge.dispute.') ? 'dispute' : null;
}

/** Stripe's status in our words. An intent that we confirmed and that asks for a method again was refused. */
export function stateOf(status: IntentStatus, confirmedBy: ConfirmedBy): PaymentState {
  switch (status) {
    case 'requires_payment_method':
    case 'requires_confirmation':
      return confirmedBy === 'CLIENT' ? 'REQUIRES_ACTION' : 'FAILED';
    case 'requires_action':
      return 'REQUIRES_ACTION';
    case 'processing':
      return 'PROCESSING';
    case 'requires_capture':
      return 'AUTHORIZED';
    case 'succeeded':
      return 'CAPTURED';
    case 'canceled':
      return 'VOIDED';
  }
}

type Expected = { readonly id: string; readonly amount: bigint; readonly currency: string };

/** Why this intent cannot be the payment's; null when it is. Amounts of the provider are compared, never copied. */
export function mismatch(payment: Expected, intent: Intent): string | null {
  if (intent.paymentId !== payment.id) return 'PAYMENT_MISMATCH';
  if (intent.currency !== payment.currency) return 'CURRENCY_MISMATCH';
  if (intent.amount !== payment.amount) return 'AMOUNT_MISMATCH';
  if (intent.received > payment.amount || intent.capturable > payment.amount) return 'AMOUNT_MISMATCH';
  return null;
}

/**
 * Whether this is a second intent of the payment: made under another key while nobody could find out that the first had been
 * made (Stripe's search lags by up to a minute).
 */
export function isSecond(payment: { readonly intent_id: string | null }, intent: Intent): boolean {
  return payment.intent_id !== null && payment.intent_id !== intent.id;
}

// docs.stripe.com/declines/codes: the customer may try the same card again with any hope only after these.
const mayWorkLater = new Set([
  'insufficient_funds',
  'processing_error',
  'try_again_later',
  'issuer_not_available',
  'approve_with_id',
  'reenter_transaction',
]);

/** Whether the same payment method may succeed later. */
export function isRetryable(declineCode: string | null): boolean {
  return declineCode !== null && mayWorkLater.has(declineCode);
}
