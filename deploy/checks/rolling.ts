import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { migrateDown, migrateUp, migrationState } from '#platform/migrate.ts';
import { type Subgraph, subgraphs } from '#schema/events.ts';

import { until } from '../../test/support/shopping.ts';
import { type Check } from '../check.ts';
import { type BalancedCopies, balanceCopies } from '../support/balanced-copies.ts';
import { ask } from '../support/databases.ts';
import { root } from '../support/engine.ts';
import { contradictions } from '../support/invariants.ts';
import { type LiveService, type LiveShop, startLiveShop } from '../support/live-shop.ts';
import { startSteadyLoad } from '../support/steady-load.ts';

const perSecond = 50;
/** The table of each service that its requests use most. */
const busiest: Readonly<Record<Subgraph, string>> = {
  users: 'customers',
  products: 'product',
  inventory: 'stock_levels',
  orders: 'orders',
  payments: 'payments',
  notifications: 'notifications',
};

/** What an expanding migration does, one kind of change after the other. */
const changes = (table: string): Readonly<Record<string, { readonly up: readonly string[]; readonly alone?: boolean }>> => ({
  '20990101000001-columns': {
    up: [
      `alter table ${table} add column drill_note text`,
      `alter table ${table} add column drill_rank int not null default 0`,
    ],
  },
  '20990101000002-index': { up: [`create index concurrently drill_index on ${table} (drill_rank)`], alone: true },
  '20990101000003-constraint': { up: [`alter table ${table} add constraint drill_positive check (drill_rank >= 0) not valid`] },
  '20990101000004-validate': { up: [`alter table ${table} validate constraint drill_positive`] },
  '20990101000005-table': { up: ['create table drill_things (id uuid primary key)', 'create index drill_things_id on drill_things (id)'] },
}); // prettier-ignore
const contract = (table: string): readonly string[] => [
  'drop table drill_things',
  `alter table ${table} drop column drill_note, drop column drill_rank`,
];

/** The migrations of a version that is to come. They lie inside the project, where their imports are found. */
function writeMigrations(folder: string, table: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, { up, alone }] of Object.entries(changes(table)))
    writeFileSync(
      join(folder, `${name}.ts`),
      `import { Migration } from '@mikro-orm/migrations';
export class One extends Migration {
  override isTransactional(): boolean { return ${!alone}; }
  override up(): void { for (const sql of ${JSON.stringify(up)}) this.addSql(sql); }
  override down(): void { ${name.endsWith('-columns') ? `for (const sql of ${JSON.stringify(contract(table))}) this.addSql(sql);` : ''} }
}
`,
    );
}

export const checks: readonly Check[] = [
  {
    name: 'rolling: under 50 requests a second each service is migrated, the version before runs on, and none fails',
    run: async () => {
      const shop = await startLiveShop({ RATE_LIMIT_ENABLED: 'false' });
      const folder = join(root, '.data', `rolling-${process.pid}`);
      try {
        const load = await startSteadyLoad(shop, perSecond);
        await load.more(2 * perSecond);
        for (const name of subgraphs) {
          const database = { url: shop.postgres.url(`${name}_db`), folder: join(folder, name) };
          writeMigrations(database.folder, busiest[name]);
          const { unknown: real } = await migrationState(database);
          assert.equal((await migrateUp(database)).length, 5, name);
          // The services go on with statements that they prepared on the old schema.
          await load.more(2 * perSecond);
          const [row] = await ask<{ there: boolean }>(database.url, "select to_regclass('drill_index') is not null as there");
          assert.ok(row?.there, `${name}: no index`);
          await migrateDown(database, real.at(-1));
          await load.more(perSecond);
        }
        const rate = await load.stop();
        assert.deepEqual(load.failures, []);
        const paid = await paidOrders(shop);
        assert.ok(rate > perSecond * 0.9, `only ${rate.toFixed(0)} requests a second were sent`);
        process.stdout.write(`     ${load.sent()} requests, ${rate.toFixed(0)} a second, 0 failed, ${paid} orders, all paid; 30 migrations applied and taken back\n`);
      } finally {
        await shop.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
  {
    name: 'rolling: under 50 requests a second each service is restarted copy by copy, and none fails',
    run: async () => {
      const shop = await startLiveShop({ RATE_LIMIT_ENABLED: 'false', SHUTDOWN_DELAY_MS: '3000' });
      const services = new Map<LiveService, BalancedCopies>();
      try {
        for (const name of [...subgraphs, 'router'] as const) services.set(name, await balanceCopies(shop, name));
        const load = await startSteadyLoad(shop, perSecond);
        await load.more(2 * perSecond);
        const started = Date.now();
        const failed: Partial<Record<LiveService, number>> = {};
        for (const [name, copies] of services) {
          const before = load.failures.length;
          await copies.restart(() => load.more(perSecond));
          await load.more(perSecond);
          if (load.failures.length > before) failed[name] = load.failures.length - before;
        }
        const seconds = (Date.now() - started) / 1_000;
        const rate = await load.stop();
        assert.deepEqual({ failed, failures: load.failures }, { failed: {}, failures: [] });
        const paid = await paidOrders(shop);
        const url = (name: Subgraph): string => shop.postgres.url(`${name}_db`);
        const wrong = await until(() => contradictions(shop, url), found => found.length === 0, 120_000)
          .catch(() => contradictions(shop, url));
        assert.deepEqual(wrong, []);
        assert.ok(rate > perSecond * 0.9, `only ${rate.toFixed(0)} requests a second were sent`);
        process.stdout.write(`     ${load.sent()} requests, ${rate.toFixed(0)} a second, 0 failed, ${paid} orders, all paid; 14 copies of 7 services replaced in ${seconds.toFixed(0)} s\n`);
      } finally {
        for (const copies of services.values()) await copies.stop();
        await shop.stop();
      }
    },
  },
]; // prettier-ignore

/** Waits until no checkout is open, and answers how many orders are paid: all of them but the sample's, which go further. */
async function paidOrders(shop: LiveShop): Promise<number> {
  const count = 'select status, count(*)::int as n from orders group by 1';
  const orders = await until(
    () => ask<{ status: string; n: number }>(shop.postgres.url('orders_db'), count),
    found => !found.some(({ status }) => ['PENDING', 'AWAITING_PAYMENT'].includes(status)),
    180_000,
  );
  const lost = orders.filter(({ status }) => !['PAID', 'FULFILLED', 'DELIVERED'].includes(status));
  assert.deepEqual(lost, []);
  const paid = orders.find(({ status }) => status === 'PAID')?.n ?? 0;
  assert.ok(paid > 10, 'hardly anything was bought');
  return paid;
}
