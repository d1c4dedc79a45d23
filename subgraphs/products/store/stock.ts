import { type Transaction, rows } from '#platform/database.ts';

export type Stock = {
  readonly variantId: string;
  readonly quantity: number;
  readonly inStock: boolean;
  readonly version: number;
};

/**
 * Stores the projection unless it has a newer version. Answers whether the product's flag may have to follow: most news changes
 * how many there are, not whether there are any.
 */
export async function storeStock(
  tx: Transaction,
  { variantId, quantity, inStock, version }: Stock,
): Promise<boolean> {
  // What was there is read under a lock before the row is written, so it is what this version follows on, whoever races.
  const [stored] = await rows<{ turned: boolean }>(
    tx,
    `with before as materialized (select in_stock from variant_stock where variant_id = $1::uuid for update)
     insert into variant_stock (variant_id, quantity, in_stock, version)
     select $1::uuid, $2::int, $3::boolean, $4::int from (select 1) as once left join before on true
     on conflict (variant_id) do update set quantity = excluded.quantity, in_stock = excluded.in_stock, version = excluded.version
       where variant_stock.version < excluded.version
     returning (select in_stock from before) is distinct from in_stock as turned`,
    [variantId, quantity, inStock, version],
  );
  return stored?.turned ?? false;
}

/** Brings the product's flag in line with its variants' stock; answers its id when the flag has changed. */
export async function stockProducts(tx: Transaction, variantId: string): Promise<string | null> {
  // Two variants of one product that sell out at once would each still see the other in stock.
  await rows(
    tx,
    'select 1 from product where id = (select product_id from product_variant where id = ?::uuid) for no key update',
    [variantId],
  );
  const [changed] = await rows<{ id: string }>(
    tx,
    `update product p set in_stock = now_in.stock
     from (
       select v.product_id, bool_or(coalesce(s.in_stock, false)) as stock
       from product_variant mine join product_variant v on v.product_id = mine.product_id and not v.archived
       left join variant_stock s on s.variant_id = v.id
       where mine.id = ?::uuid group by v.product_id
     ) as now_in
     where p.id = now_in.product_id and p.in_stock <> now_in.stock returning p.id`,
    [variantId],
  );
  return changed?.id ?? null;
}
