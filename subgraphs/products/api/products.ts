import { type z } from 'zod';

import { type Database } from '#platform/database.ts';
import { DomainError } from '#platform/errors.ts';
import { badInput } from '#platform/graphql-errors.ts';
import { parseAmount } from '#platform/money.ts';
import { connection, decodeCursor, encodeCursor, pageSize } from '#platform/pages.ts';
import { selects } from '#platform/selection.ts';

import { facetValue, facetsOf } from '../domain/facet.ts';
import { defaultCurrency } from '../domain/prices.ts';
import { type Plan, plan, searchWords } from '../domain/search.ts';
import { variantsOfProducts } from '../store/products.ts';
import {
  type Filter,
  type Found,
  type Sort,
  type SortKey,
  countFacets,
  countProducts,
  findProducts,
  knownWords,
  namedBy,
  similarWords,
} from '../store/search.ts';
import { productKeys } from './cursors.ts';
import { type ProductSearch, type QueryResolvers } from './schema.types.ts';

type List = Extract<NonNullable<QueryResolvers['products']>, (...args: never[]) => unknown>;

type Wanted = {
  readonly count: boolean;
  readonly facets: boolean;
  readonly suggestions: boolean;
  readonly variants: boolean;
};
/** A filter without what the text asks for. */
type Chosen = Omit<Filter, 'query' | 'names'>;
type Asked = {
  readonly filter: Chosen;
  readonly words: readonly string[];
  readonly page: Parameters<typeof findProducts>[2];
};

/** Query.products: at most one statement each for words, page, count, facets and variants, and only for what is selected. */
export const products: List = async (
  _root,
  { first, after, search, sort },
  { db, catalogue, loaders },
  info,
) => {
  const size = pageSize(first, 24);
  const words = searchWords(search?.text ?? '');
  // Without a text relevance has nothing to go by.
  const chosen: Sort =
    words.length > 0 ? (sort ?? 'RELEVANCE') : sort === 'RELEVANCE' ? 'NEWEST' : (sort ?? 'NEWEST');
  const filter = readFilter(search ?? {});
  const asked = {
    filter,
    words,
    page: { sort: chosen, limit: size + 1, after: readCursor(after, chosen) },
  };
  const wanted = {
    count: selects(info, 'totalCount'),
    facets: selects(info, 'facets'),
    suggestions: selects(info, 'suggestions'),
    variants: selects(info, 'edges', 'node', 'variants'),
  };
  const [list, tree] = await Promise.all([
    catalogue.list(keyOf(asked, wanted), () => read(db, asked, wanted)),
    wanted.facets ? catalogue.tree() : null,
  ]);
  list.variants?.forEach((variants, id) => loaders.variantsOf.prime(id, variants));
  const selected = new Set([...filter.facets.values()].flat());
  if (filter.categorySlug !== null) selected.add(facetValue('category', filter.categorySlug));
  return {
    ...connection(list.found, size, row => writeCursor(row, chosen), after),
    totalCount: list.totalCount,
    facets: wanted.facets
      ? facetsOf(list.counts, selected, slug => tree?.bySlug.get(slug)?.name ?? slug)
      : [],
    suggestions: list.suggestions,
  };
};

function keyOf({ filter, words, page }: Asked, wanted: Wanted): string {
  const text = (value: bigint | null): string | null => (value === null ? null : String(value));
  const plain = {
    ...filter,
    facets: [...filter.facets],
    priceMin: text(filter.priceMin),
    priceMax: text(filter.priceMax),
  };
  return JSON.stringify([plain, words, page, wanted]);
}

async function read(db: Database, { filter, words, page }: Asked, wanted: Wanted) {
  const { suggestions, ...text } = await understand(db, words);
  const full: Filter = { ...filter, ...text };
  const [found, totalCount, counts] = await Promise.all([
    findProducts(db, full, page),
    wanted.count ? countProducts(db, full, page.sort) : 0,
    wanted.facets ? countFacets(db, full) : [],
  ]);
  const unfound =
    wanted.suggestions &&
    found.length === 0 &&
    page.after === null &&
    words.length > 0 &&
    suggestions.length === 0;
  const ids = found.slice(0, page.limit - 1).map(row => row.id);
  const variants = wanted.variants
    ? Map.groupBy(await variantsOfProducts(db, ids), row => row.product_id)
    : null;
  for (const id of ids) if (variants && !variants.has(id)) variants.set(id, []);
  return {
    found,
    totalCount,
    counts,
    variants,
    suggestions: unfound ? await similarWords(db, words) : suggestions,
  };
}

/** What a text asks for. Words that no text is searched by narrow a list only where a name has them. */
async function understand(db: Database, words: readonly string[]): Promise<Plan> {
  if (words.length === 0) return { query: null, names: null, suggestions: [] };
  const meant = plan(await knownWords(db, words));
  if (meant.names === null) return meant;
  const { named, longer } = await namedBy(db, meant.names, words.at(-1) ?? '');
  const before = words.slice(0, -1);
  return {
    query: null,
    names: named ? meant.names : null,
    suggestions: longer.map(word => [...before, word].join(' ')),
  };
}

function readFilter(search: ProductSearch): Chosen {
  const currency = search.currency ?? defaultCurrency;
  const facets = new Map<string, readonly string[]>();
  if ((search.facets?.length ?? 0) > 20) throw badInput('at most 20 facets can be filtered by');
  for (const { key: sent, anyOf } of search.facets ?? []) {
    const key = storable(sent);
    if (anyOf.length > 100) throw badInput('at most 100 values of a facet can be filtered by');
    const values = anyOf.map(value => facetValue(key, storable(value)));
    const before = facets.get(key);
    facets.set(key, before ? before.filter(value => values.includes(value)) : values);
  }
  if (search.ratingMin != null && (search.ratingMin < 1 || search.ratingMin > 5))
    throw badInput('"ratingMin" is from 1 to 5');
  return {
    categorySlug: search.categorySlug == null ? null : storable(search.categorySlug),
    facets,
    currency,
    priceMin: bound(search.priceMin, currency),
    priceMax: bound(search.priceMax, currency),
    inStockOnly: search.inStockOnly ?? false,
    ratingMin: search.ratingMin ?? null,
  };
}

/** PostgreSQL cannot take NUL; nothing stored has it, so nothing is lost. */
function storable(text: string): string {
  return text.slice(0, 600).toWellFormed().replaceAll('\0', '');
}

function bound(amount: string | null | undefined, currency: string): bigint | null {
  if (amount == null) return null;
  try {
    return parseAmount(amount, currency);
  } catch (error) {
    if (error instanceof DomainError) throw badInput(error.message);
    throw error;
  }
}

function readCursor(after: string | null | undefined, sort: Sort): SortKey | null {
  const key = decodeCursor<z.ZodType<readonly [string, ...(string | number)[]]>>(after, productKeys[sort]);
  return key && key.slice(1);
}

function writeCursor(row: Found, sort: Sort): string {
  return encodeCursor([sort, ...row.sort_key]);
}
