import { type EntityManager } from '@mikro-orm/postgresql';

import { type Transaction, rows } from '#platform/database.ts';

import { type Amounts } from '../domain/discount.ts';

/** What orders knows of a variant, told by products. */
export type Variant = {
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
  readonly title: string;
  readonly productName: string;
  readonly categorySlugs: readonly string[];
  readonly taxClass: string;
  readonly weightGrams: number | null;
  readonly sellable: boolean;
};

/** A variant with its prices; null prices: none were told yet. */
export type PricedVariant = Variant & { readonly prices: Amounts | null };

/** The variants that are known, in any order. `ids` must be UUIDs. */
export async function findVariants(em: EntityManager, ids: readonly string[]): Promise<PricedVariant[]> {
  return rows(
    em,
    `select variant_id as "variantId", product_id as "productId", sku, title, product_name as "productName",
       category_slugs as "categorySlugs", tax_class as "taxClass", weight_grams as "weightGrams", sellable, prices
     from variants left join variant_prices using (variant_id) where variant_id = any(?::uuid[])`,
    [ids],
  );
}

/** Which of these are known: categories that a variant is in, and variants. */
export async function knownOf(
  em: EntityManager,
  categorySlugs: readonly string[],
  variantIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await rows<{ name: string }>(
    em,
    `select slug as name from unnest(?::text[]) as s (slug) where exists (select from variants where category_slugs @> array[slug])
     union all select variant_id::text from variants where variant_id = any(?::uuid[])`,
    [categorySlugs, variantIds],
  );
  return new Set(found.map(({ name }) => name));
}

/** Keeps the variant as told, unless a newer version is known. */
export async function upsertVariant(
  tx: Transaction,
  variant: Variant & { readonly version: number },
): Promise<void> {
  await rows(
    tx,
    `insert into variants as known (variant_id, product_id, sku, title, product_name, category_slugs, tax_class, weight_grams,
       sellable, version)
     values (?, ?, ?, ?, ?, ?::text[], ?, ?, ?, ?)
     on conflict (variant_id) do update set product_id = excluded.product_id, sku = excluded.sku, title = excluded.title,
       product_name = excluded.product_name, category_slugs = excluded.category_slugs, tax_class = excluded.tax_class,
       weight_grams = excluded.weight_grams, sellable = excluded.sellable, version = excluded.version, projected_at = now()
     where known.version < excluded.version`,
    [
      variant.variantId,
      variant.productId,
      variant.sku,
      variant.title,
      variant.productName,
      variant.categorySlugs,
      variant.taxClass,
      variant.weightGrams,
      variant.sellable,
      variant.version,
    ],
  );
}

/** Keeps all prices of the variant as told (currency → minor units), unless a newer version is known. */
export async function upsertPrices(
  tx: Transaction,
  told: { readonly variantId: string; readonly prices: Amounts; readonly version: number },
): Promise<void> {
  await rows(
    tx,
    `insert into variant_prices as known (variant_id, prices, version) values (?, ?::jsonb, ?)
     on conflict (variant_id) do update set prices = excluded.prices, version = excluded.version, projected_at = now()
     where known.version < excluded.version`,
    [told.variantId, JSON.stringify(told.prices), told.version],
  );
}

/** Whether nothing has been told yet, as in a new or restored database. */
export async function isProjectionEmpty(em: EntityManager): Promise<boolean> {
  const [found] = await rows<{ empty: boolean }>(
    em,
    'select not (exists (select from variants) and exists (select from variant_prices)) as empty',
  );
  return found?.empty ?? true;
}
