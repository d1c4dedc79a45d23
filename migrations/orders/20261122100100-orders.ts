import { Migration } from '@mikro-orm/migrations';

/** Orders: the sale itself, its checkout saga, its history, its parcels and its returns. */
export class Orders extends Migration {
  override up(): void {
    this.addSql(`create table orders (
      id uuid primary key,
      number text not null unique check (number ~ '^S-[0-9A-Z]{10}$'),
      status text not null check (status in ('PENDING', 'AWAITING_PAYMENT', 'PAID', 'PARTIALLY_FULFILLED', 'FULFILLED',
        'DELIVERED', 'CANCELLED', 'FAILED', 'PARTIALLY_RETURNED', 'RETURNED')),
      version int not null default 1 check (version > 0),
      customer_id uuid,
      cart_id text not null,
      email text not null,
      locale text not null,
      guest_token_hash text,
      guest_token_expires_at timestamptz,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      subtotal bigint not null check (subtotal >= 0),
      discount_total bigint not null check (discount_total >= 0),
      shipping_total bigint not null check (shipping_total >= 0),
      tax_total bigint not null check (tax_total >= 0),
      total bigint not null check (total >= 0),
      prices_include_tax boolean not null,
      discounts jsonb not null,
      shipping_address jsonb not null,
      billing_address jsonb,
      shipping_method jsonb,
      saga_goal text not null check (saga_goal in ('PLACE', 'FAIL', 'CANCEL')),
      saga_stock text not null check (saga_stock in ('NONE', 'REQUESTED', 'HELD', 'COMMITTING', 'COMMITTED', 'REJECTED',
        'EXPIRED', 'RELEASING', 'RELEASED')),
      saga_money text not null check (saga_money in ('NONE', 'REQUESTED', 'ACTION', 'AUTHORISED', 'CAPTURING', 'CAPTURED',
        'FAILED', 'VOIDING', 'VOIDED', 'REFUNDING', 'REFUNDED')),
      saga_reason text check (saga_reason in ('PAYMENT', 'STOCK', 'EXPIRED')),
      saga_told boolean not null default false,
      saga_attempts int not null default 0 check (saga_attempts >= 0),
      deadline_at timestamptz,
      reservation_expires_at timestamptz not null,
      reserved_at timestamptz,
      payment_method jsonb not null,
      client_secret text,
      redirect_url text,
      failure jsonb,
      cancel_reason text,
      placed_at timestamptz,
      created_at timestamptz not null default now(),
      check (total = subtotal - discount_total + shipping_total + case when prices_include_tax then 0 else tax_total end),
      check ((guest_token_hash is null) = (guest_token_expires_at is null))
    )`);
    this.addSql(
      `create index orders_customer on orders (customer_id, id desc) where customer_id is not null`,
    );
    this.addSql(`create index orders_deadline on orders (deadline_at) where deadline_at is not null`);
    this.addSql(`create index orders_status on orders (status, id desc)`);
    this.addSql(`create index orders_email on orders (lower(email), id desc)`);
    this.addSql(`create index orders_cart on orders (cart_id)`);

    this.addSql(`create table order_line (
      id uuid primary key,
      order_id uuid not null references orders,
      position int not null,
      variant_id uuid not null,
      product_id uuid not null,
      sku text not null,
      title text not null,
      quantity int not null check (quantity > 0),
      quantity_fulfilled int not null default 0 check (quantity_fulfilled >= 0),
      quantity_returned int not null default 0 check (quantity_returned >= 0),
      quantity_cancelled int not null default 0 check (quantity_cancelled >= 0),
      unit_price bigint not null check (unit_price >= 0),
      total bigint not null check (total = unit_price * quantity),
      discount bigint not null check (discount between 0 and total),
      tax bigint not null check (tax >= 0),
      unique (order_id, position),
      check (quantity_fulfilled + quantity_cancelled <= quantity),
      check (quantity_returned <= quantity_fulfilled)
    )`);

    this.addSql(`create table order_state (
      order_id uuid not null references orders,
      seq int not null check (seq > 0),
      status text not null,
      version int not null,
      at timestamptz not null default now(),
      primary key (order_id, seq)
    )`);
    this.addSql(`create table checkout_step (
      order_id uuid not null references orders,
      name text not null,
      position int not null,
      state text not null check (state in ('PENDING', 'RUNNING', 'DONE', 'FAILED', 'COMPENSATED')),
      attempts int not null default 0 check (attempts >= 0),
      started_at timestamptz,
      finished_at timestamptz,
      error text,
      primary key (order_id, name)
    )`);
    this.addSql(`create table timeline_entry (
      id uuid primary key,
      order_id uuid not null references orders,
      at timestamptz not null default now(),
      type text not null,
      message text not null,
      actor text
    )`);
    this.addSql(`create index timeline_entry_order on timeline_entry (order_id, id)`);

    this.addSql(`create table fulfilment (
      id uuid primary key,
      order_id uuid not null references orders,
      status text not null check (status in ('SHIPPED', 'DELIVERED', 'CANCELLED')),
      carrier text,
      tracking_number text,
      tracking_url text,
      shipped_at timestamptz not null default now(),
      delivered_at timestamptz,
      check ((status = 'DELIVERED') = (delivered_at is not null))
    )`);
    this.addSql(`create index fulfilment_order on fulfilment (order_id, id)`);
    this.addSql(`create table fulfilment_line (
      fulfilment_id uuid not null references fulfilment,
      order_line_id uuid not null references order_line,
      quantity int not null check (quantity > 0),
      primary key (fulfilment_id, order_line_id)
    )`);

    this.addSql(`create table order_return (
      id uuid primary key,
      order_id uuid not null references orders,
      status text not null check (status in ('REQUESTED', 'APPROVED', 'REJECTED', 'RECEIVED', 'REFUNDED')),
      reason text not null,
      reject_reason text,
      restock boolean,
      refund_amount bigint check (refund_amount >= 0),
      requested_at timestamptz not null default now(),
      check ((status in ('RECEIVED', 'REFUNDED')) = (refund_amount is not null))
    )`);
    this.addSql(`create index order_return_order on order_return (order_id, id)`);
    this.addSql(`create table return_line (
      return_id uuid not null references order_return,
      order_line_id uuid not null references order_line,
      quantity int not null check (quantity > 0),
      primary key (return_id, order_line_id)
    )`);

    this.addSql(`create table order_refund (
      refund_id uuid primary key,
      order_id uuid not null references orders,
      request_key text,
      amount bigint not null check (amount > 0),
      at timestamptz not null default now()
    )`);
    this.addSql(`create index order_refund_order on order_refund (order_id)`);

    this.addSql(`create table customer_contact (
      customer_id uuid primary key,
      email text not null,
      name text not null,
      locale text not null,
      version int not null
    )`);
  }

  override down(): void {
    for (const table of [
      'customer_contact',
      'order_refund',
      'return_line',
      'order_return',
      'fulfilment_line',
      'fulfilment',
      'timeline_entry',
    ]) {
      this.addSql(`drop table ${table}`);
    }
    for (const table of ['checkout_step', 'order_state', 'order_line', 'orders'])
      this.addSql(`drop table ${table}`);
  }
}
