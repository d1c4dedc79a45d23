import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { connect } from 'amqplib';
import { Redis } from 'ioredis';

import { type Subgraph, subgraphs } from '#schema/events.ts';

import { createClient } from '../../test/support/client.ts';
import { findVariants, until } from '../../test/support/shopping.ts';
import { type Check } from '../check.ts';
import { type Databases, ask, startDatabases } from '../support/databases.ts';
import { command, needPrograms } from '../support/engine.ts';
import { contradictions } from '../support/invariants.ts';
import { type LiveShop, startLiveShop } from '../support/live-shop.ts';
import { type OrdersLoad, buy, startOrders } from '../support/orders-load.ts';

/** Everything that holds data is gone: six databases with their roles, the broker's queues, the cache. */
async function destroy(shop: LiveShop, { adminUrl }: Databases): Promise<void> {
  for (const name of subgraphs) await shop.kill(name, 'SIGKILL');
  for (const name of subgraphs) {
    await ask(adminUrl, `drop database ${name}_db with (force)`);
    await ask(adminUrl, `drop role ${name}`);
  }
  const connection = await connect(shop.rabbit.url);
  const channel = await connection.createChannel();
  for (const name of subgraphs)
    for (const kind of ['events', 'parking']) await channel.deleteQueue(`${name}.${kind}`);
  await connection.close();
  const redis = new Redis(shop.redis.url);
  await redis.flushall();
  await redis.quit();
}

const atLeast = (load: OrdersLoad, count: number): Promise<unknown> =>
  until(
    async () => load.placed.length,
    found => found >= count,
    240_000,
  );

const seconds = (from: number, to: number): string => ((to - from) / 1_000).toFixed(1);

export const checks: readonly Check[] = [
  {
    name: 'drill: a shop under load is backed up, destroyed, restored and healed, and nothing contradicts anything',
    run: async () => {
      await needPrograms({ pg_dump: 'postgresql-client' });
      const dir = mkdtempSync(join(tmpdir(), 'shop-drill-'));
      const databases = await startDatabases();
      const own = Object.fromEntries(
        subgraphs.map(name => [`${name.toUpperCase()}_DATABASE_URL`, databases.url(name)]),
      );
      const url = (name: Subgraph): string => databases.url(name);
      // So that what was lost is asked for again soon.
      const shop = await startLiveShop({ ...own, CHECKOUT_RETRY_AFTER: '2s' }).catch(
        async (error: unknown) => {
          await databases.stop();
          throw error;
        },
      );
      const env = { ...shop.env, ...databases.env };
      try {
        const load = await startOrders(shop.url, 3);
        await atLeast(load, 6);
        const backup = (await command('scripts/backup.sh', [dir], env)).trim();
        const during = load.placed.length;
        await atLeast(load, during + 4);
        const end = load.stop();
        const destroyed = Date.now();
        await destroy(shop, databases);
        await end;

        await command(process.execPath, ['scripts/create-databases.ts'], env);
        await command('scripts/restore.sh', [backup], env);
        const manifest = readFileSync(join(backup, 'MANIFEST'), 'utf8');
        const moments = [...manifest.matchAll(/^database \w+ (\S+)/gm)].map(([, at]) => Date.parse(at ?? ''));
        assert.equal(moments.length, 6);
        const since = new Date(Math.min(...moments) - 60_000).toISOString();
        for (const name of subgraphs) await shop.start(name);
        for (const name of subgraphs)
          await command(process.execPath, ['scripts/events.ts', 'reemit', name, since], env);
        const client = createClient(shop.url);
        const [variant] = await findVariants(client, 1);
        await until(
          () => buy(client, variant?.id ?? '').catch(() => null),
          id => id !== null,
          120_000,
        );
        const open = Date.now();
        const told = await command(process.execPath, ['scripts/lost-payments.ts', since, '--release'], env);
        const wrong = await until(
          () => contradictions(shop, url),
          found => found.length === 0,
          240_000,
        ).catch(async () => contradictions(shop, url));
        assert.deepEqual(wrong, []);

        const [orders] = await ask<{ ids: string[] }>(
          url('orders'),
          "select array_agg(id::text) as ids from orders where status = 'PAID'",
        );
        const kept = new Set(orders?.ids);
        const before = Math.min(...moments);
        for (const { id, at } of load.placed)
          if (at.getTime() < before)
            assert.ok(kept.has(id), `order ${id} was confirmed before the backup, and is lost`);
        const lost = load.placed.filter(({ id }) => !kept.has(id));
        assert.ok(lost.length > 0, 'nothing was placed after the backup: the drill has shown nothing');
        assert.match(told, /\d+ lost and released|no payment is lost/);
        const again = await command(process.execPath, ['scripts/lost-payments.ts', since], env);
        assert.match(again, /^no payment is lost$/m);
        process.stdout.write(
          `     RPO ${seconds(before, destroyed)} s: ${lost.length} of ${load.placed.length} orders lost, their payments released; ` +
            `RTO ${seconds(destroyed, open)} s from the loss to the first order; the six snapshots within ${seconds(before, Math.max(...moments))} s\n`,
        );
      } finally {
        await shop.stop();
        await databases.stop();
        rmSync(dir, { recursive: true });
      }
    },
  },
];
