import { z } from 'zod';

/** The six subgraphs; each owns its events and at most one queue. */
export const subgraphs = ['users', 'products', 'inventory', 'orders', 'payments', 'notifications'] as const;
export type Subgraph = (typeof subgraphs)[number];

const id = z.uuid();
const at = z.iso.datetime({ offset: true });
/** Whole minor units of the currency beside it, as a decimal integer string (JSON numbers end at 2^53). */
const minor = z.string().regex(/^-?\d{1,15}$/);
const currency = z.string().regex(/^[A-Z]{3}$/);
const version = z.int().nonnegative();
const quantity = z.int().positive();
const price = z.strictObject({ currency, amount: minor, compareAt: minor.nullable() });

/** Whom a mail goes to. The only personal data that events carry; redacted in logs, parked listings and webhooks. */
const recipient = z.strictObject({ email: z.string(), name: z.string(), locale: z.string() });
const orderRef = { orderId: id, number: z.string(), customerId: id.nullable() };
/** The key to the order for mails to guests; events told before it was added have none. */
const maybeGuestToken = z.string().nullable().default(null);
const variantQuantity = z.strictObject({ variantId: id, quantity });
const orderLineQuantity = z.strictObject({ orderLineId: id, variantId: id, quantity });
const returnRef = { returnId: id, ...orderRef, lines: z.array(orderLineQuantity), recipient };
const paymentRef = { paymentId: id, orderId: id };
const product = z.strictObject({ productId: id, slug: z.string(), name: z.string(), version });

type Definition = {
  readonly owner: Subgraph;
  /** Which subgraphs' queues receive it; notifications also takes every public one, for outgoing webhooks. None: live observers only. */
  readonly consumers: readonly Subgraph[];
  /** Paths in `data` that hold personal data or secrets, as "recipient" or "recipient.email". */
  readonly personal: readonly string[];
  readonly data: z.ZodObject;
};

const define = <D extends z.ZodObject>(
  owner: Subgraph,
  consumers: readonly Subgraph[],
  data: D,
  personal: readonly string[] = [],
) => ({ owner, consumers, personal, data });

/**
 * What subgraphs tell each other: name → owner, consumers, payload. Only the owner publishes, with one exception:
 * `<owner>.snapshot_requested` is asked by whoever rebuilds a projection. Changes are additive; a breaking change is a new version.
 */
export const events = {
  'customer.registered': define(
    'users',
    ['orders', 'notifications'],
    z.object({ customerId: id, recipient, version }),
    ['recipient'],
  ),
  'customer.updated': define(
    'users',
    ['orders', 'notifications'],
    z.object({ customerId: id, recipient, version }),
    ['recipient'],
  ),
  'customer.email_verification_requested': define(
    'users',
    ['notifications'],
    z.object({ customerId: id, recipient, token: z.string(), expiresAt: at }),
    ['recipient', 'token'],
  ),
  'customer.password_reset_requested': define(
    'users',
    ['notifications'],
    z.object({ customerId: id, recipient, token: z.string(), expiresAt: at }),
    ['recipient', 'token'],
  ),
  /** To the new address: `recipient.email`. Nothing has changed until the token comes back. */
  'customer.email_change_requested': define(
    'users',
    ['notifications'],
    z.object({ customerId: id, recipient, token: z.string(), expiresAt: at }),
    ['recipient', 'token'],
  ),
  /** To the address that the account had until now; the new one is told by customer.updated. */
  'customer.email_changed': define('users', ['notifications'], z.object({ customerId: id, recipient }), [
    'recipient',
  ]),
  /**
   * The customer is no more. Whoever keeps personal data forgets it, except for what the law wants kept; the id stays, and leads to
   * nobody. `recipient` is for the farewell. `version` is above that of every customer.updated.
   */
  'customer.erased': define(
    'users',
    ['orders', 'payments', 'notifications'],
    z.object({ customerId: id, recipient, version }),
    ['recipient'],
  ),
  'session.revoked': define('users', [], z.object({ customerId: id, sessionIds: z.array(id) })),
  'api_key.revoked': define('users', [], z.object({ apiKeyId: id })),

  'product.published': define('products', ['notifications'], product),
  'product.updated': define('products', ['notifications'], product),
  'product.archived': define('products', ['notifications'], product),
  /** The variant's whole state, prices excepted. `sellable`: its product is ACTIVE. `categorySlugs` holds ancestors too. */
  'variant.upserted': define(
    'products',
    ['inventory', 'orders', 'notifications'],
    z.object({
      variantId: id,
      productId: id,
      sku: z.string(),
      title: z.string(),
      productName: z.string(),
      productSlug: z.string(),
      categorySlugs: z.array(z.string()),
      taxClass: z.string(),
      weightGrams: z.int().nonnegative().nullable(),
      sellable: z.boolean(),
      version,
    }),
  ),
  /** All prices of the variant; a currency that is not listed has no price. */
  'price.changed': define(
    'products',
    ['orders', 'notifications'],
    z.object({ variantId: id, prices: z.array(price), version }),
  ),
  'review.published': define(
    'products',
    ['notifications'],
    z.object({ reviewId: id, productId: id, rating: z.int().min(1).max(5) }),
  ),
  'review.hidden': define('products', ['notifications'], z.object({ reviewId: id, productId: id })),
  'products.snapshot_requested': define('products', ['products'], z.object({ requestedBy: z.string() })),

  'stock.reserved': define(
    'inventory',
    ['orders', 'notifications'],
    z.object({
      orderId: id,
      reservationId: id,
      expiresAt: at,
      lines: z.array(
        z.object({ variantId: id, warehouseId: id, quantity, backordered: z.int().nonnegative() }),
      ),
    }),
  ),
  'stock.rejected': define(
    'inventory',
    ['orders', 'notifications'],
    z.object({
      orderId: id,
      shortages: z.array(z.object({ variantId: id, requested: quantity, available: z.int().nonnegative() })),
    }),
  ),
  'stock.committed': define(
    'inventory',
    ['orders', 'notifications'],
    z.object({ orderId: id, reservationId: id }),
  ),
  'stock.released': define(
    'inventory',
    ['orders', 'notifications'],
    z.object({ orderId: id, reservationId: id, reason: z.string() }),
  ),
  'stock.expired': define(
    'inventory',
    ['orders', 'notifications'],
    z.object({ orderId: id, reservationId: id }),
  ),
  /** `quantity` is the exact sum of what is available over all warehouses. */
  'stock.availability_changed': define(
    'inventory',
    ['products', 'notifications'],
    z.object({
      variantId: id,
      quantity: z.int().nonnegative(),
      inStock: z.boolean(),
      version,
    }),
  ),
  'stock.low': define(
    'inventory',
    ['notifications'],
    z.object({ variantId: id, warehouseId: id, available: z.int(), safetyStock: z.int() }),
  ),
  'inventory.snapshot_requested': define('inventory', ['inventory'], z.object({ requestedBy: z.string() })),

  'order.reservation_requested': define(
    'orders',
    ['inventory'],
    z.object({ orderId: id, lines: z.array(variantQuantity), expiresAt: at }),
  ),
  /** `guestTokenHash` is the hex SHA-256 of the guest's token, so that payments can check its own guest doors. */
  'order.payment_requested': define(
    'orders',
    ['payments'],
    z.object({
      ...orderRef,
      amount: minor,
      currency,
      email: z.string(),
      guestTokenHash: z.string().nullable(),
      deadline: at,
      method: z.object({ token: z.string().nullable(), savedMethodId: id.nullable(), save: z.boolean() }),
    }),
    ['email', 'guestTokenHash', 'method.token'],
  ),
  'order.stock_commit_requested': define('orders', ['inventory'], z.object({ orderId: id })),
  'order.capture_requested': define('orders', ['payments'], z.object({ orderId: id })),
  'order.stock_release_requested': define(
    'orders',
    ['inventory'],
    z.object({ orderId: id, reason: z.string() }),
  ),
  'order.payment_void_requested': define(
    'orders',
    ['payments'],
    z.object({ orderId: id, reason: z.string() }),
  ),
  /** `requestKey` makes the refund once: `return:<id>`, `cancel:<id>`. Payments spreads it over the order's payments, newest first. */
  'order.refund_requested': define(
    'orders',
    ['payments'],
    z.object({
      orderId: id,
      requestKey: z.string(),
      amount: minor,
      currency,
      reason: z.string(),
      returnId: id.nullable(),
    }),
  ),
  /** The order is paid. `guestToken` is set only for guests and only for the mail. */
  'order.placed': define(
    'orders',
    ['notifications', 'products'],
    z.object({
      ...orderRef,
      recipient,
      currency,
      subtotal: minor,
      discountTotal: minor,
      shippingTotal: minor,
      taxTotal: minor,
      total: minor,
      guestToken: z.string().nullable(),
      lines: z.array(
        z.object({
          orderLineId: id,
          variantId: id,
          productId: id,
          sku: z.string(),
          title: z.string(),
          quantity,
          total: minor,
        }),
      ),
    }),
    ['recipient', 'guestToken'],
  ),
  'order.status_changed': define(
    'orders',
    ['notifications'],
    z.object({ ...orderRef, from: z.string().nullable(), to: z.string(), version }),
  ),
  /** The checkout ended without an order that anybody must pay: declined, short of stock, or expired. */
  'order.failed': define(
    'orders',
    ['notifications'],
    z.object({
      ...orderRef,
      recipient,
      reason: z.enum(['PAYMENT', 'STOCK', 'EXPIRED']),
      declineCode: z.string().nullable(),
      guestToken: z.string().nullable(),
    }),
    ['recipient', 'guestToken'],
  ),
  'order.fulfilled': define(
    'orders',
    ['inventory', 'notifications'],
    z.object({
      ...orderRef,
      recipient,
      fulfilmentId: id,
      lines: z.array(orderLineQuantity),
      carrier: z.string().nullable(),
      trackingNumber: z.string().nullable(),
      trackingUrl: z.string().nullable(),
      guestToken: z.string().nullable(),
    }),
    ['recipient', 'guestToken'],
  ),
  'order.delivered': define(
    'orders',
    ['notifications'],
    z.object({
      ...orderRef,
      recipient,
      fulfilmentId: id,
      guestToken: z.string().nullable(),
    }),
    ['recipient', 'guestToken'],
  ),
  'order.cancelled': define(
    'orders',
    ['notifications'],
    z.object({ ...orderRef, recipient, reason: z.string(), guestToken: maybeGuestToken }),
    ['recipient', 'guestToken'],
  ),
  /** Money went back, whatever for: told once per payment.refunded. */
  'order.refunded': define(
    'orders',
    ['notifications'],
    z.object({ ...orderRef, recipient, amount: minor, currency, guestToken: maybeGuestToken }),
    ['recipient', 'guestToken'],
  ),
  'return.requested': define('orders', ['notifications'], z.object(returnRef), ['recipient']),
  'return.approved': define('orders', ['notifications'], z.object(returnRef), ['recipient']),
  'return.rejected': define(
    'orders',
    ['notifications'],
    z.object({ ...returnRef, reason: z.string(), guestToken: maybeGuestToken }),
    ['recipient', 'guestToken'],
  ),
  'return.received': define(
    'orders',
    ['inventory', 'notifications'],
    z.object({ ...returnRef, restock: z.boolean(), guestToken: maybeGuestToken }),
    ['recipient', 'guestToken'],
  ),
  'return.refunded': define(
    'orders',
    ['notifications'],
    z.object({ ...returnRef, amount: minor, currency }),
    ['recipient'],
  ),

  'payment.authorized': define(
    'payments',
    ['orders', 'notifications'],
    z.object({ ...paymentRef, amount: minor, currency }),
  ),
  /** The customer must act (3-D Secure). `redirectUrl` is Stripe's `next_action` URL. */
  'payment.action_required': define(
    'payments',
    ['orders', 'notifications'],
    z.object({ ...paymentRef, clientSecret: z.string(), redirectUrl: z.string().nullable() }),
    ['clientSecret', 'redirectUrl'],
  ),
  'payment.captured': define(
    'payments',
    ['orders', 'notifications'],
    z.object({ ...paymentRef, amount: minor, currency }),
  ),
  'payment.failed': define(
    'payments',
    ['orders', 'notifications'],
    z.object({
      ...paymentRef,
      stage: z.enum(['AUTHORIZE', 'CAPTURE']),
      declineCode: z.string().nullable(),
      message: z.string(),
      retryable: z.boolean(),
    }),
  ),
  'payment.voided': define('payments', ['orders', 'notifications'], z.object(paymentRef)),
  /** Once per refund that Stripe has accepted; `requestKey` as in order.refund_requested, null when staff refunded by hand. */
  'payment.refunded': define(
    'payments',
    ['orders', 'notifications'],
    z.object({
      ...paymentRef,
      refundId: id,
      requestKey: z.string().nullable(),
      amount: minor,
      currency,
    }),
  ),
  'payment.refund_failed': define(
    'payments',
    ['orders', 'notifications'],
    z.object({
      ...paymentRef,
      refundId: id,
      requestKey: z.string().nullable(),
      message: z.string(),
    }),
  ),
  'payment.disputed': define('payments', ['notifications'], z.object({ ...paymentRef, reason: z.string() })),

  'notification.sent': define(
    'notifications',
    [],
    z.object({ notificationId: id, template: z.string(), orderId: id.nullable(), customerId: id.nullable() }),
  ),
  'notification.bounced': define(
    'notifications',
    [],
    z.object({ notificationId: id, template: z.string(), orderId: id.nullable(), customerId: id.nullable() }),
  ),
} satisfies Record<string, Definition>;

export type EventType = keyof typeof events;
export type EventData<T extends EventType> = z.output<(typeof events)[T]['data']>;

/** An event about to be announced: checked, but without the envelope's ids, which the outbox adds. */
export type NewEvent<T extends EventType = EventType> = {
  readonly type: T;
  readonly aggregate: { readonly type: string; readonly id: string };
  readonly data: EventData<T>;
};

/** Builds an event and checks its payload against the contract; throws ZodError when the producer is wrong. */
export function event<T extends EventType>(
  type: T,
  aggregate: { readonly type: string; readonly id: string },
  data: EventData<T>,
): NewEvent<T> {
  return { type, aggregate, data: events[type].data.parse(data) as EventData<T> };
}

/** An event as it arrives: the envelope with its checked payload. */
export type ShopEvent<T extends EventType = EventType> = {
  readonly id: string;
  readonly type: T;
  readonly version: 1;
  readonly occurredAt: string;
  readonly producer: string;
  readonly aggregate: { readonly type: string; readonly id: string; readonly seq: number };
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actor: string | null;
  readonly traceparent: string | null;
  readonly data: EventData<T>;
};

/** AMQP routing key: `<owner>.<fact>.v1`. */
export function routingKey(type: EventType): string {
  const fact = type.endsWith('.snapshot_requested') ? 'snapshot_requested' : type;
  return `${events[type].owner}.${fact}.v1`;
}
