import { type Transaction } from '#platform/database.ts';

import { type ReservationOutcome, askedFor, react } from '../domain/reservation.ts';
import {
  type ReservationRow,
  linesOf,
  lockReservation,
  moveReservation,
  replaceLines,
} from '../store/reservations.ts';
import { holdStock } from './hold-stock.ts';
import { tellOrder, tellRejected, tellStock } from './tell.ts';

/**
 * The order is paid: its reservation holds until it ships. What has expired meanwhile is looked for again; when it is gone,
 * the answer is stock.rejected. A reservation that orders has released stays released. Answers what is new of it.
 */
export async function commitReservation(
  tx: Transaction,
  orderId: string,
  lowStockThreshold: number,
): Promise<ReservationOutcome | null> {
  const reservation = await lockReservation(tx, orderId);
  const reaction = react(reservation?.state ?? null, 'commit');
  if (!reservation || reaction === 'later')
    throw new Error(`order ${orderId} is to be committed before anything was reserved`);
  if (reaction === 'ignore') return null;
  if (reaction === 'do') await moveReservation(tx, reservation.id, reservation.state, { state: 'COMMITTED' });
  if (reaction === 'reserve anew' && !(await holdAnew(tx, reservation, lowStockThreshold))) return 'rejected';
  await tellOrder(tx, 'stock.committed', { orderId, reservationId: reservation.id });
  return reaction === 'again' ? null : 'committed';
}

/** Holds again, and commits, what an expired reservation held. False, and stock.rejected, when it is gone. */
export async function holdAnew(
  tx: Transaction,
  reservation: ReservationRow,
  lowStockThreshold: number,
): Promise<boolean> {
  const held = await holdStock(tx, askedFor(await linesOf(tx, [reservation.id])));
  if (!held.held) {
    await tellRejected(tx, reservation.orderId, held.shortages);
    return false;
  }
  await moveReservation(tx, reservation.id, reservation.state, { state: 'COMMITTED' });
  await replaceLines(tx, reservation.id, held.allocations, true);
  await tellStock(tx, held.changes, lowStockThreshold);
  return true;
}
