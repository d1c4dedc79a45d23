import { withAmbient } from './ambient.ts';
import { type Envelope, type EventBus, PermanentError, type Stop } from './bus.ts';
import { type Database, type Transaction, rows } from './database.ts';
import { type Logger } from './log.ts';
import { type Metrics } from './metrics.ts';
import { type Tracing, noTracing } from './tracing.ts';

/** Handles an event inside the transaction that also remembers it: its effect happens once, however often it is delivered. */
export type InsideHandler<E = never> = (tx: Transaction, event: E) => Promise<void>;
/** Handles an event with network I/O, so outside any transaction: it must be idempotent by itself. */
export type OutsideHandler<E = never> = { readonly outside: (event: E) => Promise<void> };
export type Handler<E = never> = InsideHandler<E> | OutsideHandler<E>;
/** Handlers by event type. */
export type Handlers = { readonly [type: string]: Handler | undefined };

type Consumer = {
  readonly name: string;
  readonly db: Database;
  readonly bus: EventBus;
  readonly handlers: Handlers;
  readonly concurrency: number;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracing?: Tracing;
};

/** Consumes the service's queue. Events of one aggregate are handled one after the other, in the order they arrive. */
export async function startConsumer({
  name,
  db,
  bus,
  handlers,
  concurrency,
  log,
  metrics,
  tracing = noTracing,
}: Consumer): Promise<Stop> {
  const consumed = metrics.counter('events_consumed_total', 'Events handled, by outcome.', [
    'type',
    'outcome',
  ]);
  const duration = metrics.histogram(
    'event_handling_duration_seconds',
    'Seconds that handling one event took.',
    ['type'],
  );
  const lag = metrics.histogram(
    'event_lag_seconds',
    'Seconds from the change that an event tells of until its first delivery here.',
    ['type'],
  );
  const dead = metrics.counter('dead_letters_total', 'Events that gave up and were parked.', ['type']);
  const tails = new Map<string, Promise<void>>();

  const handle = async (envelope: Envelope): Promise<void> => {
    const handler = handlers[envelope.type] as Handler<unknown> | undefined;
    if (!handler) throw new PermanentError(`${name} has no handler for ${envelope.type}`);
    const event = { ...envelope, data: checked(bus, envelope) };
    const end = duration.startTimer({ type: envelope.type });
    const fresh =
      typeof handler === 'function'
        ? await db.transaction(async tx => {
            if (!(await remember(tx, envelope))) return false;
            await handler(tx, event);
            return true;
          })
        : await outside(db, envelope, () => handler.outside(event));
    end();
    consumed.inc({ type: envelope.type, outcome: fresh ? 'handled' : 'duplicate' });
  };

  return bus.consume(name, concurrency, (envelope, attempt) => {
    const key = `${envelope.aggregate.type}:${envelope.aggregate.id}`;
    if (attempt === 1)
      lag.observe({ type: envelope.type }, Math.max(0, Date.now() - Date.parse(envelope.occurredAt)) / 1_000);
    const run = (): Promise<void> => {
      const span = envelope.traceparent
        ? tracing.start(`consume ${envelope.type}`, 'consumer', envelope)
        : null;
      span?.set('messaging.message.id', envelope.id);
      span?.set('messaging.destination.name', name);
      span?.set('messaging.delivery.attempt', attempt);
      return withAmbient(
        {
          correlationId: envelope.correlationId,
          causationId: envelope.id,
          actor: envelope.actor,
          traceparent: span?.traceparent ?? envelope.traceparent,
          origin: 'event',
        },
        async () => {
          try {
            await handle(envelope);
            span?.end();
          } catch (error) {
            span?.end(error);
            consumed.inc({ type: envelope.type, outcome: 'failed' });
            if (error instanceof PermanentError || attempt >= bus.attempts) dead.inc({ type: envelope.type });
            log.debug({ err: error, attempt }, 'event handler failed');
            throw error;
          }
        },
      );
    };
    const mine = (tails.get(key) ?? Promise.resolve()).then(run, run);
    tails.set(key, mine);
    const forget = (): void => void (tails.get(key) === mine && tails.delete(key));
    mine.then(forget, forget);
    return mine;
  });
}

function checked(bus: EventBus, envelope: Envelope): unknown {
  try {
    return bus.catalogue.parse(envelope.type, envelope.data);
  } catch (error) {
    throw new PermanentError(`${envelope.type} ${envelope.id} breaks its contract`, { cause: error });
  }
}

/** False when the event was handled before. */
async function remember(tx: Transaction, envelope: Envelope): Promise<boolean> {
  const fresh = await rows(
    tx,
    'insert into inbox (message_id, type) values (?, ?) on conflict do nothing returning 1',
    [envelope.id, envelope.type],
  );
  return fresh.length === 1;
}

async function outside(db: Database, envelope: Envelope, run: () => Promise<void>): Promise<boolean> {
  const seen = await db.query('select 1 from inbox where message_id = ?', [envelope.id]);
  if (seen.length > 0) return false;
  await run();
  return db.transaction(tx => remember(tx, envelope));
}
