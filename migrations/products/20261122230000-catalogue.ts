import { Migration } from '@mikro-orm/migrations';

import { platformTables } from '#platform/tables.ts';

const up = [
  `create extension if not exists pg_trgm`,
  `create extension if not exists unaccent`,
  `create table category (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name text not null check (length(name) between 1 and 200),
    parent_id uuid references category,
    -- Slugs from the root down to this category; kept by the application, three levels at most.
    path text[] not null check (cardinality(path) between 1 and 3 and path[cardinality(path)] = slug),
    created_at timestamptz(3) not null default now()
  )`,
  `create index category_parent on category (parent_id)`,
  `create index category_path on category using gin (path)`,
  `create table product (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name text not null check (length(name) between 1 and 200),
    description text,
    brand text,
    status text not null check (status in ('DRAFT', 'ACTIVE', 'ARCHIVED')),
    attributes jsonb not null default '[]',
    media jsonb not null default '[]',
    version int not null default 1 check (version > 0),
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    -- Everything below is derived: refreshDerived and the review action keep it.
    name_key text collate "C" not null default '',
    options jsonb not null default '[]',
    price_ranges jsonb not null default '{}',
    category_slugs text[] not null default '{}',
    category_path text[] not null default '{}',
    facets text[] not null default '{}',
    search tsvector not null default '',
    in_stock boolean not null default false,
    rating_average real not null default 0 check (rating_average between 0 and 5),
    rating_count int not null default 0 check (rating_count >= 0),
    rating_histogram int[] not null default '{0,0,0,0,0}' check (cardinality(rating_histogram) = 5)
  )`,
  `create index product_newest on product (created_at desc, id desc) where status = 'ACTIVE'`,
  `create index product_name on product (name_key, id) where status = 'ACTIVE'`,
  `create index product_best_rated on product (rating_average desc, rating_count desc, id desc) where status = 'ACTIVE'`,
  `create index product_search on product using gin (search) where status = 'ACTIVE'`,
  `create index product_facets on product using gin (facets) where status = 'ACTIVE'`,
  `create table product_category (
    product_id uuid not null references product on delete cascade,
    category_id uuid not null references category,
    position int not null,
    primary key (product_id, category_id)
  )`,
  `create index product_category_category on product_category (category_id)`,
  `create table product_variant (
    id uuid primary key,
    product_id uuid not null references product on delete cascade,
    sku text not null unique check (length(sku) between 1 and 64),
    title text not null,
    options jsonb not null default '[]',
    -- [{"currency": "EUR", "amount": 1999, "compareAt": null}], minor units, by currency.
    prices jsonb not null default '[]',
    cost_amount bigint check (cost_amount >= 0),
    cost_currency text,
    weight_grams int check (weight_grams >= 0),
    tax_class text not null default 'standard',
    position int not null,
    archived boolean not null default false,
    version int not null default 1,
    price_version int not null default 1,
    check ((cost_amount is null) = (cost_currency is null))
  )`,
  `create index product_variant_product on product_variant (product_id, position)`,
  `create table product_price (
    product_id uuid not null references product on delete cascade,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    min_amount bigint not null check (min_amount >= 0),
    max_amount bigint not null check (max_amount >= min_amount),
    amounts bigint[] not null,
    active boolean not null,
    primary key (product_id, currency)
  )`,
  `create index product_price_lowest on product_price (currency, min_amount, product_id) where active`,
  `create table product_listing (
    category_id uuid not null references category,
    product_id uuid not null references product on delete cascade,
    depth int not null,
    popularity real not null,
    active boolean not null,
    primary key (product_id, category_id)
  )`,
  `create index product_listing_popular on product_listing (category_id, popularity desc, product_id) where active`,
  `create table variant_stock (
    variant_id uuid primary key,
    quantity int not null check (quantity >= 0),
    in_stock boolean not null,
    version int not null
  )`,
  `create table purchase (
    product_id uuid not null,
    customer_id uuid not null,
    primary key (product_id, customer_id)
  )`,
  `create table review (
    id uuid primary key,
    product_id uuid not null references product on delete cascade,
    customer_id uuid not null,
    rating int not null check (rating between 1 and 5),
    title text,
    body text,
    verified_purchase boolean not null,
    created_at timestamptz(3) not null default now(),
    unique (product_id, customer_id)
  )`,
  `create index review_newest on review (product_id, created_at desc, id desc)`,
  `create index review_customer on review (customer_id, created_at desc, id desc)`,
  // Spelling correction by symmetric deletion: two words at most one edit or swap apart share a word with one letter less.
  `create function search_deletes(word text) returns text[] language sql immutable parallel safe as $$
    select array_agg(distinct w) from (
      select word as w union all
      select overlay(word placing '' from i for 1) from generate_series(1, length(word)) as i where length(word) > 3
    ) each_delete
  $$`,
  // The words of a text as search sees them: lower case, without accents and punctuation, single spaces.
  `create function search_plain(text text) returns text language sql stable parallel safe as $$
    select regexp_replace(lower(unaccent(coalesce(text, ''))), '[[:punct:][:space:]]+', ' ', 'g')
  $$`,
  `create table search_word (
    word text primary key,
    deletes text[] not null
  )`,
  `create index search_word_deletes on search_word using gin (deletes)`,
  `create index search_word_trigrams on search_word using gin (word gin_trgm_ops)`,
  // Whether something on sale matches. The planner takes a lookup of a rare word for cheap by reading the whole table, so it is
  // told not to; a common word, whose index entry is long, is met among the newest products.
  `create function sells(query tsquery) returns boolean language plpgsql stable
    set enable_seqscan = off set enable_indexscan = off as $$
    begin
      return exists (select 1 from product where status = 'ACTIVE' and search @@ query);
    end
  $$`,
  `create function sells_newest(query tsquery) returns boolean language sql stable as $$
    select exists (
      select 1 from (select search from product where status = 'ACTIVE' order by created_at desc, id desc limit 50) as newest
      where newest.search @@ query
    )
  $$`,
  `create table import_job (
    id uuid primary key,
    status text not null check (status in ('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED')),
    dry_run boolean not null,
    total int not null,
    done int not null default 0,
    failed int not null default 0,
    lease_until timestamptz,
    created_at timestamptz not null default now(),
    finished_at timestamptz,
    check (done >= 0 and failed >= 0 and done + failed <= total)
  )`,
  `create index import_job_open on import_job (created_at) where status in ('QUEUED', 'RUNNING')`,
  `create table import_row (
    job_id uuid not null references import_job on delete cascade,
    row int not null,
    line text not null,
    state text not null default 'PENDING' check (state in ('PENDING', 'DONE', 'FAILED')),
    message text,
    primary key (job_id, row)
  )`,
  `create index import_row_pending on import_row (job_id, row) where state = 'PENDING'`,
  `create index import_row_failed on import_row (job_id, row) where state = 'FAILED'`,
  // Products whose derived columns wait for a background refresh (a large category moved), and snapshots being told.
  `create table refresh_queue (product_id uuid primary key references product on delete cascade)`,
  `create table snapshot (id uuid primary key, after_id uuid, created_at timestamptz not null default now())`,
];

const down = [
  'snapshot', 'refresh_queue', 'import_row', 'import_job', 'search_word', 'review', 'purchase', 'variant_stock', 'product_listing',
  'product_price', 'product_variant', 'product_category', 'product', 'category',
]; // prettier-ignore

export class Catalogue extends Migration {
  override async up(): Promise<void> {
    for (const sql of platformTables.up) this.addSql(sql);
    for (const sql of up) this.addSql(sql);
  }

  override async down(): Promise<void> {
    for (const table of down) this.addSql(`drop table ${table}`);
    for (const name of ['search_deletes', 'search_plain']) this.addSql(`drop function ${name}(text)`);
    for (const name of ['sells', 'sells_newest']) this.addSql(`drop function ${name}(tsquery)`);
    for (const sql of platformTables.down) this.addSql(sql);
  }
}
