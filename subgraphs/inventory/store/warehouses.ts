import { type Database, type Transaction, rows } from '#platform/database.ts';

export type WarehouseRow = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly country: string;
  readonly priority: number;
};

const columns = 'id, code, name, country, priority';

/** All warehouses, in the order in which they serve. */
export async function allWarehouses(db: Database): Promise<WarehouseRow[]> {
  return db.query<WarehouseRow>(`select ${columns} from warehouses order by priority, code`);
}

/** Warehouses by id. */
export async function warehousesById(db: Database, ids: readonly string[]): Promise<WarehouseRow[]> {
  return db.query<WarehouseRow>(`select ${columns} from warehouses where id = any(?::uuid[])`, [ids]);
}

/** The warehouse that serves first; null when there is none at all. */
export async function firstWarehouse(tx: Transaction): Promise<string | null> {
  const [row] = await rows<{ id: string }>(tx, 'select id from warehouses order by priority, code limit 1');
  return row?.id ?? null;
}
