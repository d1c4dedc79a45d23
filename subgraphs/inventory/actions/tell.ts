import { type Transaction } from '#platform/database.ts';
import { type Announcement, announce, announceAll } from '#platform/outbox.ts';
import { type EventData, type EventType, event } from '#schema/events.ts';

import { type Shortage, available, becameLow } from '../domain/stock.ts';
import { type LevelChange } from '../store/levels.ts';
import { type Told, recompute } from '../store/variants.ts';

/**
 * Brings what customers are told up to date with levels that have changed, and tells whoever must know. The last step of
 * every change of stock: it locks the variants, which everybody does after the levels. `more` is told with it.
 */
export async function tellStock(
  tx: Transaction,
  changes: readonly LevelChange[],
  lowStockThreshold: number,
  more: readonly Announcement[] = [],
): Promise<void> {
  if (changes.length === 0) return announceAll(tx, more);
  const told = await recompute(tx, [...new Set(changes.map(change => change.after.variantId))]);
  const low = changes.filter(({ before, after }) => becameLow(before, after, lowStockThreshold));
  await announceAll(tx, [
    ...told.map(availabilityChanged),
    ...low.map(({ after }) => {
      const { variantId, warehouseId, safetyStock } = after;
      const data = { variantId, warehouseId, available: available(after), safetyStock };
      return event('stock.low', { type: 'ProductVariant', id: variantId }, data);
    }),
    ...more,
  ]);
}

/** How many of a variant can be sold, as it is told. */
export function availabilityChanged({ variantId, quantity, inStock, version }: Told) {
  return event(
    'stock.availability_changed',
    { type: 'ProductVariant', id: variantId },
    { variantId, quantity, inStock, version },
  );
}

type AboutOrder = Extract<
  EventType,
  'stock.reserved' | 'stock.rejected' | 'stock.committed' | 'stock.released' | 'stock.expired'
>;

/** What has become of an order's stock, as orders is told; all events about one order stay in order. */
export function aboutOrder<T extends AboutOrder>(type: T, data: EventData<T>) {
  return event(type, { type: 'Order', id: data.orderId }, data);
}

/** Tells orders what has become of an order's stock. */
export async function tellOrder<T extends AboutOrder>(
  tx: Transaction,
  type: T,
  data: EventData<T>,
): Promise<void> {
  await announce(tx, aboutOrder(type, data));
}

/** Tells that an order cannot have its lines, and what is left of each short one. */
export async function tellRejected(
  tx: Transaction,
  orderId: string,
  shortages: readonly Shortage[],
): Promise<void> {
  await tellOrder(tx, 'stock.rejected', { orderId, shortages: [...shortages] });
}
