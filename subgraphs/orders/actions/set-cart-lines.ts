import { type Database, type Transaction } from '#platform/database.ts';
import { invalid } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';

import { type CartLine, type Wish, mergeWishes, mostLines, setLines } from '../domain/cart.ts';
import { isUuid } from '../domain/configuration.ts';
import { amountIn } from '../domain/discount.ts';
import { type CartRow } from '../store/carts.ts';
import { findVariants } from '../store/catalogue.ts';
import { type CartDoor, changeCart } from './change-cart.ts';

/** What a client asks for of one variant. */
export type CartLineInput = { readonly variantId: string; readonly quantity: number };

/** The client's lines with their paths; `field` is where the list is. */
export function wishesOf(lines: readonly CartLineInput[], field: readonly string[]): Wish[] {
  if (lines.length > 2 * mostLines)
    throw invalid(`at most ${2 * mostLines} lines at once`, field, 'TOO_MANY_LINES');
  return mergeWishes(lines.map((line, index) => ({ ...line, field: [...field, String(index)] })));
}

/**
 * The lines after the wishes; throws ValidationError at the wish whose variant is unknown, not sold, or has no price in
 * the currency.
 */
export async function wishedLines(
  tx: Transaction,
  cart: { readonly currency: string; readonly lines: readonly CartLine[] },
  wishes: readonly Wish[],
): Promise<CartLine[]> {
  const ids = wishes.filter(wish => wish.quantity > 0 && isUuid(wish.variantId)).map(wish => wish.variantId);
  const variants = ids.length === 0 ? [] : await findVariants(tx, ids);
  const byId = new Map(variants.map(variant => [variant.variantId, variant]));
  return setLines(cart.lines, wishes, {
    id: newId,
    unitPrice: wish => {
      const field = [...wish.field, 'variantId'];
      const variant = byId.get(wish.variantId);
      if (!variant) throw invalid('there is no such variant', field, 'VARIANT_MISSING');
      if (!variant.sellable) throw invalid('this variant is not sold', field, 'VARIANT_NOT_SELLABLE');
      const price = amountIn(variant.prices ?? {}, cart.currency);
      if (price === null)
        throw invalid(`this variant has no price in ${cart.currency}`, field, 'VARIANT_NO_PRICE');
      return price.toString();
    },
  });
}

/** Sets quantities absolutely: zero removes the line, lines that are not named stay. */
export async function setCartLines(
  db: Database,
  door: CartDoor,
  lines: readonly CartLineInput[],
): Promise<CartRow> {
  const wishes = wishesOf(lines, ['lines']);
  return changeCart(db, door, async (tx, cart) => ({ lines: await wishedLines(tx, cart, wishes) }));
}
