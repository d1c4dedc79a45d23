import { type Database, type Transaction, rows } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';

import { type RankedLevel, type Shelf } from '../domain/stock.ts';

/** A level as stored. */
export type LevelRow = Shelf & {
  readonly id: string;
  readonly variantId: string;
  readonly warehouseId: string;
  readonly version: number;
};

/** A level before and after a change. */
export type LevelChange = { readonly before: LevelRow; readonly after: LevelRow };

type Key = { readonly variantId: string; readonly warehouseId: string };

const columns = `l.id, l.variant_id as "variantId", l.warehouse_id as "warehouseId", l.on_hand as "onHand", l.reserved,
  l.safety_stock as "safetyStock", l.backorder_limit as "backorderLimit", l.version`;

/** The levels of variants with their warehouses' priority, unlocked: for planning. Sorted by variant, priority and id. */
export async function levelsForPlan(tx: Transaction, variantIds: readonly string[]): Promise<RankedLevel[]> {
  return rows<RankedLevel>(
    tx,
    `select ${columns}, w.priority from stock_levels l join warehouses w on w.id = l.warehouse_id
      where l.variant_id = any(?::uuid[]) order by l.variant_id, w.priority, l.id`,
    [variantIds],
  );
}

/** All levels of variants, in order of the warehouses' priority. */
export async function levelsOf(db: Database, variantIds: readonly string[]): Promise<LevelRow[]> {
  return db.query<LevelRow>(
    `select ${columns} from stock_levels l join warehouses w on w.id = l.warehouse_id
      where l.variant_id = any(?::uuid[]) order by w.priority, w.code, l.id`,
    [variantIds],
  );
}

/** The levels with the fewest units left to sell, at most `threshold`, the scarcest first. */
export async function scarcestLevels(db: Database, threshold: number, limit: number): Promise<LevelRow[]> {
  return db.query<LevelRow>(
    // The constant bound is the partial index's own.
    `select ${columns} from stock_levels l where l.headroom <= ? and l.headroom <= 100 order by l.headroom, l.id limit ?`,
    [threshold, limit],
  );
}

/** Locks one level; null when there is none. */
export async function lockLevel(tx: Transaction, { variantId, warehouseId }: Key): Promise<LevelRow | null> {
  const [row] = await rows<LevelRow>(
    tx,
    `select ${columns} from stock_levels l where l.variant_id = ? and l.warehouse_id = ? for no key update`,
    [variantId, warehouseId],
  );
  return row ?? null;
}

/** Makes an empty level where there is none. */
export async function ensureLevel(tx: Transaction, { variantId, warehouseId }: Key): Promise<void> {
  await rows(
    tx,
    'insert into stock_levels (id, variant_id, warehouse_id) values (?, ?, ?) on conflict do nothing',
    [newId(), variantId, warehouseId],
  );
}

/**
 * Promises units of levels if every one of them still has them, or none: null when somebody else was faster. One statement,
 * which locks the levels in the order given, the same for everybody (`byLevel`), and then looks at them as they are.
 * `backordered` units may exceed the shelf, up to the backorder limit.
 */
export async function reserveFrom(
  tx: Transaction,
  wanted: readonly (Key & { readonly quantity: number; readonly backordered: number })[],
): Promise<LevelChange[] | null> {
  const changed = await rows<LevelRow & { taken: number }>(
    tx,
    `with wanted as (
      select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::boolean[]) with ordinality
        as w (variant_id, warehouse_id, quantity, backordered, n)
    ), locked as (
      select l.id, w.n, w.quantity, w.quantity <= case when w.backordered
          then greatest(0, l.on_hand - l.safety_stock) + l.backorder_limit - l.reserved else l.headroom end as enough
      from wanted w join stock_levels l on l.variant_id = w.variant_id and l.warehouse_id = w.warehouse_id
      order by w.n for no key update of l
    ), changed as (
      update stock_levels l set reserved = l.reserved + k.quantity, version = l.version + 1
      from locked k where l.id = k.id and (select count(*) filter (where enough) from locked) = cardinality($1)
      returning ${columns}, k.quantity as taken
    )
    select * from changed order by "variantId", "warehouseId"`,
    [
      wanted.map(each => each.variantId),
      wanted.map(each => each.warehouseId),
      wanted.map(each => each.quantity),
      wanted.map(each => each.backordered > 0),
    ],
  );
  if (changed.length < wanted.length) return null;
  return changed.map(({ taken, ...after }) => ({
    after,
    before: { ...after, reserved: after.reserved - taken },
  }));
}

/** Books units in or out and promises or frees units. The table's checks refuse what must not be. */
export async function changeLevel(
  tx: Transaction,
  {
    variantId,
    warehouseId,
    onHand = 0,
    reserved = 0,
  }: Key & { readonly onHand?: number; readonly reserved?: number },
): Promise<LevelChange> {
  const [after] = await rows<LevelRow>(
    tx,
    `update stock_levels l set on_hand = l.on_hand + $3, reserved = l.reserved + $4, version = l.version + 1
      where l.variant_id = $1 and l.warehouse_id = $2 returning ${columns}`,
    [variantId, warehouseId, onHand, reserved],
  );
  if (!after) throw new Error(`there is no level of variant ${variantId} in warehouse ${warehouseId}`);
  return { after, before: { ...after, onHand: after.onHand - onHand, reserved: after.reserved - reserved } };
}

/** Sets how a level is sold. */
export async function setPolicy(
  tx: Transaction,
  level: LevelRow,
  policy: { readonly safetyStock: number; readonly backorderLimit: number },
): Promise<LevelChange> {
  const [after] = await rows<LevelRow>(
    tx,
    `update stock_levels l set safety_stock = ?, backorder_limit = ?, version = l.version + 1 where l.id = ? returning ${columns}`,
    [policy.safetyStock, policy.backorderLimit, level.id],
  );
  if (!after) throw new Error(`level ${level.id} is gone`);
  return { before: level, after };
}
