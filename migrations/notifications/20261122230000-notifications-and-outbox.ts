import { Migration } from '@mikro-orm/migrations';

import { platformTables } from '#platform/tables.ts';

const up = [
  `create table recipients (
    customer_id uuid primary key,
    email text not null check (length(email) between 3 and 320),
    name text not null,
    locale text not null,
    version integer not null check (version >= 0),
    updated_at timestamptz not null default now()
  )`,

  `create table notifications (
    id uuid primary key,
    channel text not null check (channel in ('EMAIL', 'IN_APP')),
    template text not null check (template in (
      'verify-email', 'password-reset', 'order-placed', 'order-failed', 'payment-failed', 'order-cancelled', 'order-refunded',
      'order-shipped', 'order-delivered', 'return-received', 'return-rejected'
    )),
    topic text not null check (topic in ('account', 'orders', 'shipping', 'marketing')),
    status text not null check (status in ('QUEUED', 'SENT', 'DELIVERED', 'BOUNCED', 'SUPPRESSED', 'FAILED')),
    event_id uuid not null,
    recipient text not null check (recipient <> ''),
    email text,
    customer_id uuid,
    order_id uuid,
    subject text not null check (subject !~ '[[:cntrl:]]'),
    body text not null,
    letter jsonb,
    useful_until timestamptz,
    attempts integer not null default 0 check (attempts >= 0),
    next_attempt_at timestamptz,
    claimed_at timestamptz,
    provider_id text,
    last_error text,
    created_at timestamptz not null default now(),
    sent_at timestamptz,
    read_at timestamptz,
    feed_position bigserial not null,
    unique (template, event_id, channel, recipient),
    constraint notifications_mail_has_address check (channel = 'IN_APP' or email is not null),
    constraint notifications_feed_has_customer check (channel = 'EMAIL' or customer_id is not null),
    -- The letter holds sign-in tokens: it lives exactly as long as the mail waits.
    constraint notifications_letter_while_queued check ((status = 'QUEUED') = (letter is not null)),
    constraint notifications_queued_has_turn check ((status = 'QUEUED') = (next_attempt_at is not null)),
    constraint notifications_read_in_app check (read_at is null or channel = 'IN_APP')
  )`,
  `create index notifications_due on notifications (next_attempt_at) where status = 'QUEUED'`,
  `create index notifications_feed on notifications (customer_id, id desc) where channel = 'IN_APP'`,
  `create index notifications_unread on notifications (customer_id) where channel = 'IN_APP' and read_at is null`,
  `create index notifications_of_order on notifications (order_id, id desc) where order_id is not null`,

  `create table preferences (
    customer_id uuid not null,
    topic text not null check (topic in ('account', 'orders', 'shipping', 'marketing')),
    channels text[] not null check (channels <@ array['EMAIL', 'IN_APP']),
    updated_at timestamptz not null default now(),
    primary key (customer_id, topic),
    check (topic <> 'account' or 'EMAIL' = any(channels))
  )`,

  `create table suppressions (
    email text not null check (email = lower(email)),
    topic text not null check (topic in ('*', 'orders', 'shipping', 'marketing')),
    reason text not null check (reason in ('BOUNCE', 'COMPLAINT', 'UNSUBSCRIBED')),
    created_at timestamptz not null default now(),
    primary key (email, topic)
  )`,

  `create table mailbox (
    id uuid primary key,
    sender text not null,
    recipient text not null,
    subject text not null,
    html text not null,
    text text not null,
    links text[] not null,
    headers jsonb not null,
    sent_at timestamptz not null default now()
  )`,
  `create index mailbox_newest on mailbox (sent_at desc, id desc)`,

  `create table webhook_endpoints (
    id uuid primary key,
    url text not null check (length(url) <= 2048),
    topics text[] not null check (cardinality(topics) between 1 and 50),
    active boolean not null default true,
    secret bytea not null,
    created_at timestamptz not null default now()
  )`,

  `create table webhook_deliveries (
    id uuid primary key,
    endpoint_id uuid not null references webhook_endpoints (id) on delete cascade,
    event_id uuid not null,
    event_type text not null,
    payload text not null,
    state text not null check (state in ('PENDING', 'DELIVERED', 'FAILED')),
    attempts integer not null default 0 check (attempts >= 0),
    response_status integer check (response_status between 100 and 599),
    last_error text,
    next_attempt_at timestamptz,
    created_at timestamptz not null default now(),
    -- From when the three days of trying count: the creation, or the last retry by hand.
    tried_since timestamptz not null default now(),
    delivered_at timestamptz,
    unique (endpoint_id, event_id),
    constraint webhook_deliveries_pending_has_turn check ((state = 'PENDING') = (next_attempt_at is not null))
  )`,
  `create index webhook_deliveries_due on webhook_deliveries (next_attempt_at) where state = 'PENDING'`,
  `create index webhook_deliveries_newest on webhook_deliveries (endpoint_id, id desc)`,
  `create index webhook_deliveries_old on webhook_deliveries (created_at)`,
];

/** The outbox and inbox, people's notifications with what they want to hear, and outgoing webhooks. */
export class NotificationsAndOutbox extends Migration {
  override up(): void {
    for (const sql of [...platformTables.up, ...up]) this.addSql(sql);
  }

  override down(): void {
    const tables = [
      'webhook_deliveries',
      'webhook_endpoints',
      'mailbox',
      'suppressions',
      'preferences',
      'notifications',
      'recipients',
    ];
    for (const table of tables) this.addSql(`drop table ${table}`);
    for (const sql of platformTables.down) this.addSql(sql);
  }
}
