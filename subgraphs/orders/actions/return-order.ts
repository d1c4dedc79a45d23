import { type Database, type Transaction } from '#platform/database.ts';
import { notFound } from '#platform/errors.ts';
import { once } from '#platform/idempotency.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { type Viewer, actorOf } from '#platform/viewer.ts';
import { type EventData, event } from '#schema/events.ts';

import { text } from '../domain/address.ts';
import { amountTaken } from '../domain/checkout.ts';
import { wrongState } from '../domain/order.ts';
import {
  type Asked,
  type ReturnStatus,
  askedQuantities,
  refundAmount,
  returnTransitions,
  returnableUnits,
  returnStatuses,
} from '../domain/return.ts';
import { touchOrder } from '../store/order-changes.ts';
import { type OrderLineRow, type ReturnRow, linesOf, orderIdOf, returnsOf } from '../store/order-parts.ts';
import { type OrderRow, lockOrder, lockOrderOf } from '../store/orders.ts';
import { addQuantities, insertReturn, moveReturn, refundedSoFar } from '../store/shipments.ts';
import { recipientOf, refOf, tell } from './change-status.ts';
import { settleStatus } from './fulfil-order.ts';
import { guestTokenFor } from './guest-token.ts';
import { readerOf } from './reader.ts';

export type ReturnWish = {
  readonly orderId: string;
  readonly lines: readonly Asked[];
  readonly reason: string;
  readonly key: string;
  readonly guestToken?: string | null | undefined;
};

/** Asks to send units back that were shipped and are not on their way back yet. Throws OrderStateError before anything was shipped. */
export async function requestReturn(db: Database, viewer: Viewer, wish: ReturnWish): Promise<void> {
  const reason = text(wish.reason, ['reason'], 1_000);
  await db.transaction(async tx => {
    const order = await lockOrderOf(tx, wish.orderId, readerOf(viewer, 'orders:write', wish.guestToken));
    if (!order) throw notFound('the order', 'orderId');
    const scope = actorOf(viewer) ?? `order:${order.id}`;
    const input = { orderId: order.id, lines: wish.lines, reason };
    await once(tx, { scope, operation: 'returnRequest', key: wish.key, input }, async () => {
      const lines = await linesOf(tx, [order.id]);
      if (lines.every(line => line.quantityFulfilled === 0))
        throw wrongState(order.status, 'nothing of this order has been shipped');
      const returns = await returnsOf(tx, [order.id]);
      const asked = [...askedQuantities(wish.lines, lines, line => returnableUnits(line, returns))];
      const id = newId();
      await insertReturn(tx, {
        id,
        orderId: order.id,
        reason,
        lines: asked.map(([line, quantity]) => ({ orderLineId: line.id, quantity })),
      });
      await tell(
        tx,
        order.id,
        { type: 'return_requested', message: 'We have received your wish to return something.' },
        actorOf(viewer),
      );
      await touchOrder(tx, order.id);
      await announce(
        tx,
        event('return.requested', aggregate(id), refOfReturn(order, { id, lines: quantities(asked) })),
      );
      return null;
    });
  });
}

type Secrets = { readonly guestTokenSecret: string };
type Loaded = {
  readonly order: OrderRow;
  readonly wanted: ReturnRow;
  readonly lines: readonly OrderLineRow[];
  readonly returns: readonly ReturnRow[];
};

async function load(tx: Transaction, id: string): Promise<Loaded> {
  const orderId = await orderIdOf(tx, 'order_return', id);
  const order = orderId === null ? null : await lockOrder(tx, orderId);
  if (!order) throw notFound('the return', 'id');
  const returns = await returnsOf(tx, [order.id]);
  const wanted = returns.find(each => each.id === id.toLowerCase());
  if (!wanted) throw notFound('the return', 'id');
  return { order, wanted, returns, lines: await linesOf(tx, [order.id]) };
}

const from = (to: ReturnStatus): ReturnStatus[] =>
  returnStatuses.filter(status => returnTransitions[status].includes(to));

function refuseMove({ order, wanted }: Loaded, to: ReturnStatus): Error {
  return wrongState(order.status, `a return that is ${wanted.status} cannot become ${to}`);
}

/** Lets the customer send it. Approving twice changes nothing. Answers the order's id. */
export async function approveReturn(db: Database, viewer: Viewer, id: string): Promise<string> {
  return db.transaction(async tx => {
    const loaded = await load(tx, id);
    const { order, wanted } = loaded;
    if (wanted.status === 'APPROVED') return order.id;
    if (!(await moveReturn(tx, wanted.id, { from: from('APPROVED'), to: 'APPROVED' })))
      throw refuseMove(loaded, 'APPROVED');
    await tell(
      tx,
      order.id,
      { type: 'return_approved', message: 'You can send your return now.' },
      actorOf(viewer),
    );
    await touchOrder(tx, order.id);
    await announce(tx, event('return.approved', aggregate(wanted.id), returnData(loaded)));
    return order.id;
  });
}

/** Refuses a return that has not come back yet. Answers the order's id. */
export async function rejectReturn(
  db: Database,
  secrets: Secrets,
  viewer: Viewer,
  request: { readonly id: string; readonly reason: string },
): Promise<string> {
  const { id } = request;
  const reason = text(request.reason, ['reason'], 1_000);
  return db.transaction(async tx => {
    const loaded = await load(tx, id);
    const { order, wanted } = loaded;
    if (wanted.status === 'REJECTED') return order.id;
    const moved = await moveReturn(
      tx,
      wanted.id,
      { from: from('REJECTED'), to: 'REJECTED' },
      { rejectReason: reason },
    );
    if (!moved) throw refuseMove(loaded, 'REJECTED');
    await tell(
      tx,
      order.id,
      { type: 'return_rejected', message: `Your return was declined: ${reason}` },
      actorOf(viewer),
    );
    await touchOrder(tx, order.id);
    const data = { ...returnData(loaded), reason, guestToken: guestTokenFor(order, secrets) };
    await announce(tx, event('return.rejected', aggregate(wanted.id), data));
    return order.id;
  });
}

/** The goods are back: counts them, asks for the refund. Answers the order's id. Throws OrderStateError unless approved. */
export async function receiveReturn(
  db: Database,
  secrets: Secrets,
  viewer: Viewer,
  request: { readonly id: string; readonly restock: boolean; readonly key: string },
): Promise<string> {
  const { id, restock, key } = request;
  return db.transaction(async tx => {
    const loaded = await load(tx, id);
    const { order, wanted, lines, returns } = loaded;
    const input = { id: wanted.id, restock };
    await once(tx, { scope: actorOf(viewer) ?? '', operation: 'returnReceive', key, input }, async () => {
      const { settled } = await refundedSoFar(tx, order.id, null);
      const before = returns
        .filter(each => each.status === 'RECEIVED')
        .reduce((sum, each) => sum + (each.refundAmount ?? 0n), settled);
      const back = new Map(wanted.lines.map(line => [line.orderLineId, line.quantity]));
      const amount = refundAmount({ ...order, taken: amountTaken(order), lines }, back, before);
      const moved = await moveReturn(
        tx,
        wanted.id,
        { from: from('RECEIVED'), to: 'RECEIVED' },
        { restock, refundAmount: amount },
      );
      if (!moved) throw refuseMove(loaded, 'RECEIVED');
      await addQuantities(tx, 'quantity_returned', wanted.lines);
      await tell(
        tx,
        order.id,
        { type: 'return_received', message: 'Your return has arrived.' },
        actorOf(viewer),
      );
      const data = { ...returnData(loaded), restock, guestToken: guestTokenFor(order, secrets) };
      await announce(tx, event('return.received', aggregate(wanted.id), data));
      if (amount === 0n) await settleReturn(tx, order.id, wanted.id, 0n);
      else {
        await touchOrder(tx, order.id);
        await announce(
          tx,
          event(
            'order.refund_requested',
            { type: 'Order', id: order.id },
            {
              orderId: order.id,
              requestKey: `return:${wanted.id}`,
              amount: amount.toString(),
              currency: order.currency,
              reason: wanted.reason,
              returnId: wanted.id,
            },
          ),
        );
      }
      return null;
    });
    return order.id;
  });
}

/** The money of a return has gone back, at least `refunded` minor units: the return is done and the order follows. */
export async function settleReturn(
  tx: Transaction,
  orderId: string,
  returnId: string,
  refunded: bigint,
): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (!order) return;
  const loaded = await load(tx, returnId);
  const amount = loaded.wanted.refundAmount;
  if (amount === null || refunded < amount) return;
  if (!(await moveReturn(tx, returnId, { from: ['RECEIVED'], to: 'REFUNDED' }))) return;
  await announce(
    tx,
    event('return.refunded', aggregate(returnId), {
      ...returnData(loaded),
      amount: amount.toString(),
      currency: order.currency,
    }),
  );
  await settleStatus(tx, order, null);
}

const aggregate = (id: string) => ({ type: 'Return', id });
const quantities = (asked: readonly (readonly [OrderLineRow, number])[]) =>
  asked.map(([line, quantity]) => ({ orderLineId: line.id, variantId: line.variantId, quantity }));

function refOfReturn(
  order: OrderRow,
  { id, lines }: { id: string; lines: EventData<'return.requested'>['lines'] },
) {
  return { returnId: id, ...refOf(order), lines, recipient: recipientOf(order) };
}

function returnData({ order, wanted, lines }: Loaded) {
  const variants = new Map(lines.map(line => [line.id, line.variantId]));
  const mine = wanted.lines.map(line => ({ ...line, variantId: variants.get(line.orderLineId) ?? '' }));
  return refOfReturn(order, { id: wanted.id, lines: mine });
}
