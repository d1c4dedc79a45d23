import { type Transaction, rows } from '#platform/database.ts';

import { type Allocation, type Line, type Shortage, allocate, available } from '../domain/stock.ts';
import { type LevelChange, levelsForPlan, reserveFrom } from '../store/levels.ts';

export type Held =
  | {
      readonly held: true;
      readonly allocations: readonly Allocation[];
      readonly changes: readonly LevelChange[];
    }
  | { readonly held: false; readonly shortages: readonly Shortage[] };

/** Every lost race means that somebody else got something, so this many are only lost when stock changes very fast. */
const attempts = 20;

/**
 * Holds all of the merged lines or none. The plan is made without locks; one statement makes it true for all levels, or finds
 * that somebody was faster, in which case it is planned anew.
 */
export async function holdStock(tx: Transaction, lines: readonly Line[]): Promise<Held> {
  const variantIds = lines.map(line => line.variantId);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const plan = allocate(lines, await levelsForPlan(tx, variantIds));
    if (plan.shortages.length > 0) return { held: false, shortages: plan.shortages };
    await rows(tx, 'savepoint hold_stock');
    const changes = await reserveFrom(tx, plan.allocations);
    if (changes) {
      const allocations = changes.map(({ before, after }) => {
        const quantity = after.reserved - before.reserved;
        return {
          variantId: after.variantId,
          warehouseId: after.warehouseId,
          quantity,
          backordered: Math.max(0, quantity - available(before)),
        };
      });
      await rows(tx, 'release savepoint hold_stock');
      return { held: true, allocations, changes };
    }
    // Gives the locks back: another plan may lock other levels, and all of us lock in one order.
    await rows(tx, 'rollback to savepoint hold_stock');
  }
  throw new Error(`stock changed under ${attempts} attempts to hold it`);
}
