import { type Database, type Transaction } from '#platform/database.ts';
import { invalid, notFound } from '#platform/errors.ts';
import { type Viewer } from '#platform/viewer.ts';

import {
  type ShopDefaults,
  addLines,
  cartExpiry,
  isCartId,
  mostVouchers,
  mustBeOpen,
} from '../domain/cart.ts';
import { amountIn } from '../domain/discount.ts';
import {
  type CartRow,
  closeCart,
  insertCart,
  latestOpenCarts,
  lockCart,
  lockCartOf,
  lockMergeInto,
  saveCart,
} from '../store/carts.ts';
import { findVariants } from '../store/catalogue.ts';
import { customerOf } from './change-cart.ts';
import { emptyCart } from './create-cart.ts';

/**
 * Takes a guest's cart over into the customer's open one, which is made when there is none: quantities add up to the
 * limit, the customer's own addresses and choices stay, the guest's fill what is missing, the guest's cart is closed.
 */
export async function mergeCart(
  db: Database,
  { viewer, shop, now }: { readonly viewer: Viewer; readonly shop: ShopDefaults; readonly now: Date },
  cartId: string,
): Promise<CartRow> {
  const customerId = customerOf(viewer);
  if (customerId === null || !isCartId(cartId)) throw notFound('the cart', 'cartId');
  return db.transaction(async tx => {
    await lockMergeInto(tx, customerId);
    const guest = await lockCartOf(tx, cartId, customerId);
    if (!guest) throw notFound('the cart', 'cartId');
    mustBeOpen(guest);
    if (guest.customerId === customerId) return guest;
    const target = await targetCart(tx, { customerId, guest, shop, now });
    const merged = await saveCart(tx, { ...(await takeOver(tx, target, guest)), expiresAt: cartExpiry(now) });
    await closeCart(tx, guest.id);
    return merged;
  });
}

type Merge = {
  readonly customerId: string;
  readonly guest: CartRow;
  readonly shop: ShopDefaults;
  readonly now: Date;
};

async function targetCart(tx: Transaction, { customerId, guest, shop, now }: Merge): Promise<CartRow> {
  const [latest] = await latestOpenCarts(tx, [customerId]);
  const locked = latest && (await lockCart(tx, latest.id));
  // Between the two statements a checkout may have taken it.
  if (locked?.status === 'OPEN') return locked;
  const made = emptyCart(customerId, { ...shop, currency: guest.currency }, now);
  await insertCart(tx, made);
  return made;
}

async function takeOver(tx: Transaction, mine: CartRow, guest: CartRow): Promise<CartRow> {
  const currency = mine.lines.length === 0 ? guest.currency : mine.currency;
  const others = currency === guest.currency ? guest.lines : await repriced(tx, guest, currency);
  const moves = mine.shippingAddress === null && guest.shippingAddress !== null;
  return {
    ...mine,
    currency,
    lines: addLines(mine.lines, others),
    email: mine.email ?? guest.email,
    country: moves ? guest.country : mine.country,
    shippingAddress: mine.shippingAddress ?? guest.shippingAddress,
    billingAddress: mine.billingAddress ?? guest.billingAddress,
    shippingMethodId: mine.shippingMethodId ?? guest.shippingMethodId,
    voucherCodes: [...new Set([...mine.voucherCodes, ...guest.voucherCodes])].slice(0, mostVouchers),
  };
}

async function repriced(tx: Transaction, guest: CartRow, currency: string): Promise<CartRow['lines']> {
  const variants = await findVariants(
    tx,
    guest.lines.map(line => line.variantId),
  );
  const prices = new Map(
    variants.map(variant => [variant.variantId, amountIn(variant.prices ?? {}, currency)]),
  );
  return guest.lines.map(line => {
    const price = prices.get(line.variantId) ?? null;
    if (price === null)
      throw invalid(`variant ${line.variantId} has no price in ${currency}`, 'cartId', 'VARIANT_NO_PRICE');
    return { ...line, unitPrice: price.toString() };
  });
}
