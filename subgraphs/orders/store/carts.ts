import { type EntityManager } from '@mikro-orm/postgresql';

import { type Transaction, rows } from '#platform/database.ts';
import { conflict } from '#platform/errors.ts';

import { type Address } from '../domain/address.ts';
import { type CartLine, type CartStatus } from '../domain/cart.ts';

/** A cart as stored. Its id is the key to it: never logged, never in events. */
export type CartRow = {
  readonly id: string;
  readonly customerId: string | null;
  readonly email: string | null;
  readonly currency: string;
  /** The shipping address's, or the shop's own while there is none. */
  readonly country: string;
  readonly lines: readonly CartLine[];
  readonly shippingAddress: Address | null;
  readonly billingAddress: Address | null;
  readonly shippingMethodId: string | null;
  /** In the order in which they were applied. */
  readonly voucherCodes: readonly string[];
  readonly status: CartStatus;
  /** The order that is, or was, made of it. */
  readonly orderId: string | null;
  readonly version: number;
  readonly expiresAt: Date;
};

const columns = `id, customer_id as "customerId", email, currency, country, lines, shipping_address as "shippingAddress",
  billing_address as "billingAddress", shipping_method_id as "shippingMethodId", voucher_codes as "voucherCodes", status,
  order_id as "orderId", version, expires_at as "expiresAt"`;

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** The carts with these ids that this customer (null: nobody signed in) may see and that are not closed or expired. */
export async function findCarts(
  em: EntityManager,
  ids: readonly string[],
  customerId: string | null,
): Promise<CartRow[]> {
  return rows(
    em,
    `select ${columns} from carts
     where id = any(?::text[]) and (customer_id is null or customer_id = ?::uuid) and status <> 'CLOSED' and expires_at > now()`,
    [ids, customerId],
  );
}

/** The newest open cart of each customer who has one. */
export async function latestOpenCarts(em: EntityManager, customerIds: readonly string[]): Promise<CartRow[]> {
  return rows(
    em,
    `select distinct on (customer_id) ${columns} from carts
     where customer_id = any(?::uuid[]) and status = 'OPEN' and expires_at > now()
     order by customer_id, created_at desc, id`,
    [customerIds],
  );
}

/** Until the end of the transaction nobody else makes this customer's cart out of a guest's. */
export async function lockMergeInto(tx: Transaction, customerId: string): Promise<void> {
  await rows(tx, `select pg_advisory_xact_lock(hashtextextended('cart-merge:' || ?, 0))`, [customerId]);
}

/** Locks a cart whatever its owner and status; null when there is none. For the saga: doors use `lockCartOf`. */
export async function lockCart(tx: Transaction, cartId: string): Promise<CartRow | null> {
  const [cart] = await rows<CartRow>(tx, `select ${columns} from carts where id = ? for update`, [cartId]);
  return cart ?? null;
}

/** Locks a guest's cart, or one of this customer; null for anybody else's, and for one that has expired. */
export async function lockCartOf(
  tx: Transaction,
  cartId: string,
  customerId: string | null,
): Promise<CartRow | null> {
  const [cart] = await rows<CartRow>(
    tx,
    `select ${columns} from carts where id = ? and (customer_id is null or customer_id = ?::uuid)
       and (status <> 'OPEN' or expires_at > now()) for update`,
    [cartId, customerId],
  );
  return cart ?? null;
}

/** Stores a new cart as it stands. */
export async function insertCart(tx: Transaction, cart: CartRow): Promise<void> {
  await rows(
    tx,
    `insert into carts (id, customer_id, email, currency, country, lines, shipping_address, billing_address, shipping_method_id,
       voucher_codes, status, order_id, version, expires_at)
     values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?::text[], ?, ?, ?, ?)`,
    [
      cart.id,
      cart.customerId,
      cart.email,
      cart.currency,
      cart.country,
      json(cart.lines),
      json(cart.shippingAddress),
      json(cart.billingAddress),
      cart.shippingMethodId,
      cart.voucherCodes,
      cart.status,
      cart.orderId,
      cart.version,
      cart.expiresAt,
    ],
  );
}

/** Writes a locked cart back, one version further. Status and order have statements of their own. */
export async function saveCart(tx: Transaction, cart: CartRow): Promise<CartRow> {
  const [saved] = await rows<CartRow>(
    tx,
    `update carts set email = ?, currency = ?, country = ?, lines = ?::jsonb, shipping_address = ?::jsonb, billing_address = ?::jsonb,
       shipping_method_id = ?, voucher_codes = ?::text[], expires_at = ?, version = version + 1, updated_at = now()
     where id = ? returning ${columns}`,
    [
      cart.email,
      cart.currency,
      cart.country,
      json(cart.lines),
      json(cart.shippingAddress),
      json(cart.billingAddress),
      cart.shippingMethodId,
      cart.voucherCodes,
      cart.expiresAt,
      cart.id,
    ],
  );
  if (!saved) throw new Error('a locked cart vanished');
  return saved;
}

/** Locks the cart for an order's checkout; throws ConflictError when it is not open. */
export async function markCartCheckingOut(tx: Transaction, cartId: string, orderId: string): Promise<void> {
  const marked = await rows(
    tx,
    `update carts set status = 'CHECKING_OUT', order_id = ?, updated_at = now() where id = ? and status = 'OPEN' returning 1`,
    [orderId, cartId],
  );
  if (marked.length === 0)
    throw conflict('this cart is being checked out or closed', null, 'CART_CHECKING_OUT');
}

/**
 * Opens a cart again whose checkout came to nothing; that of a customer who has been erased meanwhile is deleted. With `orderId`
 * only if it is still that order's. Idempotent.
 */
export async function reopenCart(
  tx: Transaction,
  cartId: string,
  orderId: string | null = null,
): Promise<void> {
  await rows(
    tx,
    `with cart as (
       select id, exists (select from customer_contact c where c.customer_id = carts.customer_id and c.email = '') as erased
       from carts where id = ? and status = 'CHECKING_OUT' and order_id = coalesce(?::uuid, order_id) for update
     ), gone as (
       delete from carts using cart where carts.id = cart.id and erased
     )
     update carts set status = 'OPEN', order_id = null, updated_at = now(), expires_at = greatest(expires_at, now() + interval '1 day')
     from cart where carts.id = cart.id and not erased`,
    [cartId, orderId],
  );
}

/** Closes a cart for good: it is paid, or was merged into another. Idempotent. */
export async function closeCart(tx: Transaction, cartId: string): Promise<void> {
  await rows(
    tx,
    `update carts set status = 'CLOSED', updated_at = now() where id = ? and status <> 'CLOSED'`,
    [cartId],
  );
}

/** Forgets carts that expired, at most a thousand at a time; answers how many. Carts in checkout stay. */
export async function deleteExpiredCarts(em: EntityManager): Promise<number> {
  const gone = await rows(
    em,
    `delete from carts where id in (
       select id from carts where expires_at < now() and status <> 'CHECKING_OUT' limit 1000 for update skip locked)
     returning 1`,
  );
  return gone.length;
}

/** Deletes a customer's carts, but for one that is being paid for. */
export async function deleteCartsOf(tx: Transaction, customerId: string): Promise<void> {
  await rows(tx, `delete from carts where customer_id = ? and status <> 'CHECKING_OUT'`, [customerId]);
}
