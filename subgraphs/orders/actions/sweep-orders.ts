import { type Database } from '#platform/database.ts';

import { lockOrder, overdueOrders } from '../store/orders.ts';
import { handleOverdue } from './advance-order.ts';
import { type SagaSettings } from './saga-effects.ts';

const batch = 100;

/** Turns deadlines that have passed into repeated requests or compensation. Answers how many orders were touched. */
export async function sweepOrders(db: Database, settings: SagaSettings, now: Date): Promise<number> {
  const ids = await overdueOrders(db.em(), now, batch);
  for (const id of ids) {
    await db.transaction(async tx => {
      const order = await lockOrder(tx, id);
      // Meanwhile the answer may have come, or another process was faster.
      if (order?.deadlineAt && order.deadlineAt <= now) await handleOverdue(tx, settings, order, now);
    });
  }
  return ids.length;
}
