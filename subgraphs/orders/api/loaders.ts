import { type RequestContext } from '#platform/context.ts';
import { type Loader, batchLoader } from '#platform/loader.ts';

import { readerOf } from '../actions/reader.ts';
import {
  type FulfilmentRow,
  type OrderLineRow,
  type ReturnRow,
  type StepRow,
  type TimelineRow,
  fulfilmentsOf,
  linesOf,
  returnsOf,
  stepsOfOrders,
  timelinesOf,
} from '../store/order-parts.ts';
import { type OrderRow, countsOfCustomers, findOrders, isId, pagesOfCustomers } from '../store/orders.ts';

export type OrderLoaders = {
  /** By id or number, as far as the viewer may see it by himself: no guest token opens this door. */
  readonly order: Loader<string, OrderRow | null>;
  readonly lines: Loader<string, readonly OrderLineRow[]>;
  readonly fulfilments: Loader<string, readonly FulfilmentRow[]>;
  readonly returns: Loader<string, readonly ReturnRow[]>;
  readonly timeline: Loader<string, readonly TimelineRow[]>;
  readonly steps: Loader<string, readonly StepRow[]>;
  readonly countOfCustomer: Loader<string, number>;
  /** Pages of several customers that ask for the same page: one more row than `size` each. */
  pageOfCustomer(after: string | null, size: number): Loader<string, readonly OrderRow[]>;
};

type Part = { readonly orderId: string };

/** Loaders for one request: one statement per kind of part, however many orders a document shows. */
export function createOrderLoaders({ db, viewer }: Pick<RequestContext, 'db' | 'viewer'>): OrderLoaders {
  // Batching without remembering: a subscription lives long, and a document may hold several mutations.
  const uncached = { cache: false } as const;
  const parts = <P extends Part>(
    load: (em: ReturnType<typeof db.em>, ids: readonly string[]) => Promise<P[]>,
  ) =>
    batchLoader<string, readonly P[]>(async ids => {
      const byOrder = Map.groupBy(await load(db.em(), [...new Set(ids)]), part => part.orderId);
      return ids.map(id => byOrder.get(id) ?? []);
    }, uncached);
  const pages = new Map<string, Loader<string, readonly OrderRow[]>>();
  return {
    order: batchLoader(async keys => {
      const found = await findOrders(db.em(), [...new Set(keys)], readerOf(viewer, 'orders:read'));
      const byKey = new Map(
        found.flatMap(order => [[order.id, order] as const, [order.number, order] as const]),
      );
      return keys.map(key => byKey.get(key) ?? null);
    }, uncached),
    lines: parts(linesOf),
    fulfilments: parts(fulfilmentsOf),
    returns: parts(returnsOf),
    timeline: parts(timelinesOf),
    steps: parts(stepsOfOrders),
    countOfCustomer: batchLoader(async ids => {
      const counts = await countsOfCustomers(db.em(), ids.filter(isId));
      return ids.map(id => counts.get(id) ?? 0);
    }),
    pageOfCustomer: (after, size) => {
      const key = `${after ?? ''}:${size}`;
      let loader = pages.get(key);
      if (!loader) {
        loader = batchLoader(async ids => {
          const byCustomer = Map.groupBy(
            await pagesOfCustomers(db.em(), ids.filter(isId), after, size),
            order => order.customerId,
          );
          return ids.map(id => byCustomer.get(id) ?? []);
        });
        pages.set(key, loader);
      }
      return loader;
    },
  };
}
