import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';

import { migrateDown, migrateUp, migrationNames, migrationState } from '#platform/migrate.ts';
import { writeMigration } from '#platform/new-migration.ts';
import { subgraphs } from '#schema/events.ts';

import { emptyDatabaseUrl } from '../platform/testing/database.ts';
import { describeSchema } from './support/catalogue.ts';

const run = promisify(execFile);
const folderOf = (name: string): string => new URL(`../migrations/${name}`, import.meta.url).pathname;
const script = (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  run(process.execPath, ['scripts/migrate.ts', ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** A folder with these migrations: name, class body. */
function migrationsWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const kit = import.meta.resolve('@mikro-orm/migrations');
  for (const [name, body] of Object.entries(files))
    writeFileSync(
      join(folder, `${name}.ts`),
      `import { Migration } from '${kit}';\nexport class One extends Migration {\n${body}\n}\n`,
    );
  return folder;
}

describe.each(subgraphs)('migrations of %s', name => {
  test('each goes up, down and up again, and leaves the same schema', async () => {
    const database = { url: await emptyDatabaseUrl(), folder: folderOf(name) };
    const empty = await describeSchema(database.url);
    const before: string[][] = [empty];
    for (const migration of migrationNames(database.folder)) {
      expect(await migrateUp(database, migration)).toEqual([migration]);
      const after = await describeSchema(database.url);
      expect(after).not.toEqual(before.at(-1));
      expect(await migrateDown(database)).toEqual([migration]);
      expect(await describeSchema(database.url)).toEqual(before.at(-1));
      await migrateUp(database, migration);
      expect(await describeSchema(database.url)).toEqual(after);
      before.push(after);
    }
    await migrateDown(database, 0);
    expect(await describeSchema(database.url)).toEqual(empty);
    await migrateUp(database);
    expect(await describeSchema(database.url)).toEqual(before.at(-1));
  });
});

describe('npm run migrate', () => {
  const names = migrationNames(folderOf('users'));

  test('up, status, version, goto, down: says what it did', async () => {
    const env = { USERS_DATABASE_URL: await emptyDatabaseUrl() };
    expect((await script(env, 'version', 'users')).stdout).toBe('users: nothing is applied\n');
    expect((await script(env, 'status', 'users')).stdout).toBe(
      names.map(name => `users: ${name} pending\n`).join(''),
    );
    expect((await script(env, 'up', 'users')).stdout).toBe(`users: applied ${names.join(', ')}\n`);
    expect((await script(env, 'up', 'users')).stdout).toBe('users: up to date\n');
    expect((await script(env, 'down', 'users')).stdout).toBe(`users: took back ${names.at(-1)}\n`);
    expect((await script(env, 'version', 'users')).stdout).toBe(`users: ${names.at(-2)}\n`);
    const [version = ''] = /^\d+/.exec(names.at(-1) ?? '') ?? [];
    expect((await script(env, 'goto', 'users', version)).stdout).toBe(`users: applied ${names.at(-1)}\n`);
    expect((await script(env, 'status', 'users')).stdout.trim().split('\n')).toEqual(
      names.map(name => expect.stringMatching(`^users: ${name} applied \\d{4}-.*Z$`)),
    );
    expect((await script(env, 'goto', 'users', '0')).stdout).toBe(
      `users: took back ${names.toReversed().join(', ')}\n`,
    );
    // Nine processes, one after the other.
  }, 120_000);

  test('wait ends when somebody else has migrated, and says what is missing when nobody does', async () => {
    const env = { USERS_DATABASE_URL: await emptyDatabaseUrl() };
    await expect(script({ ...env, MIGRATION_WAIT_SECONDS: '0' }, 'wait', 'users')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${names[0]}`),
    });
    const waiting = script(env, 'wait', 'users');
    await script(env, 'up', 'users');
    expect((await waiting).stdout).toBe('users: up to date\n');
  }, 60_000);

  test.each([
    [['sideways'], 2, /unknown command: sideways/],
    [['down'], 2, /down takes a subgraph/],
    [['up', 'nobody'], 2, /unknown subgraph: nobody/],
    [['up', 'users'], 2, /USERS_DATABASE_URL is not set/],
    [['goto', 'users', '1999'], 2, /users has no migration 1999/],
    [['create', 'users', 'Not Like This'], 1, /named like this/],
  ])('%j is refused', async (args, code, stderr) => {
    await expect(script({}, ...args)).rejects.toMatchObject({ code, stderr: expect.stringMatching(stderr) });
  });

  test('a database that cannot be reached is exit code 1, with its name', async () => {
    const env = { USERS_DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:9/none' };
    await expect(script(env, 'up', 'users')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^users: (?!.*secret)/),
    });
  });

  test('create writes a migration that does nothing yet, newer than all others', () => {
    const folder = migrationsWith({ '20260101000000-things': 'up() {}' });
    const file = writeMigration(folder, 'order-notes', new Date('2026-02-03T04:05:06Z'));
    expect(migrationNames(folder).at(-1)).toBe('20260203040506-order-notes');
    expect(readFileSync(file, 'utf8')).toMatch(
      /export class OrderNotes extends Migration[^]*up\(\)[^]*down\(\)/,
    );
    expect(() => writeMigration(folder, 'too-late', new Date('2026-02-03T04:05:06Z'))).toThrow(
      /of the future/,
    );
  });
});

describe('two at once', () => {
  test('one migrates, the others find nothing left to do', async () => {
    const database = { url: await emptyDatabaseUrl(), folder: folderOf('products') };
    const all = await Promise.all(Array.from({ length: 5 }, () => migrateUp(database)));
    expect(all.filter(({ length }) => length > 0)).toEqual([migrationNames(database.folder)]);
  });

  test('an index is built concurrently while another process waits for its turn', async () => {
    const folder = migrationsWith({
      '20260101000000-things': `up() { this.addSql('create table things (id int)'); } down() { this.addSql('drop table things'); }`,
      '20260102000000-index': `isTransactional() { return false; } up() { this.addSql('create index concurrently things_id on things (id)'); } down() { this.addSql('drop index things_id'); }`,
    });
    const database = { url: await emptyDatabaseUrl(), folder };
    const all = await Promise.all([migrateUp(database), migrateUp(database)]);
    expect(all.flat()).toEqual(['20260101000000-things', '20260102000000-index']);
  });
});

describe('locks of others', () => {
  test('are waited for a little, then again: nobody queues behind a migration for long', async () => {
    const folder = migrationsWith({
      '20260101000000-things': `up() { this.addSql('create table things (id int)'); } down() {}`,
      '20260102000000-more': `up() { this.addSql('alter table things add column more int'); } down() {}`,
    });
    const database = { url: await emptyDatabaseUrl(), folder };
    await migrateUp(database, '20260101000000-things');
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    await holder.query('begin; lock table things in access share mode');
    const migrating = migrateUp(database);
    // Whoever queues behind the migration gets his turn once it has given up its own.
    await expect.poll(() => waiting(database.url), { timeout: 10_000 }).toBe(1);
    await query(database.url, 'select count(*) from things');
    await holder.query('commit');
    await holder.end();
    expect(await migrating).toEqual(['20260102000000-more']);
  });
});

async function waiting(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ n: number }>(
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  await client.end();
  return rows[0]?.n ?? 0;
}

test('what another version of the shop has applied is told, and not taken back', async () => {
  const files = {
    '20260101000000-things': `up() { this.addSql('create table things (id int)'); } down() { this.addSql('drop table things'); }`,
  };
  const newer = {
    ...files,
    '20260102000000-more': `up() { this.addSql('alter table things add column more int'); } down() {}`,
  };
  const url = await emptyDatabaseUrl();
  await migrateUp({ url, folder: migrationsWith(newer) });
  const database = { url, folder: migrationsWith(files) };
  expect(await migrationState(database)).toMatchObject({ pending: [], unknown: ['20260102000000-more'] });
  expect(await migrateUp(database)).toEqual([]);
  await expect(migrateDown(database)).rejects.toThrow(/20260102000000-more is of another version/);
});
