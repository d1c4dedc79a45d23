import { Migration } from '@mikro-orm/migrations';

import { platformTables } from '#platform/tables.ts';

const up = [
  `create table payments (
    id uuid primary key,
    request_id uuid not null unique,
    order_id uuid not null,
    order_number text not null,
    customer_id uuid,
    guest_token_hash text,
    amount bigint not null check (amount > 0),
    currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
    state text not null check (state in ('CREATED', 'REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED', 'CAPTURED', 'VOIDED', 'FAILED')),
    confirmed_by text not null check (confirmed_by in ('SERVER', 'CLIENT')),
    authorized bigint not null default 0 check (authorized between 0 and amount),
    captured bigint not null default 0 check (captured between 0 and authorized),
    refund_reserved bigint not null default 0 check (refund_reserved between 0 and captured),
    refunded bigint not null default 0 check (refunded between 0 and refund_reserved),
    disputed boolean not null default false,
    attempt integer not null default 1 check (attempt > 0),
    intent_id text unique,
    client_secret text,
    redirect_url text,
    method jsonb,
    save_method boolean not null default false,
    decline_code text,
    failure text,
    deadline timestamptz not null,
    in_saga boolean not null default true,
    void_requested_at timestamptz,
    provider_closed boolean not null default false,
    polled_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (state <> 'CAPTURED' or captured > 0),
    check (state in ('AUTHORIZED', 'CAPTURED', 'VOIDED', 'FAILED') or authorized = 0)
  )`,
  `create unique index payments_one_active on payments (order_id) where state in ('CREATED', 'REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED')`,
  `create index payments_order on payments (order_id, created_at)`,
  `create index payments_created on payments (created_at)`,
  `create index payments_open on payments (updated_at) where state in ('CREATED', 'REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED')`,
  `create index payments_to_close on payments (updated_at) where state in ('VOIDED', 'FAILED') and not provider_closed`,

  `create table payment_changes (
    position bigserial primary key,
    payment_id uuid not null references payments (id),
    order_id uuid not null,
    status text not null,
    captured bigint not null,
    refunded bigint not null,
    at timestamptz not null default now()
  )`,
  `create index payment_changes_order on payment_changes (order_id, position)`,

  `create table refund_requests (
    request_key text primary key,
    order_id uuid not null,
    amount bigint not null check (amount > 0),
    currency char(3) not null,
    created_at timestamptz not null default now()
  )`,
  `create table refunds (
    id uuid primary key,
    payment_id uuid not null references payments (id),
    order_id uuid not null,
    request_key text,
    amount bigint not null check (amount > 0),
    currency char(3) not null,
    reason text,
    state text not null check (state in ('REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED')),
    provider_id text unique,
    failure text,
    requested_by text,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  `create unique index refunds_once on refunds (request_key, payment_id) where state <> 'FAILED'`,
  `create index refunds_payment on refunds (payment_id, created_at)`,
  `create index refunds_unfinished on refunds (updated_at) where state in ('REQUESTED', 'PENDING')`,

  `create table void_tombstones (order_id uuid primary key, id uuid not null, reason text not null, created_at timestamptz not null default now())`,

  `create table provider_calls (
    key text primary key check (length(key) between 1 and 255),
    payment_id uuid,
    amount bigint,
    started_at timestamptz not null default now(),
    finished_at timestamptz
  )`,
  `create index provider_calls_payment on provider_calls (payment_id)`,

  `create table provider_customers (customer_id uuid primary key, provider_id text not null unique, created_at timestamptz not null default now())`,
  `create table saved_methods (
    id uuid primary key,
    customer_id uuid not null,
    provider_id text not null unique,
    details jsonb not null,
    is_default boolean not null default false,
    created_at timestamptz not null default now(),
    removed_at timestamptz,
    detached_at timestamptz
  )`,
  `create index saved_methods_customer on saved_methods (customer_id, created_at) where removed_at is null`,
  `create unique index saved_methods_one_default on saved_methods (customer_id) where is_default and removed_at is null`,

  `create table webhook_events (
    event_id text primary key,
    type text not null,
    object_id text not null,
    intent_id text,
    happened_at timestamptz not null,
    livemode boolean not null,
    status text not null default 'RECEIVED' check (status in ('RECEIVED', 'APPLIED', 'IGNORED', 'QUARANTINED')),
    reason text,
    attempts integer not null default 0,
    next_at timestamptz not null default now(),
    received_at timestamptz not null default now(),
    finished_at timestamptz
  )`,
  `create index webhook_events_due on webhook_events (next_at) where status = 'RECEIVED'`,
  `create index webhook_events_received on webhook_events (received_at)`,

  `create table ledger_entries (
    id uuid primary key,
    transaction_id uuid not null,
    position smallint not null,
    at timestamptz not null default now(),
    order_id uuid not null,
    payment_id uuid not null references payments (id),
    kind text not null check (kind in ('AUTHORIZED', 'CAPTURED', 'RELEASED', 'REFUNDED', 'REFUND_RETURNED')),
    reference uuid not null,
    account text not null check (account in ('receivable', 'sales', 'cash', 'refunds')),
    debit bigint not null default 0 check (debit >= 0),
    credit bigint not null default 0 check (credit >= 0),
    currency char(3) not null,
    check ((debit = 0) <> (credit = 0)),
    unique (kind, reference, account)
  )`,
  `create index ledger_entries_order on ledger_entries (order_id, at, position)`,
  `create index ledger_entries_transaction on ledger_entries (transaction_id)`,
  `create function ledger_balances() returns trigger language plpgsql as $$
  begin
    if exists (
      select 1 from ledger_entries where transaction_id = new.transaction_id
      having sum(debit) <> sum(credit) or count(distinct currency) <> 1 or count(*) < 2
    ) then
      raise exception 'ledger transaction % does not balance', new.transaction_id using errcode = 'check_violation';
    end if;
    return null;
  end $$`,
  `create constraint trigger ledger_must_balance after insert on ledger_entries
    deferrable initially deferred for each row execute function ledger_balances()`,
  `create function ledger_is_append_only() returns trigger language plpgsql as $$
  begin
    raise exception 'the ledger is append-only' using errcode = 'restrict_violation';
  end $$`,
  `create trigger ledger_no_change before update or delete on ledger_entries for each row execute function ledger_is_append_only()`,
  `create trigger ledger_no_truncate before truncate on ledger_entries for each statement execute function ledger_is_append_only()`,
] as const;

const down = [
  `drop table ledger_entries`,
  `drop function ledger_is_append_only`,
  `drop function ledger_balances`,
  `drop table webhook_events`,
  `drop table saved_methods`,
  `drop table provider_customers`,
  `drop table provider_calls`,
  `drop table void_tombstones`,
  `drop table refunds`,
  `drop table refund_requests`,
  `drop table payment_changes`,
  `drop table payments`,
] as const;

export class PaymentsAndOutbox extends Migration {
  override up(): void {
    for (const sql of platformTables.up) this.addSql(sql);
    for (const sql of up) this.addSql(sql);
  }

  override down(): void {
    for (const sql of down) this.addSql(sql);
    for (const sql of platformTables.down) this.addSql(sql);
  }
}
