import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { subgraphs } from '#schema/events.ts';

import { emptyDatabaseUrl } from '../platform/testing/database.ts';
import { type Rule, classOf, lintMigrations } from './support/migration-rules.ts';

const before = [
  `create table things (id int primary key, name text not null default 'x', size int, kind text check (kind <> ''))`,
  'create table others (id int primary key)',
  'create index things_size on things (size)',
  'create function twice(n int) returns int language sql as $$ select n * 2 $$',
];

/** A schema with things in it, and a second migration that runs these statements. */
function folderWith(statements: readonly string[], transactional = true): string {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const kit = import.meta.resolve('@mikro-orm/migrations');
  const write = (name: string, all: readonly string[], inside: boolean): void =>
    writeFileSync(
      join(folder, `${name}.ts`),
      `import { Migration } from '${kit}';
export class One extends Migration {
  override isTransactional() { return ${inside}; }
  override up() { for (const sql of ${JSON.stringify(all)}) this.addSql(sql); }
}
`,
    );
  write('20260101000000-before', before, true);
  write('20260102000000-change', statements, transactional);
  return folder;
}

async function breachesOf(statements: readonly string[], transactional = true): Promise<Rule[]> {
  const database = { url: await emptyDatabaseUrl(), folder: folderWith(statements, transactional) };
  const found = await lintMigrations(database);
  expect(found.get('20260101000000-before')).toEqual([]);
  return (found.get('20260102000000-change') ?? []).map(({ rule }) => rule);
}

test.each<[Rule[], string[]]>([
  [['drop-table'], ['drop table others']],
  [['rename-table'], ['alter table others rename to several']],
  [['drop-column'], ['alter table things drop column kind']],
  [['rename-column'], ['alter table things rename column size to extent']],
  [['rewrite-table', 'change-type'], ['alter table things alter column size type bigint']],
  [['change-type'], ['alter table things alter column name type varchar']],
  [['set-not-null'], ['alter table things alter column size set not null']],
  [['required-column'], ['alter table things add column more int not null']],
  [
    ['required-column'],
    ['alter table things add column more int', 'alter table things alter column more set not null'],
  ],
  [['drop-default'], ['alter table things alter column name drop default']],
  [['rewrite-table'], ['alter table things add column at timestamptz default clock_timestamp()']],
  [
    ['rewrite-table'],
    ['truncate others', 'alter table others add column a int generated always as (id) stored'],
  ],
  [['index-blocks-writes'], ['create index things_name on things (name)']],
  [['drop-index-blocks'], ['drop index things_size']],
  [['constraint-at-once'], ['alter table things add check (size > 0)']],
  [['constraint-at-once'], ['alter table things add foreign key (size) references others']],
  [['unique-at-once'], ['alter table things add unique (name)']],
  [['drop-function'], ['drop function twice(int)']],
  [
    ['drop-function'],
    [
      'drop function twice(int)',
      'create function twice(n bigint) returns bigint language sql as $$ select n * 2 $$',
    ],
  ],
  [['backfill'], ['update things set size = 1']],
  [['backfill'], ['delete from others']],
])('%j: %j', async (rules, statements) => {
  expect(await breachesOf(statements)).toEqual(rules);
});

test.each<[string[], boolean]>([
  [['alter table things add column more int'], true],
  [['alter table things add column more int not null default 0'], true],
  [['alter table things alter column name type text'], true],
  [
    [
      'create table new_ones (id int primary key, thing int references things, name text not null unique)',
      'create index new_names on new_ones (name)',
      `insert into new_ones (id, name) values (1, 'a')`,
    ],
    true,
  ],
  [['alter table things add constraint positive check (size > 0) not valid'], true],
  [['create index concurrently things_name on things (name)'], false],
  [['drop index concurrently things_size'], false],
  [['create or replace function twice(n int) returns int language sql as $$ select n + n $$'], true],
])('%j is no breach', async (statements, transactional) => {
  expect(await breachesOf(statements, transactional)).toEqual([]);
});

test('what is proven by a constraint already may become a rule of the column, and an index a constraint', async () => {
  const folder = folderWith(['alter table things add constraint sized check (size is not null) not valid']);
  const kit = import.meta.resolve('@mikro-orm/migrations');
  const more = (name: string, sql: string, inside = true): void =>
    writeFileSync(
      join(folder, `${name}.ts`),
      `import { Migration } from '${kit}';\nexport class One extends Migration { override isTransactional() { return ${inside}; } override up() { this.addSql('${sql}'); } }\n`,
    );
  more('20260103000000-validate', 'alter table things validate constraint sized');
  more('20260104000000-required', 'alter table things alter column size set not null');
  more('20260105000000-index', 'create unique index concurrently one_name on things (name)', false);
  more('20260106000000-unique', 'alter table things add constraint one_name unique using index one_name');
  const found = await lintMigrations({ url: await emptyDatabaseUrl(), folder });
  expect([...found.values()].flat()).toEqual([]);
});

test('several statements without a transaction could stop half way', async () => {
  const statements = [
    'create index concurrently a on things (name)',
    'create index concurrently b on things (name, size)',
  ];
  expect(await breachesOf(statements, false)).toEqual(['half-done']);
});

test.each(subgraphs)(
  'the migrations of %s break no rule but those that they name, with the reason',
  async name => {
    const database = {
      url: await emptyDatabaseUrl(),
      folder: new URL(`../migrations/${name}`, import.meta.url).pathname,
    };
    for (const [migration, breaches] of await lintMigrations(database)) {
      const { breaks } = await classOf(database, migration);
      const broken = [...new Set(breaches.map(({ rule }) => rule))].toSorted();
      expect(Object.keys(breaks).toSorted(), `${migration}: ${JSON.stringify(breaches, null, 2)}`).toEqual(
        broken,
      );
      for (const why of Object.values(breaks)) expect(why.length).toBeGreaterThan(20);
    }
  },
);
