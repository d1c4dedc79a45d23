import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { withAmbient } from './ambient.ts';
import { type Envelope, type EventBus, type EventCatalogue } from './bus.ts';
import { type Database, openDatabase, rows } from './database.ts';
import { once } from './idempotency.ts';
import { newId } from './ids.ts';
import { startConsumer } from './inbox.ts';
import { openLocalBus } from './local-bus.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { announce } from './outbox.ts';
import { startRelay } from './relay.ts';
import { platformTables } from './tables.ts';
import { emptyDatabaseUrl } from './testing/database.ts';

const catalogue: EventCatalogue = {
  types: ['thing.happened'],
  routingKey: type => `things.${type}.v1`,
  consumers: () => ['others'],
  parse: (_type, data) => {
    if ((data as { n?: unknown }).n === undefined) throw new Error('n is missing');
    return data;
  },
  redact: (_type, data) => data,
};
const log = createLog('test', 'silent');
const thing = (n: number, id = newId()) => ({
  type: 'thing.happened',
  aggregate: { type: 'Thing', id },
  data: { n },
});
const told = (db: Database): Promise<{ envelope: Envelope; sent: boolean }[]> =>
  db.query('select envelope, sent_at is not null as sent from outbox order by position');

let db: Database;
let bus: EventBus;

beforeAll(async () => {
  db = await openDatabase({ url: await emptyDatabaseUrl(), entities: [], migrations: '', poolMax: 20 });
  for (const sql of platformTables.up) await db.query(sql);
  await db.query('create table effect (n int not null)');
  bus = await openLocalBus({ url: await emptyDatabaseUrl(), catalogue, log, delays: [10], attempts: 3 });
});
afterAll(async () => {
  await bus.close();
  await db.close();
});

describe('announcing an event', () => {
  test('is undone with its transaction', async () => {
    const failing = db.transaction(async tx => {
      await announce(tx, thing(1));
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await told(db)).toEqual([]);
  });

  test('numbers the events of one aggregate without gaps, also when many race', async () => {
    const id = newId();
    await Promise.all(Array.from({ length: 20 }, (_, n) => db.transaction(tx => announce(tx, thing(n, id)))));
    const seqs = (await told(db))
      .filter(row => row.envelope.aggregate.id === id)
      .map(row => row.envelope.aggregate.seq);
    expect(seqs).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  test('carries who caused it and what it belongs to', async () => {
    const facts = {
      correlationId: newId(),
      causationId: newId(),
      actor: 'customer:1',
      traceparent: null,
      origin: 'event',
    } as const;
    await withAmbient(facts, () => db.transaction(tx => announce(tx, thing(7))));
    expect((await told(db)).at(-1)?.envelope).toMatchObject({
      correlationId: facts.correlationId,
      causationId: facts.causationId,
      actor: 'customer:1',
      version: 1,
    });
  });
});

describe('relay and consumer together', () => {
  test('every committed event takes effect once, in order, even when the bus delivers twice', async () => {
    await db.query('delete from outbox');
    const metrics = createMetrics('test');
    const handlers = {
      'thing.happened': async (
        tx: Parameters<Parameters<Database['transaction']>[0]>[0],
        event: { data: { n: number } },
      ) => {
        await rows(tx, 'insert into effect (n) values (?)', [event.data.n]);
      },
    };
    const stopConsumer = await startConsumer({
      name: 'others',
      db,
      bus,
      handlers: handlers as never,
      concurrency: 10,
      log,
      metrics,
    });
    const stopRelay = startRelay({ db, bus, producer: 'things', log, metrics });
    const id = newId();
    for (let n = 0; n < 30; n += 1) await db.transaction(tx => announce(tx, thing(n, id)));
    await expect.poll(async () => (await told(db)).every(row => row.sent)).toBe(true);
    // The relay dies between publishing and marking: everything is published again.
    await db.query('update outbox set sent_at = null');
    await expect.poll(async () => (await told(db)).every(row => row.sent)).toBe(true);
    await expect.poll(async () => (await db.query<{ n: number }>('select n from effect')).length).toBe(30);
    await stopRelay();
    await stopConsumer();
    expect((await db.query<{ n: number }>('select n from effect')).map(row => row.n)).toEqual(
      Array.from({ length: 30 }, (_, n) => n),
    );
  });

  test('an event that commits late is not skipped by the ones that overtook it', async () => {
    await db.query('delete from outbox');
    const metrics = createMetrics('test');
    const stopRelay = startRelay({ db, bus, producer: 'things', log, metrics });
    let commit: () => void = () => {};
    const gate = new Promise<void>(resolve => (commit = resolve));
    const slow = db.transaction(async tx => {
      await announce(tx, thing(1));
      await gate;
    });
    await db.transaction(tx => announce(tx, thing(2)));
    await expect.poll(async () => (await told(db)).filter(row => row.sent).length).toBe(1);
    commit();
    await slow;
    await expect.poll(async () => (await told(db)).filter(row => row.sent).length).toBe(2);
    await stopRelay();
  });

  test('an event that breaks its contract is parked at once', async () => {
    const metrics = createMetrics('test');
    const stop = await startConsumer({ name: 'others', db, bus, handlers: {}, concurrency: 1, log, metrics });
    const id = newId();
    const broken: Envelope = {
      id,
      type: 'thing.happened',
      version: 1,
      occurredAt: new Date().toISOString(),
      producer: 'x',
      aggregate: { type: 'Thing', id, seq: 1 },
      correlationId: id,
      causationId: null,
      actor: null,
      traceparent: null,
      data: {},
    };
    await bus.publish([broken]);
    await expect
      .poll(async () => (await bus.parked('others')).some(message => message.envelope.id === id))
      .toBe(true);
    await stop();
  });
});

describe('doing something once per key', () => {
  const request = {
    scope: 'customer:1',
    operation: 'test',
    key: 'k',
    input: { b: 1, a: [1, { d: 2, c: 3 }] },
  };

  test('fifty parallel repetitions: one effect, fifty equal answers', async () => {
    let runs = 0;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        db.transaction(tx => once(tx, request, async () => ({ run: ++runs }))),
      ),
    );
    expect(new Set(answers.map(answer => JSON.stringify(answer)))).toEqual(new Set(['{"run":1}']));
    expect(runs).toBe(1);
  });

  test('the order of keys in the input does not matter, another value does', async () => {
    const same = { ...request, input: { a: [1, { c: 3, d: 2 }], b: 1 } };
    expect(await db.transaction(tx => once(tx, same, async () => ({ run: 2 })))).toEqual({ run: 1 });
    const other = { ...request, input: { ...request.input, b: 2 } };
    await expect(db.transaction(tx => once(tx, other, async () => ({ run: 3 })))).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  test('a failed run leaves no trace', async () => {
    const failing = { ...request, key: 'f' };
    const broken = db.transaction(tx =>
      once(tx, failing, async () => {
        throw new Error('no');
      }),
    );
    await expect(broken).rejects.toThrow('no');
    expect(await db.transaction(tx => once(tx, failing, async () => 'now'))).toBe('now');
  });

  test.each(['', 'x'.repeat(256)])('a key of %# is refused', async key => {
    await expect(db.transaction(tx => once(tx, { ...request, key }, async () => 1))).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY',
    });
  });
});
