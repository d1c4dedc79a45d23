import { type Database } from '#platform/database.ts';
import { notFound } from '#platform/errors.ts';
import { once } from '#platform/idempotency.ts';
import { type Viewer, actorOf } from '#platform/viewer.ts';

import { text } from '../domain/address.ts';
import { abandon } from '../domain/checkout.ts';
import { canCancel, wrongState } from '../domain/order.ts';
import { lockOrderOf } from '../store/orders.ts';
import { cancelLines } from '../store/shipments.ts';
import { perform } from './advance-order.ts';
import { changeStatus } from './change-status.ts';
import { readerOf } from './reader.ts';
import { type SagaSettings } from './saga-effects.ts';

export type Cancellation = {
  readonly id: string;
  readonly reason: string;
  readonly key: string;
  readonly guestToken?: string | null | undefined;
};

/**
 * Cancels an order that has not been shipped: at once for people, then money goes back and stock is freed.
 * Throws OrderStateError once anything was shipped or the order has ended, NotFoundError for a stranger.
 */
export async function cancelOrder(
  db: Database,
  settings: SagaSettings,
  viewer: Viewer,
  wish: Cancellation,
): Promise<void> {
  const reason = text(wish.reason, ['reason'], 500);
  await db.transaction(async tx => {
    const order = await lockOrderOf(tx, wish.id, readerOf(viewer, 'orders:write', wish.guestToken));
    if (!order) throw notFound('the order', 'id');
    const scope = actorOf(viewer) ?? `order:${order.id}`;
    await once(
      tx,
      { scope, operation: 'orderCancel', key: wish.key, input: { id: order.id, reason } },
      async () => {
        if (!canCancel(order.status))
          throw wrongState(order.status, `an order that is ${order.status} cannot be cancelled`);
        const cancelled = await changeStatus(tx, order, 'CANCELLED', actorOf(viewer));
        await cancelLines(tx, order.id);
        await perform(
          tx,
          settings,
          { ...cancelled, cancelReason: reason, attempts: 0 },
          abandon(order, order.total === 0n),
        );
        return null;
      },
    );
  });
}
