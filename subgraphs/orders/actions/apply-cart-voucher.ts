import { type Database } from '#platform/database.ts';
import { conflict } from '#platform/errors.ts';

import { isVoucherCode, mostVouchers, voucherCode, voucherInvalid } from '../domain/cart.ts';
import { type DiscountRefusal, refusalOf } from '../domain/discount.ts';
import { type CartRow } from '../store/carts.ts';
import { loadPricedCart } from '../store/pricing.ts';
import { findVoucher, findVoucherUse } from '../store/vouchers.ts';
import { type CartDoor, changeCart, customerOf } from './change-cart.ts';
import { redeemerOf, refused } from './redeem-vouchers.ts';

const refusals: Readonly<Record<DiscountRefusal, string>> = {
  VOUCHER_CURRENCY: 'this voucher is not for the currency of the cart',
  VOUCHER_MINIMUM: 'the cart is below the minimum of this voucher',
  VOUCHER_NOT_APPLICABLE: 'this voucher is for other products',
};

/** Adds a voucher to the cart; VoucherInvalidError when it does not count, now, for this customer, or for this cart. */
export async function applyCartVoucher(db: Database, door: CartDoor, input: string): Promise<CartRow> {
  const code = voucherCode(input);
  if (!isVoucherCode(code)) throw refused(input, 'VOUCHER_UNKNOWN', ['code']);
  return changeCart(db, door, async (tx, cart) => {
    if (cart.voucherCodes.includes(code)) return {};
    if (cart.voucherCodes.length >= mostVouchers)
      throw conflict(`a cart takes ${mostVouchers} vouchers`, cart.version, 'TOO_MANY_VOUCHERS');
    const customerId = customerOf(door.viewer);
    const redeemer =
      customerId === null && cart.email === null ? null : redeemerOf(customerId, cart.email ?? '');
    const reason = await findVoucherUse(tx, code, redeemer);
    if (reason !== null) throw refused(input, reason, ['code']);
    const voucher = await findVoucher(tx, code);
    const { priced } = await loadPricedCart(tx, cart, door.now);
    const refusal = voucher === null ? null : refusalOf(voucher.discount, priced.lines, priced);
    // An empty cart may still be filled with what the voucher is for.
    if (refusal !== null && !(refusal === 'VOUCHER_NOT_APPLICABLE' && cart.lines.length === 0)) {
      throw voucherInvalid(input, { code: refusal, message: refusals[refusal], field: ['code'] });
    }
    return { voucherCodes: [...cart.voucherCodes, code] };
  });
}
