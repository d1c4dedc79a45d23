import { type Database, type Transaction, rows } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';

export const movementKinds = ['RECEIPT', 'ADJUSTMENT', 'SALE', 'RETURN', 'TRANSFER'] as const;
export type MovementKind = (typeof movementKinds)[number];

export type MovementRow = {
  readonly id: string;
  readonly at: Date;
  readonly variantId: string;
  readonly warehouseId: string;
  readonly kind: MovementKind;
  readonly delta: number;
  readonly reason: string | null;
  readonly reference: string | null;
};

/** Writes movements into the book that nobody can alter. */
export async function book(
  tx: Transaction,
  movements: readonly Omit<MovementRow, 'id' | 'at'>[],
): Promise<void> {
  const pick = <K extends keyof Omit<MovementRow, 'id' | 'at'>>(key: K) =>
    movements.map(movement => movement[key]);
  await rows(
    tx,
    `insert into stock_movements (id, variant_id, warehouse_id, kind, delta, reason, reference)
      select * from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::integer[], ?::text[], ?::uuid[])`,
    [
      movements.map(() => newId()),
      pick('variantId'),
      pick('warehouseId'),
      pick('kind'),
      pick('delta'),
      pick('reason'),
      pick('reference'),
    ],
  );
}

/** Whether something, for example a fulfilment, was booked before. */
export async function isBooked(tx: Transaction, kind: MovementKind, reference: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from stock_movements where reference = ? and kind = ? and kind in ('SALE', 'RETURN', 'TRANSFER') limit 1`,
    [reference, kind],
  );
  return found.length > 0;
}

/** A page of a variant's movements, newest first; ids are ordered by time. */
export async function movementsOf(
  db: Database,
  variantId: string,
  beforeId: string | null,
  limit: number,
): Promise<MovementRow[]> {
  return db.query<MovementRow>(
    `select id, at, variant_id as "variantId", warehouse_id as "warehouseId", kind, delta, reason, reference
      from stock_movements where variant_id = ? and (?::uuid is null or id < ?::uuid) order by id desc limit ?`,
    [variantId, beforeId, beforeId, limit],
  );
}
