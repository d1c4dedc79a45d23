import { Migration } from '@mikro-orm/migrations';

import { platformTables } from '#platform/tables.ts';

const up = [
  `create table warehouses (
    id uuid primary key,
    code text not null unique check (code ~ '^[A-Z0-9-]{2,20}$'),
    name text not null check (length(name) between 1 and 100),
    country text not null check (country ~ '^[A-Z]{2}$'),
    priority integer not null check (priority between 0 and 1000),
    created_at timestamptz not null default now()
  )`,

  // What products has told of its variants, and what we have last told of their availability.
  `create table variants (
    id uuid primary key,
    sku text not null,
    title text not null,
    version integer not null check (version >= 0),
    available integer not null default 0 check (available >= 0),
    backorder_left integer not null default 0 check (backorder_left >= 0),
    in_stock boolean generated always as (available > 0 or backorder_left > 0) stored,
    availability_version integer not null default 0 check (availability_version >= 0)
  )`,

  `create table stock_levels (
    id uuid primary key,
    variant_id uuid not null references variants (id),
    warehouse_id uuid not null references warehouses (id),
    on_hand integer not null default 0 check (on_hand between 0 and 10000000),
    reserved integer not null default 0 check (reserved >= 0),
    safety_stock integer not null default 0 check (safety_stock between 0 and 1000000),
    backorder_limit integer not null default 0 check (backorder_limit between 0 and 1000000),
    headroom integer generated always as (on_hand - reserved - safety_stock) stored,
    version integer not null default 0 check (version >= 0),
    unique (variant_id, warehouse_id),
    constraint stock_levels_no_oversell check (reserved <= on_hand + backorder_limit)
  )`,
  `create index stock_levels_low on stock_levels (headroom, id) where headroom <= 100`,

  `create table stock_movements (
    id uuid primary key,
    at timestamptz not null default now(),
    variant_id uuid not null,
    warehouse_id uuid not null,
    kind text not null check (kind in ('RECEIPT', 'ADJUSTMENT', 'SALE', 'RETURN', 'TRANSFER')),
    delta integer not null check (delta <> 0),
    reason text check (length(reason) <= 500),
    reference uuid,
    foreign key (variant_id, warehouse_id) references stock_levels (variant_id, warehouse_id),
    constraint stock_movements_sign check (
      case kind when 'RECEIPT' then delta > 0 when 'RETURN' then delta > 0 when 'SALE' then delta < 0 else true end
    ),
    constraint stock_movements_referenced check (kind not in ('SALE', 'RETURN', 'TRANSFER') or reference is not null)
  )`,
  // A shipment or a return is booked once, whatever is delivered twice.
  `create unique index stock_movements_once on stock_movements (reference, kind, variant_id, warehouse_id)
    where kind in ('SALE', 'RETURN', 'TRANSFER')`,
  `create index stock_movements_of_variant on stock_movements (variant_id, id desc)`,
  `create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
    end
  $$`,
  `create trigger stock_movements_append_only before update or delete or truncate on stock_movements
    for each statement execute function refuse_change()`,

  // A released reservation without lines is a tombstone: the release came before the request.
  `create table reservations (
    id uuid primary key,
    order_id uuid not null unique,
    state text not null check (state in ('HELD', 'COMMITTED', 'RELEASED', 'EXPIRED')),
    expires_at timestamptz,
    reason text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint reservations_held_expires check (state <> 'HELD' or expires_at is not null)
  )`,
  `create index reservations_due on reservations (expires_at) where state = 'HELD'`,

  `create table reservation_lines (
    id uuid primary key,
    reservation_id uuid not null references reservations (id),
    variant_id uuid not null,
    warehouse_id uuid not null,
    quantity integer not null check (quantity > 0),
    backordered integer not null check (backordered between 0 and quantity),
    shipped integer not null default 0 check (shipped between 0 and quantity),
    unique (reservation_id, variant_id, warehouse_id),
    foreign key (variant_id, warehouse_id) references stock_levels (variant_id, warehouse_id)
  )`,
];

/** Warehouses, levels, movements that nobody can alter, reservations, and the platform's outbox and inbox. */
export class StockAndOutbox extends Migration {
  override up(): void {
    for (const sql of [...platformTables.up, ...up]) this.addSql(sql);
  }

  override down(): void {
    for (const table of [
      'reservation_lines',
      'reservations',
      'stock_movements',
      'stock_levels',
      'variants',
      'warehouses',
    ]) {
      this.addSql(`drop table ${table}`);
    }
    this.addSql('drop function refuse_change()');
    for (const sql of platformTables.down) this.addSql(sql);
  }
}
