import { type Database } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';

import { checkWarehouse } from '../domain/stock.ts';
import { Warehouse } from '../store/entities.ts';
import { type WarehouseRow } from '../store/warehouses.ts';

/** Makes a warehouse, or changes the one with this code. */
export async function upsertWarehouse(db: Database, input: Omit<WarehouseRow, 'id'>): Promise<WarehouseRow> {
  const { code, name, country, priority } = checkWarehouse(input);
  return db.transaction(async tx =>
    tx.upsert(
      Warehouse,
      { id: newId(), code, name, country, priority, createdAt: new Date() },
      { onConflictFields: ['code'], onConflictAction: 'merge', onConflictExcludeFields: ['id', 'createdAt'] },
    ),
  );
}
