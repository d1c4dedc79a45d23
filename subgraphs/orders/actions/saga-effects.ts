import { type Transaction, afterCommit } from '#platform/database.ts';
import { type Announcement } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { type Effect, amountTaken } from '../domain/checkout.ts';
import { closeCart, reopenCart } from '../store/carts.ts';
import { type OrderLineRow, linesOf } from '../store/order-parts.ts';
import { type OrderRow } from '../store/orders.ts';
import { refundedSoFar } from '../store/shipments.ts';
import { move, recipientOf, refOf, statusChanged } from './change-status.ts';
import { guestTokenOf } from './guest-token.ts';
import { giveVouchersBack } from './redeem-vouchers.ts';

/** How patient the saga is. */
export type SagaSettings = {
  readonly guestTokenSecret: string;
  /** How long stock is held for a payment, in milliseconds. */
  readonly reservationMs: number;
  /** After how long without an answer a request is repeated, in milliseconds; it doubles up to a minute. */
  readonly retryMs: number;
  /** Told of each order that was placed, once that is kept. */
  readonly onPlaced: (order: { readonly currency: string; readonly total: bigint }) => void;
};

type Context = {
  readonly order: OrderRow;
  readonly settings: SagaSettings;
  /** The order's lines, where they are known already. */
  readonly lines?: readonly OrderLineRow[];
};

/** The order as it is afterwards, and what is to be told. */
type Done = { readonly order: OrderRow; readonly told: readonly Announcement[] };

/** What a cancelled order still has to get back, in minor units. */
export async function leftToRefund(tx: Transaction, order: OrderRow): Promise<bigint> {
  const { all } = await refundedSoFar(tx, order.id, null);
  const taken = amountTaken(order);
  return taken > all ? taken - all : 0n;
}

const aggregate = (order: OrderRow) => ({ type: 'Order', id: order.id });
const guestToken = ({ order, settings }: Context): string | null =>
  order.customerId === null ? guestTokenOf(settings.guestTokenSecret, order.id) : null;

async function linesFor(tx: Transaction, { order, lines }: Context): Promise<readonly OrderLineRow[]> {
  return lines ?? linesOf(tx, [order.id]);
}

/** What each effect of the saga does, in the saga's own transaction. */
export const effects: Record<Effect, (tx: Transaction, context: Context) => Promise<Done>> = {
  reserve: async (tx, context) => {
    const { order } = context;
    const lines = (await linesFor(tx, context)).map(({ variantId, quantity }) => ({ variantId, quantity }));
    const expiresAt = order.reservationExpiresAt.toISOString();
    const asked = event('order.reservation_requested', aggregate(order), {
      orderId: order.id,
      lines,
      expiresAt,
    });
    return { order, told: [asked] };
  },
  pay: async (_tx, { order }) => {
    const asked = event('order.payment_requested', aggregate(order), {
      ...refOf(order),
      amount: order.total.toString(),
      currency: order.currency,
      email: order.email,
      guestTokenHash: order.guestTokenHash,
      deadline: order.reservationExpiresAt.toISOString(),
      method: order.paymentMethod,
    });
    return { order, told: [asked] };
  },
  commit: async (_tx, { order }) => ({
    order,
    told: [event('order.stock_commit_requested', aggregate(order), { orderId: order.id })],
  }),
  capture: async (_tx, { order }) => ({
    order,
    told: [event('order.capture_requested', aggregate(order), { orderId: order.id })],
  }),
  void: async (_tx, { order }) => ({
    order,
    told: [
      event('order.payment_void_requested', aggregate(order), { orderId: order.id, reason: why(order) }),
    ],
  }),
  refund: async (tx, { order }) => {
    const amount = await leftToRefund(tx, order);
    if (amount === 0n) return { order, told: [] };
    const asked = event('order.refund_requested', aggregate(order), {
      orderId: order.id,
      requestKey: `cancel:${order.id}`,
      amount: amount.toString(),
      currency: order.currency,
      reason: why(order),
      returnId: null,
    });
    return { order, told: [asked] };
  },
  release: async (_tx, { order }) => ({
    order,
    told: [
      event('order.stock_release_requested', aggregate(order), { orderId: order.id, reason: why(order) }),
    ],
  }),
  await: async (tx, { order: before }) => {
    const order = await move(tx, before, 'AWAITING_PAYMENT');
    return { order, told: [statusChanged(order, before.status)] };
  },
  place: async (tx, context) => {
    const order = await move(tx, context.order, 'PAID');
    await closeCart(tx, order.cartId);
    afterCommit(tx, () => context.settings.onPlaced(order));
    const placed = event('order.placed', aggregate(order), {
      ...refOf(order),
      recipient: recipientOf(order),
      currency: order.currency,
      subtotal: order.subtotal.toString(),
      discountTotal: order.discountTotal.toString(),
      shippingTotal: order.shippingTotal.toString(),
      taxTotal: order.taxTotal.toString(),
      total: order.total.toString(),
      guestToken: guestToken(context),
      lines: (await linesFor(tx, context)).map(
        ({ id, variantId, productId, sku, title, quantity, total }) => ({
          orderLineId: id,
          variantId,
          productId,
          sku,
          title,
          quantity,
          total: total.toString(),
        }),
      ),
    });
    return { order, told: [statusChanged(order, context.order.status), placed] };
  },
  fail: async (tx, context) => {
    const order = await move(tx, context.order, 'FAILED');
    await giveVouchersBack(tx, order.id);
    await reopenCart(tx, order.cartId, order.id);
    const failed = event('order.failed', aggregate(order), {
      ...refOf(order),
      recipient: recipientOf(order),
      reason: order.reason ?? 'PAYMENT',
      declineCode: order.failure?.declineCode ?? null,
      guestToken: guestToken(context),
    });
    return { order, told: [statusChanged(order, context.order.status), failed] };
  },
  cancel: async (tx, context) => {
    const { order } = context;
    await giveVouchersBack(tx, order.id);
    if (order.placedAt === null) await reopenCart(tx, order.cartId, order.id);
    const reason = order.cancelReason ?? 'cancelled';
    const cancelled = event('order.cancelled', aggregate(order), {
      ...refOf(order),
      recipient: recipientOf(order),
      reason,
      guestToken: guestToken(context),
    });
    return { order, told: [cancelled] };
  },
};

function why(order: OrderRow): string {
  return (
    order.cancelReason ??
    (order.reason === null ? 'the order came to nothing' : `checkout failed: ${order.reason}`)
  );
}
