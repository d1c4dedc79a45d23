import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import Stripe from 'stripe';

import { type Minor } from '#platform/money.ts';
import { type Tracing } from '#platform/tracing.ts';

import { type Intent, type Notice, type ProviderRefund, type Refusal } from '../domain/provider.ts';
import { createStripeHttp } from './stripe-http.ts';
import { idOf, intentOf, noticeOf, refundOf, refusalOf, stripeAmount } from './stripe-objects.ts';

/** What was asked of the provider and what it said. A refusal is an outcome; only outages and faults are thrown. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly intent: Intent | null }
  /** The key was used before with other parameters: find out what became of it before doing anything else. */
  | { readonly kind: 'keyReused' };

export type NewIntent = {
  readonly paymentId: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly amount: bigint;
  readonly currency: string;
  /** Null: the client confirms. */
  readonly methodToken: string | null;
  readonly providerCustomerId: string | null;
  readonly saveMethod: boolean;
  readonly returnUrl: string;
};

/** Stripe in our words. The only door to it; every write takes the key that we stored before. */
export type Provider = {
  createIntent(input: NewIntent, key: string): Promise<Outcome<Intent>>;
  /** Null when there is none. */
  intent(id: string): Promise<Intent | null>;
  /** The intent made for our payment, whoever remembers its id; null when there is none. */
  findIntent(paymentId: string): Promise<Intent | null>;
  capture(id: string, amount: Minor, key: string): Promise<Outcome<Intent>>;
  cancel(id: string, key: string): Promise<Outcome<Intent>>;
  createRefund(
    input: { intentId: string; refundId: string; amount: Minor },
    key: string,
  ): Promise<Outcome<ProviderRefund>>;
  refund(id: string): Promise<ProviderRefund | null>;
  refundsOf(intentId: string): Promise<readonly ProviderRefund[]>;
  dispute(
    id: string,
  ): Promise<{ readonly intentId: string | null; readonly reason: string; readonly open: boolean } | null>;
  createCustomer(customerId: string, key: string): Promise<string>;
  /** With all that is kept of them; gone already is as good. What they paid can still be refunded. */
  deleteCustomer(id: string): Promise<void>;
  detachMethod(id: string, key: string): Promise<void>;
  intentsBetween(from: Date, to: Date): AsyncIterable<Intent>;
  refundsBetween(from: Date, to: Date): AsyncIterable<ProviderRefund>;
  /** The notice in a signed body; null when no secret of ours signed it within the last five minutes. */
  verify(body: Buffer, signature: string): Notice | null;
};

type Settings = {
  readonly secretKey: string;
  /** http(s)://host:port of a stand-in; null is Stripe itself. */
  readonly apiBase: string | null;
  /** More than one while a secret is being rotated. */
  readonly webhookSecrets: readonly string[];
  readonly timeoutMs: number;
  readonly tracing: Tracing;
  /** Told after every request: «ok», Stripe's error type, or «circuit_open»; and the seconds that it took. */
  readonly onRequest: (outcome: string, seconds: number) => void;
};

/** The API version that answers are read as; the webhook endpoint in Stripe's dashboard should say the same. */
export const apiVersion = '2026-10-28.endive';
const toleranceSeconds = 300;
const expand = ['payment_method'];

/** Connects to Stripe, or to the stand-in: the same SDK, only host and port differ. */
export function createStripe({
  secretKey,
  apiBase,
  webhookSecrets,
  timeoutMs,
  tracing,
  onRequest,
}: Settings): Provider {
  const base = apiBase === null ? null : new URL(apiBase);
  const stripe = new Stripe(secretKey, {
    apiVersion,
    telemetry: false,
    maxNetworkRetries: 2,
    timeout: timeoutMs,
    httpClient: createStripeHttp(tracing),
    ...(base === null
      ? {}
      : {
          host: base.hostname,
          port: base.port || (base.protocol === 'http:' ? 80 : 443),
          protocol: base.protocol === 'http:' ? 'http' : 'https',
        }),
  });

  // While Stripe is down, requests fail at once instead of holding a worker for the whole timeout.
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: 5_000,
    breaker: new ConsecutiveBreaker(20),
  });

  const counted = async <T>(run: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const told = (outcome: string): void => onRequest(outcome, (performance.now() - started) / 1_000);
    try {
      const result = await breaker.execute(run);
      told('ok');
      return result;
    } catch (error) {
      told(
        error instanceof Stripe.errors.StripeError
          ? error.type
          : error instanceof BrokenCircuitError
            ? 'circuit_open'
            : 'unknown',
      );
      throw error;
    }
  };
  const outcome = async <T>(run: () => Promise<T>): Promise<Outcome<T>> => {
    try {
      return { kind: 'done', value: await counted(run) };
    } catch (error) {
      if (error instanceof Stripe.errors.StripeIdempotencyError) return { kind: 'keyReused' };
      if (
        error instanceof Stripe.errors.StripeCardError ||
        error instanceof Stripe.errors.StripeInvalidRequestError
      ) {
        return {
          kind: 'refused',
          refusal: refusalOf(error),
          intent: error.payment_intent ? intentOf(error.payment_intent) : null,
        };
      }
      throw error;
    }
  };
  const orNull = async <T>(run: () => Promise<T>): Promise<T | null> => {
    try {
      return await counted(run);
    } catch (error) {
      if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing')
        return null;
      throw error;
    }
  };
  const created = (from: Date, to: Date) => ({
    gte: Math.floor(from.getTime() / 1_000),
    lt: Math.ceil(to.getTime() / 1_000),
  });

  return {
    createIntent: (input, key) =>
      outcome(async () =>
        intentOf(await stripe.paymentIntents.create(intentParams(input), { idempotencyKey: key })),
      ),
    intent: id => orNull(async () => intentOf(await stripe.paymentIntents.retrieve(id, { expand }))),
    findIntent: paymentId =>
      counted(async () => {
        const { data } = await stripe.paymentIntents.search({
          query: `metadata['payment_id']:'${paymentId}'`,
          limit: 1,
        });
        return data[0] ? intentOf(data[0]) : null;
      }),
    capture: (id, amount, key) =>
      outcome(async () =>
        intentOf(
          await stripe.paymentIntents.capture(
            id,
            { amount_to_capture: stripeAmount(amount.minor, amount.currency), expand },
            { idempotencyKey: key },
          ),
        ),
      ),
    cancel: (id, key) =>
      outcome(async () =>
        intentOf(await stripe.paymentIntents.cancel(id, { expand }, { idempotencyKey: key })),
      ),
    createRefund: ({ intentId, refundId, amount }, key) =>
      outcome(async () => {
        const params = {
          payment_intent: intentId,
          amount: stripeAmount(amount.minor, amount.currency),
          metadata: { refund_id: refundId },
        };
        return refundOf(await stripe.refunds.create(params, { idempotencyKey: key }));
      }),
    refund: id => orNull(async () => refundOf(await stripe.refunds.retrieve(id))),
    refundsOf: intentId =>
      counted(async () =>
        (
          await stripe.refunds
            .list({ payment_intent: intentId, limit: 100 })
            .autoPagingToArray({ limit: 1_000 })
        ).map(refundOf),
      ),
    dispute: id =>
      orNull(async () => {
        const { payment_intent: intent, reason, status } = await stripe.disputes.retrieve(id);
        return { intentId: idOf(intent), reason, open: status !== 'won' && status !== 'warning_closed' };
      }),
    createCustomer: (customerId, key) =>
      counted(
        async () =>
          (await stripe.customers.create({ metadata: { customer_id: customerId } }, { idempotencyKey: key }))
            .id,
      ),
    deleteCustomer: async id => {
      await orNull(() => stripe.customers.del(id));
    },
    detachMethod: async (id, key) => {
      const result = await outcome(() => stripe.paymentMethods.detach(id, {}, { idempotencyKey: key }));
      // Detached already, or gone: as wanted.
      if (result.kind === 'keyReused') throw new Error('the detach key was used for something else');
    },
    intentsBetween: (from, to) =>
      mapped(stripe.paymentIntents.list({ created: created(from, to), limit: 100 }), intentOf),
    refundsBetween: (from, to) =>
      mapped(stripe.refunds.list({ created: created(from, to), limit: 100 }), refundOf),
    verify: (body, signature) => {
      for (const secret of webhookSecrets) {
        try {
          return noticeOf(stripe.webhooks.constructEvent(body, signature, secret, toleranceSeconds));
        } catch (error) {
          if (
            !(error instanceof Stripe.errors.StripeSignatureVerificationError) &&
            !(error instanceof SyntaxError)
          )
            throw error;
        }
      }
      return null;
    },
  };
}

function isOutage(error: unknown): boolean {
  const { StripeConnectionError, StripeAPIError, StripeRateLimitError } = Stripe.errors;
  return [StripeConnectionError, StripeAPIError, StripeRateLimitError].some(kind => error instanceof kind);
}

function intentParams(input: NewIntent): Stripe.PaymentIntentCreateParams {
  const { paymentId, orderId, orderNumber, methodToken, providerCustomerId } = input;
  return {
    amount: stripeAmount(input.amount, input.currency),
    currency: input.currency.toLowerCase(),
    capture_method: 'manual',
    // Only methods that can be held and captured later.
    automatic_payment_methods: { enabled: true },
    description: `Order ${orderNumber}`,
    metadata: { payment_id: paymentId, order_id: orderId, order_number: orderNumber },
    expand,
    ...(providerCustomerId === null ? {} : { customer: providerCustomerId }),
    ...(input.saveMethod && providerCustomerId !== null ? { setup_future_usage: 'on_session' } : {}),
    ...(methodToken === null
      ? {}
      : { confirm: true, payment_method: methodToken, return_url: input.returnUrl }),
  };
}

async function* mapped<T, R>(source: AsyncIterable<T>, map: (item: T) => R): AsyncIterable<R> {
  for await (const item of source) yield map(item);
}
