import { type Database, type Transaction } from '#platform/database.ts';
import { notFound } from '#platform/errors.ts';
import { type Viewer } from '#platform/viewer.ts';

import { cartExpiry, isCartId, mustBeOpen } from '../domain/cart.ts';
import { type CartRow, lockCartOf, saveCart } from '../store/carts.ts';

/** Who changes which cart, and when. */
export type CartDoor = {
  readonly cartId: string;
  readonly viewer: Viewer;
  readonly now: Date;
  /** The version that the client has seen; null: whatever it is. */
  readonly expectedVersion?: number | null;
};

/** The customer who asks; null for guests and machines, who have carts only by their id. */
export function customerOf(viewer: Viewer): string | null {
  return viewer.kind === 'customer' ? viewer.id : null;
}

/** Locks a cart for a change: NotFoundError for somebody else's, ConflictError when it is not open or has changed. */
async function openCart(tx: Transaction, door: Omit<CartDoor, 'now'>): Promise<CartRow> {
  const cart = isCartId(door.cartId) ? await lockCartOf(tx, door.cartId, customerOf(door.viewer)) : null;
  if (!cart) throw notFound('the cart', 'cartId');
  mustBeOpen(cart, door.expectedVersion ?? null);
  return cart;
}

/** Changes a cart under its lock: one version further, good for another 30 days. */
export async function changeCart(
  db: Database,
  door: CartDoor,
  change: (tx: Transaction, cart: CartRow) => Promise<Partial<CartRow>> | Partial<CartRow>,
): Promise<CartRow> {
  return db.transaction(async tx => {
    const cart = await openCart(tx, door);
    return saveCart(tx, { ...cart, ...(await change(tx, cart)), expiresAt: cartExpiry(door.now) });
  });
}
