import { Migration } from '@mikro-orm/migrations';

import { platformTables } from '#platform/tables.ts';

/** Platform tables, projections of the catalogue, what staff configure, carts, voucher redemptions. */
export class CartsAndPrices extends Migration {
  override up(): void {
    for (const sql of platformTables.up) this.addSql(sql);
    this.addSql(`create table variants (
      variant_id uuid primary key,
      product_id uuid not null,
      sku text not null,
      title text not null,
      product_name text not null,
      category_slugs text[] not null,
      tax_class text not null,
      weight_grams integer check (weight_grams >= 0),
      sellable boolean not null,
      version integer not null,
      projected_at timestamptz not null default now()
    )`);
    this.addSql(`create table variant_prices (
      variant_id uuid primary key,
      prices jsonb not null check (jsonb_typeof(prices) = 'object'),
      version integer not null,
      projected_at timestamptz not null default now()
    )`);
    this.addSql(`create table promotions (
      id uuid primary key,
      name text not null check (name <> ''),
      discount jsonb not null check (jsonb_typeof(discount) = 'object'),
      starts_at timestamptz,
      ends_at timestamptz check (ends_at > starts_at),
      active boolean not null,
      created_at timestamptz not null default now()
    )`);
    this.addSql(`create table vouchers (
      id uuid primary key,
      code text not null unique check (code = upper(code) and length(code) between 1 and 64),
      name text not null check (name <> ''),
      discount jsonb not null check (jsonb_typeof(discount) = 'object'),
      usage_limit integer check (usage_limit > 0),
      usage_count integer not null default 0 check (usage_count >= 0),
      once_per_customer boolean not null,
      starts_at timestamptz,
      ends_at timestamptz check (ends_at > starts_at),
      active boolean not null,
      created_at timestamptz not null default now(),
      check (usage_count <= usage_limit)
    )`);
    // redeemer: customer:<id>, or email:<SHA-256 of the normalised address> for a guest.
    this.addSql(`create table voucher_redemptions (
      id uuid primary key,
      voucher_id uuid not null references vouchers (id),
      order_id uuid not null,
      redeemer text not null,
      once boolean not null,
      redeemed_at timestamptz not null default now(),
      given_back_at timestamptz,
      unique (order_id, voucher_id)
    )`);
    this.addSql(
      `create unique index voucher_redemptions_once on voucher_redemptions (voucher_id, redeemer) where once and given_back_at is null`,
    );
    this.addSql(`create table shipping_methods (
      id uuid primary key,
      name text not null check (name <> ''),
      countries text[] not null,
      prices jsonb not null check (jsonb_typeof(prices) = 'object'),
      free_from jsonb not null check (jsonb_typeof(free_from) = 'object'),
      max_weight_grams integer check (max_weight_grams > 0),
      min_days integer check (min_days >= 0),
      max_days integer check (max_days >= min_days),
      active boolean not null,
      created_at timestamptz not null default now()
    )`);
    // The foreign key below makes it impossible that one country has rates in two modes.
    this.addSql(`create table tax_countries (
      country text primary key check (country ~ '^[A-Z]{2}$'),
      prices_include_tax boolean not null,
      unique (country, prices_include_tax)
    )`);
    this.addSql(`create table tax_rates (
      id uuid primary key,
      country text not null,
      region text check (region <> '' and region = upper(region)),
      tax_class text not null check (tax_class <> '' and tax_class = lower(tax_class)),
      rate_percent numeric(7, 4) not null check (rate_percent between 0 and 100),
      prices_include_tax boolean not null,
      unique nulls not distinct (country, region, tax_class),
      foreign key (country, prices_include_tax) references tax_countries (country, prices_include_tax) on update cascade
    )`);
    this.addSql(`create table carts (
      id text primary key check (id ~ '^[A-Za-z0-9_-]{22}$'),
      customer_id uuid,
      email text,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      country text not null check (country ~ '^[A-Z]{2}$'),
      lines jsonb not null check (case jsonb_typeof(lines) when 'array' then jsonb_array_length(lines) <= 100 else false end),
      shipping_address jsonb,
      billing_address jsonb,
      shipping_method_id uuid references shipping_methods (id),
      voucher_codes text[] not null default '{}',
      status text not null default 'OPEN' check (status in ('OPEN', 'CHECKING_OUT', 'CLOSED')),
      order_id uuid check (status <> 'OPEN' or order_id is null),
      version integer not null default 1 check (version > 0),
      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      check (status <> 'CHECKING_OUT' or order_id is not null)
    )`);
    this.addSql(
      `create index carts_of_customer on carts (customer_id, created_at desc) where status = 'OPEN'`,
    );
    this.addSql(`create index carts_expiry on carts (expires_at) where status <> 'CHECKING_OUT'`);
  }

  override down(): void {
    const tables = [
      'carts',
      'tax_rates',
      'tax_countries',
      'shipping_methods',
      'voucher_redemptions',
      'vouchers',
      'promotions',
      'variant_prices',
      'variants',
    ];
    for (const table of tables) this.addSql(`drop table ${table}`);
    for (const sql of platformTables.down) this.addSql(sql);
  }
}
