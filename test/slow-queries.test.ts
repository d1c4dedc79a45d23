import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';

import pg from 'pg';
import { expect, test } from 'vitest';

import { emptyDatabaseUrl } from '../platform/testing/database.ts';

const run = promisify(execFile);
const slowQueries = (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  run(process.execPath, ['scripts/slow-queries.ts', ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });

test('shows the statements that took most, without what could hold a secret', async () => {
  const url = await emptyDatabaseUrl();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const seconds of [0.05, 0.06]) await client.query('select pg_sleep($1) as heavy_one', [seconds]);
  for (let i = 0; i < 5; i += 1) await client.query('select 1 as light_one');
  await client.query("do $$ begin perform 'hunter2'; end $$");
  await client.end();

  const { stdout } = await slowQueries({ ORDERS_DATABASE_URL: url }, 'total', 'orders');
  expect(stdout).toMatch(/^\norders\n *calls +total ms +mean ms +max ms +rows +statement\n/);
  const lines = stdout.trim().split('\n');
  expect(lines[2]).toMatch(/^ *2 +\d{3,} +\d+\.\d\d +\d+\.\d +2 +select pg_sleep\(\$1\) as heavy_one$/);
  expect(stdout).not.toContain('hunter2');

  const byCalls = await slowQueries({ ORDERS_DATABASE_URL: url }, 'calls', 'orders');
  expect(byCalls.stdout.trim().split('\n')[2]).toContain('light_one');
});

test('says what is missing', async () => {
  await expect(slowQueries({}, 'loudest')).rejects.toThrow(/usage/);
  await expect(slowQueries({ DATA_DIR: '/nowhere' })).rejects.toThrow(/no <NAME>_DATABASE_URL is set/);
});
