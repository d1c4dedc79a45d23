import { PermanentError } from '#platform/bus.ts';
import { type Transaction } from '#platform/database.ts';
import { type EventData } from '#schema/events.ts';

import { type HeldLine, react, ship } from '../domain/reservation.ts';
import { type LevelChange, changeLevel, lockLevel } from '../store/levels.ts';
import { book, isBooked } from '../store/movements.ts';
import { addShipped, linesOf, lockReservation, moveReservation } from '../store/reservations.ts';
import { holdAnew } from './commit-reservation.ts';
import { tellStock } from './tell.ts';

/** Books a shipment: the units leave the shelf and are not promised any more. Booked once per fulfilment. */
export async function shipOrder(
  tx: Transaction,
  shipment: EventData<'order.fulfilled'>,
  lowStockThreshold: number,
): Promise<void> {
  const { orderId, number, fulfilmentId } = shipment;
  const reservation = await lockReservation(tx, orderId);
  if (await isBooked(tx, 'SALE', fulfilmentId)) return;
  const reaction = react(reservation?.state ?? null, 'ship');
  if (!reservation || reaction === 'later')
    throw new Error(`order ${number} was shipped, but holds no stock`);
  if (reaction === 'reserve anew' && !(await holdAnew(tx, reservation, lowStockThreshold))) {
    throw new Error(
      `order ${number} was shipped after its reservation had expired, and there is no stock to book it from`,
    );
  }
  // Shipped before its commit has arrived: who ships has decided.
  if (reservation.state === 'HELD') await moveReservation(tx, reservation.id, 'HELD', { state: 'COMMITTED' });
  const parcels = ship(await linesOf(tx, [reservation.id]), shipment.lines);
  if (!parcels) throw new PermanentError(`fulfilment ${fulfilmentId} ships more than order ${number} holds`);
  const changes: LevelChange[] = [];
  for (const { line, quantity } of parcels)
    changes.push(await take(tx, line, quantity, { number, fulfilmentId }));
  await addShipped(tx, parcels);
  await tellStock(tx, changes, lowStockThreshold);
}

async function take(
  tx: Transaction,
  { variantId, warehouseId }: HeldLine,
  quantity: number,
  { number, fulfilmentId }: { readonly number: string; readonly fulfilmentId: string },
): Promise<LevelChange> {
  const level = await lockLevel(tx, { variantId, warehouseId });
  // What has left the house was there, whatever the books said: they are put right first.
  const uncounted = Math.max(0, quantity - (level?.onHand ?? 0));
  const place = { variantId, warehouseId, reference: fulfilmentId };
  const correction = {
    ...place,
    kind: 'ADJUSTMENT' as const,
    delta: uncounted,
    reason: `order ${number} shipped more than the books held`,
  };
  const sale = { ...place, kind: 'SALE' as const, delta: -quantity, reason: `order ${number} shipped` };
  const change = await changeLevel(tx, {
    variantId,
    warehouseId,
    onHand: uncounted - quantity,
    reserved: -quantity,
  });
  await book(tx, uncounted > 0 ? [correction, sale] : [sale]);
  return change;
}
