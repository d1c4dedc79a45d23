import { type Database } from '#platform/database.ts';

import { type AddressInput, address } from '../domain/address.ts';
import { type CartRow } from '../store/carts.ts';
import { loadPricedCart } from '../store/pricing.ts';
import { type CartDoor, changeCart } from './change-cart.ts';

/**
 * Sets where the goods and, if it is elsewhere, the bill go. The country and region decide tax and shipping methods; a
 * method that does not reach the new address is no longer chosen.
 */
export async function setCartAddress(
  db: Database,
  door: CartDoor,
  input: { readonly shipping: AddressInput; readonly billing: AddressInput | null },
): Promise<CartRow> {
  const shippingAddress = address(input.shipping, ['shipping']);
  const billingAddress = input.billing === null ? null : address(input.billing, ['billing']);
  return changeCart(db, door, async (tx, cart) => {
    const moved = { ...cart, shippingAddress, billingAddress, country: shippingAddress.country };
    if (cart.shippingMethodId === null) return moved;
    const { priced } = await loadPricedCart(tx, moved, door.now);
    return { ...moved, shippingMethodId: priced.shippingMethod?.id ?? null };
  });
}
