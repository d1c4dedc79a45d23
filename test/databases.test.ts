import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { promisify } from 'node:util';

import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { migrateUp } from '#platform/migrate.ts';
import { subgraphs } from '#schema/events.ts';

const run = promisify(execFile);
const create = (env: Readonly<Record<string, string>>) =>
  run(process.execPath, ['scripts/create-databases.ts'], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });

// Roles are the server's, which other tests use, too.
const mark = randomUUID().slice(0, 8);
const admin = `${inject('postgres')}/postgres`;
const urlOf = (name: string, password = 'first', database = name): string => {
  const url = new URL(admin);
  [url.username, url.password, url.pathname] = [`${name}_${mark}`, password, `${database}_${mark}`];
  return url.href;
};
const env = {
  POSTGRES_ADMIN_URL: admin,
  ...Object.fromEntries(subgraphs.map(name => [`${name.toUpperCase()}_DATABASE_URL`, urlOf(name)])),
};

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query<Record<string, unknown>>(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

beforeAll(() => create(env), 120_000);
afterAll(async () => {
  for (const name of subgraphs) {
    await ask(admin, `drop database if exists "${name}_${mark}" with (force)`);
    await ask(admin, `drop role "${name}_${mark}"`);
  }
}, 60_000);

test('each role brings its own database up to date, and is nothing but its owner', async () => {
  for (const name of subgraphs) {
    const folder = new URL(`../migrations/${name}`, import.meta.url).pathname;
    expect((await migrateUp({ url: urlOf(name), folder })).length).toBeGreaterThan(0);
    const [role] = await ask(
      urlOf(name),
      'select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls as more from pg_roles where rolname = current_user',
    );
    expect(role).toEqual({ more: false });
  }
});

test('each role ends what takes too long by itself, as services ask for where no pooler is in between', async () => {
  for (const name of subgraphs) {
    const [found] = await ask(
      urlOf(name),
      `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
         current_setting('idle_in_transaction_session_timeout') as idle`,
    );
    expect(found).toEqual({ statement: '15s', lock: '10s', idle: '30s' });
  }
});

test('no role reaches the database of another', async () => {
  for (const role of subgraphs)
    for (const database of subgraphs.filter(name => name !== role))
      await expect(ask(urlOf(role, 'first', database), 'select 1')).rejects.toMatchObject({ code: '42501' });
});

test('whoever is let in by hand sees and makes nothing', async () => {
  const [guest, host] = [`users_${mark}`, `orders_${mark}`];
  await ask(admin, `grant connect on database "${host}" to "${guest}"`);
  const inside = urlOf('users', 'first', 'orders');
  await expect(ask(inside, 'create table public.mine (id int)')).rejects.toMatchObject({ code: '42501' });
  await expect(ask(inside, 'select * from public.outbox')).rejects.toMatchObject({ code: '42501' });
  await expect(ask(inside, 'create schema mine')).rejects.toMatchObject({ code: '42501' });
  await expect(ask(inside, 'create temporary table mine (id int)')).rejects.toMatchObject({ code: '42501' });
});

test('running it again changes what differs, and closes what was opened', async () => {
  const changed = { ...env, USERS_DATABASE_URL: urlOf('users', 'second') };
  const { stdout } = await create(changed);
  expect(stdout.trim().split('\n')).toEqual(
    subgraphs.map(name => `${name}_${mark} belongs to ${name}_${mark}, and to nobody else`),
  );
  expect(await ask(urlOf('users', 'second'), 'select 1 as one')).toEqual([{ one: 1 }]);
  await expect(ask(urlOf('users', 'second', 'orders'), 'select 1')).rejects.toMatchObject({ code: '42501' });
  // The password of before: refused, if the server asks for passwords at all.
  await expect(ask(urlOf('users'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
});

test.each([
  [{ POSTGRES_ADMIN_URL: '' }, /POSTGRES_ADMIN_URL is not set/],
  [{ USERS_DATABASE_URL: '' }, /USERS_DATABASE_URL is not set/],
  [{ USERS_DATABASE_URL: 'postgresql://127.0.0.1/users_db' }, /needs a role, a password and a database/],
  [{ USERS_DATABASE_URL: urlOf('orders') }, /each subgraph needs a database of its own/],
  [{ USERS_DATABASE_URL: urlOf('orders', 'first', 'users') }, /each subgraph needs a role of its own/],
])('refuses %j', async (wrong, complaint) => {
  await expect(create({ ...env, ...wrong })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(complaint),
  });
});
