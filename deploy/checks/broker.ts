import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { createLog } from '#platform/log.ts';
import { freePort } from '#platform/ports.ts';
import { openRabbitBus } from '#platform/rabbit-bus.ts';
import { catalogue } from '#schema/catalogue.ts';

import { type Server, installServers, startRabbit } from '../../test/servers.ts';
import { type Check } from '../check.ts';
import { startDatabases } from '../support/databases.ts';
import { command, eventually, needPrograms } from '../support/engine.ts';

const EXCHANGE = 'ecommerce_events';

type Node = Server & { readonly managementUrl: string };

async function startNode(): Promise<Node> {
  const port = await freePort();
  const server = await startRabbit(undefined, port);
  const managementUrl = `http://guest:guest@127.0.0.1:${port}`;
  await eventually('the management API', 60_000, () =>
    definitions(managementUrl).then(
      () => true,
      () => false,
    ),
  );
  return { ...server, managementUrl };
}

type Definitions = Readonly<
  Record<'exchanges' | 'queues' | 'bindings' | 'policies', readonly Readonly<Record<string, unknown>>[]>
>;

/** What makes up the topology, in an order of its own. */
async function definitions(managementUrl: string): Promise<Record<keyof Definitions, string[]>> {
  const { username, password, origin } = new URL(managementUrl);
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const response = await fetch(`${origin}/api/definitions`, { headers: { authorization } });
  assert.equal(response.status, 200);
  const { exchanges, queues, bindings, policies } = (await response.json()) as Definitions;
  const sorted = (list: Definitions['queues']): string[] => list.map(each => JSON.stringify(each)).toSorted();
  return {
    exchanges: sorted(exchanges),
    queues: sorted(queues),
    bindings: sorted(bindings),
    policies: sorted(policies),
  };
}

/** RabbitMQ's definitions, beside the databases in a backup. */
export const checks: readonly Check[] = [
  {
    name: 'broker: its definitions are in the backup, and an empty node that is given them has the same queues',
    run: async () => {
      installServers();
      await needPrograms({ pg_dump: 'postgresql-client', curl: 'curl' });
      const dir = mkdtempSync(join(tmpdir(), 'shop-broker-'));
      const closing: (() => Promise<void>)[] = [async () => rmSync(dir, { recursive: true })];
      try {
        const databases = await startDatabases();
        closing.push(databases.stop);
        await command(process.execPath, ['scripts/migrate.ts', 'up'], databases.env);
        const old = await startNode();
        closing.push(old.stop);
        // Every service declares the queues of all.
        const log = createLog('check', 'silent');
        const bus = await openRabbitBus({ url: old.url, exchange: EXCHANGE, catalogue, log });
        await bus.close();
        const before = await definitions(old.managementUrl);
        assert.ok(before.queues.length >= 5, `${before.queues.length} queues`);
        assert.ok(before.bindings.length > before.queues.length);

        const environment = { ...databases.env, RABBITMQ_MANAGEMENT_URL: old.managementUrl };
        const backup = (await command('scripts/backup.sh', [dir], environment)).trim();
        assert.equal(statSync(join(backup, 'rabbitmq.json')).mode & 0o777, 0o600);
        assert.match(readFileSync(join(backup, 'rabbitmq.json'), 'utf8'), /ecommerce_events/);

        const empty = await startNode();
        closing.push(empty.stop);
        assert.deepEqual((await definitions(empty.managementUrl)).queues, []);
        const target = await startDatabases();
        closing.push(target.stop);
        const into = { ...target.env, RABBITMQ_MANAGEMENT_URL: empty.managementUrl };
        await command('scripts/restore.sh', ['--rabbitmq', backup], into);
        assert.deepEqual(await definitions(empty.managementUrl), before);
      } finally {
        for (const close of closing.toReversed()) await close();
      }
    },
  },
];
