import process from 'node:process';

import { connect } from 'amqplib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Envelope, type EventBus, type EventCatalogue, PermanentError } from '#platform/bus.ts';
import { newId } from '#platform/ids.ts';
import { openLocalBus } from '#platform/local-bus.ts';
import { createLog } from '#platform/log.ts';
import { openRabbitBus } from '#platform/rabbit-bus.ts';
import { emptyDatabaseUrl } from '#platform/testing/database.ts';

import { type Server, startRabbit } from './servers.ts';

const catalogue: EventCatalogue = {
  types: ['thing.happened', 'thing.told', 'thing.public'],
  routingKey: type => `things.${type}.v1`,
  consumers: type => (type === 'thing.happened' ? ['alpha', 'beta'] : type === 'thing.told' ? ['alpha'] : []),
  parse: (_type, data) => data,
  redact: (_type, data) => ({ ...(data as object), secret: '[redacted]' }),
};
const log = createLog('test', 'silent');
const fast = { delays: [30, 60], attempts: 4 };

const envelope = (type: string, data: unknown = {}, aggregate = newId()): Envelope => ({
  id: newId(),
  type,
  version: 1,
  occurredAt: '2026-11-22T12:00:00.000Z',
  producer: 'things',
  aggregate: { type: 'Thing', id: aggregate, seq: 1 },
  correlationId: newId(),
  causationId: null,
  actor: null,
  traceparent: null,
  data,
});

let rabbit: Server;
beforeAll(async () => {
  rabbit = await startRabbit();
});
afterAll(() => rabbit.stop());

const transports: Record<string, () => Promise<() => Promise<EventBus>>> = {
  'in process': async () => {
    const url = await emptyDatabaseUrl();
    return () => openLocalBus({ url, catalogue, log, ...fast });
  },
  RabbitMQ: async () => {
    const exchange = `test_${newId()}`;
    return async () => {
      const bus = await openRabbitBus({ url: rabbit.url, exchange, catalogue, log, ...fast });
      return bus;
    };
  },
};

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  await expect.poll(condition, { timeout: 10_000, interval: 10 }).toBe(true);
};

describe.each(Object.entries(transports))('the %s event bus', (_name, prepare) => {
  let open: () => Promise<EventBus>;
  let bus: EventBus;
  beforeAll(async () => {
    open = await prepare();
    bus = await open();
  });
  afterAll(() => bus.close());

  const drained = async (consumer: string): Promise<void> => {
    // Each test leaves the queues empty; quorum queues are shared by name between the runs of this file.
    const seen: string[] = [];
    const stop = await bus.consume(consumer, 10, async e => void seen.push(e.id));
    const last = envelope(consumer === 'alpha' ? 'thing.told' : 'thing.happened');
    await bus.publish([last]);
    await until(() => seen.includes(last.id));
    await stop();
    await bus.redrive(consumer);
  };

  test('publishing often leaves nothing behind on the channel', async () => {
    const warnings: string[] = [];
    const listen = (warning: Error): void => void warnings.push(warning.name);
    process.on('warning', listen);
    for (let i = 0; i < 12; i += 1) await bus.publish([envelope('thing.public')]);
    // Node tells warnings on the next turn.
    await new Promise(resolve => setImmediate(resolve));
    process.off('warning', listen);
    expect(warnings).toEqual([]);
  });

  test('hands an event to every consumer, once when all goes well, in order', async () => {
    const alpha: string[] = [];
    const beta: string[] = [];
    const stops = [
      await bus.consume('alpha', 1, async e => void alpha.push(e.id)),
      await bus.consume('beta', 1, async e => void beta.push(e.id)),
    ];
    const sent = [envelope('thing.happened'), envelope('thing.happened'), envelope('thing.told')];
    expect(await bus.publish(sent)).toEqual(new Set(sent.map(e => e.id)));
    await until(() => alpha.length === 3 && beta.length === 2);
    expect(alpha).toEqual(sent.map(e => e.id));
    expect(beta).toEqual(sent.slice(0, 2).map(e => e.id));
    await Promise.all(stops.map(stop => stop()));
  });

  test('keeps events for a consumer that is away, also over a restart of the bus', async () => {
    const sent = envelope('thing.told');
    await bus.publish([sent]);
    await bus.close();
    bus = await open();
    const seen: Envelope[] = [];
    const stop = await bus.consume('alpha', 5, async e => void seen.push(e));
    await until(() => seen.some(e => e.id === sent.id));
    expect(seen.find(e => e.id === sent.id)).toEqual(sent);
    await stop();
  });

  test('tries a failed event again, counting the attempts', async () => {
    const attempts: number[] = [];
    const sent = envelope('thing.told');
    const stop = await bus.consume('alpha', 5, async (e, attempt) => {
      if (e.id !== sent.id) return;
      attempts.push(attempt);
      if (attempt < 3) throw new Error('not yet');
    });
    await bus.publish([sent]);
    await until(() => attempts.length === 3);
    expect(attempts).toEqual([1, 2, 3]);
    await stop();
  });

  test('parks an event that never works, hides its secrets in the list, and redrives it', async () => {
    let broken = true;
    const seen: string[] = [];
    const sent = envelope('thing.told', { secret: 'x', open: 'y' });
    const stop = await bus.consume('alpha', 5, async e => {
      if (e.id !== sent.id) return;
      if (broken) throw new Error('still broken');
      seen.push(e.id);
    });
    await bus.publish([sent]);
    await until(async () => (await bus.parked('alpha')).some(message => message.envelope.id === sent.id));
    const [parked] = (await bus.parked('alpha')).filter(message => message.envelope.id === sent.id);
    expect(parked).toMatchObject({
      attempts: 4,
      error: 'Error: still broken',
      envelope: { data: { secret: '[redacted]', open: 'y' } },
    });
    // Looking takes them off the queue for a moment.
    await until(async () => (await bus.parkedCount('alpha')) === 1);
    broken = false;
    expect(await bus.redrive('alpha', [newId()])).toBe(0);
    expect(await bus.redrive('alpha', [sent.id])).toBe(1);
    await until(() => seen.length === 1);
    expect(await bus.parked('alpha')).toEqual([]);
    expect(await bus.parkedCount('alpha')).toBe(0);
    await stop();
  });

  test('parks a hopeless event at once', async () => {
    const attempts: number[] = [];
    const sent = envelope('thing.told');
    const stop = await bus.consume('alpha', 5, async (e, attempt) => {
      if (e.id !== sent.id) return;
      attempts.push(attempt);
      throw new PermanentError('never');
    });
    await bus.publish([sent]);
    await until(async () => (await bus.parked('alpha')).length === 1);
    expect(attempts).toEqual([1]);
    await stop();
    await drained('alpha');
  });

  test('shows observers what happens from now on, public events too', async () => {
    const seen: string[] = [];
    const stop = await bus.observe(['thing.public'], e => void seen.push(e.type));
    await bus.publish([envelope('thing.public'), envelope('thing.happened')]);
    await until(() => seen.length === 1);
    await stop();
    await bus.publish([envelope('thing.public')]);
    await drained('beta');
    expect(seen).toEqual(['thing.public']);
  });

  test('lets running handlers finish before a consumer stops', async () => {
    let finished = false;
    let started = false;
    const sent = envelope('thing.told');
    const stop = await bus.consume('alpha', 5, async e => {
      if (e.id !== sent.id) return;
      started = true;
      await new Promise(resolve => setTimeout(resolve, 100));
      finished = true;
    });
    await bus.publish([sent]);
    await until(() => started);
    await stop();
    expect(finished).toBe(true);
  });
});

test('what others put into a queue of RabbitMQ is parked, listed and does no harm', async () => {
  const bus = await openRabbitBus({
    url: rabbit.url,
    exchange: `test_${newId()}`,
    catalogue,
    log,
    ...fast,
  });
  const seen: string[] = [];
  const stops = [
    await bus.consume('alpha', 5, async e => void seen.push(e.id)),
    await bus.observe(['thing.told'], e => void seen.push(e.id)),
  ];
  const foreign = await connect(rabbit.url);
  const channel = await foreign.createChannel();
  channel.sendToQueue('alpha.events', Buffer.from('not an event'), { messageId: 'foreign' });
  await until(async () => (await bus.parkedCount('alpha')) === 1);
  expect(await bus.parked('alpha')).toMatchObject([
    { envelope: { id: 'foreign', data: '[unreadable]' }, attempts: 1 },
  ]);
  const sent = envelope('thing.told');
  await bus.publish([sent]);
  await until(() => seen.length === 2);
  await channel.purgeQueue('alpha.parking');
  await foreign.close();
  for (const stop of stops) await stop();
  await bus.close();
});

test('in process, an event whose retry cannot be written down is tried again all the same', async () => {
  const url = await emptyDatabaseUrl();
  const bus = await openLocalBus({ url, catalogue, log, ...fast });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const attempts: number[] = [];
  const stop = await bus.consume('alpha', 1, async (_event, attempt) => {
    attempts.push(attempt);
    if (attempts.length === 1) {
      await client.query('alter table queue_message rename to lost');
      throw new Error('not now');
    }
    await client.query('alter table lost rename to queue_message');
  });
  await bus.publish([envelope('thing.told')]);
  await until(() => attempts.length === 2);
  expect(attempts).toEqual([1, 2]);
  await stop();
  await bus.close();
  await client.end();
});

test('on RabbitMQ, an event whose retry finds no queue goes back to where it came from', async () => {
  const exchange = `test_${newId()}`;
  const bus = await openRabbitBus({ url: rabbit.url, exchange, catalogue, log, ...fast });
  const connection = await connect(rabbit.url);
  const channel = await connection.createChannel();
  for (const ms of fast.delays) await channel.deleteQueue(`alpha.retry.${ms}`);
  await connection.close();
  const sent = envelope('thing.told');
  const attempts: number[] = [];
  const stop = await bus.consume('alpha', 1, async (event, attempt) => {
    if (event.id !== sent.id) return;
    attempts.push(attempt);
    if (attempts.length === 1) throw new Error('not now');
  });
  await bus.publish([sent]);
  await until(() => attempts.length === 2);
  expect(attempts).toEqual([1, 1]);
  await stop();
  await bus.close();
});
