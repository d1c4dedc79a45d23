import { type Database, type Transaction, rows } from '#platform/database.ts';

/** What customers may know of a variant's stock. */
export type StockOfVariant = {
  readonly id: string;
  readonly quantity: number;
  readonly backorderLeft: number;
  readonly version: number;
};

/** A change of what was told of a variant. */
export type Told = {
  readonly variantId: string;
  readonly quantity: number;
  readonly inStock: boolean;
  readonly version: number;
};

/** Remembers a variant as products has told it, unless something newer is known. */
export async function saveVariant(
  tx: Transaction,
  variant: {
    readonly variantId: string;
    readonly sku: string;
    readonly title: string;
    readonly version: number;
  },
): Promise<void> {
  await rows(
    tx,
    `insert into variants (id, sku, title, version) values (?, ?, ?, ?)
      on conflict (id) do update set sku = excluded.sku, title = excluded.title, version = excluded.version
      where variants.version < excluded.version`,
    [variant.variantId, variant.sku, variant.title, variant.version],
  );
}

/** Whether inventory has heard of the variant, and of the warehouses. */
export async function known(
  tx: Transaction,
  variantId: string,
  warehouseIds: readonly string[],
): Promise<{ readonly variant: boolean; readonly warehouses: ReadonlySet<string> }> {
  const found = await rows<{ id: string }>(
    tx,
    'select id from variants where id = ? union all select id from warehouses where id = any(?::uuid[])',
    [variantId, warehouseIds],
  );
  const ids = new Set(found.map(row => row.id));
  return { variant: ids.has(variantId), warehouses: new Set(warehouseIds.filter(id => ids.has(id))) };
}

/** What of variants can be sold now. One statement, however many. */
export async function stockOf(db: Database, variantIds: readonly string[]): Promise<StockOfVariant[]> {
  return db.query<StockOfVariant>(
    'select id, available as quantity, backorder_left as "backorderLeft", availability_version as version from variants where id = any(?::uuid[])',
    [variantIds],
  );
}

/**
 * Recomputes what can be sold of variants after their levels have changed, and answers what there is to tell.
 * The variants are locked first, in order of id and after all levels, so that the sums see every level that is committed.
 */
export async function recompute(tx: Transaction, variantIds: readonly string[]): Promise<Told[]> {
  await rows(tx, 'select 1 from variants where id = any(?::uuid[]) order by id for no key update', [
    variantIds,
  ]);
  return rows<Told>(
    tx,
    `with now as (
      select v.id, v.available as was, v.in_stock as was_in_stock,
        coalesce(sum(greatest(0, l.headroom)), 0)::integer as available,
        coalesce(sum(greatest(0, greatest(0, l.on_hand - l.safety_stock) + l.backorder_limit - l.reserved) - greatest(0, l.headroom)), 0)::integer as backorder_left
      from variants v left join stock_levels l on l.variant_id = v.id where v.id = any(?::uuid[]) group by v.id
    ), changed as (
      update variants v set available = now.available, backorder_left = now.backorder_left,
        availability_version = v.availability_version
          + case when (now.was, now.was_in_stock) is distinct from (now.available, now.available > 0 or now.backorder_left > 0) then 1 else 0 end
      from now where v.id = now.id and (v.available, v.backorder_left) is distinct from (now.available, now.backorder_left)
      returning v.id, v.available, v.in_stock, v.availability_version, now.was, now.was_in_stock
    )
    select id as "variantId", available as quantity, in_stock as "inStock", availability_version as version
    from changed where (was, was_in_stock) is distinct from (available, in_stock) order by id`,
    [variantIds],
  );
}

/** Whether products has told of no variant yet, as in a new or restored database. */
export async function isNoVariantKnown(tx: Transaction): Promise<boolean> {
  return (await rows(tx, 'select 1 from variants limit 1')).length === 0;
}

/** A page of what is told of all variants, by id: for snapshots. */
export async function toldAfter(tx: Transaction, afterId: string | null, limit: number): Promise<Told[]> {
  return rows<Told>(
    tx,
    `select id as "variantId", available as quantity, in_stock as "inStock", availability_version as version
      from variants where ?::uuid is null or id > ?::uuid order by id limit ?`,
    [afterId, afterId, limit],
  );
}

/** What a watcher of a variant has seen: the outbox's count of its events, and the version of its availability. */
export type Seen = { readonly seq: number; readonly version: number };

/** The present state of variants with the place in their history from which to watch on; unknown variants are out of stock. */
export async function startWatching(db: Database, variantIds: readonly string[]): Promise<(Told & Seen)[]> {
  return db.query<Told & Seen>(
    `select t.id as "variantId", coalesce(v.available, 0) as quantity, coalesce(v.in_stock, false) as "inStock",
        coalesce(v.availability_version, 0) as version, coalesce(s.seq, 0)::integer as seq
      from unnest(?::uuid[]) as t (id) left join variants v on v.id = t.id
        left join outbox_seq s on s.aggregate_type = 'ProductVariant' and s.aggregate_id = t.id::text`,
    [variantIds],
  );
}

/**
 * What was told of variants since, in order: read from what the outbox keeps, so that a watcher misses nothing,
 * whatever signals were lost.
 */
export async function toldSince(db: Database, seen: ReadonlyMap<string, Seen>): Promise<(Told & Seen)[]> {
  return db.query<Told & Seen>(
    `select t.id as "variantId", (o.envelope #>> '{data,quantity}')::integer as quantity,
        (o.envelope #>> '{data,inStock}')::boolean as "inStock", (o.envelope #>> '{data,version}')::integer as version, o.seq::integer as seq
      from unnest(?::uuid[], ?::integer[]) as t (id, seq)
      join outbox o on o.aggregate_type = 'ProductVariant' and o.aggregate_id = t.id::text and o.seq > t.seq
      where o.type = 'stock.availability_changed' order by o.position`,
    [[...seen.keys()], [...seen.values()].map(each => each.seq)],
  );
}
