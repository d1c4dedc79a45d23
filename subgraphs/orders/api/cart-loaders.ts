import { type RequestContext } from '#platform/context.ts';
import { type Loader, batchLoader } from '#platform/loader.ts';

import { customerOf } from '../actions/change-cart.ts';
import { type ShopDefaults, isCartId } from '../domain/cart.ts';
import { type CartRow, findCarts, latestOpenCarts } from '../store/carts.ts';
import { isId } from '../store/orders.ts';
import { type PricedCartRow, loadPricedCarts } from '../store/pricing.ts';

type CartLoaders = {
  /** By id, as far as the viewer may see it. */
  readonly cart: Loader<string, CartRow | null>;
  /** The newest open cart of a customer; the caller has checked that the viewer is that customer. */
  readonly latestCart: Loader<string, CartRow | null>;
  /** A cart's prices of this moment. */
  readonly priced: Loader<CartRow, PricedCartRow, string>;
};

/** What the cart resolvers need of the request's context. */
export type CartContext = RequestContext & { readonly cartLoaders: CartLoaders; readonly shop: ShopDefaults };

/** Loaders for one request: one statement per kind, however many carts a document shows. */
export function createCartLoaders({ db, viewer }: Pick<RequestContext, 'db' | 'viewer'>): CartLoaders {
  return {
    cart: batchLoader(async ids => {
      const byId = new Map(
        (await findCarts(db.em(), ids.filter(isCartId), customerOf(viewer))).map(cart => [cart.id, cart]),
      );
      return ids.map(id => byId.get(id) ?? null);
    }),
    latestCart: batchLoader(async ids => {
      const byCustomer = new Map(
        (await latestOpenCarts(db.em(), ids.filter(isId))).map(cart => [cart.customerId, cart]),
      );
      return ids.map(id => byCustomer.get(id) ?? null);
    }),
    // A mutation makes a new version, whose prices are other prices.
    priced: batchLoader(carts => loadPricedCarts(db.em(), carts, new Date()), {
      cacheKeyFn: cart => `${cart.id}:${cart.version}`,
    }),
  };
}
