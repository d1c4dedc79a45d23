import pg from 'pg';

import { detached } from './ambient.ts';
import {
  type Envelope,
  type EventBus,
  type EventCatalogue,
  type ParkedMessage,
  PermanentError,
  maxAttempts,
  retryDelay,
  retryDelays,
} from './bus.ts';
import { type Logger } from './log.ts';

type Options = {
  /** A PostgreSQL database of the bus's own. */
  readonly url: string;
  readonly catalogue: EventCatalogue;
  readonly log: Logger;
  readonly delays?: readonly number[];
  readonly attempts?: number;
};

type Message = { readonly row: string; readonly envelope: Envelope; attempt: number };
type Queue = {
  waiting: Message[];
  running: number;
  concurrency: number;
  handle: ((envelope: Envelope, attempt: number) => Promise<void>) | null;
  idle: (() => void)[];
};

const tables = `
  create table if not exists queue_message (
    row bigserial primary key,
    queue text not null,
    event_id uuid not null,
    envelope jsonb not null,
    attempt int not null default 0,
    parked_at timestamptz,
    error text
  );
  create index if not exists queue_message_parked on queue_message (queue, parked_at) where parked_at is not null`;

/**
 * The event bus of embedded mode: one process, queues kept in PostgreSQL, delivered from memory.
 * A publish is confirmed once its rows are committed; a restart delivers again what was not finished.
 */
export async function openLocalBus(options: Options): Promise<EventBus> {
  const { catalogue, log, delays = retryDelays, attempts = maxAttempts } = options;
  const pool = new pg.Pool({ connectionString: options.url, max: 4 });
  pool.on('error', error => log.warn({ err: error }, 'event bus connection lost'));
  await pool.query(tables);
  const queues = new Map<string, Queue>();
  const observers = new Map<symbol, { types: ReadonlySet<string>; listener: (envelope: Envelope) => void }>();
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  const queueOf = (name: string): Queue => {
    let queue = queues.get(name);
    if (!queue)
      queues.set(name, (queue = { waiting: [], running: 0, concurrency: 0, handle: null, idle: [] }));
    return queue;
  };

  let finished: string[] = [];
  let flushing: Promise<unknown> | null = null;
  // Deleting finished rows in batches: a row that a crash leaves behind is delivered again, which the inbox absorbs.
  const flush = async (): Promise<void> => {
    while (finished.length > 0) {
      const rows = finished;
      finished = [];
      await pool.query('delete from queue_message where row = any($1::bigint[])', [rows]);
    }
  };
  const finish = (row: string): void => {
    finished.push(row);
    flushing ??= new Promise(resolve => setTimeout(resolve, 10))
      .then(flush)
      .catch((error: unknown) =>
        log.warn({ err: error }, 'finished messages stay queued and will be delivered again'),
      )
      .finally(() => (flushing = null));
  };

  const fail = async (name: string, message: Message, error: unknown): Promise<void> => {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const park = error instanceof PermanentError || message.attempt >= attempts;
    log[park ? 'error' : 'warn'](
      {
        err: error,
        queue: name,
        type: message.envelope.type,
        eventId: message.envelope.id,
        attempt: message.attempt,
      },
      park ? 'event parked' : 'event will be tried again',
    );
    await pool.query(
      'update queue_message set attempt = $2, error = $3, parked_at = case when $4 then now() end where row = $1',
      [message.row, message.attempt, text.slice(0, 500), park],
    );
    if (!park && !closed) later(name, message, retryDelay(message.attempt, delays));
  };

  const later = (name: string, message: Message, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      queueOf(name).waiting.push(message);
      pump(name);
    }, ms);
    timers.add(timer);
  };

  // Handlers run in a context of their own, never inside the publisher's transaction.
  const pump = (name: string): void => detached(() => pumpNow(name));
  const pumpNow = (name: string): void => {
    const queue = queueOf(name);
    while (!closed && queue.handle && queue.running < queue.concurrency) {
      const message = queue.waiting.shift();
      if (!message) return;
      queue.running += 1;
      message.attempt += 1;
      void queue
        .handle(message.envelope, message.attempt)
        .then(() => finish(message.row))
        .catch((error: unknown) => fail(name, message, error))
        .catch((error: unknown) => {
          log.error({ err: error }, 'event bus cannot store a retry; it is tried again all the same');
          if (!closed) later(name, message, retryDelay(message.attempt, delays));
        })
        .finally(() => {
          queue.running -= 1;
          if (queue.running === 0) for (const wake of queue.idle.splice(0)) wake();
          pump(name);
        });
    }
  };

  const left = await pool.query<{ row: string; queue: string; envelope: Envelope; attempt: number }>(
    'select row, queue, envelope, attempt from queue_message where parked_at is null order by row',
  );
  for (const { row, queue, envelope, attempt } of left.rows)
    queueOf(queue).waiting.push({ row, envelope, attempt });

  return {
    catalogue,
    attempts,
    publish: async envelopes => {
      const copies = envelopes.flatMap(envelope =>
        catalogue.consumers(envelope.type).map(queue => ({ queue, envelope })),
      );
      if (copies.length > 0) {
        const inserted = await pool.query<{ row: string }>({
          name: 'publish',
          text: `insert into queue_message (queue, event_id, envelope)
            select * from unnest($1::text[], $2::uuid[], $3::jsonb[]) returning row`,
          values: [
            copies.map(copy => copy.queue),
            copies.map(copy => copy.envelope.id),
            copies.map(copy => JSON.stringify(copy.envelope)),
          ],
        });
        copies.forEach(({ queue, envelope }, i) => {
          queueOf(queue).waiting.push({ row: inserted.rows[i]?.row ?? '0', envelope, attempt: 0 });
        });
        for (const queue of new Set(copies.map(copy => copy.queue))) pump(queue);
      }
      for (const envelope of envelopes) {
        for (const { types, listener } of observers.values())
          if (types.has(envelope.type)) detached(() => listener(envelope));
      }
      return new Set(envelopes.map(envelope => envelope.id));
    },
    consume: async (name, concurrency, handle) => {
      const queue = queueOf(name);
      if (queue.handle) throw new Error(`the queue ${name} already has a consumer in this process`);
      Object.assign(queue, { concurrency, handle });
      pump(name);
      return async () => {
        queue.handle = null;
        if (queue.running > 0) await new Promise<void>(resolve => queue.idle.push(resolve));
      };
    },
    observe: async (types, listener) => {
      const key = Symbol('observer');
      observers.set(key, { types: new Set(types), listener });
      return async () => void observers.delete(key);
    },
    parked: async (queue, limit = 100) => {
      const found = await pool.query<{ envelope: Envelope; attempt: number; error: string; parked_at: Date }>(
        'select envelope, attempt, error, parked_at from queue_message where queue = $1 and parked_at is not null order by row limit $2',
        [queue, limit],
      );
      return found.rows.map((row): ParkedMessage => ({
        envelope: { ...row.envelope, data: catalogue.redact(row.envelope.type, row.envelope.data) },
        attempts: row.attempt,
        error: row.error,
        parkedAt: row.parked_at.toISOString(),
      }));
    },
    parkedCount: async queue => {
      const found = await pool.query<{ count: number }>(
        'select count(*)::int as count from queue_message where queue = $1 and parked_at is not null',
        [queue],
      );
      return found.rows[0]?.count ?? 0;
    },
    redrive: async (name, ids) => {
      const found = await pool.query<{ row: string; envelope: Envelope }>(
        `update queue_message set parked_at = null, attempt = 0 where queue = $1 and parked_at is not null
          and ($2::uuid[] is null or event_id = any($2)) returning row, envelope`,
        [name, ids ?? null],
      );
      for (const { row, envelope } of found.rows) queueOf(name).waiting.push({ row, envelope, attempt: 0 });
      pump(name);
      return found.rows.length;
    },
    healthy: () => !closed,
    close: async () => {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(
        [...queues.values()]
          .filter(q => q.running > 0)
          .map(q => new Promise<void>(done => q.idle.push(done))),
      );
      if (flushing) await flushing;
      await flush();
      await pool.end();
    },
  };
}
