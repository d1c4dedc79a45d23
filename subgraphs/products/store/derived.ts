import { type Transaction, rows } from '#platform/database.ts';

const columns = `
  update product p set
    name_key = lower(unaccent(p.name)),
    options = d.options,
    price_ranges = d.price_ranges,
    category_slugs = d.category_slugs,
    category_path = d.category_path,
    facets = d.facets,
    search = d.search,
    in_stock = d.in_stock,
    rating_average = d.rating_average,
    rating_count = d.rating_count,
    rating_histogram = d.rating_histogram
  from (
    select p.id, o.options, pr.price_ranges, c.category_slugs, c.category_path, v.in_stock, r.*,
      array(
        select 'category=' || slug from unnest(c.category_path) as slug
        union select 'brand=' || p.brand where p.brand is not null
        union select 'attribute.' || (a->>'slug') || '=' || (a->>'value') from jsonb_array_elements(p.attributes) as a(a)
        union select 'option.' || coalesce(
            nullif(trim(both '-' from regexp_replace(lower(unaccent(f->>'name')), '[^a-z0-9]+', '-', 'g')), ''),
            replace(f->>'name', '=', '')) || '=' || chosen
          from jsonb_array_elements(o.options) as f(f), jsonb_array_elements_text(f->'values') as c(chosen)
      ) as facets,
      setweight(to_tsvector('english', search_plain(p.name)), 'A')
        || setweight(to_tsvector('english', search_plain(concat_ws(' ', p.brand, c.names, v.skus))), 'B')
        || setweight(to_tsvector('english', search_plain(concat_ws(' ', a.text, o.text))), 'C')
        || setweight(to_tsvector('english', search_plain(left(coalesce(p.description, ''), 20000))), 'D') as search
    from product p
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('name', name, 'values', listed) order by first), '[]') as options,
        string_agg(name || ' ' || words, ' ') as text
      from (
        select name, jsonb_agg(value order by first) as listed, string_agg(value, ' ') as words, min(first) as first
        from (
          select e->>'name' as name, e->>'value' as value, min(v.position * 100 + n) as first
          from product_variant v, jsonb_array_elements(v.options) with ordinality as x(e, n)
          where v.product_id = p.id and not v.archived
          group by 1, 2
        ) as chosen group by name
      ) as named
    ) as o
    cross join lateral (
      select coalesce(jsonb_object_agg(currency, jsonb_build_array(low, high)), '{}') as price_ranges
      from (
        select x.currency, min(x.amount) as low, max(x.amount) as high
        from product_variant v, jsonb_to_recordset(v.prices) as x(currency text, amount bigint)
        where v.product_id = p.id and not v.archived
        group by x.currency
      ) as ranged
    ) as pr
    cross join lateral (
      select coalesce(array_agg(c.slug order by pc.position), '{}') as category_slugs,
        coalesce(string_agg(c.name, ' '), '') as names,
        array(
          select distinct s from product_category pc join category c on c.id = pc.category_id, unnest(c.path) as s
          where pc.product_id = p.id order by s
        ) as category_path
      from product_category pc join category c on c.id = pc.category_id where pc.product_id = p.id
    ) as c
    cross join lateral (
      select string_agg(v.sku, ' ') as skus, coalesce(bool_or(s.in_stock), false) as in_stock
      from product_variant v left join variant_stock s on s.variant_id = v.id
      where v.product_id = p.id and not v.archived
    ) as v
    cross join lateral (
      select string_agg((a->>'value'), ' ') as text from jsonb_array_elements(p.attributes) as a(a)
    ) as a
    cross join lateral (
      select count(*)::int as rating_count, coalesce(avg(rating), 0)::real as rating_average,
        array[count(*) filter (where rating = 1), count(*) filter (where rating = 2), count(*) filter (where rating = 3),
          count(*) filter (where rating = 4), count(*) filter (where rating = 5)]::int[] as rating_histogram
      from review where product_id = p.id and status = 'PUBLISHED'
    ) as r
    where p.id = any(?::uuid[])
  ) as d
  where p.id = d.id`;

const prices = `
  with gone as (delete from product_price where product_id = any($1::uuid[]) and not exists (
    select 1 from product p where p.id = product_id and p.price_ranges ? currency
  ))
  insert into product_price (product_id, currency, min_amount, max_amount, amounts, active)
  select v.product_id, x.currency, min(x.amount), max(x.amount), array_agg(distinct x.amount), bool_and(p.status = 'ACTIVE')
  from product_variant v
  join product p on p.id = v.product_id, jsonb_to_recordset(v.prices) as x(currency text, amount bigint)
  where v.product_id = any($1::uuid[]) and not v.archived
  group by v.product_id, x.currency
  on conflict (product_id, currency) do update
    set min_amount = excluded.min_amount, max_amount = excluded.max_amount, amounts = excluded.amounts, active = excluded.active
    where (product_price.min_amount, product_price.max_amount, product_price.amounts, product_price.active)
      is distinct from (excluded.min_amount, excluded.max_amount, excluded.amounts, excluded.active)`;

const listings = `
  with wanted as (
    select distinct on (p.id, up.id) up.id as category_id, p.id as product_id, cardinality(up.path) as depth,
      p.rating_average * ln(1 + p.rating_count) as popularity, p.status = 'ACTIVE' as active
    from product p
    join product_category pc on pc.product_id = p.id
    join category c on c.id = pc.category_id
    join category up on up.slug = any(c.path)
    where p.id = any($1::uuid[])
  ), gone as (
    delete from product_listing l where l.product_id = any($1::uuid[])
      and not exists (select 1 from wanted w where w.product_id = l.product_id and w.category_id = l.category_id)
  )
  insert into product_listing (category_id, product_id, depth, popularity, active)
  select category_id, product_id, depth, popularity, active from wanted
  on conflict (product_id, category_id) do update
    set depth = excluded.depth, popularity = excluded.popularity, active = excluded.active
    where (product_listing.depth, product_listing.popularity, product_listing.active)
      is distinct from (excluded.depth, excluded.popularity, excluded.active)`;

// The dictionary only grows; a word that no product on sale has any more is never offered, since offers are checked.
const words = `
  insert into search_word (word, deletes)
  select word, search_deletes(word) || search_deletes(coalesce((ts_lexize('english_stem', word))[1], word))
  from (
    select distinct w as word
    from product p
    left join lateral (select string_agg(c.name, ' ') as names from product_category pc join category c on c.id = pc.category_id
      where pc.product_id = p.id) as c on true,
    regexp_split_to_table(
      search_plain(concat_ws(' ', p.name, p.brand, c.names, left(p.description, 20000),
        (select string_agg(a->>'value', ' ') from jsonb_array_elements(p.attributes) as a(a)),
        (select string_agg(v, ' ') from jsonb_array_elements(p.options) as f(f), jsonb_array_elements_text(f->'values') as x(v)))),
      ' +'
    ) as w
    where p.id = any($1::uuid[]) and length(w) between 3 and 40
  ) as fresh
  where not exists (select 1 from search_word s where s.word = fresh.word)
  order by word
  on conflict (word) do nothing`;

/**
 * Recomputes everything that is derived from the base rows of these products: options, price ranges, listings by category,
 * facets, full text, dictionary, stock flag and rating. Four statements, whatever the number of products; base rows may come
 * from anywhere (an action or a bulk COPY into category, product, product_category, product_variant, variant_stock, review).
 * After a bulk COPY, ANALYZE first and come in batches of about a thousand: without statistics the plans are ten times slower.
 */
export async function refreshDerived(tx: Transaction, productIds: readonly string[]): Promise<void> {
  const ids = [...productIds].toSorted();
  await rows(tx, columns, [ids]);
  await rows(tx, prices, [ids]);
  await rows(tx, listings, [ids]);
  await rows(tx, words, [ids]);
}
