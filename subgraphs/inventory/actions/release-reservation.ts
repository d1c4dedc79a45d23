import { type Transaction } from '#platform/database.ts';
import { type EventData } from '#schema/events.ts';

import { type ReservationOutcome, freed, holds, react } from '../domain/reservation.ts';
import { type LevelChange, changeLevel } from '../store/levels.ts';
import { insertReservation, linesOf, lockReservation, moveReservation } from '../store/reservations.ts';
import { tellOrder, tellStock } from './tell.ts';

/**
 * Gives back what an order holds, committed or not, as far as it has not been shipped. A release that comes before its
 * request leaves a mark, so that the request then reserves nothing. Answers what is new of it.
 */
export async function releaseReservation(
  tx: Transaction,
  request: EventData<'order.stock_release_requested'>,
  lowStockThreshold: number,
): Promise<ReservationOutcome | null> {
  const { orderId, reason } = request;
  const mark = await insertReservation(tx, { orderId, state: 'RELEASED', expiresAt: null, reason });
  const reservation = mark ?? (await lockReservation(tx, orderId));
  if (!reservation) throw new Error(`the reservation of order ${orderId} has just gone`);
  const releases = !mark && react(reservation.state, 'release') === 'do';
  if (releases) {
    await moveReservation(tx, reservation.id, reservation.state, { state: 'RELEASED', reason });
    if (holds(reservation.state)) await free(tx, [reservation.id], lowStockThreshold);
  }
  await tellOrder(tx, 'stock.released', { orderId, reservationId: reservation.id, reason });
  return releases ? 'released' : null;
}

/** Takes what reservations hold off the levels, level by level in locking order. */
export async function free(
  tx: Transaction,
  reservationIds: readonly string[],
  lowStockThreshold: number,
): Promise<void> {
  const changes: LevelChange[] = [];
  for (const { variantId, warehouseId, quantity } of freed(await linesOf(tx, reservationIds))) {
    changes.push(await changeLevel(tx, { variantId, warehouseId, reserved: -quantity }));
  }
  await tellStock(tx, changes, lowStockThreshold);
}
