import { type Database, type Transaction, afterCommit } from '#platform/database.ts';
import { type Handlers } from '#platform/inbox.ts';
import { type ShopEvent } from '#schema/events.ts';

import { commitReservation } from '../actions/commit-reservation.ts';
import { releaseReservation } from '../actions/release-reservation.ts';
import { rememberVariant } from '../actions/remember-variant.ts';
import { reserveStock } from '../actions/reserve-stock.ts';
import { restockReturn } from '../actions/restock-return.ts';
import { sendSnapshot } from '../actions/send-snapshot.ts';
import { shipOrder } from '../actions/ship-order.ts';
import { type ReservationOutcome } from '../domain/reservation.ts';

/** What inventory does when others tell it something. */
export function createHandlers(
  db: Database,
  lowStockThreshold: number,
  count: (outcome: ReservationOutcome) => void,
) {
  const counted = async (tx: Transaction, done: Promise<ReservationOutcome | null>): Promise<void> => {
    const outcome = await done;
    if (outcome !== null) afterCommit(tx, () => count(outcome));
  };
  return {
    'variant.upserted': (tx: Transaction, { data }: ShopEvent<'variant.upserted'>) =>
      rememberVariant(tx, data),
    'order.reservation_requested': (tx: Transaction, { data }: ShopEvent<'order.reservation_requested'>) =>
      counted(tx, reserveStock(tx, data, lowStockThreshold)),
    'order.stock_commit_requested': (tx: Transaction, { data }: ShopEvent<'order.stock_commit_requested'>) =>
      counted(tx, commitReservation(tx, data.orderId, lowStockThreshold)),
    'order.stock_release_requested': (
      tx: Transaction,
      { data }: ShopEvent<'order.stock_release_requested'>,
    ) => counted(tx, releaseReservation(tx, data, lowStockThreshold)),
    'order.fulfilled': (tx: Transaction, { data }: ShopEvent<'order.fulfilled'>) =>
      shipOrder(tx, data, lowStockThreshold),
    'return.received': (tx: Transaction, { data }: ShopEvent<'return.received'>) =>
      restockReturn(tx, data, lowStockThreshold),
    // Many small transactions, so that a large catalogue does not hold one open.
    'inventory.snapshot_requested': {
      outside: (_event: ShopEvent<'inventory.snapshot_requested'>) => sendSnapshot(db),
    },
  } satisfies Handlers;
}
