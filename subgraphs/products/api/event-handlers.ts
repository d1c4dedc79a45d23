import { type Database } from '#platform/database.ts';
import { type Handlers } from '#platform/inbox.ts';
import { type ShopEvent } from '#schema/events.ts';

import { rememberBought } from '../actions/remember-purchase.ts';
import { noteStock } from '../actions/stock.ts';
import { requestSnapshot } from '../actions/tell-snapshot.ts';
import { type Catalogue } from './catalogue.ts';

type Parts = { readonly db: Database; readonly catalogue: Catalogue; readonly wake: (job: string) => void };

/** What products does about events of others. */
export function createHandlers({ db, catalogue, wake }: Parts): Handlers {
  return {
    // Outside, since what is cached may be forgotten only after the commit; the version makes a repetition harmless.
    'stock.availability_changed': {
      outside: async ({ data }: ShopEvent<'stock.availability_changed'>) => {
        const productId = await db.transaction(tx => noteStock(tx, data));
        if (productId !== null) catalogue.forgetLists();
      },
    },
    'order.placed': async (tx, { data }: ShopEvent<'order.placed'>) => {
      if (data.customerId !== null)
        await rememberBought(
          tx,
          data.lines.map(line => line.productId),
          data.customerId,
        );
    },
    'products.snapshot_requested': {
      outside: async () => {
        await db.transaction(tx => requestSnapshot(tx));
        wake('catalogue-snapshot');
      },
    },
  } as Handlers;
}
