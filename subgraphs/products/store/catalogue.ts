import { type Transaction, rows } from '#platform/database.ts';
import { invalid } from '#platform/errors.ts';

import { type Changes } from '../domain/changes.ts';
import {
  type Attribute,
  type Option,
  type Product,
  type ProductStatus,
  type Variant,
} from '../domain/product.ts';
import { type Media } from '../domain/texts.ts';

type StoredProduct = {
  id: string; slug: string; name: string; description: string | null; brand: string | null; status: ProductStatus; version: number;
  attributes: Attribute[]; media: Media[]; category_slugs: string[];
}; // prettier-ignore
type StoredVariant = {
  id: string; product_id: string; sku: string; title: string; options: Option[]; weight_grams: number | null; tax_class: string; position: number;
  prices: { currency: string; amount: number; compareAt: number | null }[]; cost_amount: bigint | null; cost_currency: string | null;
  archived: boolean; version: number; price_version: number;
}; // prettier-ignore

/** A product as the catalogue edits it, with the version that each variant last told. */
export type Stored = {
  readonly product: Product & { readonly version: number };
  readonly versions: ReadonlyMap<string, { readonly state: number; readonly price: number }>;
};

/** Locks a product by id or slug and reads it whole. */
export async function productForUpdate(
  tx: Transaction,
  by: { id: string } | { slug: string },
): Promise<Stored | null> {
  const [column, value] = 'id' in by ? ['id = ?::uuid', by.id] : ['slug = ?', by.slug];
  const [row] = await rows<StoredProduct>(
    tx,
    `select id, slug, name, description, brand, status, version, attributes, media, array(
       select c.slug from product_category pc join category c on c.id = pc.category_id where pc.product_id = product.id order by pc.position
     ) as category_slugs from product where ${column} for update`,
    [value],
  );
  if (!row) return null;
  const variants = await rows<StoredVariant>(
    tx,
    'select * from product_variant where product_id = ?::uuid order by position',
    [row.id],
  );
  const { category_slugs: categorySlugs, ...rest } = row;
  return {
    product: {
      ...rest,
      attributes: row.attributes.map(attribute),
      media: row.media.map(picture),
      categorySlugs,
      variants: variants.map(toVariant),
    },
    versions: new Map(
      variants.map(variant => [variant.id, { state: variant.version, price: variant.price_version }]),
    ),
  };
}

// jsonb forgets the order of keys; comparing states needs it back.
const attribute = ({ slug, name, value }: Attribute): Attribute => ({ slug, name, value });
const picture = ({ url, alt, width, height }: Media): Media => ({ url, alt, width, height });

function toVariant(row: StoredVariant): Variant {
  return {
    id: row.id,
    sku: row.sku,
    title: row.title,
    options: row.options.map(({ name, value }) => ({ name, value })),
    prices: row.prices.map(({ currency, amount, compareAt }) => ({
      currency,
      amount: BigInt(amount),
      compareAt: compareAt === null ? null : BigInt(compareAt),
    })),
    cost:
      row.cost_amount === null || row.cost_currency === null
        ? null
        : { amount: row.cost_amount, currency: row.cost_currency },
    weightGrams: row.weight_grams,
    taxClass: row.tax_class,
    position: row.position,
    archived: row.archived,
  };
}

/** Writes the product and answers its new version. `current` is null for a new one. Null: a new one's slug was taken meanwhile. */
export async function saveProduct(
  tx: Transaction,
  product: Product,
  current: Stored | null,
  changed: Changes,
): Promise<number | null> {
  const values = [
    product.slug,
    product.name,
    product.description,
    product.brand,
    product.status,
    JSON.stringify(product.attributes),
    JSON.stringify(product.media),
  ];
  const [saved] = current
    ? await rows<{ version: number }>(
        tx,
        `update product set slug = ?, name = ?, description = ?, brand = ?, status = ?, attributes = ?::jsonb, media = ?::jsonb,
           version = version + 1, updated_at = now() where id = ?::uuid returning version`,
        [...values, product.id],
      ).catch(slugTaken)
    : await rows<{ version: number }>(
        tx,
        `insert into product (slug, name, description, brand, status, attributes, media, id)
         values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::uuid) on conflict (slug) do nothing returning version`,
        [...values, product.id],
      );
  if (!saved) return null;
  if (JSON.stringify(current?.product.categorySlugs ?? []) !== JSON.stringify(product.categorySlugs)) {
    await saveCategories(tx, product.id, product.categorySlugs);
  }
  await saveVariants(tx, product, current, changed);
  return saved.version;
}

function slugTaken(error: unknown): never {
  if ((error as { code?: string }).code === '23505')
    throw invalid('another product has this slug', ['input', 'slug'], 'SLUG_TAKEN');
  throw error;
}

async function saveCategories(tx: Transaction, productId: string, slugs: readonly string[]): Promise<void> {
  const known = await rows<{ slug: string }>(
    tx,
    'select slug from category where slug = any(?::text[]) for share',
    [slugs],
  );
  const missing = slugs.findIndex(slug => !known.some(row => row.slug === slug));
  if (missing >= 0)
    throw invalid(
      `there is no category ${slugs[missing]}`,
      ['input', 'categorySlugs', String(missing)],
      'CATEGORY',
    );
  await rows(tx, 'delete from product_category where product_id = ?::uuid', [productId]);
  await rows(
    tx,
    `insert into product_category (product_id, category_id, position)
     select ?::uuid, c.id, wanted.position from unnest(?::text[]) with ordinality as wanted(slug, position) join category c on c.slug = wanted.slug`,
    [productId, slugs],
  );
}

async function saveVariants(
  tx: Transaction,
  product: Product,
  current: Stored | null,
  changed: Changes,
): Promise<void> {
  const list = product.variants.map(variant => {
    const versions = nextVersions(variant.id, current, changed);
    return {
      id: variant.id,
      sku: variant.sku,
      title: variant.title,
      options: variant.options,
      prices: variant.prices.map(price => ({
        ...price,
        amount: Number(price.amount),
        compareAt: price.compareAt === null ? null : Number(price.compareAt),
      })),
      cost_amount: variant.cost && String(variant.cost.amount),
      cost_currency: variant.cost?.currency ?? null,
      weight_grams: variant.weightGrams,
      tax_class: variant.taxClass,
      position: variant.position,
      archived: variant.archived,
      version: versions.state,
      price_version: versions.price,
    };
  });
  const skus = list.map(variant => variant.sku);
  const taken = await rows<{ sku: string }>(
    tx,
    'select sku from product_variant where sku = any(?::text[]) and product_id <> ?::uuid',
    [skus, product.id],
  );
  if (taken[0]) throw skuTaken(skus.indexOf(taken[0].sku), taken[0].sku);
  await rows(
    tx,
    `insert into product_variant (id, product_id, sku, title, options, prices, cost_amount, cost_currency, weight_grams, tax_class,
       position, archived, version, price_version)
     select id, $1::uuid, sku, title, options, prices, cost_amount, cost_currency, weight_grams, tax_class, position, archived, version, price_version
     from jsonb_to_recordset($2::jsonb) as v(id uuid, sku text, title text, options jsonb, prices jsonb, cost_amount bigint, cost_currency text,
       weight_grams int, tax_class text, position int, archived boolean, version int, price_version int)
     on conflict (id) do update set title = excluded.title, options = excluded.options, prices = excluded.prices,
       cost_amount = excluded.cost_amount, cost_currency = excluded.cost_currency, weight_grams = excluded.weight_grams,
       tax_class = excluded.tax_class, position = excluded.position, archived = excluded.archived, version = excluded.version,
       price_version = excluded.price_version`,
    [product.id, JSON.stringify(list)],
  ).catch((error: unknown) => {
    const { code, detail } = error as { code?: string; detail?: string };
    // Two new products with the same SKU at the same time: the unique index decides.
    if (code === '23505')
      throw skuTaken(
        skus.findIndex(sku => detail?.includes(`=(${sku})`)),
        '',
      );
    throw error;
  });
}

function skuTaken(index: number, sku: string): Error {
  return invalid(
    `another product has the SKU ${sku}`.trim(),
    ['input', 'variants', String(Math.max(index, 0)), 'sku'],
    'SKU_TAKEN',
  );
}

/** One counter over state and prices, so that every event of a variant has a version of its own. */
export function nextVersions(
  variantId: string,
  current: Stored | null,
  changed: Changes,
): { state: number; price: number } {
  const before = current?.versions.get(variantId) ?? { state: 0, price: 0 };
  let last = Math.max(before.state, before.price);
  const state = changed.variants.has(variantId) ? (last += 1) : before.state;
  const price = changed.prices.has(variantId) ? (last += 1) : before.price;
  return { state, price };
}
