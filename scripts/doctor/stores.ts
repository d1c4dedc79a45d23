import { readdirSync } from 'node:fs';

import { connect } from 'amqplib';
import { Redis } from 'ioredis';

import { type Env, readSetting } from '#platform/config.ts';
import { catalogue } from '#schema/catalogue.ts';
import { subgraphs } from '#schema/events.ts';

import { type Examined, type Finding, wordsOf } from './finding.ts';

const backupHours = 26;
const waitingMessages = 1_000;

/** RabbitMQ: reached, of a version that will do, every queue with a consumer, nothing parked, nothing piling up. */
export async function examineRabbit(env: Env): Promise<Examined> {
  const url = readSetting('RABBITMQ_URL', env);
  if (url === undefined) return { findings: [] };
  const findings: Finding[] = [];
  try {
    const connection = await connect(url, { timeout: 15_000 });
    connection.on('error', () => undefined);
    const version = String((connection.connection.serverProperties as { version?: unknown }).version ?? '?');
    if (Number.parseFloat(version) < 3.1)
      findings.push({ what: `RabbitMQ ${version} is too old`, todo: 'upgrade it to 3.10 or newer' });
    for (const name of subgraphs) {
      if (!catalogue.types.some(type => catalogue.consumers(type).includes(name))) continue;
      const main = await queue(connection, `${name}.events`);
      const parking = await queue(connection, `${name}.parking`);
      if (main === null || parking === null)
        findings.push({
          what: `RabbitMQ has no queues for ${name}`,
          todo: 'start any subgraph: each declares all queues',
        });
      else if (main.consumerCount === 0)
        findings.push({
          what: `nobody consumes the events of ${name}`,
          todo: `start ${name}, or look into its log`,
        });
      if (main !== null && main.messageCount > waitingMessages)
        findings.push({
          what: `${main.messageCount} events wait for ${name}`,
          todo: `raise EVENT_CONCURRENCY or start more copies of ${name}; look into its log for what is slow`,
        });
      if (parking !== null && parking.messageCount > 0)
        findings.push({
          what: `${parking.messageCount} events of ${name} have given up`,
          todo: `\`npm run events -- parked ${name}\` says why; then \`npm run events -- redrive ${name}\``,
        });
    }
    await connection.close();
    return { findings, facts: [`RabbitMQ ${version}`] };
  } catch (error) {
    return {
      findings: [
        ...findings,
        {
          what: `RabbitMQ does not answer: ${wordsOf(error)}`,
          todo: 'start RabbitMQ, or mend RABBITMQ_URL; events wait in the outboxes meanwhile',
        },
      ],
    };
  }
}

type Connection = Awaited<ReturnType<typeof connect>>;
type Queue = { readonly messageCount: number; readonly consumerCount: number };

async function queue(connection: Connection, name: string): Promise<Queue | null> {
  const channel = await connection.createChannel();
  // A queue that is missing closes the channel.
  channel.on('error', () => undefined);
  try {
    const found = await channel.checkQueue(name);
    await channel.close();
    return found;
  } catch {
    return null;
  }
}

/** Redis: reached, and of a version that will do. */
export async function examineRedis(env: Env): Promise<Examined> {
  const url = readSetting('REDIS_URL', env);
  if (url === undefined) return { findings: [] };
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 15_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const info = await redis.info();
    const version = /^redis_version:(.*?)\r?$/m.exec(info)?.[1] ?? '?';
    const findings: Finding[] = [];
    if (Number.parseInt(version, 10) < 6)
      findings.push({ what: `Redis ${version} is too old`, todo: 'upgrade it to 7 or newer' });
    if (/^maxmemory_policy:noeviction\r?$/m.test(info) && !/^maxmemory:0\r?$/m.test(info))
      findings.push({
        what: 'Redis refuses to write once its memory is full (maxmemory-policy noeviction)',
        todo: 'set maxmemory-policy to allkeys-lru',
      });
    return { findings, facts: [`Redis ${version}`] };
  } catch (error) {
    return {
      findings: [
        {
          what: `Redis does not answer: ${wordsOf(error)}`,
          todo: 'start Redis, or mend REDIS_URL; meanwhile each process keeps caches and budgets of its own',
        },
      ],
    };
  } finally {
    redis.disconnect();
  }
}

/** When BACKUP_DIR says where backups are: whether the last good one is of today. */
export function examineBackups(env: Env): Examined {
  const place = env['BACKUP_DIR'];
  if (!place) return { findings: [] };
  const todo = `run \`make backup BACKUP_DIR=${place}\`, and see why cron did not`;
  try {
    const last = readdirSync(place)
      .filter(name => /^shop-\d{8}T\d{6}Z$/.test(name))
      .toSorted()
      .at(-1);
    if (last === undefined) return { findings: [{ what: `there is no backup in ${place}`, todo }] };
    const time = Date.parse(last.replace(/^shop-(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
    const hours = (Date.now() - time) / 3_600_000;
    return {
      findings:
        hours > backupHours
          ? [{ what: `the last backup is ${hours.toFixed(0)} hours old: ${last}`, todo }]
          : [],
      facts: [`last backup ${last}`],
    };
  } catch (error) {
    return {
      findings: [
        { what: `the backups in ${place} cannot be listed: ${wordsOf(error)}`, todo: 'mend BACKUP_DIR' },
      ],
    };
  }
}
