import { requestSnapshotIfEmpty } from '#platform/snapshots.ts';
import { type Service, type Shared, startSubgraph } from '#platform/subgraph.ts';
import { event } from '#schema/events.ts';

import { expireReservations } from './actions/expire-reservations.ts';
import { type Context } from './api/context.ts';
import { createHandlers } from './api/event-handlers.ts';
import { createLoaders } from './api/loaders.ts';
import { resolvers } from './api/resolvers.ts';
import { stockTopic } from './api/watch-stock.ts';
import { type InventoryConfig } from './config.ts';
import { Warehouse } from './store/entities.ts';
import { isNoVariantKnown } from './store/variants.ts';

const snapshotRequest = event(
  'products.snapshot_requested',
  { type: 'Projection', id: 'inventory' },
  { requestedBy: 'inventory' },
);

/** Starts inventory: its API, the events it listens to, and the sweeper of expired reservations. */
export async function startInventory(config: InventoryConfig, shared: Shared): Promise<Service> {
  const { lowStockThreshold, sweepMs } = config;
  return startSubgraph<Context>({
    name: 'inventory',
    config,
    shared,
    entities: [Warehouse],
    build: ({ db, live, metrics }) => {
      const reservations = metrics.counter(
        'stock_reservations_total',
        'Reservations of stock by what became of them: reserved, rejected, committed, released or expired.',
        ['outcome'],
      );
      for (const outcome of ['reserved', 'rejected', 'expired']) reservations.inc({ outcome }, 0);
      return {
        resolvers,
        context: request => ({
          ...request,
          loaders: createLoaders(db),
          lowStockThreshold,
          overdueGraceSeconds: 30 + (2 * sweepMs) / 1_000,
        }),
        handlers: createHandlers(db, lowStockThreshold, outcome => reservations.inc({ outcome })),
        onStart: async () => void (await requestSnapshotIfEmpty(db, snapshotRequest, isNoVariantKnown)),
        observe: {
          types: ['stock.availability_changed'],
          listener: envelope => live.signal(stockTopic(envelope.aggregate.id)),
        },
        jobs: [
          {
            name: 'expire-reservations',
            everyMs: sweepMs,
            run: async () =>
              reservations.inc({ outcome: 'expired' }, await expireReservations(db, lowStockThreshold)),
          },
        ],
      };
    },
  });
}
