import { type Database } from '#platform/database.ts';
import { invalid } from '#platform/errors.ts';
import { randomToken } from '#platform/ids.ts';
import { isCurrency } from '#platform/iso.ts';
import { type Viewer } from '#platform/viewer.ts';

import { emailAddress } from '../domain/address.ts';
import { type ShopDefaults, cartExpiry } from '../domain/cart.ts';
import { type CartRow, insertCart } from '../store/carts.ts';
import { customerOf } from './change-cart.ts';
import { type CartLineInput, wishedLines, wishesOf } from './set-cart-lines.ts';

type CartInput = {
  readonly currency?: string | null | undefined;
  readonly lines?: readonly CartLineInput[] | null | undefined;
  readonly email?: string | null | undefined;
};

/** An empty cart. Its id is 128 random bits: whoever has a guest cart's id has the cart. */
export function emptyCart(owner: string | null, shop: ShopDefaults, now: Date): CartRow {
  return {
    id: randomToken(16),
    customerId: owner,
    email: null,
    currency: shop.currency,
    country: shop.country,
    lines: [],
    shippingAddress: null,
    billingAddress: null,
    shippingMethodId: null,
    voucherCodes: [],
    status: 'OPEN',
    orderId: null,
    version: 1,
    expiresAt: cartExpiry(now),
  };
}

/** Makes a cart: the viewer's own when a customer is signed in, a guest's otherwise. */
export async function createCart(
  db: Database,
  { viewer, shop, now }: { readonly viewer: Viewer; readonly shop: ShopDefaults; readonly now: Date },
  input: CartInput,
): Promise<CartRow> {
  if (input.currency != null && !isCurrency(input.currency))
    throw invalid(`there is no currency ${input.currency}`, ['input', 'currency'], 'CURRENCY');
  const empty = emptyCart(customerOf(viewer), { ...shop, currency: input.currency ?? shop.currency }, now);
  const email =
    input.email === null || input.email === undefined ? null : emailAddress(input.email, ['input', 'email']);
  const wishes = wishesOf(input.lines ?? [], ['input', 'lines']);
  return db.transaction(async tx => {
    const cart = { ...empty, email, lines: await wishedLines(tx, empty, wishes) };
    await insertCart(tx, cart);
    return cart;
  });
}
