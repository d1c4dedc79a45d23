import { z } from 'zod';

import { DomainError } from '#platform/errors.ts';
import { badInput } from '#platform/graphql-errors.ts';
import { parseAmount } from '#platform/money.ts';
import { connection, decodeCursor, encodeCursor, pageSize } from '#platform/pages.ts';
import { selects } from '#platform/selection.ts';

import { facetValue, facetsOf } from '../domain/facet.ts';
import { defaultCurrency } from '../domain/prices.ts';
import { plan, searchWords } from '../domain/search.ts';
import { type Filter, type Found, type Sort, type SortKey, countFacets, countProducts, findProducts, knownWords, similarWords } from '../store/search.ts';
import { type ProductSearch, type QueryResolvers } from './schema.types.ts';

type List = Extract<NonNullable<QueryResolvers['products']>, (...args: never[]) => unknown>;

/** Query.products: at most one statement each for the words, the page, the count and the facets, and only what is selected. */
export const products: List = async (_root, { first, after, search, sort }, { db, catalogue }, info) => {
  const size = pageSize(first, 24);
  const words = searchWords(search?.text ?? '');
  const chosen: Sort = sort ?? (words.length > 0 ? 'RELEVANCE' : 'NEWEST');
  const key = readCursor(after, chosen, words.length > 0);
  const filter = { ...readFilter(search ?? {}), query: null };
  const { query, suggestions } = words.length > 0 ? plan(await knownWords(db, words)) : { query: null, suggestions: [] };
  const asked: Filter = { ...filter, query };
  const [found, totalCount, counts, tree] = await Promise.all([
    findProducts(db, asked, { sort: chosen, limit: size + 1, after: key }),
    selects(info, 'totalCount') ? countProducts(db, asked, chosen) : 0,
    selects(info, 'facets') ? countFacets(db, asked) : [],
    selects(info, 'facets') ? catalogue.tree() : null,
  ]);
  const unfound = found.length === 0 && key === null && words.length > 0 && suggestions.length === 0 && selects(info, 'suggestions');
  const selected = new Set([...asked.facets.values()].flat());
  if (asked.categorySlug !== null) selected.add(facetValue('category', asked.categorySlug));
  return {
    ...connection(found, size, row => writeCursor(row, chosen, words.length > 0), after),
    totalCount,
    facets: facetsOf(counts, selected, slug => tree?.bySlug.get(slug)?.name ?? slug),
    suggestions: unfound ? await similarWords(db, words) : suggestions,
  };
};

function readFilter(search: ProductSearch): Omit<Filter, 'query'> {
  const currency = search.currency ?? defaultCurrency;
  const facets = new Map<string, readonly string[]>();
  if ((search.facets?.length ?? 0) > 20) throw badInput('at most 20 facets can be filtered by');
  for (const { key, anyOf } of search.facets ?? []) {
    if (anyOf.length > 100) throw badInput('at most 100 values of a facet can be filtered by');
    const values = anyOf.map(value => facetValue(key, storable(value)));
    const before = facets.get(key);
    facets.set(storable(key), before ? before.filter(value => values.includes(value)) : values);
  }
  if (search.ratingMin != null && (search.ratingMin < 1 || search.ratingMin > 5)) throw badInput('"ratingMin" is from 1 to 5');
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

const keyShapes = {
  RELEVANCE: z.tuple([z.literal('RELEVANCE'), z.string().regex(/^[\d.e+-]{1,30}$/), z.uuid()]),
  NEWEST: z.tuple([z.literal('NEWEST'), z.iso.datetime({ offset: true }), z.uuid()]),
  NAME: z.tuple([z.literal('NAME'), z.string().max(400).refine(text => !text.includes('\0')), z.uuid()]),
  PRICE_ASC: z.tuple([z.literal('PRICE_ASC'), z.string().regex(/^\d{1,15}$/), z.uuid()]),
  PRICE_DESC: z.tuple([z.literal('PRICE_DESC'), z.string().regex(/^\d{1,15}$/), z.uuid()]),
  BEST_RATED: z.tuple([z.literal('BEST_RATED'), z.string().regex(/^[\d.]{1,12}$/), z.int32().nonnegative(), z.uuid()]),
} as const;

// Without a text relevance has nothing to go by, and the list is the newest first.
const effective = (sort: Sort, text: boolean): Sort => (sort === 'RELEVANCE' && !text ? 'NEWEST' : sort);

function readCursor(after: string | null | undefined, sort: Sort, text: boolean): SortKey | null {
  const key = decodeCursor<z.ZodType<readonly [string, ...(string | number)[]]>>(after, keyShapes[effective(sort, text)]);
  return key && key.slice(1);
}

function writeCursor(row: Found, sort: Sort, text: boolean): string {
  return encodeCursor([effective(sort, text), ...row.sort_key]);
}
