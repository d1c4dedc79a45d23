import { type Transaction } from '#platform/database.ts';
import { announceAll } from '#platform/outbox.ts';
import { type EventData } from '#schema/events.ts';

import { type ReservationOutcome, react } from '../domain/reservation.ts';
import { type Allocation, mergeLines } from '../domain/stock.ts';
import {
  type ReservationRow,
  deleteReservation,
  insertReservation,
  linesOf,
  lockReservation,
  moveReservation,
  replaceLines,
} from '../store/reservations.ts';
import { holdStock } from './hold-stock.ts';
import { aboutOrder, tellRejected, tellStock } from './tell.ts';

/**
 * Holds stock for an order, all lines or none, and answers stock.reserved or stock.rejected. Asked again, it answers again.
 * An order whose release has come first gets nothing. Answers what is new of it; null when nothing is.
 */
export async function reserveStock(
  tx: Transaction,
  request: EventData<'order.reservation_requested'>,
  lowStockThreshold: number,
): Promise<ReservationOutcome | null> {
  const { orderId, expiresAt } = request;
  const fresh = await insertReservation(tx, { orderId, state: 'HELD', expiresAt });
  if (!fresh) {
    return answerAgain(tx, request, lowStockThreshold);
  }
  const held = await holdStock(tx, mergeLines(request.lines));
  if (!held.held) {
    await deleteReservation(tx, fresh.id);
    await tellRejected(tx, orderId, held.shortages);
    return 'rejected';
  }
  await replaceLines(tx, fresh.id, held.allocations, false);
  const reserved = reservedOf(fresh, held.allocations, expiresAt);
  await tellStock(tx, held.changes, lowStockThreshold, [reserved]);
  return 'reserved';
}

async function answerAgain(
  tx: Transaction,
  request: EventData<'order.reservation_requested'>,
  lowStockThreshold: number,
): Promise<ReservationOutcome | null> {
  const { orderId, expiresAt } = request;
  const reservation = await lockReservation(tx, orderId);
  // A rejected request of the same order has just taken its row away again: the next delivery finds the way free.
  if (!reservation) throw new Error(`the reservation of order ${orderId} has just gone`);
  const reaction = react(reservation.state, 'reserve');
  if (reaction === 'again') {
    const lines = await linesOf(tx, [reservation.id]);
    await announceAll(tx, [
      reservedOf(reservation, lines, reservation.expiresAt?.toISOString() ?? expiresAt),
    ]);
  } else if (reaction === 'reserve anew') {
    const held = await holdStock(tx, mergeLines(request.lines));
    if (!held.held) {
      await tellRejected(tx, orderId, held.shortages);
      return 'rejected';
    }
    await moveReservation(tx, reservation.id, reservation.state, { state: 'HELD', expiresAt });
    await replaceLines(tx, reservation.id, held.allocations, true);
    const reserved = reservedOf(reservation, held.allocations, expiresAt);
    await tellStock(tx, held.changes, lowStockThreshold, [reserved]);
    return 'reserved';
  }
  return null;
}

function reservedOf(reservation: ReservationRow, held: readonly Allocation[], expiresAt: string) {
  const lines = held.map(({ variantId, warehouseId, quantity, backordered }) => ({
    variantId,
    warehouseId,
    quantity,
    backordered,
  }));
  return aboutOrder('stock.reserved', {
    orderId: reservation.orderId,
    reservationId: reservation.id,
    expiresAt,
    lines,
  });
}
