import { expect, test } from 'vitest';

import { afterCommit, openDatabase, rows } from './database.ts';
import { afterFile } from './testing/cleanup.ts';
import { emptyDatabaseUrl } from './testing/database.ts';

const url = await emptyDatabaseUrl();
/** With one connection only, whatever is not given back is missed at once. */
const db = await openDatabase({ url, entities: [], migrations: '', poolMax: 1 });
const other = await openDatabase({ url, entities: [], migrations: '', poolMax: 1 });
afterFile(async () => {
  await db.close();
  await other.close();
});
await other.query('create table thing (id int primary key deferrable initially deferred, n int)');

const things = () => other.query<{ id: number }>('select id from thing order by id');

test('a transaction is kept as a whole, or not at all', async () => {
  expect(
    await db.transaction(async tx => {
      await rows(tx, 'insert into thing values (1, 1)');
      expect(await things()).toEqual([]);
      return 'answer';
    }),
  ).toBe('answer');
  const refused = new Error('refused');
  await expect(
    db.transaction(async tx => {
      await rows(tx, 'insert into thing values (2, 1)');
      throw refused;
    }),
  ).rejects.toBe(refused);
  expect(await things()).toEqual([{ id: 1 }]);
});

test('what is to happen after the commit happens then, and never after a rollback', async () => {
  const seen: string[] = [];
  await expect(
    db.transaction(async tx => {
      afterCommit(tx, () => seen.push('never'));
      await rows(tx, 'select 1/0');
    }),
  ).rejects.toThrow('division by zero');
  await db.transaction(async tx => {
    afterCommit(tx, () => seen.push('first'));
    afterCommit(tx, () => seen.push('second'));
    await rows(tx, 'select 1');
    expect(seen).toEqual([]);
  });
  expect(seen).toEqual(['first', 'second']);
});

test('what PostgreSQL refuses, at a statement or only at the commit, is told, and the connection goes on', async () => {
  await expect(db.transaction(tx => rows(tx, 'select 1/0'))).rejects.toMatchObject({ code: '22012' });
  await expect(db.transaction(tx => rows(tx, 'insert into thing values (1, 2)'))).rejects.toMatchObject({
    code: '23505',
  });
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('a branch that goes on after another has failed writes nothing outside the transaction', async () => {
  let late: Promise<unknown> = Promise.resolve();
  await expect(
    db.transaction(async tx => {
      const first = rows(tx, 'select pg_sleep(0.05)');
      late = first.then(() => rows(tx, 'insert into thing values (3, 1)'));
      late.catch(() => undefined);
      throw new Error('refused');
    }),
  ).rejects.toThrow('refused');
  await expect(late).rejects.toThrow('the transaction is over');
  expect(await things()).toEqual([{ id: 1 }]);
});

test('a serialization failure is tried again', async () => {
  let tries = 0;
  await db.transaction(async tx => {
    tries += 1;
    if (tries < 3) await rows(tx, "do $$ begin raise exception using errcode = '40001'; end $$");
  });
  expect(tries).toBe(3);
});

test('a connection that dies within a transaction is replaced', async () => {
  for (let n = 0; n < 3; n += 1) {
    await expect(
      db.transaction(async tx => {
        const [mine] = await rows<{ pid: number }>(tx, 'select pg_backend_pid() as pid');
        await other.query('select pg_terminate_backend(?)', [mine?.pid]);
        await rows(tx, 'insert into thing values (4, 1)');
      }),
    ).rejects.toThrow(/terminat|connection error/);
  }
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
  expect(await things()).toEqual([{ id: 1 }]);
}, 20_000);

test('a migration that adds a column under the feet of prepared statements costs neither a query nor a transaction', async () => {
  await other.query('create table grown (id int primary key)');
  await other.query('insert into grown values (1)');
  const asked = { first: 'select * from grown', second: 'select grown.* from grown where id = ?' };
  const look = () => db.query<object>(asked.first);
  const lookInside = () =>
    db.transaction(async tx => [
      ...(await rows<object>(tx, asked.first)),
      ...(await rows<object>(tx, asked.second, [1])),
    ]);
  expect(await look()).toEqual([{ id: 1 }]);
  expect(await lookInside()).toEqual([{ id: 1 }, { id: 1 }]);
  await other.query('alter table grown add column more int default 7');
  expect(await look()).toEqual([{ id: 1, more: 7 }]);
  await other.query('alter table grown add column even int default 8');
  const grown = { id: 1, more: 7, even: 8 };
  expect(await lookInside()).toEqual([grown, grown]);
});
