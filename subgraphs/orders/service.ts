import { requestSnapshotIfEmpty } from '#platform/snapshots.ts';
import { type Service, type Shared, startSubgraph } from '#platform/subgraph.ts';
import { event } from '#schema/events.ts';

import { orderTopic } from './actions/await-checkout.ts';
import { type SagaSettings } from './actions/saga-effects.ts';
import { sweepOrders } from './actions/sweep-orders.ts';
import { createCartLoaders } from './api/cart-loaders.ts';
import { type Context } from './api/context.ts';
import { eventHandlers } from './api/event-handlers.ts';
import { createOrderLoaders } from './api/loaders.ts';
import { resolvers } from './api/resolvers.ts';
import { type OrdersConfig } from './config.ts';
import { deleteExpiredCarts } from './store/carts.ts';
import { isProjectionEmpty } from './store/catalogue.ts';

// product.md: the reservation's answer within 10 s, then 2 s more for the payment; the router allows 15 s in all.
const patience = { reserveMs: 10_000, paymentMs: 2_000 };

const snapshotRequest = event(
  'products.snapshot_requested',
  { type: 'Projection', id: 'orders' },
  { requestedBy: 'orders' },
);

// In minor units of any currency: from a coffee to a wardrobe, whether in yen, euros or dinars.
const valueBuckets = [500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 500_000, 1_000_000];

/** Starts the orders subgraph. */
export function startOrders(config: OrdersConfig, shared: Shared): Promise<Service> {
  const { guestTokenSecret, reservationMs, retryMs, currency, country } = config;
  const shop = { currency, country };
  return startSubgraph<Context>({
    name: 'orders',
    config,
    shared,
    entities: [],
    build: ({ db, live, metrics }) => {
      const overdue = metrics.counter(
        'checkout_steps_overdue_total',
        'Checkout steps without an answer in time.',
      );
      const placed = metrics.counter('orders_placed_total', 'Orders that were paid, or cost nothing.');
      const value = metrics.histogram(
        'order_value_minor_units',
        'Totals of placed orders in minor units of their currency.',
        ['currency'],
        valueBuckets,
      );
      const saga: SagaSettings = {
        guestTokenSecret,
        reservationMs,
        retryMs,
        onPlaced: ({ currency: of, total }) => {
          placed.inc();
          value.observe({ currency: of }, Number(total));
        },
      };
      return {
        resolvers,
        context: request => ({
          ...request,
          shop,
          saga,
          patience,
          cartLoaders: createCartLoaders(request),
          orderLoaders: createOrderLoaders(request),
        }),
        handlers: eventHandlers(saga),
        observe: {
          types: ['order.status_changed'],
          listener: ({ aggregate }) => live.signal(orderTopic(aggregate.id)),
        },
        jobs: [
          {
            name: 'sweep',
            everyMs: 2_000,
            run: async () => overdue.inc(await sweepOrders(db, saga, new Date())),
          },
          { name: 'expired-carts', everyMs: 600_000, run: () => deleteExpiredCarts(db.em()) },
        ],
        onStart: async () => void (await requestSnapshotIfEmpty(db, snapshotRequest, isProjectionEmpty)),
      };
    },
  });
}
