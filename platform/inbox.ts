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
/** Handles an event inside a transaction, but only if there is anything to do: most events of a kind may concern nobody. */
export type SelectiveHandler<E = never> = {
  /** Asked before the transaction. False: nothing would be done, so there is nothing to remember either. */
  readonly concerns: (db: Database, event: E) => Promise<boolean>;
  readonly inside: InsideHandler<E>;
};
export type Handler<E = never> = InsideHandler<E> | OutsideHandler<E> | SelectiveHandler<E>;
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
  // A counter that is born with its first event shows no increase: alerts would miss the first.
  for (const type of Object.keys(handlers)) dead.inc({ type }, 0);
  const parked = metrics.gauge(
    'dead_letters_parked',
    'Events that wait in the parking queue of the service.',
  );
  const meter = setInterval(
    () =>
      void bus.parkedCount(name).then(
        count => parked.set(count),
        (err: unknown) => log.debug({ err }, 'parked events not counted; the broker is away'),
      ),
    10_000,
  );
  const tails = new Map<string, Promise<void>>();

  const handle = async (envelope: Envelope): Promise<void> => {
    const handler = handlers[envelope.type] as Handler<unknown> | undefined;
    if (!handler) throw new PermanentError(`${name} has no handler for ${envelope.type}`);
    const event = { ...envelope, data: checked(bus, envelope) };
    const end = duration.startTimer({ type: envelope.type });
    const outcome = await apply(db, envelope, { handler, event });
    end();
    consumed.inc({ type: envelope.type, outcome });
  };

  const stop = await bus.consume(name, concurrency, (envelope, attempt) => {
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
  return async () => {
    clearInterval(meter);
    await stop();
  };
}

function checked(bus: EventBus, envelope: Envelope): unknown {
  try {
    return bus.catalogue.parse(envelope.type, envelope.data);
  } catch (error) {
    throw new PermanentError(`${envelope.type} ${envelope.id} breaks its contract`, { cause: error });
  }
}

type Outcome = 'handled' | 'duplicate' | 'ignored';

async function apply(
  db: Database,
  envelope: Envelope,
  { handler, event }: { readonly handler: Handler<unknown>; readonly event: unknown },
): Promise<Outcome> {
  if (typeof handler === 'function') return inside(db, envelope, tx => handler(tx, event));
  if ('outside' in handler) return outside(db, envelope, () => handler.outside(event));
  if (!(await handler.concerns(db, event))) return 'ignored';
  return inside(db, envelope, tx => handler.inside(tx, event));
}

const remember = 'insert into inbox (message_id, type) values (?, ?) on conflict do nothing returning 1';

function inside(
  db: Database,
  { id, type }: Envelope,
  run: (tx: Transaction) => Promise<void>,
): Promise<Outcome> {
  return db.transaction(async tx => {
    const fresh = await rows(tx, remember, [id, type]);
    if (fresh.length === 0) return 'duplicate';
    await run(tx);
    return 'handled';
  });
}

async function outside(db: Database, { id, type }: Envelope, run: () => Promise<void>): Promise<Outcome> {
  const seen = await db.query('select 1 from inbox where message_id = ?', [id]);
  if (seen.length > 0) return 'duplicate';
  await run();
  const fresh = await db.query(remember, [id, type]);
  return fresh.length === 0 ? 'duplicate' : 'handled';
}
