import { type Database } from '#platform/database.ts';

import { lockOrder, overdueOrders } from '../store/orders.ts';
import { handleOverdue } from './advance-order.ts';
import { type SagaSettings } from './saga-effects.ts';

const batch = 100;

/**
 * Turns deadlines that have passed into repeated requests or compensation; one order that cannot be dealt with does not keep the
 * others waiting. Answers how many orders were touched; throws AggregateError with what went wrong, once all have had their turn.
 */
export async function sweepOrders(db: Database, settings: SagaSettings, now: Date): Promise<number> {
  const ids = await overdueOrders(db.em(), now, batch);
  const failures: unknown[] = [];
  for (const id of ids) {
    const done = db.transaction(async tx => {
      const order = await lockOrder(tx, id);
      // Meanwhile the answer may have come, or another process was faster.
      if (order?.deadlineAt && order.deadlineAt <= now) await handleOverdue(tx, settings, order, now);
    });
    await done.catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} overdue orders failed`);
  return ids.length;
}
