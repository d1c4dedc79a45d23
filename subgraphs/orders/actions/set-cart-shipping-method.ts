import { type Database } from '#platform/database.ts';
import { invalid } from '#platform/errors.ts';

import { type CartRow } from '../store/carts.ts';
import { loadPricedCart } from '../store/pricing.ts';
import { type CartDoor, changeCart } from './change-cart.ts';

/** Chooses one of the cart's shipping methods; any other is a ValidationError. */
export async function setCartShippingMethod(
  db: Database,
  door: CartDoor,
  shippingMethodId: string,
): Promise<CartRow> {
  return changeCart(db, door, async (tx, cart) => {
    const { priced } = await loadPricedCart(tx, cart, door.now);
    if (!priced.shippingMethods.some(method => method.id === shippingMethodId)) {
      throw invalid(
        'this shipping method is not offered for this cart',
        'shippingMethodId',
        'SHIPPING_METHOD',
      );
    }
    return { shippingMethodId };
  });
}
