import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

import pg from 'pg';

import { subgraphs } from '#schema/events.ts';

import { type Check } from '../check.ts';
import { childEnv } from '../support/child-env.ts';
import { type Databases, ask, startDatabases } from '../support/databases.ts';
import { command, needPrograms, root } from '../support/engine.ts';

const run = promisify(execFile);

/** What happens when a script fails: its exit code and its complaint. */
async function fails(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const outcome = await run(join(root, script), args, {
    cwd: root,
    env: childEnv(env),
  }).then(
    () => null,
    (error: Error & { code?: number; stderr?: string }) => error,
  );
  assert.ok(outcome, `${script} ${args.join(' ')} was to fail`);
  assert.equal(outcome.code, 1, outcome.message);
  return outcome.stderr ?? '';
}

/** Databases with the shop's tables and some rows, and a folder for backups. */
async function withData(use: (databases: Databases, dir: string) => Promise<void>): Promise<void> {
  await needPrograms({ pg_dump: 'postgresql-client', curl: 'curl' });
  const databases = await startDatabases();
  const dir = mkdtempSync(join(tmpdir(), 'shop-backup-'));
  try {
    await command(process.execPath, ['scripts/migrate.ts', 'up'], databases.env);
    for (const name of subgraphs)
      await ask(
        databases.url(name),
        `insert into inbox (message_id, type) select gen_random_uuid(), 'made.up' from generate_series(1, 500)`,
      );
    await use(databases, dir);
  } finally {
    rmSync(dir, { recursive: true });
    await databases.stop();
  }
}

/** A checksum over all that a database holds. */
async function contents(url: string): Promise<string[]> {
  const tables = await ask<{ name: string }>(
    url,
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const sums: string[] = [];
  for (const { name } of tables) {
    const [row] = await ask<{ sum: string }>(
      url,
      `select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as sum from "${name}" t`,
    );
    sums.push(`${name} ${row?.sum}`);
  }
  return sums;
}

export const checks: readonly Check[] = [
  {
    name: 'data: a backup of all six databases is restored into empty ones, and is the same',
    run: () =>
      withData(async ({ env, url }, dir) => {
        const metrics = join(dir, 'metrics');
        mkdirSync(metrics);
        const before = await Promise.all(subgraphs.map(name => contents(url(name))));
        const said = await command('scripts/backup.sh', [dir], { ...env, BACKUP_METRICS_DIR: metrics });
        const backup = said.trim();
        assert.match(backup, /\/shop-\d{8}T\d{6}Z$/);
        assert.match(
          readFileSync(join(metrics, 'shop_backup_success.prom'), 'utf8'),
          /^# TYPE shop_backup_last_success_timestamp_seconds gauge\nshop_backup_last_success_timestamp_seconds \d{10}\n/,
        );
        for (const file of readdirSync(backup))
          assert.equal(statSync(join(backup, file)).mode & 0o077, 0, file);
        const passwords = subgraphs.map(name => new URL(url(name)).password);
        for (const file of readdirSync(backup)) {
          const bytes = readFileSync(join(backup, file));
          for (const password of passwords) assert.ok(!bytes.includes(password), `${file} holds a password`);
        }

        assert.match(await fails('scripts/restore.sh', [backup], env), /users holds something already/);
        // Gone, with the server's roles and databases.
        const target = await startDatabases();
        try {
          const told = await command('scripts/restore.sh', [backup], target.env);
          assert.equal(told.trim().split('\n').length, 6, told);
          const after = await Promise.all(subgraphs.map(name => contents(target.url(name))));
          assert.deepEqual(after, before);
          // What is there is replaced, when it is asked for; the role goes on owning it all.
          await ask(target.url('orders'), 'delete from inbox; drop table carts');
          await command('scripts/restore.sh', ['--force', backup, 'orders'], target.env);
          assert.deepEqual(await contents(target.url('orders')), before[subgraphs.indexOf('orders')]);
          await command(process.execPath, ['scripts/migrate.ts', 'down', 'orders'], target.env);
          await command(process.execPath, ['scripts/migrate.ts', 'up', 'orders'], target.env);
        } finally {
          await target.stop();
        }
      }),
  },
  {
    name: 'data: a damaged backup, databases in use and half a backup are refused before anything is touched',
    run: () =>
      withData(async ({ env, url }, dir) => {
        const good = (await command('scripts/backup.sh', [dir], env)).trim();
        const spoilt = (spoil: (copy: string) => void): string => {
          const copy = mkdtempSync(join(dir, 'copy-'));
          cpSync(good, copy, { recursive: true });
          spoil(copy);
          return copy;
        };
        const refused = async (from: string, complaint: RegExp): Promise<void> =>
          assert.match(await fails('scripts/restore.sh', ['--force', from], env), complaint);
        await refused(
          spoilt(copy => appendFileSync(join(copy, 'orders.dump'), 'x')),
          /damaged/,
        );
        await refused(
          spoilt(copy => rmSync(join(copy, 'users.dump'))),
          /damaged/,
        );
        await refused(
          spoilt(copy => rmSync(join(copy, 'SHA256SUMS'))),
          /no backup, or only a part/,
        );
        const unlisted = spoilt(copy => {
          const sums = readFileSync(join(copy, 'SHA256SUMS'), 'utf8');
          writeFileSync(join(copy, 'SHA256SUMS'), sums.replace(/^.*orders\.dump\n/m, ''));
        });
        await refused(unlisted, /orders\.dump has no checksum/);
        const client = new pg.Client({ connectionString: url('payments') });
        await client.connect();
        await refused(good, /payments is in use by 1 connections/);
        await client.end();
        const [row] = await ask<{ n: number }>(url('users'), 'select count(*)::int as n from inbox');
        assert.equal(row?.n, 500);
      }),
  },
  {
    name: 'data: a backup that fails says so, leaves nothing behind and spares what others have made',
    run: () =>
      withData(async ({ env, url }, dir) => {
        const failing = {
          ...env,
          BACKUP_METRICS_DIR: dir,
          ORDERS_DATABASE_URL: url('orders').replace('orders_db', 'none'),
        };
        assert.match(await fails('scripts/backup.sh', [dir], failing), /orders: cannot be read/);
        assert.match(
          readFileSync(join(dir, 'shop_backup_failure.prom'), 'utf8'),
          /last_failure_timestamp_seconds \d/,
        );
        assert.ok(!readdirSync(dir).some(name => name.includes('shop-')), 'a part stays behind');
        assert.match(
          await fails('scripts/backup.sh', [dir], { ...env, USERS_DATABASE_URL: '' }),
          /USERS_DATABASE_URL is not set/,
        );

        // Older than a week by their names; by their dates all of this is new.
        const old = ['shop-20200101T000000Z', 'shop-20210101T000000Z'];
        const kept = ['shop-old-notes', 'shop-20200101T000000Z.tar', 'other', 'shop-20190101T000000Z'];
        for (const name of [...old, ...kept]) mkdirSync(join(dir, name));
        for (const name of old) writeFileSync(join(dir, name, 'SHA256SUMS'), '');
        const [first, second] = await Promise.allSettled([
          run(join(root, 'scripts/backup.sh'), [dir], { env: childEnv(env) }),
          run(join(root, 'scripts/backup.sh'), [dir], { env: childEnv(env) }),
        ]);
        const outcomes = [first, second].map(each => each.status).toSorted();
        assert.deepEqual(outcomes, ['fulfilled', 'rejected'], 'two at once');
        const left = readdirSync(dir);
        for (const name of old) assert.ok(!left.includes(name), `${name} was to go`);
        for (const name of kept) assert.ok(left.includes(name), `${name} was to stay`);
        assert.equal(left.filter(name => existsSync(join(dir, name, 'MANIFEST'))).length, 1);
      }),
  },
  {
    name: 'data: make migrates, backs up and restores as its targets say',
    run: () =>
      withData(async ({ env, url }, dir) => {
        const make = (...words: readonly string[]): Promise<string> => command('make', ['-s', ...words], env);
        const all = readdirSync(join(root, 'migrations/orders')).toSorted();
        const [first = '', last = ''] = [all.at(0), all.at(-1)].map(file => file?.replace('.ts', ''));
        assert.notEqual(first, last);
        const version = (): Promise<string> => make('migrate-version', 'SERVICE=orders');
        assert.ok((await version()).includes(last), await version());
        await make('migrate-down', 'SERVICE=orders');
        assert.ok(!(await version()).includes(last), 'the last one is still there');
        assert.match(await make('migrate-status', 'SERVICE=orders'), new RegExp(`${last} pending`));
        await make('migrate-goto', 'SERVICE=orders', `VERSION=${first}`);
        assert.ok((await version()).includes(first), await version());
        assert.match(await make('migrate-up'), /users.*up to date[^]*orders.*applied/);
        assert.ok((await version()).includes(last), await version());
        assert.match(
          await make('--dry-run', 'migrate-create', 'SERVICE=orders', 'NAME=order-notes'),
          /^node scripts\/migrate\.ts create orders order-notes$/m,
        );

        const backup = (await make('backup', `BACKUP_DIR=${dir}`)).trim();
        await ask(url('users'), 'delete from inbox');
        const refused = await make('restore', `FROM=${backup}`).then(() => 'restored', String);
        assert.match(refused, /users holds something already/);
        await make('restore', `FROM=${backup}`, 'FORCE=1');
        const [row] = await ask<{ n: number }>(url('users'), 'select count(*)::int as n from inbox');
        assert.equal(row?.n, 500);
      }),
  },
];
