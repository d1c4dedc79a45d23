import { type RequestContext } from '#platform/context.ts';
import { type Loader, batchLoader } from '#platform/loader.ts';
import { hasScope, isCustomer } from '#platform/viewer.ts';

import { isId, isKey } from '../domain/id.ts';
import {
  type ProductCard,
  type ProductRow,
  type VariantCard,
  type VariantRow,
  productCardsByIds,
  productsByIds,
  productsBySlugs,
  relatedProducts,
  variantCardsByIds,
  variantsByIds,
  variantsBySkus,
  variantsOfProducts,
} from '../store/products.ts';
import {
  type ReviewKey,
  type ReviewRow,
  reviewCounts,
  reviewsByIds,
  reviewsOfCustomers,
  reviewsOfProducts,
} from '../store/reviews.ts';

/** Whether the viewer may see drafts. */
export function seesDrafts(request: Pick<RequestContext, 'viewer'>): boolean {
  return hasScope(request.viewer, 'catalogue:write');
}

/** Whether the viewer may see a review that staff have hidden, and why: its author and staff may. */
export function seesHidden(review: ReviewRow, { viewer }: Pick<RequestContext, 'viewer'>): boolean {
  return isCustomer(viewer, review.customer_id) || hasScope(viewer, 'catalogue:write');
}

type Lists<T> = (size: number, after: ReviewKey | null) => Loader<string, T[]>;

/** Batches the reads of one request: one statement per kind, however many are asked for. Drafts are hidden from whom they must be. */
export function createLoaders(request: RequestContext) {
  const { db } = request;
  const drafts = seesDrafts(request);
  const visible = (row: ProductCard): boolean => drafts || row.status !== 'DRAFT';
  const product = one<ProductRow>(
    ids => productsByIds(db, ids.filter(isId)),
    row => row.id,
    visible,
  );
  return {
    product,
    /** Products that were primed whole. */
    atHand: new Set<string>(),
    productCard: one<ProductCard>(
      ids => productCardsByIds(db, ids.filter(isId)),
      row => row.id,
      visible,
    ),
    variantCard: one<VariantCard>(
      ids => variantCardsByIds(db, ids.filter(isId), drafts),
      row => row.id,
    ),
    productBySlug: one<ProductRow>(
      slugs => productsBySlugs(db, slugs.filter(isKey)),
      row => row.slug,
      visible,
    ),
    variant: one<VariantRow>(
      ids => variantsByIds(db, ids.filter(isId), drafts),
      row => row.id,
    ),
    variantBySku: one<VariantRow>(
      skus => variantsBySkus(db, skus.filter(isKey), drafts),
      row => row.sku,
    ),
    variantsOf: many<VariantRow>(
      ids => variantsOfProducts(db, ids),
      row => row.product_id,
    ),
    review: one<ReviewRow>(
      ids => reviewsByIds(db, ids.filter(isId)),
      row => row.id,
      row => row.status === 'PUBLISHED' || seesHidden(row, request),
    ),
    related: memo(size =>
      many<ProductRow & { of_id: string }>(
        ids => relatedProducts(db, ids, size),
        row => row.of_id,
      ),
    ),
    reviewsOf: memo((size, after) =>
      many<ReviewRow>(
        ids => reviewsOfProducts(db, ids, size, after),
        row => row.product_id,
      ),
    ),
    reviewsBy: memo((size, after) =>
      many<ReviewRow>(
        ids => reviewsOfCustomers(db, ids, size, after),
        row => row.customer_id,
      ),
    ),
    reviewCountBy: batchLoader<string, number>(async ids => {
      const counts = new Map((await reviewCounts(db, ids)).map(row => [row.customer_id, row.count]));
      return ids.map(id => counts.get(id) ?? 0);
    }),
  };
}
export type Loaders = ReturnType<typeof createLoaders>;

function one<R>(
  load: (keys: readonly string[]) => Promise<R[]>,
  keyOf: (row: R) => string,
  visible: (row: R) => boolean = () => true,
) {
  return batchLoader<string, R | null>(async keys => {
    const found = new Map((await load(keys)).filter(visible).map(row => [keyOf(row), row]));
    return keys.map(key => found.get(key) ?? null);
  });
}

function many<R>(load: (keys: readonly string[]) => Promise<R[]>, keyOf: (row: R) => string) {
  return batchLoader<string, R[]>(async keys => {
    const groups = Map.groupBy(await load(keys), keyOf);
    return keys.map(key => groups.get(key) ?? []);
  });
}

/** One loader per page asked for, so that the same page of many parents is one statement. */
function memo<T>(create: (size: number, after: ReviewKey | null) => Loader<string, T[]>): Lists<T> {
  const made = new Map<string, Loader<string, T[]>>();
  return (size, after) => {
    const key = JSON.stringify([size, after]);
    const loader = made.get(key) ?? create(size, after);
    made.set(key, loader);
    return loader;
  };
}
