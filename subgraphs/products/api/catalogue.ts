import { LRUCache } from 'lru-cache';

import { type Cache } from '#platform/cache.ts';
import { type Database } from '#platform/database.ts';

import { type CategoryRow, allCategories } from '../store/categories.ts';
import {
  type ProductRow,
  type VariantRow,
  productsByIds,
  productsBySlugs,
  variantsOfProducts,
} from '../store/products.ts';

/** What a product page shows of a product. */
export type Page = { readonly product: ProductRow; readonly variants: readonly VariantRow[] };

/** The category tree, ready to walk. */
export type Tree = {
  readonly bySlug: ReadonlyMap<string, CategoryRow>;
  readonly byId: ReadonlyMap<string, CategoryRow>;
  /** By the parent's id; roots under null. */
  readonly children: ReadonlyMap<string | null, readonly CategoryRow[]>;
};

/** Cached reads. Whoever changes a product or the tree forgets it after the commit; events do so in the other processes. */
export type Catalogue = {
  pageById(id: string): Promise<Page | null>;
  pageBySlug(slug: string): Promise<Page | null>;
  tree(): Promise<Tree>;
  forgetProduct(product: { readonly id: string; readonly slug?: string }): Promise<void>;
  forgetTree(): Promise<void>;
  /** Answers of an earlier, equal list (of products, reviews, related products) while nothing in the catalogue has changed; for five seconds at most. */
  list<T>(key: string, load: () => Promise<T>): Promise<T>;
  forgetLists(): void;
};

const ttlSeconds = 15 * 60;
// Without Redis nobody tells other processes that the tree has changed.
const ownTreeTtlSeconds = 60;
const listTtlMs = 5_000;

export function createCatalogue(db: Database, cache: Cache): Catalogue {
  const lists = new LRUCache<string, { readonly answer: Promise<unknown> }>({
    max: 1_000,
    ttl: listTtlMs,
    ttlAutopurge: true,
  });
  const load = async (found: Promise<ProductRow[]>): Promise<Page | null> => {
    const [product] = await found;
    return product ? { product, variants: await variantsOfProducts(db, [product.id]) } : null;
  };
  let forgets = 0;
  const forget = (keys: readonly string[]): Promise<void> => {
    forgets += 1;
    return cache.delete(keys);
  };
  /** What was loaded while something was forgotten may be of before the change: it must not stay. */
  const through = async <T>(key: string, read: () => Promise<T>, ttl = ttlSeconds): Promise<T> => {
    const before = forgets;
    const value = await cache.through(key, ttl, read);
    if (forgets !== before) await cache.delete([key]);
    return value;
  };
  const pageById = (id: string): Promise<Page | null> =>
    through(`products:id:${id}`, () => load(productsByIds(db, [id])));
  return {
    pageById,
    pageBySlug: async slug => {
      const id = await through(
        `products:slug:${slug}`,
        async () => (await productsBySlugs(db, [slug]))[0]?.id ?? null,
      );
      const page = id === null ? null : await pageById(id);
      // The slug has moved to another product since it was remembered.
      return page?.product.slug === slug ? page : id === null ? null : load(productsBySlugs(db, [slug]));
    },
    tree: async () => {
      const ttl = cache.redis === null ? ownTreeTtlSeconds : ttlSeconds;
      return treeOf(await through('products:categories', () => allCategories(db), ttl));
    },
    forgetProduct: ({ id, slug }) =>
      forget([`products:id:${id}`, ...(slug === undefined ? [] : [`products:slug:${slug}`])]),
    forgetTree: () => forget(['products:categories']),
    list: <T>(key: string, load: () => Promise<T>): Promise<T> => {
      const known = lists.get(key);
      if (known) return known.answer as Promise<T>;
      const answer = load();
      lists.set(key, { answer });
      answer.catch(() => lists.delete(key));
      return answer;
    },
    // What is being loaded now may be of before the change: it goes with the rest.
    forgetLists: () => lists.clear(),
  };
}

const trees = new WeakMap<readonly CategoryRow[], Tree>();
function treeOf(rows: readonly CategoryRow[]): Tree {
  const known = trees.get(rows);
  if (known) return known;
  const tree = {
    bySlug: new Map(rows.map(row => [row.slug, row])),
    byId: new Map(rows.map(row => [row.id, row])),
    children: Map.groupBy(rows, row => row.parent_id),
  };
  trees.set(rows, tree);
  return tree;
}
