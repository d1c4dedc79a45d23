/**
 * The tables that every subgraph's database has for the platform: outbox, inbox, idempotency.
 * First statements of each subgraph's first migration.
 */
export const platformTables = {
  up: [
    `create table outbox (
      id uuid primary key,
      position bigserial not null,
      type text not null,
      aggregate_type text not null,
      aggregate_id text not null,
      seq bigint not null,
      envelope jsonb not null,
      created_at timestamptz not null default now(),
      sent_at timestamptz,
      unique (aggregate_type, aggregate_id, seq)
    )`,
    `create index outbox_unsent on outbox (position) where sent_at is null`,
    `create index outbox_sent on outbox (sent_at) where sent_at is not null`,
    `create table outbox_seq (
      aggregate_type text not null,
      aggregate_id text not null,
      seq bigint not null,
      primary key (aggregate_type, aggregate_id)
    )`,
    `create table inbox (message_id uuid primary key, type text not null, received_at timestamptz not null default now())`,
    `create index inbox_received_at on inbox (received_at)`,
    `create table idempotency (
      scope text not null,
      operation text not null,
      key text not null check (length(key) between 1 and 255),
      request_hash text not null,
      response jsonb,
      created_at timestamptz not null default now(),
      primary key (scope, operation, key)
    )`,
    `create index idempotency_created_at on idempotency (created_at)`,
  ],
  down: [`drop table idempotency`, `drop table inbox`, `drop table outbox_seq`, `drop table outbox`],
} as const;
