import { newId } from '#platform/ids.ts';
import { afterFile } from '#platform/testing/cleanup.ts';
import { type TestSubgraph, testSubgraph } from '#platform/testing/subgraph.ts';
import { type Viewer } from '#platform/viewer.ts';
import { catalogue } from '#schema/catalogue.ts';

import { type StripeStandIn, startStripe } from '../../../embedded/stripe/server.ts';
import { startPayments } from '../service.ts';

export const webhookSecret = 'whsec_of_the_tests';

/** Staff with all that payments asks for. */
export const staff: Viewer = {
  kind: 'customer',
  id: '0198c0de-0000-7000-8000-00000000aaaa',
  sessionId: null,
  scopes: ['payments:read', 'payments:write'],
};

/** A customer without any scope. */
export const customer = (id: string): Viewer => ({ kind: 'customer', id, sessionId: null, scopes: [] });

export type Shop = TestSubgraph & {
  readonly stripe: StripeStandIn;
  readonly hookUrl: string;
  /** Asks for a payment as orders would; answers the order's id. */
  pay(overrides?: PaymentOverrides): Promise<string>;
  /** Tells payments one of the checkout's other wishes. */
  ask(
    type: 'order.capture_requested' | 'order.payment_void_requested' | 'order.refund_requested',
    orderId: string,
    more?: object,
  ): Promise<string>;
  /** The order's newest payment, as stored. */
  payment(orderId: string): Promise<Record<string, unknown>>;
  /** The types of what was told about an order, in order. */
  told(orderId: string): Promise<string[]>;
};

type PaymentOverrides = {
  readonly orderId?: string;
  readonly customerId?: string | null;
  readonly token?: string | null;
  readonly savedMethodId?: string | null;
  readonly save?: boolean;
  readonly amount?: string;
  readonly currency?: string;
  readonly guestTokenHash?: string | null;
  readonly deadline?: Date;
  readonly eventId?: string;
};

/** The payments subgraph as production starts it, on real PostgreSQL, with the Stripe stand-in at the other end of the SDK. */
export async function startShop({ webhooks = true }: { readonly webhooks?: boolean } = {}): Promise<Shop> {
  const stripe = await startStripe({
    port: 0,
    secretKey: 'sk_test_tests',
    webhookSecret,
    retryDelays: [20, 50],
  });
  afterFile(() => stripe.stop());
  const subgraph = await testSubgraph({
    name: 'payments',
    catalogue,
    start: (settings, shared) =>
      startPayments(
        {
          ...settings,
          stripeSecretKey: 'sk_test_tests',
          stripeApiBase: stripe.url,
          stripeWebhookSecrets: ['whsec_of_yesterday', webhookSecret],
          stripeTimeoutMs: 2_000,
          storefrontUrl: 'https://shop.example',
          quietMs: 0,
        },
        shared,
      ),
  });
  const hookUrl = subgraph.service.url.replace('/graphql', '/webhooks/stripe');
  if (webhooks) stripe.control.webhookUrl(hookUrl);
  const { db } = subgraph.service;

  return {
    ...subgraph,
    stripe,
    hookUrl,
    pay: async (overrides = {}) => {
      const orderId = overrides.orderId ?? newId();
      await subgraph.deliver(requested(orderId, overrides), overrides.eventId);
      return orderId;
    },
    ask: (type, orderId, more = {}) =>
      subgraph.deliver({
        type,
        aggregate: { type: 'Order', id: orderId },
        data: { orderId, ...(type === 'order.payment_void_requested' ? { reason: 'test' } : {}), ...more },
      }),
    payment: async orderId => {
      const [payment] = await db.query<Record<string, unknown>>(
        'select * from payments where order_id = ? order by created_at desc',
        [orderId],
      );
      if (!payment) throw new Error(`order ${orderId} has no payment`);
      return payment;
    },
    told: async orderId =>
      (await subgraph.announced())
        .filter(({ data }) => (data as { orderId: string }).orderId === orderId)
        .map(each => each.type),
  };
}

function requested(orderId: string, overrides: PaymentOverrides) {
  const { customerId = null, token = 'pm_card_visa', savedMethodId = null, save = false } = overrides;
  return {
    type: 'order.payment_requested',
    aggregate: { type: 'Order', id: orderId },
    data: {
      orderId,
      number: `N${orderId.slice(-6)}`,
      customerId,
      amount: overrides.amount ?? '5000',
      currency: overrides.currency ?? 'EUR',
      email: 'ada@example.com',
      guestTokenHash: overrides.guestTokenHash ?? null,
      deadline: (overrides.deadline ?? new Date(Date.now() + 900_000)).toISOString(),
      method: { token: savedMethodId === null ? token : null, savedMethodId, save },
    },
  };
}
