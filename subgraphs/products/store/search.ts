import { type Database, planAnew } from '#platform/database.ts';

import { type Count } from '../domain/facet.ts';
import { type Known, correctable, deletes, isNear } from '../domain/search.ts';
import { type ProductRow, productColumns } from './products.ts';

/** A search as SQL wants it. */
export type Filter = {
  /** For to_tsquery; null: no text. */
  readonly query: string | null;
  /** For to_tsquery('simple', …), over names alone; null: any. */
  readonly names: string | null;
  readonly categorySlug: string | null;
  /** Stored facet values by key: any value of each key. */
  readonly facets: ReadonlyMap<string, readonly string[]>;
  readonly currency: string;
  readonly priceMin: bigint | null;
  readonly priceMax: bigint | null;
  readonly inStockOnly: boolean;
  readonly ratingMin: number | null;
};

export const sorts = ['RELEVANCE', 'NEWEST', 'NAME', 'PRICE_ASC', 'PRICE_DESC', 'BEST_RATED'] as const;
export type Sort = (typeof sorts)[number];

/** Relevance orders the newest this many of the products that match. */
const ranked = 2_000;
/** Facets are counted over this many of the products that match; exact up to there. */
const counted = 10_000;

/** How many match decides between walking the sort's index and sorting what matches: no one plan is right for all words. */
function fresh(filter: Filter): string {
  const broad =
    filter.query === null &&
    filter.names === null &&
    filter.categorySlug === null &&
    filter.facets.size === 0 &&
    filter.priceMin === null;
  return broad && filter.priceMax === null ? '' : planAnew;
}

const named = `to_tsvector('simple', p.name_key) @@ to_tsquery('simple', ?)`;

type Where = { readonly sql: string; readonly params: unknown[] };

function where(filter: Filter, skipFacets = false): Where {
  const sql = [`p.status = 'ACTIVE'`];
  const params: unknown[] = [];
  const add = (condition: string, ...values: unknown[]): void => {
    sql.push(condition);
    params.push(...values);
  };
  if (filter.query !== null) add(`p.search @@ to_tsquery('english', ?)`, filter.query);
  if (filter.names !== null) add(named, filter.names);
  if (filter.categorySlug !== null) add('p.facets @> array[?::text]', `category=${filter.categorySlug}`);
  if (!skipFacets) for (const values of filter.facets.values()) add('p.facets && ?::text[]', values);
  if (filter.inStockOnly) add('p.in_stock');
  if (filter.ratingMin !== null) add('p.rating_average >= ?::real', filter.ratingMin);
  if (filter.priceMin !== null || filter.priceMax !== null) {
    const [min, max] = [filter.priceMin ?? 0n, filter.priceMax ?? 10n ** 15n];
    add(
      `exists (select 1 from product_price pr where pr.product_id = p.id and pr.currency = ? and pr.min_amount <= ?::bigint
         and pr.max_amount >= ?::bigint and exists (select 1 from unnest(pr.amounts) as a where a between ?::bigint and ?::bigint))`,
      filter.currency, max, min, min, max,
    ); // prettier-ignore
  }
  return { sql: sql.join(' and '), params };
}

/** The values a product is sorted by, as its cursor carries them. */
export type SortKey = readonly (string | number)[];
export type Found = ProductRow & { readonly sort_key: SortKey };

type Order = { readonly from: string; readonly key: string; readonly by: string; readonly after: string };
const orders: Readonly<Record<Exclude<Sort, 'RELEVANCE'>, Order>> = {
  NEWEST: {
    from: 'product p',
    key: 'jsonb_build_array(p.created_at, p.id)',
    by: 'p.created_at desc, p.id desc',
    after: '(p.created_at, p.id) < (?::timestamptz, ?::uuid)',
  },
  NAME: {
    from: 'product p',
    key: 'jsonb_build_array(p.name_key, p.id)',
    by: 'p.name_key, p.id',
    after: '(p.name_key, p.id) > (?, ?::uuid)',
  },
  PRICE_ASC: {
    from: 'product_price s join product p on p.id = s.product_id',
    key: 'jsonb_build_array(s.min_amount::text, s.product_id)',
    by: 's.min_amount, s.product_id',
    after: '(s.min_amount, s.product_id) > (?::bigint, ?::uuid)',
  },
  PRICE_DESC: {
    from: 'product_price s join product p on p.id = s.product_id',
    key: 'jsonb_build_array(s.min_amount::text, s.product_id)',
    by: 's.min_amount desc, s.product_id desc',
    after: '(s.min_amount, s.product_id) < (?::bigint, ?::uuid)',
  },
  BEST_RATED: {
    from: 'product p',
    key: 'jsonb_build_array(p.rating_average::text, p.rating_count, p.id)',
    by: 'p.rating_average desc, p.rating_count desc, p.id desc',
    after: '(p.rating_average, p.rating_count, p.id) < (?::real, ?::int, ?::uuid)',
  },
};
const byPrice = (sort: Sort): boolean => sort === 'PRICE_ASC' || sort === 'PRICE_DESC';

/** One page of products on sale, `limit` at most, after the given sort key. RELEVANCE is for searches with a text. One statement. */
export function findProducts(
  db: Database,
  filter: Filter,
  page: { sort: Sort; limit: number; after: SortKey | null },
): Promise<Found[]> {
  const { sort, limit, after } = page;
  if (sort === 'RELEVANCE') return findRelevant(db, filter, limit, after);
  const order = orders[sort];
  const { sql, params } = where(filter);
  const price = byPrice(sort) ? `s.active and s.currency = ? and ` : '';
  return db.query(
    `${fresh(filter)}select ${productColumns}, ${order.key} as sort_key from ${order.from}
     where ${price}${sql} ${after ? `and ${order.after}` : ''} order by ${order.by} limit ?`,
    [...(price ? [filter.currency] : []), ...params, ...(after ?? []), limit],
  );
}

function findRelevant(db: Database, filter: Filter, limit: number, after: SortKey | null): Promise<Found[]> {
  const { sql, params } = where(filter);
  return db.query(
    `${planAnew}select ${productColumns}, jsonb_build_array(r.rank::text, r.id) as sort_key
     from (
       select m.id, coalesce(ts_rank('{0.1, 0.3, 0.5, 1}', m.search, to_tsquery('english', ?)), 0::real) as rank
       from (select p.id, p.search from product p where ${sql} order by p.created_at desc, p.id desc limit ${ranked}) as m
     ) as r join product p on p.id = r.id
     where ${after ? '(r.rank, r.id) < (?::real, ?::uuid)' : 'true'}
     order by r.rank desc, r.id desc limit ?`,
    [filter.query, ...params, ...(after ?? []), limit],
  );
}

/** How many products the whole list has, exactly. Lists by price hold only what has a price in the currency. */
export async function countProducts(db: Database, filter: Filter, sort: Sort): Promise<number> {
  const { sql, params } = where(filter);
  const price = byPrice(sort)
    ? 'and exists (select 1 from product_price s where s.product_id = p.id and s.currency = ?)'
    : '';
  const [row] = await db.query<{ count: number }>(
    `${fresh(filter)}select count(*)::int as count from product p where ${sql} ${price}`,
    [...params, ...(price ? [filter.currency] : [])],
  );
  return row?.count ?? 0;
}

/**
 * Products per facet value under the filter, a key's own selection left aside. Exact while at most 10,000 products match;
 * beyond that the counts are of 10,000 of them.
 */
export function countFacets(db: Database, filter: Filter): Promise<Count[]> {
  const { sql, params } = where(filter, true);
  const chosen = [...filter.facets.entries()];
  const misses = chosen.map(() => '(case when p.facets && ?::text[] then 0 else 1 end)').join(' + ') || '0';
  const missed = chosen.map(() => 'when not p.facets && ?::text[] then ?').join(' ');
  const values = chosen.map(([, listed]) => listed);
  return db.query(
    `${fresh(filter)}select value as stored, count(*)::int as count
     from (
       select p.facets, ${misses} as misses, ${missed ? `case ${missed} end` : 'null::text'} as missed
       from product p where ${sql} limit ${counted}
     ) as m, unnest(m.facets) as value
     where m.misses = 0 or (m.misses = 1 and split_part(value, '=', 1) = m.missed)
     group by value`,
    [...values, ...chosen.flatMap(([key, listed]) => [listed, key]), ...params],
  );
}

/** Asks the dictionary about each word of a search: whether something on sale has it, and what on sale is one slip away. */
export async function knownWords(db: Database, words: readonly string[]): Promise<Known[]> {
  const unique = [...new Set(words)];
  const parts = unique
    .filter(correctable)
    .flatMap(word => [...deletes(word), ...deletes(word.replace(/(es|s|ing|ed)$/, ''))]);
  const found = await db.query<{
    asked: boolean;
    word: string;
    stem: string;
    stop: boolean;
    sold: boolean;
  }>(
    `with each_word as materialized (
       select true as asked, word, prefixed from unnest(?::text[], ?::boolean[]) as a(word, prefixed)
       union all
       select false, s.word, false from search_word s where s.deletes && ?::text[]
     ), query as materialized (
       select w.*, coalesce((ts_lexize('english_stem', word))[1], word) as stem,
         to_tsquery('english', quote_literal(word) || case when prefixed then ':*' else '' end) as q
       from each_word w
     )
     select asked, word, stem, numnode(q) = 0 as stop,
       numnode(q) = 0 or sells_newest(q) or sells(q) as sold
     from query`,
    [unique, unique.map(word => word === words.at(-1) && word.length > 2), [...new Set(parts)]],
  );
  const own = new Map(found.filter(row => row.asked).map(row => [row.word, row]));
  const offered = found.filter(row => !row.asked && row.sold);
  return words.map(word => {
    const stem = own.get(word)?.stem ?? word;
    const close = offered.filter(
      row => row.stem !== stem && (isNear(word, row.word) || isNear(stem, row.stem)),
    );
    const near = correctable(word)
      ? close
          .map(row => row.word)
          .toSorted(closest(word))
          .slice(0, 12)
      : [];
    return { word, found: own.get(word)?.sold ?? false, stop: own.get(word)?.stop ?? false, near };
  });
}

// The same length and the same first letter are the likeliest slips.
function closest(word: string): (a: string, b: string) => number {
  const distance = (other: string): number =>
    (isNear(word, other) ? 0 : 4) + (other[0] === word[0] ? 0 : 2) + (other.length === word.length ? 0 : 1);
  return (a, b) => distance(a) - distance(b) || (a < b ? -1 : 1);
}

/** Words on sale that look most like those of the search (trigrams), for when nothing else is found. */
export async function similarWords(db: Database, words: readonly string[]): Promise<string[]> {
  const found = await db.query<{ word: string }>(
    `select s.word, max(similarity(s.word, asked)) as alike from unnest(?::text[]) as asked join search_word s on s.word % asked
     where sells(to_tsquery('english', quote_literal(s.word))) group by s.word order by 2 desc, 1 limit 5`,
    [words],
  );
  return found.map(row => row.word);
}

/**
 * For words that no text is searched by: whether a name on sale has them, the last one as its beginning at least, and words on
 * sale that begin with the last one, the shortest first.
 */
export async function namedBy(
  db: Database,
  names: string,
  last: string,
): Promise<{ readonly named: boolean; readonly longer: readonly string[] }> {
  const [found] = await db.query<{ named: boolean; longer: string[] }>(
    `${planAnew}select exists (select 1 from product p where p.status = 'ACTIVE' and ${named}) as named,
       array(
         select word from (
           select s.word from search_word s where s.word like ? || '_%' order by length(s.word), s.word limit 50
         ) as near
         where numnode(to_tsquery('english', quote_literal(word))) > 0 and sells(to_tsquery('english', quote_literal(word)))
         order by length(word), word limit 10
       ) as longer`,
    [names, last],
  );
  return found ?? { named: false, longer: [] };
}
