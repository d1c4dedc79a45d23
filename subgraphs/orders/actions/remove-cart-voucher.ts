import { type Database } from '#platform/database.ts';

import { voucherCode } from '../domain/cart.ts';
import { type CartRow } from '../store/carts.ts';
import { type CartDoor, changeCart } from './change-cart.ts';

/** Takes a voucher out of the cart; nothing happens when it is not in it. */
export async function removeCartVoucher(db: Database, door: CartDoor, code: string): Promise<CartRow> {
  const gone = voucherCode(code);
  return changeCart(db, door, (_tx, cart) => ({
    voucherCodes: cart.voucherCodes.filter(each => each !== gone),
  }));
}
