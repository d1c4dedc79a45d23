import { type Transaction, rows } from '#platform/database.ts';

/** What events tell of a variant. */
export type ToldVariant = {
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
  readonly title: string;
  readonly productName: string;
  readonly productSlug: string;
  readonly categorySlugs: readonly string[];
  readonly taxClass: string;
  readonly weightGrams: number | null;
  readonly sellable: boolean;
  readonly version: number;
  readonly priceVersion: number;
  readonly prices: readonly {
    readonly currency: string;
    readonly amount: string;
    readonly compareAt: string | null;
  }[];
};

const columns = `v.id as "variantId", p.id as "productId", v.sku, v.title, p.name as "productName", p.slug as "productSlug",
  p.category_path as "categorySlugs", v.tax_class as "taxClass", v.weight_grams as "weightGrams",
  p.status = 'ACTIVE' and not v.archived as sellable, v.version, v.price_version as "priceVersion",
  (select coalesce(jsonb_agg(jsonb_build_object('currency', x.currency, 'amount', x.amount::text, 'compareAt', x."compareAt"::text)), '[]')
   from jsonb_to_recordset(v.prices) as x(currency text, amount bigint, "compareAt" bigint)) as prices`;

/** The state of these variants as told to others, by id. */
export function toldVariants(tx: Transaction, ids: readonly string[]): Promise<ToldVariant[]> {
  return rows(
    tx,
    `select ${columns} from product_variant v join product p on p.id = v.product_id where v.id = any(?::uuid[]) order by v.id`,
    [ids],
  );
}

/** The next page of all variants after an id, for snapshots. */
export function toldVariantsAfter(
  tx: Transaction,
  after: string | null,
  limit: number,
): Promise<ToldVariant[]> {
  return rows(
    tx,
    `select ${columns} from product_variant v join product p on p.id = v.product_id
     where v.id > coalesce(?::uuid, '00000000-0000-0000-0000-000000000000') order by v.id limit ?`,
    [after, limit],
  );
}

/** Raises the version of every variant of these products, whose told state changed with a category. Answers the variants' ids. */
export async function bumpVariants(tx: Transaction, productIds: readonly string[]): Promise<string[]> {
  const bumped = await rows<{ id: string }>(
    tx,
    'update product_variant set version = greatest(version, price_version) + 1 where product_id = any(?::uuid[]) returning id',
    [productIds],
  );
  return bumped.map(row => row.id);
}
