import { type Envelope } from '#platform/bus.ts';
import { type Service, type Shared, startSubgraph } from '#platform/subgraph.ts';

import { importTopic, workImports } from './actions/import-catalogue.ts';
import { tellSnapshotPage } from './actions/tell-snapshot.ts';
import { refreshQueued } from './actions/upsert-category.ts';
import { createCatalogue } from './api/catalogue.ts';
import { type Context } from './api/context.ts';
import { createHandlers } from './api/event-handlers.ts';
import { createLoaders } from './api/loaders.ts';
import { resolvers } from './api/resolvers.ts';
import { type ProductsConfig } from './config.ts';

/** How long an import works before it lets go, so that a stop never waits for a long one. */
const sliceMs = 1_000;

/** Starts the products subgraph: catalogue, search, reviews and import. */
export function startProducts(config: ProductsConfig, shared: Shared): Promise<Service> {
  return startSubgraph<Context>({
    name: 'products',
    config,
    shared,
    entities: [],
    build: ({ db, live, log, cache, wake }) => {
      const catalogue = createCatalogue(db, cache);
      const forget = (product: { readonly id: string; readonly slug?: string }): void => {
        catalogue
          .forgetProduct(product)
          .catch((error: unknown) => log.warn({ err: error }, 'a cached product could not be forgotten'));
      };
      const observed = ({ data }: Envelope): void => {
        catalogue.forgetLists();
        const { productId } = data as { productId?: string };
        if (productId !== undefined) forget({ id: productId });
      };
      return {
        resolvers,
        context: request => ({ ...request, loaders: createLoaders(request), catalogue, wake }),
        handlers: createHandlers({ db, catalogue, wake }),
        observe: {
          types: [
            'product.published',
            'product.updated',
            'product.archived',
            'variant.upserted',
            'review.published',
            'review.hidden',
          ],
          listener: observed,
        },
        jobs: [
          {
            name: 'catalogue-import',
            everyMs: 2_000,
            run: async () => {
              const end = Date.now() + sliceMs;
              const left = await workImports(db, {
                stored: edited => {
                  catalogue.forgetLists();
                  forget(edited);
                },
                progress: id => live.signal(importTopic(id)),
                enough: () => Date.now() > end,
              });
              if (left) wake('catalogue-import');
            },
          },
          {
            name: 'catalogue-refresh',
            everyMs: 5_000,
            run: async () => {
              const ids = await db.transaction(refreshQueued);
              if (ids.length === 0) return;
              for (const id of ids) forget({ id });
              catalogue.forgetLists();
              wake('catalogue-refresh');
            },
          },
          {
            name: 'catalogue-snapshot',
            everyMs: 5_000,
            run: async () => {
              if (await tellSnapshotPage(db)) wake('catalogue-snapshot');
            },
          },
        ],
      };
    },
  });
}
