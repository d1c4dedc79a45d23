import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { openDatabase, rows } from '#platform/database.ts';
import { subgraphs } from '#schema/events.ts';

import { staff } from '../../embedded/sample/accounts.ts';
import { createClient } from '../../test/support/client.ts';
import { checkout, fillCart, findVariants, until } from '../../test/support/shopping.ts';
import { type Check } from '../check.ts';
import { type Databases, ask, startDatabases } from '../support/databases.ts';
import { command } from '../support/engine.ts';
import { contradictions } from '../support/invariants.ts';
import { type LiveShop, startLiveShop } from '../support/live-shop.ts';
import { type PgBouncer, startPgBouncer } from '../support/pgbouncer.ts';
import { playADay, settings } from '../support/shop-story.ts';

const poolSize = 3;
const buyers = 60;

async function pooled(use: (databases: Databases, pooler: PgBouncer) => Promise<void>): Promise<void> {
  const databases = await startDatabases();
  try {
    await command(process.execPath, ['scripts/migrate.ts', 'up'], databases.env);
    const pooler = await startPgBouncer(databases, poolSize);
    try {
      await use(databases, pooler);
    } finally {
      await pooler.stop();
    }
  } finally {
    await databases.stop();
  }
}

/** Looks at both sides of the pooler until it is told to stop; answers the most that it has seen of each database. */
function watch(
  { adminUrl }: Databases,
  pooler: PgBouncer,
): () => Promise<Record<'clients' | 'servers', number>> {
  const most = { clients: 0, servers: 0 };
  const ended = new AbortController();
  const look = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const { pgbouncer: _ours, ...clients } = await pooler.clients();
      const servers = await ask<{ n: number }>(
        adminUrl,
        'select count(*)::int as n from pg_stat_activity where usename = any($1) group by usename',
        [subgraphs],
      );
      most.clients = Math.max(most.clients, ...Object.values(clients));
      most.servers = Math.max(most.servers, ...servers.map(({ n }) => n));
    }
  };
  const looking = look();
  return async () => {
    ended.abort();
    await looking;
    return most;
  };
}

/** Three times as many guests at once as there are units; answers how many have paid. */
async function race({ url }: LiveShop): Promise<number> {
  const client = createClient(url);
  const { data } = await client.run('SignIn', { email: staff.email, password: staff.password });
  const token = data.signIn.tokens.accessToken as string;
  const [variant] = await findVariants(client, 1, buyers);
  const stock = await client.run('Stock', { sku: variant?.sku }, token);
  const { availability, stockLevels } = stock.data.productVariant;
  let surplus = availability.quantity - buyers / 3;
  for (const { warehouse, available } of stockLevels) {
    const delta = -Math.min(surplus, available);
    if (delta === 0) continue;
    surplus += delta;
    const input = { variantId: variant?.id, warehouseId: warehouse.id, delta, reason: 'counted' };
    await client.run('StockAdjust', { input, idempotencyKey: randomUUID() }, token);
  }
  const lines = [{ variantId: variant?.id ?? '', quantity: 1 }];
  const baskets = [];
  for (let i = 0; i < buyers; i += 20)
    baskets.push(...(await Promise.all(Array.from({ length: 20 }, () => fillCart(client, { lines })))));
  const answers = await Promise.all(baskets.map(basket => checkout(client, basket)));
  return answers.filter(answer => answer.data?.checkout?.order).length;
}

export const checks: readonly Check[] = [
  {
    name: 'pgbouncer: the shop buys, races and has a bad day behind it in transaction mode, with few connections',
    run: () =>
      pooled(async (databases, pooler) => {
        const env = Object.fromEntries(
          subgraphs.map(name => [`${name.toUpperCase()}_DATABASE_URL`, pooler.url(name)]),
        );
        const story = Object.fromEntries(
          Object.entries(settings).map(([name, value]) => [name, String(value)]),
        );
        const shop = await startLiveShop({ ...env, ...story, MIGRATE_ON_START: 'false' });
        try {
          const stop = watch(databases, pooler);
          const paid = await race(shop);
          const { clients, servers } = await stop();
          assert.equal(paid, buyers / 3);
          assert.ok(servers <= poolSize, `${servers} connections of a role to PostgreSQL`);
          assert.ok(clients > poolSize, `no more than ${clients} clients of a database: nothing is shown`);
          const wrong = await until(
            () => contradictions(shop, databases.url),
            found => found.length === 0,
            120_000,
          ).catch(async () => contradictions(shop, databases.url));
          assert.deepEqual(wrong, []);
          await playADay(shop, 30);
          for (const name of subgraphs) {
            const log = readFileSync(join(shop.dir, 'logs', `${name}.log`), 'utf8');
            assert.doesNotMatch(log, /prepared statement|startup parameter|protocol violation/i, name);
          }
        } finally {
          await shop.stop();
        }
      }),
  },
  {
    name: 'pgbouncer: timeouts hold behind it, and a table that changes meanwhile is read as it is',
    run: () =>
      pooled(async (databases, pooler) => {
        for (const name of subgraphs)
          assert.deepEqual(
            await ask(
              pooler.url(name),
              `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
                 current_setting('idle_in_transaction_session_timeout') as idle`,
            ),
            [{ statement: '15s', lock: '10s', idle: '30s' }],
          );
        const own = databases.url('users');
        await ask(own, 'create table changing as select 1 as one');
        const options = { url: pooler.url('users'), entities: [], migrations: '', poolMax: 2 };
        const [first, second] = [await openDatabase(options), await openDatabase(options)];
        try {
          const read = 'select * from changing where one = ?';
          for (let i = 1; i <= 3; i += 1) {
            for (const db of [first, second]) {
              const [row] = await db.query<object>(read, [1]);
              assert.equal(Object.keys(row ?? {}).length, i);
              assert.deepEqual(await db.transaction(tx => rows(tx, read, [1])), [row]);
            }
            await ask(own, `alter table changing add column more${i} int`);
          }
        } finally {
          await first.close();
          await second.close();
        }
      }),
  },
];
