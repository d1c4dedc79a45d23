import { type Database, rows } from '#platform/database.ts';

import { refreshDerived } from '../../subgraphs/products/store/derived.ts';
import { type Category, type Product, type Variant, makeCategories, makeProducts } from './catalogue.ts';
import { idOf, seeded } from './random.ts';

export type Databases = {
  readonly products: Database;
  readonly inventory: Database;
  readonly orders: Database;
};

export type Scale = {
  /** 1,000 to 1,000,000; 3.5 to a product. */
  readonly variants: number;
  readonly seed: number;
};

/** What the scenarios ask for. */
export type Facts = {
  readonly products: number;
  readonly variants: number;
  /** A sample over the whole catalogue. */
  readonly slugs: readonly string[];
  readonly categorySlugs: readonly string[];
  /** Variants that do not run out. */
  readonly plentiful: readonly string[];
  readonly raceVariant: string;
};

const batchSize = 1_000;
const warehouse = idOf(4, 0);

/**
 * Fills the three databases that hold the catalogue as if its events had been told: products with everything derived, stock
 * whose books balance, and what orders knows of variants and prices. Set-based, a thousand products at a time.
 */
export async function generate(databases: Databases, { variants, seed }: Scale): Promise<Facts> {
  const categories = makeCategories();
  await insert(databases.products, 'category', 'id uuid, slug text, name text, parent_id uuid, path text[]', categories.map(categoryRow));
  await insert(databases.inventory, 'warehouses', 'id uuid, code text, name text, country text, priority int', [
    { id: warehouse, code: 'BENCH', name: 'Bench', country: 'DE', priority: 1 },
  ]);
  const [slugs, plentiful]: [string[], string[]] = [[], []];
  const every = Math.max(1, Math.floor(variants / 3_500));
  let [count, raceVariant, batch]: [number, string, Product[]] = [0, '', []];
  for (const product of makeProducts(variants, seed, categories)) {
    if (count % every === 0) {
      slugs.push(product.slug);
      const first = product.variants[0];
      if (first && first.onHand > 1_000) plentiful.push(first.id);
    }
    raceVariant = product.variants.at(-1)?.id ?? '';
    count += 1;
    batch.push(product);
    if (batch.length < batchSize) continue;
    await fill(databases, batch, count <= batchSize);
    batch = [];
  }
  if (batch.length > 0) await fill(databases, batch, count <= batchSize);
  for (const database of Object.values(databases)) await database.query('analyze');
  return { products: count, variants, slugs, categorySlugs: categories.map(each => each.slug), plentiful, raceVariant };
} // prettier-ignore

/** Two reviews of each of these products by two of these customers; then the products' ratings. */
export async function addReviews(
  products: Database,
  customerIds: readonly string[],
  slugs: readonly string[],
): Promise<void> {
  const random = seeded(2);
  const found = await products.query<{ id: string }>(
    'select id from product where slug = any(?::text[]) order by id',
    [slugs],
  );
  for (let from = 0; from < found.length; from += batchSize) {
    const part = found.slice(from, from + batchSize);
    const reviews = part.flatMap(({ id }, index) =>
      [0, 1].map(turn => ({
        id: idOf(5 + turn, from + index),
        product_id: id,
        customer_id: customerIds[(index + turn) % customerIds.length],
        rating: 3 + random.number(3),
        title: 'As described',
        body: 'Does what it should, and looks better than in the picture.',
        verified_purchase: turn === 0,
      })),
    );
    const columns =
      'id uuid, product_id uuid, customer_id uuid, rating int, title text, body text, verified_purchase boolean';
    await insert(products, 'review', columns, reviews);
    await products.transaction(tx =>
      refreshDerived(
        tx,
        part.map(({ id }) => id),
      ),
    );
  }
  await products.query('analyze');
}

async function fill(databases: Databases, batch: readonly Product[], first: boolean): Promise<void> {
  const variants = batch.flatMap(product => product.variants);
  await fillProducts(databases.products, batch, first);
  await fillInventory(databases.inventory, variants);
  const known = batch.flatMap(product => product.variants.map(variant => projectionRow(product, variant)));
  await insert(
    databases.orders,
    'variants',
    `variant_id uuid, product_id uuid, sku text, title text, product_name text, category_slugs text[], tax_class text,
     weight_grams int, sellable boolean, version int`,
    known,
  );
  await insert(
    databases.orders,
    'variant_prices',
    'variant_id uuid, prices jsonb, version int',
    variants.map(({ id, prices }) => ({
      variant_id: id,
      prices: Object.fromEntries(prices.map(price => [price.currency, String(price.amount)])),
      version: 1,
    })),
  );
}

async function fillProducts(db: Database, batch: readonly Product[], first: boolean): Promise<void> {
  const columns =
    'id uuid, slug text, name text, description text, brand text, status text, attributes jsonb, media jsonb';
  await insert(
    db,
    'product',
    columns,
    batch.map(({ category: _category, variants: _variants, ...product }) => ({
      ...product,
      status: 'ACTIVE',
    })),
  );
  await insert(
    db,
    'product_category',
    'product_id uuid, category_id uuid, position int',
    batch.map(({ id, category }) => ({ product_id: id, category_id: category.id, position: 1 })),
  );
  const variants = batch.flatMap(product => product.variants);
  await insert(
    db,
    'product_variant',
    'id uuid, product_id uuid, sku text, title text, options jsonb, prices jsonb, weight_grams int, position int',
    variants.map(({ productId, weightGrams, onHand: _onHand, ...variant }) => ({
      ...variant,
      product_id: productId,
      weight_grams: weightGrams,
    })),
  );
  await insert(
    db,
    'variant_stock',
    'variant_id uuid, quantity int, in_stock boolean, version int',
    variants.map(({ id, onHand }) => ({
      variant_id: id,
      quantity: onHand,
      in_stock: onHand > 0,
      version: 1,
    })),
  );
  // Without statistics the first batch is planned as if the tables were empty.
  if (first) await db.query('analyze');
  await db.transaction(tx =>
    refreshDerived(
      tx,
      batch.map(product => product.id),
    ),
  );
}

/** Levels with the receipts that they come from, so that inventoryInvariants agrees. */
async function fillInventory(db: Database, variants: readonly Variant[]): Promise<void> {
  await insert(
    db,
    'variants',
    'id uuid, sku text, title text, version int, available int, availability_version int',
    variants.map(({ id, sku, title, onHand }) => ({
      id,
      sku,
      title,
      version: 1,
      available: onHand,
      availability_version: 1,
    })),
  );
  await insert(
    db,
    'stock_levels',
    'id uuid, variant_id uuid, warehouse_id uuid, on_hand int',
    variants.map(({ id, onHand }) => ({
      id,
      variant_id: id,
      warehouse_id: warehouse,
      on_hand: onHand,
    })),
  );
  await insert(
    db,
    'stock_movements',
    'id uuid, variant_id uuid, warehouse_id uuid, kind text, delta int',
    variants
      .filter(variant => variant.onHand > 0)
      .map(({ id, onHand }) => ({
        id,
        variant_id: id,
        warehouse_id: warehouse,
        kind: 'RECEIPT',
        delta: onHand,
      })),
  );
}

/** Inserts the rows in one statement; `columns` is what json is read as, for example "id uuid, path text[]". */
async function insert(db: Database, table: string, columns: string, list: readonly unknown[]): Promise<void> {
  const names = columns.split(',').map(column => column.trim().split(' ')[0]);
  await db.transaction(tx =>
    rows(
      tx,
      `insert into ${table} (${names.join(', ')}) select ${names.join(', ')} from jsonb_to_recordset($1::jsonb) as x(${columns})`,
      [JSON.stringify(list)],
    ),
  );
}

function categoryRow({ parentId, ...category }: Category): unknown {
  return { ...category, parent_id: parentId };
}

function projectionRow(product: Product, variant: Variant): unknown {
  return {
    variant_id: variant.id,
    product_id: product.id,
    sku: variant.sku,
    title: variant.title,
    product_name: product.name,
    category_slugs: product.category.path,
    tax_class: 'standard',
    weight_grams: variant.weightGrams,
    sellable: true,
    version: 1,
  };
}
