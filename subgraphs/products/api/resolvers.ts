import { type GraphQLResolveInfo } from 'graphql';

import { badInput } from '#platform/graphql-errors.ts';
import { reviewerIdOf } from '#platform/ids.ts';
import { toMoney } from '#platform/money.ts';
import { connection, decodeCursor, encodeCursor, pageSize } from '#platform/pages.ts';
import { selects } from '#platform/selection.ts';
import { ownsOr } from '#platform/viewer.ts';

import { isId, isKey } from '../domain/id.ts';
import { defaultCurrency } from '../domain/prices.ts';
import { type CategoryRow } from '../store/categories.ts';
import { failedRows, jobById } from '../store/imports.ts';
import { type ProductRow, type VariantRow } from '../store/products.ts';
import { type ReviewRow, countReviews, latestReviews } from '../store/reviews.ts';
import { loadProduct, loadVariant } from './cards.ts';
import { type Page } from './catalogue.ts';
import { type Context } from './context.ts';
import { reviewKeyOf } from './cursors.ts';
import { importProgress } from './import-progress.ts';
import { seesDrafts, seesHidden } from './loaders.ts';
import { mutations } from './mutations.ts';
import { products } from './products.ts';
import { type Resolvers } from './schema.types.ts';

export const resolvers: Resolvers = {
  Query: {
    product: async (_root, { id, slug }, context) => {
      const page = id
        ? await pageById(id, context)
        : slug
          ? await pageBySlug(slug, context)
          : noKey('id or slug');
      return page ? shown(page, context) : null;
    },
    productVariant: async (_root, { id, sku }, { loaders }) => {
      if (id) return loaders.variant.load(id);
      return sku ? loaders.variantBySku.load(sku) : noKey('id or sku');
    },
    products,
    category: async (_root, { id, slug }, { catalogue }) => {
      const tree = await catalogue.tree();
      return (id ? tree.byId.get(id) : slug ? tree.bySlug.get(slug) : noKey('id or slug')) ?? null;
    },
    categories: async (_root, { parentSlug }, { catalogue }) => {
      const tree = await catalogue.tree();
      if (!parentSlug) return tree.children.get(null) ?? [];
      const parent = tree.bySlug.get(parentSlug);
      return parent ? (tree.children.get(parent.id) ?? []) : [];
    },
    reviews: async (_root, { first, after, status }, { db }, info) => {
      const size = pageSize(first);
      const wanted = status ?? null;
      const [rows, totalCount] = await Promise.all([
        latestReviews(db, wanted, size + 1, reviewKey(after)),
        selects(info, 'totalCount') ? countReviews(db, wanted) : 0,
      ]);
      return { ...connection(rows, size, reviewCursor, after), totalCount };
    },
    importJob: async (_root, { id }, { db }) => (isId(id) ? jobById(db, id) : null),
  },
  Mutation: mutations,
  Subscription: { importProgress },
  Product: {
    __resolveReference: (reference, { loaders }, info) => {
      const { id, slug } = reference as { id?: string; slug?: string };
      return id === undefined ? loaders.productBySlug.load(slug ?? '') : loadProduct(id, loaders, info);
    },
    createdAt: product => product.created_at,
    status: product => product.status,
    categories: async (product, _args, { catalogue }) => {
      const { bySlug } = await catalogue.tree();
      return product.category_slugs.flatMap(slug => bySlug.get(slug) ?? []);
    },
    variants: (product, _args, { loaders }) => loaders.variantsOf.load(product.id),
    priceRange: (product, { currency }) => {
      const chosen = currency ?? defaultCurrency;
      const range = product.price_ranges[chosen];
      return range
        ? { min: toMoney(BigInt(range[0]), chosen), max: toMoney(BigInt(range[1]), chosen) }
        : null;
    },
    rating: ({ rating_average: average, rating_count: count, rating_histogram: histogram }) => ({
      average: count === 0 ? null : Math.round(average * 100) / 100,
      count,
      histogram,
    }),
    reviews: async (product, { first, after }, { loaders, catalogue }) => {
      const size = pageSize(first, 10);
      const key = reviewKey(after);
      const rows = await catalogue.list(JSON.stringify(['reviews', product.id, size, key]), () =>
        loaders.reviewsOf(size + 1, key).load(product.id),
      );
      return { ...connection(rows, size, reviewCursor, after), totalCount: product.rating_count };
    },
    related: async (product, { first }, { loaders, catalogue }) => {
      const size = pageSize(first, 8);
      return catalogue.list(JSON.stringify(['related', product.id, size]), () =>
        loaders.related(size, null).load(product.id),
      );
    },
  },
  ProductVariant: {
    __resolveReference: (reference, { loaders }, info) => {
      const { id, sku } = reference as { id?: string; sku?: string };
      return id === undefined ? loaders.variantBySku.load(sku ?? '') : loadVariant(id, loaders, info);
    },
    product: async (variant, _args, { loaders }, info) =>
      present(await loadProduct(variant.product_id, loaders, info)),
    selectedOptions: variant => variant.options,
    price: (variant, { currency }) => {
      const price = priceIn(variant, currency);
      return price ? toMoney(BigInt(price.amount), price.currency) : null;
    },
    compareAtPrice: (variant, { currency }) => {
      const price = priceIn(variant, currency);
      return price?.compareAt == null ? null : toMoney(BigInt(price.compareAt), price.currency);
    },
    weightGrams: variant => variant.weight_grams,
    taxClass: variant => variant.tax_class,
    costPrice: ({ cost_amount: amount, cost_currency: currency }) =>
      amount === null || currency === null ? null : toMoney(BigInt(amount), currency),
  },
  Category: {
    __resolveReference: async (reference, { catalogue }) => {
      const { id, slug } = reference as { id?: string; slug?: string };
      const tree = await catalogue.tree();
      return (id === undefined ? tree.bySlug.get(slug ?? '') : tree.byId.get(id)) ?? null;
    },
    parent: async (category, _args, { catalogue }) =>
      category.parent_id === null ? null : ((await catalogue.tree()).byId.get(category.parent_id) ?? null),
    children: async (category, _args, { catalogue }) =>
      (await catalogue.tree()).children.get(category.id) ?? [],
    ancestors: async (category, _args, { catalogue }) => {
      const { bySlug } = await catalogue.tree();
      return category.path.slice(0, -1).flatMap((slug): CategoryRow[] => [bySlug.get(slug) ?? []].flat());
    },
  },
  Review: {
    __resolveReference: (reference, { loaders }) => loaders.review.load((reference as { id: string }).id),
    verifiedPurchase: review => review.verified_purchase,
    createdAt: review => review.created_at,
    status: review => review.status,
    hiddenReason: (review, _args, context) => (seesHidden(review, context) ? review.hidden_reason : null),
    author: review => ({ id: reviewerIdOf(review.customer_id) }),
    product: (review, _args, { loaders }, info) => loadProduct(review.product_id, loaders, info),
  },
  Customer: {
    __resolveReference: reference => ({ id: (reference as { id: string }).id }),
    reviews: async (customer, { first, after }, { loaders, viewer }, info) => {
      const id = customer.id ?? '';
      if (!isId(id) || !ownsOr(viewer, id, 'customers:read')) return null;
      const size = pageSize(first, 10);
      const [rows, totalCount] = await Promise.all([
        loaders.reviewsBy(size + 1, reviewKey(after)).load(id),
        selects(info as GraphQLResolveInfo, 'totalCount') ? loaders.reviewCountBy.load(id) : 0,
      ]);
      return { ...connection(rows, size, reviewCursor, after), totalCount };
    },
  },
  ImportJob: {
    errors: (job, { first }, { db }) => failedRows(db, job.id, pageSize(first, 20)),
  },
};

function noKey(what: string): never {
  throw badInput(`say which: ${what}`);
}

function pageById(id: string, { catalogue }: Context): Promise<Page | null> | null {
  return isId(id) ? catalogue.pageById(id.toLowerCase()) : null;
}

function pageBySlug(slug: string, { catalogue }: Context): Promise<Page | null> | null {
  return isKey(slug) ? catalogue.pageBySlug(slug) : null;
}

/** The page's product with its variants at hand, unless it is a draft that the viewer may not see. */
function shown({ product, variants }: Page, context: Context): ProductRow | null {
  if (product.status === 'DRAFT' && !seesDrafts(context)) return null;
  context.loaders.product.prime(product.id, product);
  context.loaders.atHand.add(product.id);
  context.loaders.variantsOf.prime(product.id, [...variants]);
  return product;
}

/** A row that a foreign key promises; a draft's is hidden together with whatever led here. */
function present<T>(row: T | null): T {
  if (row === null) throw badInput('the product was not found');
  return row;
}

function priceIn(
  variant: VariantRow,
  currency: string | null | undefined,
): VariantRow['prices'][number] | undefined {
  return variant.prices.find(price => price.currency === (currency ?? defaultCurrency));
}

const reviewCursor = (review: ReviewRow): string =>
  encodeCursor([new Date(review.created_at).toISOString(), review.id]);
function reviewKey(after: string | null | undefined): { createdAt: string; id: string } | null {
  const key = decodeCursor(after, reviewKeyOf);
  return key && { createdAt: key[0], id: key[1] };
}
