import { type Service, type Shared, startSubgraph } from '#platform/subgraph.ts';

import { applyWebhooks } from './actions/apply-webhooks.ts';
import { followUp } from './actions/follow-up.ts';
import { receiveWebhook } from './actions/receive-webhook.ts';
import { reconcile } from './actions/reconcile.ts';
import { type Work } from './actions/work.ts';
import { type Context } from './api/context.ts';
import { eventHandlers } from './api/event-handlers.ts';
import { orderTopic } from './api/follow-payments.ts';
import { createLoaders } from './api/loaders.ts';
import { resolvers } from './api/resolvers.ts';
import { stripeWebhookRoutes } from './api/stripe-webhook.ts';
import { createStripe } from './clients/stripe.ts';
import { type PaymentsConfig } from './config.ts';
import { stateOfBooks } from './store/books.ts';
import { pruneWebhooks } from './store/webhook-events.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
/** Reconciliation looks back further than its period, so that nothing falls between two runs. */
const lookBackMs = 3 * hour;

const paymentEvents = [
  'payment.authorized',
  'payment.action_required',
  'payment.captured',
  'payment.failed',
  'payment.voided',
  'payment.refunded',
  'payment.refund_failed',
  'payment.disputed',
];
// A label takes only what is known: prom-client never forgets a series.
const webhookLabel = (type: string): string => /^(payment_intent|charge|refund)\./.exec(type)?.[1] ?? 'other';

/** Starts the payments subgraph. */
export function startPayments(config: PaymentsConfig, shared: Shared): Promise<Service> {
  return startSubgraph<Context>({
    name: 'payments',
    config,
    shared,
    entities: [],
    build: ({ db, live, log, metrics, tracing, wake }) => {
      const asked = metrics.counter('stripe_requests_total', 'Requests to Stripe, by outcome.', ['outcome']);
      const took = metrics.histogram(
        'stripe_request_duration_seconds',
        'Seconds that Stripe took to answer.',
        ['outcome'],
      );
      const hooks = metrics.counter('stripe_webhooks_total', 'Webhooks of Stripe, by kind and outcome.', [
        'type',
        'outcome',
      ]);
      const moved = metrics.counter('payments_total', 'Changes of payments, by the state they came to.', [
        'status',
      ]);
      // So that the first of each is an increase.
      for (const type of ['payment_intent', 'charge', 'refund', 'other'])
        for (const outcome of ['received', 'failed', 'quarantined', 'forged'])
          hooks.inc({ type, outcome }, 0);
      for (const status of ['AUTHORIZED', 'CAPTURED', 'VOIDED', 'FAILED']) moved.inc({ status }, 0);
      const differences = metrics.gauge(
        'payments_reconciliation_differences',
        'Differences to Stripe that the last reconciliation found.',
      );
      const unbooked = metrics.gauge(
        'payments_ledger_differences',
        'Ledger transactions that do not balance, and payments whose money is not what the ledger says.',
      );
      const overdue = metrics.gauge(
        'payments_overdue',
        'Payments that have found no end an hour after they should have.',
      );
      const provider = createStripe({
        secretKey: config.stripeSecretKey,
        apiBase: config.stripeApiBase,
        webhookSecrets: config.stripeWebhookSecrets,
        timeoutMs: config.stripeTimeoutMs,
        tracing,
        onRequest: (outcome, seconds) => {
          asked.inc({ outcome });
          took.observe({ outcome }, seconds);
        },
      });
      const count = {
        payment: (status: string) => moved.inc({ status }),
        webhook: (type: string, outcome: string) => hooks.inc({ type: webhookLabel(type), outcome }),
      };
      const work: Work = {
        db,
        provider,
        log,
        count,
        returnUrl: number => `${config.storefrontUrl}/orders/${encodeURIComponent(number)}`,
        livemode: /^.k_live_/.test(config.stripeSecretKey),
        quietMs: config.quietMs,
      };
      return {
        resolvers,
        context: request => ({ ...request, loaders: createLoaders(db), work }),
        handlers: eventHandlers(work),
        observe: {
          types: paymentEvents,
          listener: ({ data }) => live.signal(orderTopic((data as { readonly orderId: string }).orderId)),
        },
        jobs: [
          { name: 'webhooks', everyMs: second, run: () => applyWebhooks(work) },
          { name: 'follow-up', everyMs: 10 * second, run: () => followUp(work) },
          {
            name: 'books',
            everyMs: 10 * minute,
            run: async () => {
              const state = await stateOfBooks(db);
              unbooked.set(state.differences);
              overdue.set(state.overdue);
            },
          },
          {
            name: 'reconciliation',
            everyMs: hour,
            run: async () => {
              const now = new Date();
              const found = await reconcile(work, new Date(now.getTime() - lookBackMs), now);
              differences.set(found.missingLocally + found.missingAtProvider + found.amountMismatches);
              log.info(found, 'reconciled with Stripe');
              await pruneWebhooks(db);
            },
          },
        ],
        routes: stripeWebhookRoutes({
          verify: provider.verify,
          receive: notice => receiveWebhook(db, () => wake('webhooks'), notice),
          count: count.webhook,
        }),
      };
    },
  });
}
