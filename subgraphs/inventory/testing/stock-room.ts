import { type Database } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { testDatabase } from '#platform/testing/database.ts';
import { type EventData } from '#schema/events.ts';

import { adjustStock } from '../actions/adjust-stock.ts';
import { rememberVariant } from '../actions/remember-variant.ts';
import { upsertWarehouse } from '../actions/upsert-warehouse.ts';
import { sentence } from '../domain/invariants.ts';
import { Warehouse } from '../store/entities.ts';
import { compareBooks } from '../store/invariants.ts';
import { type LevelRow, levelsOf } from '../store/levels.ts';

export const threshold = 5;

export type StockRoom = {
  readonly db: Database;
  /** Two warehouses, NEAR before FAR. */
  readonly near: string;
  readonly far: string;
  /** A variant that inventory knows, with stock in NEAR (and FAR). */
  variant(nearStock?: number, farStock?: number): Promise<string>;
  level(variantId: string, warehouseId?: string): Promise<LevelRow | undefined>;
  /** What the books say is wrong. */
  violations(): Promise<string[]>;
  /** Data of the events told of one kind, in order. */
  told(type: string): Promise<unknown[]>;
};

/** A database of inventory with two warehouses. */
export async function stockRoom(): Promise<StockRoom> {
  const db = await testDatabase('inventory', [Warehouse]);
  const { id: near } = await upsertWarehouse(db, { code: 'NEAR', name: 'Near', country: 'DE', priority: 1 });
  const { id: far } = await upsertWarehouse(db, { code: 'FAR', name: 'Far', country: 'JP', priority: 2 });
  return {
    db,
    near,
    far,
    variant: async (nearStock = 0, farStock = 0) => {
      const variantId = newId();
      await db.transaction(tx => rememberVariant(tx, variant(variantId)));
      for (const [warehouseId, delta] of [
        [near, nearStock],
        [far, farStock],
      ] as const) {
        if (delta > 0)
          await adjustStock(
            db,
            { variantId, warehouseId, delta, reason: 'delivery' },
            { scope: 'test', key: newId() },
            threshold,
          );
      }
      return variantId;
    },
    level: async (variantId, warehouseId = near) =>
      (await levelsOf(db, [variantId])).find(level => level.warehouseId === warehouseId),
    violations: async () => (await compareBooks(db, 0)).mismatches.map(sentence),
    told: async type => {
      const found = await db.query<{ data: unknown }>(
        `select envelope -> 'data' as data from outbox where type = ? order by position`,
        [type],
      );
      return found.map(row => row.data);
    },
  };
}

/** What products tells of a variant. */
export function variant(variantId: string, version = 1): EventData<'variant.upserted'> {
  return {
    variantId, productId: variantId, sku: `SKU-${variantId}`, title: 'Mug', productName: 'Mug', productSlug: 'mug', categorySlugs: [],
    taxClass: 'standard', weightGrams: null, sellable: true, version,
  }; // prettier-ignore
}
