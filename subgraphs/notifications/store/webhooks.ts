import { type Database, type Transaction, rows } from '#platform/database.ts';

import { type DeliveryState } from '../domain/webhook.ts';

export type WebhookEndpointRow = {
  readonly id: string;
  readonly url: string;
  readonly topics: readonly string[];
  readonly active: boolean;
  readonly createdAt: Date;
};

export type WebhookDeliveryRow = {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly responseStatus: number | null;
  readonly lastError: string | null;
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
};

const endpointColumns = 'id, url, topics, active, created_at as "createdAt"';
const deliveryColumns = `id, endpoint_id as "endpointId", event_id as "eventId", event_type as "eventType", state, attempts,
  response_status as "responseStatus", last_error as "lastError", next_attempt_at as "nextAttemptAt", created_at as "createdAt"`;

/** Most endpoints that a shop has: every one makes every event dearer. */
export const mostEndpoints = 100;

/** All endpoints, oldest first. */
export function webhookEndpoints(db: Database): Promise<WebhookEndpointRow[]> {
  return db.query(`select ${endpointColumns} from webhook_endpoints order by id limit ${mostEndpoints}`);
}

/** Stores an endpoint; null when there are too many. */
export async function addEndpoint(
  tx: Transaction,
  endpoint: {
    readonly id: string;
    readonly url: string;
    readonly topics: readonly string[];
    readonly secret: Buffer;
  },
): Promise<WebhookEndpointRow | null> {
  await rows(tx, 'lock table webhook_endpoints in share row exclusive mode');
  const [added] = await rows<WebhookEndpointRow>(
    tx,
    `insert into webhook_endpoints (id, url, topics, secret)
     select $1, $2, $3, $4 where (select count(*) from webhook_endpoints) < ${mostEndpoints} returning ${endpointColumns}`,
    [endpoint.id, endpoint.url, [...endpoint.topics], endpoint.secret],
  );
  return added ?? null;
}

/** Removes an endpoint with all its deliveries; false when there was none. */
export async function removeEndpoint(tx: Transaction, id: string): Promise<boolean> {
  const gone = await rows(tx, 'delete from webhook_endpoints where id = $1 returning 1', [id]);
  return gone.length === 1;
}

/** Active endpoints that listen to one of these topics; locked against removal until the deliveries are stored. */
export async function listeningEndpoints(tx: Transaction, topics: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    'select id from webhook_endpoints where active and topics && $1::text[] order by id for key share',
    [[...topics]],
  );
  return found.map(row => row.id);
}

/** Whether an active endpoint listens to one of these topics. */
export async function hasListeners(db: Database, topics: readonly string[]): Promise<boolean> {
  const found = await db.query(
    'select 1 from webhook_endpoints where active and topics && $1::text[] limit 1',
    [[...topics]],
  );
  return found.length > 0;
}

/** Stores deliveries; one event goes to an endpoint once. */
export async function addDeliveries(
  tx: Transaction,
  deliveries: readonly { readonly id: string; readonly endpointId: string }[],
  event: { readonly id: string; readonly type: string; readonly payload: string },
): Promise<void> {
  await rows(
    tx,
    `insert into webhook_deliveries (id, endpoint_id, event_id, event_type, payload, state, next_attempt_at)
     select wanted.id, wanted.endpoint_id, $3, $4, $5, 'PENDING', now() from unnest($1::uuid[], $2::uuid[]) as wanted(id, endpoint_id)
     on conflict (endpoint_id, event_id) do nothing`,
    [
      deliveries.map(each => each.id),
      deliveries.map(each => each.endpointId),
      event.id,
      event.type,
      event.payload,
    ],
  );
}

/** A delivery that is this sender's turn to make. */
export type DueDelivery = {
  readonly id: string;
  readonly url: string;
  readonly secret: Buffer;
  readonly eventId: string;
  readonly eventType: string;
  readonly payload: string;
  readonly attempts: number;
  readonly triedSince: Date;
};

/** Takes due deliveries for a minute, at most five of an endpoint, so that a slow receiver does not hold up the others. */
export function claimDueDeliveries(db: Database, limit: number): Promise<DueDelivery[]> {
  return db.query(
    `with ranked as (
       select d.id, row_number() over (partition by endpoint_id order by next_attempt_at, d.id) as place
       from webhook_deliveries d where state = 'PENDING' and next_attempt_at <= now()
     ), due as (
       select d.id from webhook_deliveries d join ranked on ranked.id = d.id
       where ranked.place <= 5 and d.state = 'PENDING' and d.next_attempt_at <= now() order by d.next_attempt_at limit $1 for update of d skip locked
     )
     update webhook_deliveries d set attempts = d.attempts + 1, next_attempt_at = now() + interval '1 minute'
     from due, webhook_endpoints e where d.id = due.id and e.id = d.endpoint_id
     returning d.id, e.url, e.secret, d.event_id as "eventId", d.event_type as "eventType", d.payload, d.attempts, d.tried_since as "triedSince"`,
    [limit],
  );
}

/**
 * Writes down how a try ended; ignored when the delivery was taken by another sender or asked for again meanwhile. An endpoint
 * to which nothing came through in the three days before a delivery is given up is switched off.
 */
export async function endTry(
  db: Database,
  delivery: Pick<DueDelivery, 'id' | 'attempts'>,
  end: {
    readonly state: DeliveryState;
    readonly status: number | null;
    readonly error: string | null;
    readonly nextAttemptAt: Date | null;
  },
): Promise<void> {
  await db.query(
    `with ended as (
       update webhook_deliveries set state = $3, response_status = $4, last_error = $5, next_attempt_at = $6,
         delivered_at = case when $3 = 'DELIVERED' then now() else delivered_at end
       where id = $1 and attempts = $2 and state = 'PENDING' returning endpoint_id, state
     )
     update webhook_endpoints e set active = false from ended where e.id = ended.endpoint_id and ended.state = 'FAILED'
       and not exists (select 1 from webhook_deliveries d where d.endpoint_id = e.id and d.delivered_at > now() - interval '3 days')`,
    [delivery.id, delivery.attempts, end.state, end.status, end.error, end.nextAttemptAt],
  );
}

/** Makes a delivery due now, with three more days to try, and its endpoint active; null when there is none. */
export async function retryDelivery(tx: Transaction, id: string): Promise<WebhookDeliveryRow | null> {
  const [retried] = await rows<WebhookDeliveryRow>(
    tx,
    `with retried as (
       update webhook_deliveries set state = 'PENDING', next_attempt_at = now(), tried_since = now() where id = $1 returning *
     ), activated as (
       update webhook_endpoints set active = true where not active and id in (select endpoint_id from retried)
     )
     select ${deliveryColumns} from retried`,
    [id],
  );
  return retried ?? null;
}

/** A page of each endpoint's deliveries, newest first; `limit` rows each. */
export function deliveriesOf(
  db: Database,
  endpointIds: readonly string[],
  page: { readonly limit: number; readonly before: string | null },
): Promise<WebhookDeliveryRow[]> {
  return db.query(
    `select d.* from unnest($1::uuid[]) as wanted(endpoint_id),
     lateral (
       select ${deliveryColumns} from webhook_deliveries
       where endpoint_id = wanted.endpoint_id and ($2::uuid is null or id < $2) order by id desc limit $3
     ) d`,
    [[...endpointIds], page.before, page.limit],
  );
}

/** Forgets deliveries that ended more than thirty days ago. */
export async function forgetOldDeliveries(db: Database): Promise<void> {
  await db.query(
    `delete from webhook_deliveries where state <> 'PENDING' and created_at < now() - interval '30 days'`,
  );
}
