import { ambient } from './ambient.ts';
import { type Envelope } from './bus.ts';
import { type Transaction, markAnnounced, rows, tracingOf } from './database.ts';
import { newId } from './ids.ts';
import { type TraceSpan, type Tracing } from './tracing.ts';

/** An event to tell, already checked against its contract (schema/events.ts, `event()`). */
export type Announcement = {
  readonly type: string;
  readonly aggregate: { readonly type: string; readonly id: string };
  readonly data: unknown;
};

const insert = `
  with next as (
    insert into outbox_seq (aggregate_type, aggregate_id, seq) values ($1, $2, 1)
    on conflict (aggregate_type, aggregate_id) do update set seq = outbox_seq.seq + 1
    returning seq
  )
  insert into outbox (id, type, aggregate_type, aggregate_id, seq, envelope)
  select $3::uuid, $4, $1, $2, next.seq,
    jsonb_set($5::jsonb, '{aggregate}', jsonb_build_object('type', $1::text, 'id', $2::text, 'seq', next.seq))
  from next`;

/**
 * Tells an event: writes it to the outbox in this very transaction, so that it is told if and only if the change is kept.
 * The relay publishes it after the commit, in order per aggregate. `correlationId` defaults to that of the work in hand.
 */
export async function announce(tx: Transaction, told: Announcement, correlationId?: string): Promise<void> {
  const { id, envelope, span } = enveloped(told, tracingOf(tx), correlationId);
  const params = [told.aggregate.type, told.aggregate.id, id, told.type, JSON.stringify(envelope)];
  await ending([span], () => rows(tx, insert, params));
  markAnnounced(tx);
}

const insertAll = `
  with told as (
    select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[]) with ordinality
      as t (id, type, aggregate_type, aggregate_id, envelope, n)
  ), next as (
    insert into outbox_seq (aggregate_type, aggregate_id, seq)
    select aggregate_type, aggregate_id, count(*) from told group by 1, 2 order by 1, 2
    on conflict (aggregate_type, aggregate_id) do update set seq = outbox_seq.seq + excluded.seq
    returning aggregate_type, aggregate_id, seq as last
  ), numbered as (
    select told.*, next.last - count(*) over (partition by aggregate_type, aggregate_id)
      + row_number() over (partition by aggregate_type, aggregate_id order by n) as seq
    from told join next using (aggregate_type, aggregate_id)
  )
  insert into outbox (id, type, aggregate_type, aggregate_id, seq, envelope)
  select id, type, aggregate_type, aggregate_id, seq,
    jsonb_set(envelope, '{aggregate}', jsonb_build_object('type', aggregate_type, 'id', aggregate_id, 'seq', seq))
  from numbered order by n`;

/** The same for many events, in order, in one statement. */
export async function announceAll(tx: Transaction, told: readonly Announcement[]): Promise<void> {
  if (told.length === 0) return;
  const tracing = tracingOf(tx);
  const all = told.map(each => ({ ...each, ...enveloped(each, tracing) }));
  const params = [
    all.map(each => each.id),
    all.map(each => each.type),
    all.map(each => each.aggregate.type),
    all.map(each => each.aggregate.id),
    all.map(each => JSON.stringify(each.envelope)),
  ];
  await ending(
    all.map(each => each.span),
    () => rows(tx, insertAll, params),
  );
  markAnnounced(tx);
}

function enveloped(
  told: Announcement,
  tracing: Tracing,
  correlation?: string,
): { id: string; envelope: Omit<Envelope, 'aggregate' | 'producer'>; span: TraceSpan | null } {
  const store = ambient();
  const id = newId();
  const correlationId = correlation ?? store?.correlationId ?? id;
  const span = tracing.start(`announce ${told.type}`, 'producer', {
    correlationId,
    traceparent: store?.traceparent ?? null,
  });
  span?.set('messaging.message.id', id);
  span?.set('messaging.message.conversation_id', correlationId);
  const envelope: Omit<Envelope, 'aggregate' | 'producer'> = {
    id,
    type: told.type,
    version: 1,
    occurredAt: new Date().toISOString(),
    correlationId,
    causationId: store?.causationId ?? null,
    actor: store?.actor ?? null,
    traceparent: span?.traceparent ?? store?.traceparent ?? null,
    data: told.data,
  };
  return { id, envelope, span };
}

async function ending(spans: readonly (TraceSpan | null)[], run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
    for (const span of spans) span?.end();
  } catch (error) {
    for (const span of spans) span?.end(error);
    throw error;
  }
}
