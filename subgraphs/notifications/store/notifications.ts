import { type Database, type Transaction, rows } from '#platform/database.ts';

import { type Letter } from '../domain/letter.ts';
import {
  before,
  type Channel,
  type NotificationStatus,
  type Template,
  type Topic,
} from '../domain/notification.ts';

/** A notification as clients see it. */
export type NotificationRow = {
  readonly id: string;
  readonly channel: Channel;
  readonly template: Template;
  readonly status: NotificationStatus;
  readonly subject: string;
  readonly body: string;
  readonly customerId: string | null;
  readonly orderId: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly readAt: Date | null;
  readonly feedPosition: bigint;
};

const columns = `id, channel, template, status, subject, body, customer_id as "customerId", order_id as "orderId",
  created_at as "createdAt", sent_at as "sentAt", read_at as "readAt", feed_position as "feedPosition"`;

export type NewNotification = {
  readonly id: string;
  readonly channel: Channel;
  readonly template: Template;
  readonly topic: Topic;
  readonly status: 'QUEUED' | 'SENT' | 'SUPPRESSED';
  readonly eventId: string;
  /** What deduplicates: see `dedupeRecipient`. */
  readonly recipient: string;
  readonly email: string | null;
  readonly customerId: string | null;
  readonly orderId: string | null;
  readonly subject: string;
  readonly body: string;
  /** Only while QUEUED. */
  readonly letter: Letter | null;
  /** After this a mail is pointless, such as a link that has expired. */
  readonly usefulUntil: string | null;
  /** What it follows from; a mail is sent later, by a job. */
  readonly correlationId: string | null;
  readonly traceparent: string | null;
};

/** Stores a notification; false when the same one was stored before. */
export async function addNotification(tx: Transaction, row: NewNotification): Promise<boolean> {
  const added = await rows(
    tx,
    `insert into notifications (id, channel, template, topic, status, event_id, recipient, email, customer_id, order_id, subject, body, letter,
       useful_until, correlation_id, traceparent, next_attempt_at, sent_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::jsonb, $14, $15, $16, case when $5 = 'QUEUED' then now() end,
       case when $5 = 'SENT' then now() end)
     on conflict (template, event_id, channel, recipient) do nothing returning 1`,
    [
      row.id, row.channel, row.template, row.topic, row.status, row.eventId, row.recipient, row.email, row.customerId, row.orderId, row.subject,
      row.body, row.letter === null ? null : JSON.stringify(row.letter), row.usefulUntil, row.correlationId, row.traceparent,
    ], // prettier-ignore
  );
  return added.length === 1;
}

/** One writer per customer's feed at a time, so that positions are committed in order and a live reader skips none. */
export async function lockFeed(tx: Transaction, customerId: string): Promise<void> {
  await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 7))', [customerId]);
}

/** A mail that is this sender's turn to send. */
export type DueMail = {
  readonly id: string;
  readonly template: Template;
  readonly topic: Topic;
  readonly email: string;
  readonly letter: Letter;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly usefulUntil: Date | null;
  readonly customerId: string | null;
  readonly orderId: string | null;
  readonly eventId: string;
  readonly correlationId: string | null;
  readonly traceparent: string | null;
  /** A sender took it and was never heard of again: it may have been sent. */
  readonly abandoned: boolean;
};

/** Takes due mails for two minutes; a sender that dies in between loses its turn. Parallel senders never take the same one. */
export function claimDueMails(db: Database, limit: number): Promise<DueMail[]> {
  return db.query(
    `with due as (
       select id, claimed_at is not null as abandoned from notifications
       where status = 'QUEUED' and next_attempt_at <= now() order by next_attempt_at limit $1 for update skip locked
     )
     update notifications n set attempts = n.attempts + 1, claimed_at = now(), next_attempt_at = now() + interval '2 minutes'
     from due where n.id = due.id
     returning n.id, n.template, n.topic, n.email, n.letter, n.attempts, n.created_at as "createdAt", n.useful_until as "usefulUntil",
       n.customer_id as "customerId", n.order_id as "orderId", n.event_id as "eventId", n.correlation_id as "correlationId", n.traceparent, due.abandoned`,
    [limit],
  );
}

/** Ends a mail that is queued; false when another sender was faster. */
export async function finishMail(
  tx: Transaction,
  mail: Pick<DueMail, 'id' | 'attempts'>,
  end: {
    readonly status: 'SENT' | 'FAILED';
    readonly providerId: string | null;
    readonly error: string | null;
  },
): Promise<boolean> {
  const done = await rows(
    tx,
    `update notifications set status = $3, letter = null, next_attempt_at = null, claimed_at = null, provider_id = $4, last_error = $5,
       sent_at = case when $3 = 'SENT' then now() end
     where id = $1 and attempts = $2 and status = 'QUEUED' returning 1`,
    [mail.id, mail.attempts, end.status, end.providerId, end.error],
  );
  return done.length === 1;
}

/** Puts a mail back for another try. */
export async function postponeMail(
  db: Database,
  mail: Pick<DueMail, 'id' | 'attempts'>,
  at: Date,
  error: string,
): Promise<void> {
  await db.query(
    `update notifications set next_attempt_at = $3, claimed_at = null, last_error = $4 where id = $1 and attempts = $2 and status = 'QUEUED'`,
    [mail.id, mail.attempts, at, error],
  );
}

/** Ends a mail whose sender asked the provider and could not write down the answer; null when it was no such mail. */
export async function settleSent(
  tx: Transaction,
  id: string,
): Promise<Pick<NotificationRow, 'template' | 'orderId' | 'customerId'> | null> {
  const [settled] = await rows<Pick<NotificationRow, 'template' | 'orderId' | 'customerId'>>(
    tx,
    `update notifications set status = 'SENT', letter = null, next_attempt_at = null, claimed_at = null, last_error = null, sent_at = now()
     where id = $1 and channel = 'EMAIL' and status = 'QUEUED' and attempts > 0
     returning template, order_id as "orderId", customer_id as "customerId"`,
    [id],
  );
  return settled ?? null;
}

/** Moves a sent mail on as the provider reports; null when it cannot go there, or is not ours. */
export async function moveMail(
  tx: Transaction,
  id: string,
  to: NotificationStatus,
): Promise<(NotificationRow & { email: string; topic: Topic }) | null> {
  const [moved] = await rows<NotificationRow & { email: string; topic: Topic }>(
    tx,
    `update notifications set status = $2 where id = $1 and channel = 'EMAIL' and status = any($3::text[]) and status <> 'QUEUED'
     returning ${columns}, email, topic`,
    [id, to, [...before(to)]],
  );
  return moved ?? null;
}

/** Whom a mail went to and about what; for unsubscribing. */
export async function mailById(
  tx: Transaction,
  id: string,
): Promise<{ email: string; topic: Topic; customerId: string | null } | null> {
  const [mail] = await rows<{ email: string; topic: Topic; customerId: string | null }>(
    tx,
    `select email, topic, customer_id as "customerId" from notifications where id = $1 and channel = 'EMAIL'`,
    [id],
  );
  return mail ?? null;
}

/** Notifications by id, for entity references. */
export function notificationsByIds(db: Database, ids: readonly string[]): Promise<NotificationRow[]> {
  return db.query(`select ${columns} from notifications where id = any($1::uuid[])`, [[...ids]]);
}

/** The newest fifty notifications of each order. */
export function notificationsOfOrders(
  db: Database,
  orderIds: readonly string[],
): Promise<(NotificationRow & { orderId: string })[]> {
  return db.query(
    `select n.* from unnest($1::uuid[]) as wanted(order_id),
     lateral (select ${columns} from notifications where order_id = wanted.order_id order by id desc limit 50) n`,
    [[...orderIds]],
  );
}

/** A page of each customer's in-app feed, newest first; `limit` rows each. */
export function feeds(
  db: Database,
  customerIds: readonly string[],
  page: { readonly limit: number; readonly before: string | null },
): Promise<(NotificationRow & { customerId: string })[]> {
  return db.query(
    `select n.* from unnest($1::uuid[]) as wanted(customer_id),
     lateral (
       select ${columns} from notifications
       where customer_id = wanted.customer_id and channel = 'IN_APP' and ($2::uuid is null or id < $2) order by id desc limit $3
     ) n`,
    [[...customerIds], page.before, page.limit],
  );
}

/** How many in-app notifications each customer has not read. */
export function unreadCounts(
  db: Database,
  customerIds: readonly string[],
): Promise<{ customerId: string; unread: number }[]> {
  return db.query(
    `select customer_id as "customerId", count(*)::int as unread from notifications
     where customer_id = any($1::uuid[]) and channel = 'IN_APP' and read_at is null group by customer_id`,
    [[...customerIds]],
  );
}

/** Marks the customer's own notifications as read; answers how many were unread. */
export async function markRead(tx: Transaction, customerId: string, ids: readonly string[]): Promise<number> {
  const marked = await rows(
    tx,
    `update notifications set read_at = now()
     where id = any($2::uuid[]) and customer_id = $1 and channel = 'IN_APP' and read_at is null returning 1`,
    [customerId, [...ids]],
  );
  return marked.length;
}

/** The end of the customer's feed and the newest notification that is not read. */
export async function feedHead(
  db: Database,
  customerId: string,
): Promise<{ position: bigint; unread: NotificationRow | null }> {
  const newest = await db.query<NotificationRow>(
    `(select ${columns} from notifications where customer_id = $1 and channel = 'IN_APP' order by feed_position desc limit 1)
     union all
     (select ${columns} from notifications where customer_id = $1 and channel = 'IN_APP' and read_at is null order by feed_position desc limit 1)`,
    [customerId],
  );
  return { position: newest[0]?.feedPosition ?? 0n, unread: newest.find(row => row.readAt === null) ?? null };
}

/** What came into the customer's feed after a position, oldest first. */
export function feedAfter(db: Database, customerId: string, position: bigint): Promise<NotificationRow[]> {
  return db.query(
    `select ${columns} from notifications where customer_id = $1 and channel = 'IN_APP' and feed_position > $2 order by feed_position limit 100`,
    [customerId, position.toString()],
  );
}
