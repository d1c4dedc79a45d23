import { detached, withAmbient } from './ambient.ts';
import { type Envelope, type EventBus, type Stop } from './bus.ts';
import { type Database, rows } from './database.ts';
import { type Logger } from './log.ts';
import { type Metrics } from './metrics.ts';
import { type Tracing, noTracing } from './tracing.ts';

type Relay = {
  readonly db: Database;
  readonly bus: EventBus;
  readonly producer: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracing?: Tracing;
};

const batchSize = 200;
// One relay of a service works at a time; the others find the lock taken and leave it to the holder.
const unsent = `
  with lock as materialized (select pg_try_advisory_xact_lock(7246001) as taken)
  select id, envelope from outbox where sent_at is null and (select taken from lock) order by position limit ${batchSize}`;

/**
 * Publishes the outbox: woken by each commit that announced something, and every second in case another instance died.
 * A row is marked sent only once the bus has confirmed it, so a crash in between repeats events and never loses one.
 */
export function startRelay({ db, bus, producer, log, metrics, tracing = noTracing }: Relay): Stop {
  const published = metrics.counter('events_published_total', 'Events that the bus has confirmed.', ['type']);
  const failures = metrics.counter(
    'event_publish_failures_total',
    'Batches of the outbox that could not be published.',
  );
  metrics.gauge('outbox_pending', 'Events of the outbox that are not yet published.');
  metrics.gauge('outbox_oldest_seconds', 'Age in seconds of the oldest unpublished event.');
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  // Each event travels on as a step of the trace that announced it.
  const publish = async (envelopes: readonly Envelope[]): Promise<ReadonlySet<string>> => {
    const sent = envelopes.map(envelope => {
      const span = envelope.traceparent && tracing.start(`publish ${envelope.type}`, 'producer', envelope);
      if (!span) return { envelope, span: null };
      span.set('messaging.message.id', envelope.id);
      return { envelope: { ...envelope, traceparent: span.traceparent }, span };
    });
    try {
      const confirmed = await bus.publish(sent.map(({ envelope }) => envelope));
      for (const { envelope, span } of sent)
        span?.end(confirmed.has(envelope.id) ? undefined : 'unconfirmed');
      return confirmed;
    } catch (error) {
      for (const { span } of sent) span?.end(error);
      throw error;
    }
  };

  const batch = (): Promise<number> =>
    db.transaction(async tx => {
      const found = await rows<{ id: string; envelope: Omit<Envelope, 'producer'> }>(tx, unsent);
      if (found.length === 0) return 0;
      const confirmed = await publish(found.map(row => ({ ...row.envelope, producer })));
      await rows(tx, 'update outbox set sent_at = now() where id = any(?::uuid[])', [[...confirmed]]);
      for (const row of found) if (confirmed.has(row.id)) published.inc({ type: row.envelope.type });
      if (confirmed.size < found.length) {
        log.warn(
          { unconfirmed: found.length - confirmed.size },
          'some events were not taken by the bus and will be published again',
        );
        return 0;
      }
      return found.length;
    });

  const drain = async (): Promise<void> => {
    do {
      again = false;
      while ((await batch()) === batchSize);
    } while (again && !stopped);
  };

  const wake = (): void => detached(wakeNow);
  const wakeNow = (): void => {
    again = true;
    if (stopped || running) return;
    running = withAmbient(
      { correlationId: 'relay', causationId: null, actor: null, traceparent: null, origin: 'relay' },
      drain,
    )
      .catch((error: unknown) => {
        failures.inc();
        log.warn({ err: error }, 'outbox could not be published; trying again');
      })
      .finally(() => (running = null));
  };
  db.onAnnounced(wake);
  const timer = setInterval(wake, 1_000);
  const meter = setInterval(
    () => void measure(db, metrics).catch((err: unknown) => log.warn({ err }, 'outbox not measured')),
    10_000,
  );
  wake();
  return async () => {
    stopped = true;
    clearInterval(timer);
    clearInterval(meter);
    await running;
  };
}

async function measure(db: Database, metrics: Metrics): Promise<void> {
  const [row] = await db.query<{ pending: number; oldest: number }>(
    'select count(*)::int as pending, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as oldest from outbox where sent_at is null',
  );
  metrics.gauge('outbox_pending', 'Events of the outbox that are not yet published.').set(row?.pending ?? 0);
  metrics
    .gauge('outbox_oldest_seconds', 'Age in seconds of the oldest unpublished event.')
    .set(row?.oldest ?? 0);
}
