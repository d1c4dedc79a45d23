import { type Service, type Shared, startSubgraph } from '#platform/subgraph.ts';

import { expireReservations } from './actions/expire-reservations.ts';
import { requestVariantsIfUnknown } from './actions/request-variants.ts';
import { type Context } from './api/context.ts';
import { createHandlers } from './api/event-handlers.ts';
import { createLoaders } from './api/loaders.ts';
import { resolvers } from './api/resolvers.ts';
import { stockTopic } from './api/watch-stock.ts';
import { type InventoryConfig } from './config.ts';
import { Warehouse } from './store/entities.ts';

/** Starts inventory: its API, the events it listens to, and the sweeper of expired reservations. */
export async function startInventory(config: InventoryConfig, shared: Shared): Promise<Service> {
  const { lowStockThreshold, sweepMs } = config;
  return startSubgraph<Context>({
    name: 'inventory',
    config,
    shared,
    entities: [Warehouse],
    build: ({ db, live }) => ({
      resolvers,
      context: request => ({
        ...request,
        loaders: createLoaders(db),
        lowStockThreshold,
        overdueGraceSeconds: 30 + (2 * sweepMs) / 1_000,
      }),
      handlers: createHandlers(db, lowStockThreshold),
      onStart: async () => void (await requestVariantsIfUnknown(db)),
      observe: {
        types: ['stock.availability_changed'],
        listener: envelope => live.signal(stockTopic(envelope.aggregate.id)),
      },
      jobs: [
        {
          name: 'expire-reservations',
          everyMs: sweepMs,
          run: () => expireReservations(db, lowStockThreshold),
        },
      ],
    }),
  });
}
