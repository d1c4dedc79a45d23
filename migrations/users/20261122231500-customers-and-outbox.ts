import { Migration } from '@mikro-orm/migrations';

import { platformTables } from '#platform/tables.ts';

const up = [
  `create extension if not exists pg_trgm`,

  `create table customers (
    id uuid primary key,
    email text not null unique check (length(email) between 3 and 254 and email = lower(email) and email !~ '[[:cntrl:][:space:]]'),
    email_verified_at timestamptz,
    password_hash text not null check (password_hash like '$argon2id$%'),
    first_name text check (length(first_name) between 1 and 100),
    last_name text check (length(last_name) between 1 and 100),
    phone text check (length(phone) between 3 and 32),
    locale text not null check (length(locale) between 2 and 35),
    reviewer_id uuid not null unique,
    default_shipping_address_id uuid,
    default_billing_address_id uuid,
    version integer not null default 1 check (version > 0),
    created_at timestamptz not null default now(),
    search_text text not null generated always as
      (email || ' ' || lower(coalesce(first_name, '') || ' ' || coalesce(last_name, ''))) stored
  )`,
  `create index customers_search_text on customers using gin (search_text gin_trgm_ops)`,

  `create table addresses (
    id uuid primary key,
    customer_id uuid not null references customers on delete cascade,
    name text not null check (length(name) between 1 and 200),
    line1 text not null check (length(line1) between 1 and 200),
    line2 text check (length(line2) between 1 and 200),
    city text not null check (length(city) between 1 and 100),
    region text check (length(region) between 1 and 100),
    postal_code text not null check (length(postal_code) <= 16),
    country text not null check (country ~ '^[A-Z]{2}$'),
    phone text check (length(phone) between 3 and 32),
    unique (customer_id, id)
  )`,
  // A default is always an address of the same customer, and forgotten with it.
  `alter table customers
    add constraint customers_default_shipping foreign key (id, default_shipping_address_id)
      references addresses (customer_id, id) on delete set null (default_shipping_address_id),
    add constraint customers_default_billing foreign key (id, default_billing_address_id)
      references addresses (customer_id, id) on delete set null (default_billing_address_id)`,

  `create table sessions (
    id uuid primary key,
    customer_id uuid not null references customers on delete cascade,
    device text check (length(device) <= 200),
    ip text check (length(ip) <= 64),
    created_at timestamptz not null,
    last_seen_at timestamptz not null check (last_seen_at >= created_at),
    expires_at timestamptz not null check (expires_at > created_at),
    revoked_at timestamptz
  )`,
  `create index sessions_customer on sessions (customer_id, last_seen_at desc) where revoked_at is null`,
  `create index sessions_expires_at on sessions (expires_at)`,

  `create table refresh_tokens (
    token_hash text primary key check (token_hash ~ '^[0-9a-f]{64}$'),
    session_id uuid not null references sessions on delete cascade,
    expires_at timestamptz not null,
    used_at timestamptz,
    used_by text,
    successor_salt text,
    check ((used_at is null) = (used_by is null) and (used_at is null) = (successor_salt is null))
  )`,
  // One token of a family is the current one, whatever races.
  `create unique index refresh_tokens_current on refresh_tokens (session_id) where used_at is null`,
  `create index refresh_tokens_session on refresh_tokens (session_id)`,

  // Newest only: asking again replaces the row.
  `create table one_time_tokens (
    customer_id uuid not null references customers on delete cascade,
    purpose text not null check (purpose in ('VERIFY_EMAIL', 'RESET_PASSWORD')),
    token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
    expires_at timestamptz not null,
    primary key (customer_id, purpose)
  )`,

  `create table roles (
    id uuid primary key,
    name text not null unique check (name ~ '^[a-z][a-z0-9-]{1,39}$'),
    scopes text[] not null check (cardinality(scopes) > 0)
  )`,
  `create table staff_roles (
    customer_id uuid not null references customers on delete cascade,
    role_id uuid not null references roles on delete restrict,
    primary key (customer_id, role_id)
  )`,
  `create index staff_roles_role on staff_roles (role_id)`,

  `create table api_keys (
    id uuid primary key,
    name text not null check (length(name) between 1 and 100),
    prefix text not null check (length(prefix) = 12),
    secret_hash text not null unique check (secret_hash ~ '^[0-9a-f]{64}$'),
    scopes text[] not null check (cardinality(scopes) > 0),
    created_at timestamptz not null,
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz
  )`,

  `create table audit_log (
    id uuid primary key,
    at timestamptz not null,
    actor text not null,
    action text not null,
    entity text not null check (entity in ('Customer', 'Session', 'Role', 'ApiKey')),
    entity_id text not null,
    correlation_id text not null
  )`,
  `create index audit_log_entity on audit_log (entity_id, id desc)`,
  `create index audit_log_actor on audit_log (actor, id desc)`,
  `create function audit_log_is_append_only() returns trigger language plpgsql as $$
    begin raise exception 'the audit log is append-only'; end $$`,
  `create trigger audit_log_append_only before update or delete on audit_log
    for each statement execute function audit_log_is_append_only()`,

  // Counters of attempts are worth nothing after a crash, and much speed before it.
  `create unlogged table throttle (
    key text primary key,
    count integer not null check (count >= 0),
    ends_at timestamptz not null
  )`,
  `create index throttle_ends_at on throttle (ends_at)`,

  `insert into roles (id, name, scopes) values
    ('01990000-0000-7000-8000-000000000001', 'admin', '{apikeys:manage,audit:read,catalogue:write,costs:read,customers:read,customers:write,inventory:read,inventory:write,notifications:read,orders:read,orders:write,payments:read,payments:write,promotions:read,promotions:write,shipping:write,staff:manage,taxes:write,webhooks:manage}'),
    ('01990000-0000-7000-8000-000000000002', 'support', '{customers:read,customers:write,inventory:read,notifications:read,orders:read,orders:write,payments:read,promotions:read}'),
    ('01990000-0000-7000-8000-000000000003', 'warehouse', '{inventory:read,inventory:write,orders:read,orders:write}'),
    ('01990000-0000-7000-8000-000000000004', 'catalogue', '{catalogue:write,costs:read,inventory:read,promotions:read,promotions:write}'),
    ('01990000-0000-7000-8000-000000000005', 'finance', '{audit:read,costs:read,orders:read,payments:read,payments:write,shipping:write,taxes:write}')`,
];

const down = [
  `drop table throttle`,
  `drop table audit_log`,
  `drop function audit_log_is_append_only`,
  `drop table api_keys`,
  `drop table staff_roles`,
  `drop table roles`,
  `drop table one_time_tokens`,
  `drop table refresh_tokens`,
  `drop table sessions`,
  `alter table customers drop constraint customers_default_shipping, drop constraint customers_default_billing`,
  `drop table addresses`,
  `drop table customers`,
];

/** Accounts, sessions, staff, API keys and the audit log. */
export class CustomersAndOutbox extends Migration {
  override up(): void {
    for (const sql of [...platformTables.up, ...up]) this.addSql(sql);
  }

  override down(): void {
    for (const sql of [...down, ...platformTables.down]) this.addSql(sql);
  }
}
