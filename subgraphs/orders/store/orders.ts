import { type EntityManager } from '@mikro-orm/postgresql';

import { type Transaction, rows } from '#platform/database.ts';

import { type Address } from '../domain/address.ts';
import { type FailureReason, type Goal, type MoneyState, type StockState } from '../domain/checkout.ts';
import { type OrderStatus } from '../domain/order.ts';

/** Why a checkout came to nothing, as told to whoever repeats it. */
export type Failure = {
  readonly variantId?: string;
  readonly available?: number;
  readonly declineCode?: string | null;
  readonly retryable?: boolean;
  readonly message?: string;
};

export type ShippingChoice = {
  readonly id: string;
  readonly name: string;
  /** Minor units. */
  readonly price: string;
  readonly minDays: number | null;
  readonly maxDays: number | null;
};
export type PaymentChoice = {
  readonly token: string | null;
  readonly savedMethodId: string | null;
  readonly save: boolean;
};

/** An order as stored, with its saga. Money in minor units of `currency`. */
export type OrderRow = {
  readonly id: string;
  readonly number: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly customerId: string | null;
  readonly cartId: string;
  readonly email: string;
  /** BCP 47 language tag for mail. */
  readonly locale: string;
  readonly guestTokenHash: string | null;
  readonly guestTokenExpiresAt: Date | null;
  readonly currency: string;
  readonly subtotal: bigint;
  readonly discountTotal: bigint;
  readonly shippingTotal: bigint;
  readonly taxTotal: bigint;
  readonly total: bigint;
  /** What payments took of the total; null before that, and for orders from before it was told: then all of it. */
  readonly captured: bigint | null;
  readonly pricesIncludeTax: boolean;
  readonly discounts: readonly { readonly name: string; readonly amount: string }[];
  readonly shippingAddress: Address;
  readonly billingAddress: Address | null;
  readonly shippingMethod: ShippingChoice | null;
  readonly goal: Goal;
  readonly stock: StockState;
  readonly money: MoneyState;
  readonly reason: FailureReason | null;
  readonly told: boolean;
  readonly attempts: number;
  readonly deadlineAt: Date | null;
  readonly reservationExpiresAt: Date;
  readonly reservedAt: Date | null;
  readonly paymentMethod: PaymentChoice;
  readonly clientSecret: string | null;
  readonly redirectUrl: string | null;
  readonly failure: Failure | null;
  readonly cancelReason: string | null;
  readonly placedAt: Date | null;
  readonly createdAt: Date;
  /** What has gone back so far, and stayed there. */
  readonly refunded: bigint;
  /** Set by the door that a guest token has opened; not stored. */
  readonly byGuestToken?: boolean;
};

const columns = `o.id, o.number, o.status, o.version, o.customer_id as "customerId", o.cart_id as "cartId", o.email, o.locale,
  o.guest_token_hash as "guestTokenHash", o.guest_token_expires_at as "guestTokenExpiresAt", o.currency, o.subtotal,
  o.discount_total as "discountTotal", o.shipping_total as "shippingTotal", o.tax_total as "taxTotal", o.total, o.captured,
  o.prices_include_tax as "pricesIncludeTax", o.discounts, o.shipping_address as "shippingAddress",
  o.billing_address as "billingAddress", o.shipping_method as "shippingMethod", o.saga_goal as goal, o.saga_stock as stock,
  o.saga_money as money, o.saga_reason as reason, o.saga_told as told, o.saga_attempts as attempts, o.deadline_at as "deadlineAt",
  o.reservation_expires_at as "reservationExpiresAt", o.reserved_at as "reservedAt", o.payment_method as "paymentMethod",
  o.client_secret as "clientSecret", o.redirect_url as "redirectUrl", o.failure, o.cancel_reason as "cancelReason",
  o.placed_at as "placedAt", o.created_at as "createdAt",
  (select coalesce(sum(r.amount), 0)::bigint from order_refund r where r.order_id = o.id) as refunded`;

/** Who may see an order: its customer, whoever holds its guest token, or staff. */
export type Reader = {
  readonly customerId: string | null;
  readonly all: boolean;
  /** Hex SHA-256 of a guest token, if one was given. */
  readonly guestTokenHash: string | null;
};

const readable = `(?::boolean or o.customer_id = ?::uuid or (o.guest_token_hash = ?::text and o.guest_token_expires_at > now()))`;

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The orders with these ids or numbers that the reader may see; the others are missing, whether they exist or not. */
export async function findOrders(
  em: EntityManager,
  keys: readonly string[],
  reader: Reader,
): Promise<OrderRow[]> {
  return rows(
    em,
    `select ${columns} from orders o where (o.id = any(?::uuid[]) or o.number = any(?::text[])) and ${readable}`,
    [keys.filter(isId), keys, reader.all, reader.customerId, reader.guestTokenHash],
  );
}

/** One order by id or number, if the reader may see it. */
export async function findOrder(
  em: EntityManager,
  key: { readonly id?: string | null | undefined; readonly number?: string | null | undefined },
  reader: Reader,
): Promise<OrderRow | null> {
  if (key.id != null && !isId(key.id)) return null;
  const [order] = await rows<OrderRow>(
    em,
    `select ${columns} from orders o where ${key.id == null ? 'o.number = ?' : 'o.id = ?::uuid'} and ${readable}`,
    [key.id ?? key.number ?? '', reader.all, reader.customerId, reader.guestTokenHash],
  );
  return order ?? null;
}

/** Whether text is an id at all: PostgreSQL would fail on anything else. */
export function isId(text: string): boolean {
  return uuid.test(text);
}

/** Orders by id, whoever asks: for what has been authorised before. */
export async function ordersByIds(em: EntityManager, ids: readonly string[]): Promise<OrderRow[]> {
  return rows(em, `select ${columns} from orders o where o.id = any(?::uuid[])`, [ids]);
}

/** Locks an order for a change; null when there is none. */
export async function lockOrder(tx: Transaction, id: string): Promise<OrderRow | null> {
  const [order] = await rows<OrderRow>(
    tx,
    `select ${columns} from orders o where o.id = ?::uuid for update`,
    [id],
  );
  return order ?? null;
}

/** Locks an order if the reader may see it; null otherwise. */
export async function lockOrderOf(tx: Transaction, id: string, reader: Reader): Promise<OrderRow | null> {
  if (!isId(id)) return null;
  const [order] = await rows<OrderRow>(
    tx,
    `select ${columns} from orders o where o.id = ?::uuid and ${readable} for update`,
    [id, reader.all, reader.customerId, reader.guestTokenHash],
  );
  return order ?? null;
}

/** Ids of orders whose deadline has passed, oldest first. */
export async function overdueOrders(em: EntityManager, now: Date, limit: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    em,
    'select id from orders where deadline_at <= ? order by deadline_at limit ?',
    [now, limit],
  );
  return found.map(({ id }) => id);
}

export type OrderFilter = {
  readonly status?: readonly OrderStatus[] | null | undefined;
  readonly number?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly placedAfter?: Date | null | undefined;
  readonly placedBefore?: Date | null | undefined;
};

function conditions(filter: OrderFilter): { readonly sql: string; readonly params: readonly unknown[] } {
  const parts: [string, unknown][] = [];
  if (filter.status != null) parts.push(['o.status = any(?::text[])', filter.status]);
  if (filter.number != null) parts.push(['o.number = ?', filter.number.trim().toUpperCase()]);
  if (filter.email != null) parts.push(['lower(o.email) = lower(?)', filter.email.trim()]);
  if (filter.placedAfter != null) parts.push(['o.placed_at >= ?', filter.placedAfter]);
  if (filter.placedBefore != null) parts.push(['o.placed_at < ?', filter.placedBefore]);
  return { sql: parts.map(([sql]) => ` and ${sql}`).join(''), params: parts.map(([, value]) => value) };
}

/** All orders, newest first (ids are UUIDv7), one more than `size` to show whether more follow. */
export async function pageOfOrders(
  em: EntityManager,
  filter: OrderFilter,
  after: string | null,
  size: number,
): Promise<OrderRow[]> {
  const where = conditions(filter);
  return rows(
    em,
    `select ${columns} from orders o where (?::uuid is null or o.id < ?::uuid)${where.sql} order by o.id desc limit ${size + 1}`,
    [after, after, ...where.params],
  );
}

/** How many orders match. */
export async function countOrders(em: EntityManager, filter: OrderFilter): Promise<number> {
  const where = conditions(filter);
  const [row] = await rows<{ n: number }>(
    em,
    `select count(*)::int as n from orders o where true${where.sql}`,
    where.params,
  );
  return row?.n ?? 0;
}

/** A page of orders for each of several customers, in one statement. */
export async function pagesOfCustomers(
  em: EntityManager,
  customers: readonly string[],
  after: string | null,
  size: number,
): Promise<OrderRow[]> {
  return rows(
    em,
    `select ${columns} from unnest(?::uuid[]) c(id) cross join lateral (
       select * from orders where customer_id = c.id and (?::uuid is null or orders.id < ?::uuid) order by orders.id desc limit ${size + 1}
     ) o order by o.id desc`,
    [customers, after, after],
  );
}

/** How many orders each of several customers has. */
export async function countsOfCustomers(
  em: EntityManager,
  customers: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const found = await rows<{ id: string; n: number }>(
    em,
    'select customer_id as id, count(*)::int as n from orders where customer_id = any(?::uuid[]) group by customer_id',
    [customers],
  );
  return new Map(found.map(({ id, n }) => [id, n]));
}
