import { type EntityManager } from '@mikro-orm/postgresql';

import { rows } from '#platform/database.ts';

import { type StepState } from '../domain/checkout-steps.ts';
import { type OrderStatus } from '../domain/order.ts';
import { type ReturnStatus } from '../domain/return.ts';
import { isId } from './orders.ts';

export type OrderLineRow = {
  readonly id: string;
  readonly orderId: string;
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly quantityFulfilled: number;
  readonly quantityReturned: number;
  readonly quantityCancelled: number;
  readonly unitPrice: bigint;
  readonly total: bigint;
  readonly discount: bigint;
  readonly tax: bigint;
};
export type LineQuantity = { readonly orderLineId: string; readonly quantity: number };
export type FulfilmentRow = {
  readonly id: string;
  readonly orderId: string;
  readonly status: 'SHIPPED' | 'DELIVERED' | 'CANCELLED';
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
  readonly shippedAt: Date;
  readonly deliveredAt: Date | null;
  readonly lines: readonly LineQuantity[];
};
export type ReturnRow = {
  readonly id: string;
  readonly orderId: string;
  readonly status: ReturnStatus;
  readonly reason: string;
  readonly rejectReason: string | null;
  readonly restock: boolean | null;
  readonly refundAmount: bigint | null;
  readonly requestedAt: Date;
  readonly lines: readonly LineQuantity[];
};
export type TimelineRow = {
  readonly id: string;
  readonly orderId: string;
  readonly at: Date;
  readonly type: string;
  readonly message: string;
  readonly actor: string | null;
};
export type StepRow = {
  readonly orderId: string;
  readonly name: string;
  readonly state: StepState;
  readonly attempts: number;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly error: string | null;
};
/** One entry of an order's history of states. */
export type StateRow = { readonly seq: number; readonly status: OrderStatus; readonly version: number };

/** Lines of several orders, in the order in which they were bought. */
export async function linesOf(em: EntityManager, orderIds: readonly string[]): Promise<OrderLineRow[]> {
  return rows(
    em,
    `select id, order_id as "orderId", variant_id as "variantId", product_id as "productId", sku, title, quantity,
       quantity_fulfilled as "quantityFulfilled", quantity_returned as "quantityReturned", quantity_cancelled as "quantityCancelled",
       unit_price as "unitPrice", total, discount, tax
     from order_line where order_id = any(?::uuid[]) order by order_id, position`,
    [orderIds],
  );
}

/** Parcels of several orders with what is in them, oldest first. */
export async function fulfilmentsOf(
  em: EntityManager,
  orderIds: readonly string[],
): Promise<FulfilmentRow[]> {
  return rows(
    em,
    `select f.id, f.order_id as "orderId", f.status, f.carrier, f.tracking_number as "trackingNumber", f.tracking_url as "trackingUrl",
       f.shipped_at as "shippedAt", f.delivered_at as "deliveredAt",
       (select jsonb_agg(jsonb_build_object('orderLineId', l.order_line_id, 'quantity', l.quantity) order by l.order_line_id)
        from fulfilment_line l where l.fulfilment_id = f.id) as lines
     from fulfilment f where f.order_id = any(?::uuid[]) order by f.id`,
    [orderIds],
  );
}

/** Returns of several orders with what comes back, oldest first. */
export async function returnsOf(em: EntityManager, orderIds: readonly string[]): Promise<ReturnRow[]> {
  return rows(
    em,
    `select r.id, r.order_id as "orderId", r.status, r.reason, r.reject_reason as "rejectReason", r.restock,
       r.refund_amount as "refundAmount", r.requested_at as "requestedAt",
       (select jsonb_agg(jsonb_build_object('orderLineId', l.order_line_id, 'quantity', l.quantity) order by l.order_line_id)
        from return_line l where l.return_id = r.id) as lines
     from order_return r where r.order_id = any(?::uuid[]) order by r.id`,
    [orderIds],
  );
}

/** What happened to several orders, oldest first. */
export async function timelinesOf(em: EntityManager, orderIds: readonly string[]): Promise<TimelineRow[]> {
  return rows(
    em,
    `select id, order_id as "orderId", at, type, message, actor from timeline_entry where order_id = any(?::uuid[]) order by id`,
    [orderIds],
  );
}

/** Checkout steps of several orders, in the order in which they run. */
export async function stepsOfOrders(em: EntityManager, orderIds: readonly string[]): Promise<StepRow[]> {
  return rows(
    em,
    `select order_id as "orderId", name, state, attempts, started_at as "startedAt", finished_at as "finishedAt", error
     from checkout_step where order_id = any(?::uuid[]) order by order_id, position`,
    [orderIds],
  );
}

/** The states of an order after the `seq` last seen. */
export async function statesAfter(em: EntityManager, orderId: string, seq: number): Promise<StateRow[]> {
  return rows(
    em,
    'select seq, status, version from order_state where order_id = ?::uuid and seq > ? order by seq',
    [orderId, seq],
  );
}

/** The order that a parcel or a return belongs to; null when there is no such thing. */
export async function orderIdOf(
  em: EntityManager,
  table: 'fulfilment' | 'order_return',
  id: string,
): Promise<string | null> {
  if (!isId(id)) return null;
  const [row] = await rows<{ orderId: string }>(
    em,
    `select order_id as "orderId" from ${table} where id = ?::uuid`,
    [id],
  );
  return row?.orderId ?? null;
}
