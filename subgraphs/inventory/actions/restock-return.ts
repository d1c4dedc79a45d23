import { PermanentError } from '#platform/bus.ts';
import { type Transaction } from '#platform/database.ts';
import { type EventData } from '#schema/events.ts';

import { restock } from '../domain/reservation.ts';
import { type LevelChange, changeLevel, ensureLevel } from '../store/levels.ts';
import { book, isBooked } from '../store/movements.ts';
import { addReturned, linesOf, lockReservation } from '../store/reservations.ts';
import { firstWarehouse } from '../store/warehouses.ts';
import { tellStock } from './tell.ts';

/** Puts returned units back on the shelves that they came from. Booked once per return; damaged goods are not put back. */
export async function restockReturn(
  tx: Transaction,
  returned: EventData<'return.received'>,
  lowStockThreshold: number,
): Promise<void> {
  if (!returned.restock) return;
  const reservation = await lockReservation(tx, returned.orderId);
  if (await isBooked(tx, 'RETURN', returned.returnId)) return;
  const fallback = await firstWarehouse(tx);
  if (fallback === null)
    throw new PermanentError(`return ${returned.returnId} cannot be put back: there is no warehouse`);
  const back = restock(reservation ? await linesOf(tx, [reservation.id]) : [], returned.lines, fallback);
  const changes: LevelChange[] = [];
  for (const { variantId, warehouseId, quantity } of back) {
    await ensureLevel(tx, { variantId, warehouseId });
    changes.push(await changeLevel(tx, { variantId, warehouseId, onHand: quantity }));
  }
  if (reservation) await addReturned(tx, reservation.id, back);
  const reason = `return of order ${returned.number}`;
  await book(
    tx,
    back.map(({ variantId, warehouseId, quantity }) => ({
      variantId,
      warehouseId,
      kind: 'RETURN',
      delta: quantity,
      reason,
      reference: returned.returnId,
    })),
  );
  await tellStock(tx, changes, lowStockThreshold);
}
