import { type Database, type Transaction } from '#platform/database.ts';
import { invalid, notFound } from '#platform/errors.ts';
import { once } from '#platform/idempotency.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { type Viewer, actorOf } from '#platform/viewer.ts';
import { event } from '#schema/events.ts';

import { optionalText } from '../domain/address.ts';
import { type OrderStatus, canFulfil, leftToShip, stateOf, wrongState } from '../domain/order.ts';
import { type Asked, askedQuantities } from '../domain/return.ts';
import { parcelDelivered, statusWords } from '../domain/timeline.ts';
import { touchOrder } from '../store/order-changes.ts';
import { fulfilmentsOf, linesOf, orderIdOf, returnsOf } from '../store/order-parts.ts';
import { type OrderRow, lockOrder, lockOrderOf } from '../store/orders.ts';
import { deliverFulfilment, insertFulfilment } from '../store/shipments.ts';
import { changeStatus, recipientOf, refOf, tell } from './change-status.ts';
import { guestTokenOf } from './guest-token.ts';
import { readerOf } from './reader.ts';

export type Parcel = {
  readonly orderId: string;
  readonly lines: readonly Asked[];
  readonly carrier?: string | null | undefined;
  readonly trackingNumber?: string | null | undefined;
  readonly trackingUrl?: string | null | undefined;
};
type Secrets = { readonly guestTokenSecret: string };

/**
 * Ships part or all of a paid order. Throws OrderStateError when it is not paid or has nothing left to ship,
 * ValidationError when more is asked for than is left.
 */
export async function fulfilOrder(
  db: Database,
  secrets: Secrets,
  viewer: Viewer,
  request: { readonly input: Parcel; readonly key: string },
): Promise<void> {
  const { input, key } = request;
  const carrier = optionalText(input.carrier, ['input', 'carrier'], 100);
  const trackingNumber = optionalText(input.trackingNumber, ['input', 'trackingNumber'], 100);
  const trackingUrl = optionalText(input.trackingUrl, ['input', 'trackingUrl'], 1_000);
  if (trackingUrl !== null && !/^https?:\/\/[^\s]+$/i.test(trackingUrl))
    throw invalid('this is not a web address', ['input', 'trackingUrl'], 'URL');
  await db.transaction(async tx => {
    const order = await lockOrderOf(tx, input.orderId, readerOf(viewer, 'orders:write'));
    if (!order) throw notFound('the order', ['input', 'orderId']);
    await once(tx, { scope: actorOf(viewer) ?? '', operation: 'orderFulfil', key, input }, async () => {
      if (!canFulfil(order.status))
        throw wrongState(order.status, `nothing can be shipped of an order that is ${order.status}`);
      const asked = [...askedQuantities(input.lines, await linesOf(tx, [order.id]), leftToShip)];
      const lines = asked.map(([line, quantity]) => ({
        orderLineId: line.id,
        variantId: line.variantId,
        quantity,
      }));
      const id = newId();
      await insertFulfilment(tx, { id, orderId: order.id, carrier, trackingNumber, trackingUrl, lines });
      const { status, changed } = await settleStatus(tx, order, actorOf(viewer));
      // A change of state tells of itself; of what was shipped, only while nothing has come back.
      const rest = status === 'PARTIALLY_FULFILLED' ? 'PARTIALLY_FULFILLED' : 'FULFILLED';
      if (!changed || status !== rest) await tell(tx, order.id, statusWords[rest], actorOf(viewer));
      await announce(
        tx,
        event(
          'order.fulfilled',
          { type: 'Order', id: order.id },
          {
            ...refOf(order),
            recipient: recipientOf(order),
            fulfilmentId: id,
            lines,
            carrier,
            trackingNumber,
            trackingUrl,
            guestToken: tokenFor(order, secrets),
          },
        ),
      );
      return null;
    });
  });
}

/** Marks a parcel delivered; again changes nothing. Answers the order's id. Throws NotFoundError. */
export async function deliver(db: Database, secrets: Secrets, viewer: Viewer, id: string): Promise<string> {
  return db.transaction(async tx => {
    const orderId = await orderIdOf(tx, 'fulfilment', id);
    const order = orderId === null ? null : await lockOrder(tx, orderId);
    if (!order) throw notFound('the fulfilment', 'id');
    const fulfilmentId = id.toLowerCase();
    if (!(await deliverFulfilment(tx, fulfilmentId))) return order.id;
    const { changed } = await settleStatus(tx, order, actorOf(viewer));
    if (!changed) await tell(tx, order.id, parcelDelivered, actorOf(viewer));
    await announce(
      tx,
      event(
        'order.delivered',
        { type: 'Order', id: order.id },
        {
          ...refOf(order),
          recipient: recipientOf(order),
          fulfilmentId,
          guestToken: tokenFor(order, secrets),
        },
      ),
    );
    return order.id;
  });
}

const tokenFor = (order: OrderRow, { guestTokenSecret }: Secrets): string | null =>
  order.customerId === null ? guestTokenOf(guestTokenSecret, order.id) : null;

/** Moves a shipped order to the state that its quantities, parcels and refunded returns amount to; tells when that is another. */
export async function settleStatus(
  tx: Transaction,
  order: OrderRow,
  actor: string | null,
): Promise<{ readonly status: OrderStatus; readonly changed: boolean }> {
  const [lines, parcels, returns] = [
    await linesOf(tx, [order.id]),
    await fulfilmentsOf(tx, [order.id]),
    await returnsOf(tx, [order.id]),
  ];
  const refundedUnits = returns
    .filter(each => each.status === 'REFUNDED')
    .flatMap(each => each.lines)
    .reduce((sum, line) => sum + line.quantity, 0);
  const allDelivered = parcels.every(parcel => parcel.status !== 'SHIPPED');
  const status = stateOf(lines, { allDelivered, refundedUnits });
  const changed = status !== order.status;
  if (changed) await changeStatus(tx, order, status, actor);
  else await touchOrder(tx, order.id);
  return { status, changed };
}
