import { type Database } from '#platform/database.ts';

import { type Notice } from '../domain/provider.ts';

/** A webhook that was received; its payload is not kept, the object is fetched anew when it is applied. */
export type WebhookRow = {
  readonly event_id: string;
  readonly type: string;
  readonly object_id: string;
  readonly intent_id: string | null;
  readonly livemode: boolean;
  readonly attempts: number;
};

/** Stores a webhook; false when it was received before. */
export async function storeWebhook(db: Database, notice: Notice): Promise<boolean> {
  const fresh = await db.query(
    `insert into webhook_events (event_id, type, object_id, intent_id, happened_at, livemode) values (?, ?, ?, ?, ?, ?)
     on conflict do nothing returning 1`,
    [notice.eventId, notice.type, notice.objectId, notice.intentId, notice.happenedAt, notice.livemode],
  );
  return fresh.length === 1;
}

/** Claims webhooks that are due, oldest first; they come back with growing delays until they are finished. */
export async function claimWebhooks(db: Database, limit: number): Promise<WebhookRow[]> {
  return db.query<WebhookRow>(
    `update webhook_events set attempts = attempts + 1, next_at = now() + least(interval '1 second' * power(2, attempts), interval '10 minutes')
     where event_id in (
       select event_id from webhook_events where status = 'RECEIVED' and next_at <= now() order by received_at limit ? for update skip locked)
     returning event_id, type, object_id, intent_id, livemode, attempts`,
    [limit],
  );
}

export type WebhookEnd = {
  readonly eventId: string;
  readonly status: 'APPLIED' | 'IGNORED' | 'QUARANTINED';
  readonly reason: string | null;
};

/** Marks webhooks as done, in one statement. */
export async function finishWebhooks(db: Database, ends: readonly WebhookEnd[]): Promise<void> {
  if (ends.length === 0) return;
  await db.query(
    `update webhook_events w set status = e.status, reason = e.reason, finished_at = now()
     from unnest(?::text[], ?::text[], ?::text[]) as e (event_id, status, reason) where w.event_id = e.event_id`,
    [ends.map(end => end.eventId), ends.map(end => end.status), ends.map(end => end.reason)],
  );
}

/** Deletes what was finished more than 30 days ago. */
export async function pruneWebhooks(db: Database): Promise<void> {
  await db.query(
    `delete from webhook_events where status in ('APPLIED', 'IGNORED') and received_at < now() - interval '30 days'`,
  );
}
