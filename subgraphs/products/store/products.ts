import { type Database, type Transaction, rows } from '#platform/database.ts';

import { type Attribute, type Option, type ProductStatus } from '../domain/product.ts';
import { type Media } from '../domain/texts.ts';

/** A product as it is read: one row, everything in it. */
export type ProductRow = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly brand: string | null;
  readonly status: ProductStatus;
  readonly version: number;
  readonly created_at: Date | string;
  readonly attributes: readonly Attribute[];
  readonly media: readonly Media[];
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Lowest and highest price by currency, in minor units. */
  readonly price_ranges: Readonly<Record<string, readonly [number, number]>>;
  readonly category_slugs: readonly string[];
  readonly rating_average: number;
  readonly rating_count: number;
  readonly rating_histogram: readonly number[];
};

/** A variant as it is read. Amounts are minor units; they stay far below 2^53 (platform/money.ts, LARGEST). */
export type VariantRow = {
  readonly id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly title: string;
  readonly options: readonly Option[];
  readonly prices: readonly {
    readonly currency: string;
    readonly amount: number;
    readonly compareAt: number | null;
  }[];
  readonly cost_amount: string | null;
  readonly cost_currency: string | null;
  readonly weight_grams: number | null;
  readonly tax_class: string;
};

export const productColumns = `p.id, p.slug, p.name, p.description, p.brand, p.status, p.version, p.created_at, p.attributes, p.media,
  p.options, p.price_ranges, p.category_slugs, p.rating_average, p.rating_count, p.rating_histogram`;
const variantColumns = `v.id, v.product_id, v.sku, v.title, v.options, v.prices, v.cost_amount::text, v.cost_currency, v.weight_grams, v.tax_class`;

/** Products by id, whatever their status. */
export function productsByIds(db: Database, ids: readonly string[]): Promise<ProductRow[]> {
  return db.query(`select ${productColumns} from product p where p.id = any(?::uuid[])`, [ids]);
}

/** What a list elsewhere shows of a product. */
export type ProductCard = Pick<ProductRow, 'id' | 'slug' | 'name' | 'brand' | 'status' | 'media' | 'version'>;

/** The same, no more than a card of each: a third of the time, for what carts and orders show. */
export function productCardsByIds(db: Database, ids: readonly string[]): Promise<ProductCard[]> {
  return db.query(
    'select p.id, p.slug, p.name, p.brand, p.status, p.media, p.version from product p where p.id = any(?::uuid[])',
    [ids],
  );
}

/** Products by slug, whatever their status. */
export function productsBySlugs(db: Database, slugs: readonly string[]): Promise<ProductRow[]> {
  return db.query(`select ${productColumns} from product p where p.slug = any(?::text[])`, [slugs]);
}

/** Variants by id, archived ones included. Those of drafts only when `drafts`. */
export function variantsByIds(db: Database, ids: readonly string[], drafts: boolean): Promise<VariantRow[]> {
  return db.query(
    `select ${variantColumns} from product_variant v join product p on p.id = v.product_id
     where v.id = any(?::uuid[]) and (?::boolean or p.status <> 'DRAFT')`,
    [ids, drafts],
  );
}

/** What a list elsewhere shows of a variant. */
export type VariantCard = Pick<VariantRow, 'id' | 'product_id' | 'sku' | 'title'>;

/** The same, no more than a card of each. */
export function variantCardsByIds(
  db: Database,
  ids: readonly string[],
  drafts: boolean,
): Promise<VariantCard[]> {
  return db.query(
    `select v.id, v.product_id, v.sku, v.title from product_variant v join product p on p.id = v.product_id
     where v.id = any(?::uuid[]) and (?::boolean or p.status <> 'DRAFT')`,
    [ids, drafts],
  );
}

/** Variants by SKU, archived ones included. Those of drafts only when `drafts`. */
export function variantsBySkus(
  db: Database,
  skus: readonly string[],
  drafts: boolean,
): Promise<VariantRow[]> {
  return db.query(
    `select ${variantColumns} from product_variant v join product p on p.id = v.product_id
     where v.sku = any(?::text[]) and (?::boolean or p.status <> 'DRAFT')`,
    [skus, drafts],
  );
}

/** The variants that these products offer, in their order. */
export function variantsOfProducts(db: Database, productIds: readonly string[]): Promise<VariantRow[]> {
  return db.query(
    `select ${variantColumns} from product_variant v where v.product_id = any(?::uuid[]) and not v.archived order by v.product_id, v.position`,
    [productIds],
  );
}

/** Up to `limit` products on sale that share a category with each of these, the closest category and best rated first. */
export function relatedProducts(
  db: Database,
  productIds: readonly string[],
  limit: number,
): Promise<(ProductRow & { of_id: string })[]> {
  return db.query(
    `select wanted.id as of_id, ${productColumns}
     from unnest(?::uuid[]) as wanted(id)
     cross join lateral (
       select near.product_id, max(near.depth) as depth, max(near.popularity) as popularity
       from product_listing mine
       cross join lateral (
         select l.product_id, l.depth, l.popularity from product_listing l
         where l.category_id = mine.category_id and l.active and l.product_id <> wanted.id
         order by l.popularity desc, l.product_id limit ?
       ) as near
       where mine.product_id = wanted.id
       group by near.product_id
       order by 2 desc, 3 desc, 1 limit ?
     ) as best
     join product p on p.id = best.product_id
     order by wanted.id, best.depth desc, best.popularity desc, p.id`,
    [productIds, limit, limit],
  );
}

/** Locks the product on sale or archived; null when there is none. */
export async function lockProduct(
  tx: Transaction,
  id: string,
): Promise<{ id: string; status: ProductStatus; version: number } | null> {
  const [row] = await rows<{ id: string; status: ProductStatus; version: number }>(
    tx,
    'select id, status, version from product where id = ?::uuid for update',
    [id],
  );
  return row ?? null;
}
