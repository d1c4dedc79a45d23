import { type Database } from '#platform/database.ts';

import { takeOverdue } from '../store/reservations.ts';
import { free } from './release-reservation.ts';
import { tellOrder } from './tell.ts';

/** How many reservations one transaction gives back: few enough that buyers do not wait for it. */
const batch = 50;

/** Gives back what nobody has paid for in time. Answers how many reservations have expired. */
export async function expireReservations(db: Database, lowStockThreshold: number): Promise<number> {
  for (let expired = 0; ;) {
    const taken = await db.transaction(async tx => {
      const overdue = await takeOverdue(tx, batch);
      if (overdue.length === 0) return 0;
      await free(
        tx,
        overdue.map(reservation => reservation.id),
        lowStockThreshold,
      );
      for (const { id, orderId } of overdue)
        await tellOrder(tx, 'stock.expired', { orderId, reservationId: id });
      return overdue.length;
    });
    expired += taken;
    if (taken < batch) return expired;
  }
}
