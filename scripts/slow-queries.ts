import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import pg from 'pg';

import { readSetting } from '#platform/config.ts';
import { subgraphs } from '#schema/events.ts';

// node scripts/slow-queries.ts [total|mean|calls] [subgraph …]: the ten statements of each database that took most, by
// pg_stat_statements. Databases by <NAME>_DATABASE_URL, else those of the `npm start` that runs on DATA_DIR.
type Statement = { calls: string; total: number; mean: number; max: number; rows: string; query: string };

const orders: Readonly<Record<string, string>> = {
  total: 'total_exec_time',
  mean: 'mean_exec_time',
  calls: 'calls',
};
const [by = 'total', ...names] = process.argv.slice(2);
const order = orders[by];
if (order === undefined || names.some(name => !subgraphs.some(each => each === name))) {
  process.stderr.write(`usage: slow-queries.ts [total|mean|calls] [${subgraphs.join('|')} …]\n`);
  process.exit(2);
}

let answered = 0;
for (const name of subgraphs.filter(each => names.length === 0 || names.includes(each))) {
  const url = readSetting(`${name.toUpperCase()}_DATABASE_URL`, process.env) ?? (await embeddedUrl(name));
  if (url === undefined) continue;
  answered += 1;
  process.stdout.write(`\n${name}\n${table(await slowest(url, order))}`);
}
if (answered === 0) throw new Error('no <NAME>_DATABASE_URL is set, and no shop runs on DATA_DIR');

async function slowest(url: string, column: string): Promise<Statement[]> {
  const client = new pg.Client({ connectionString: url, statement_timeout: 30_000 });
  await client.connect();
  try {
    await openStatistics(client);
    // What is no DML may quote a password.
    const { rows } = await client.query<Statement>(
      `select calls, total_exec_time as total, mean_exec_time as mean, max_exec_time as max, rows, query
       from pg_stat_statements
       where dbid = (select oid from pg_database where datname = current_database())
         and query ~* '^\\s*(select|insert|update|delete|with|merge)\\M'
       order by ${column} desc limit 10`,
    );
    return rows;
  } finally {
    await client.end();
  }
}

async function openStatistics(client: pg.Client): Promise<void> {
  try {
    await client.query('create extension if not exists pg_stat_statements');
  } catch (error) {
    throw new Error('as a superuser, once in this database: CREATE EXTENSION pg_stat_statements', {
      cause: error,
    });
  }
  const { rows } = await client.query<{ loaded: string }>(
    "select current_setting('shared_preload_libraries') as loaded",
  );
  if (!rows[0]?.loaded.includes('pg_stat_statements'))
    throw new Error('PostgreSQL needs shared_preload_libraries=pg_stat_statements, and a restart');
}

function table(rows: readonly Statement[]): string {
  const head = ['calls', 'total ms', 'mean ms', 'max ms', 'rows'];
  const lines = rows.map(({ calls, total, mean, max, rows: count }) =>
    [calls, total.toFixed(0), mean.toFixed(2), max.toFixed(1), count].map(String),
  );
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map(line => (line[i] ?? '').length)));
  const text = (cells: readonly string[]): string =>
    cells.map((cell, i) => cell.padStart(widths[i] ?? 0)).join('  ');
  const queries = rows.map(({ query }) => query.replaceAll(/\s+/g, ' ').trim().slice(0, 160));
  return [
    `${text(head)}  statement`,
    ...lines.map((line, i) => `${text(line)}  ${queries[i] ?? ''}`),
    '',
  ].join('\n');
}

/** The database of a shop that was started with `npm start`, while it runs. */
async function embeddedUrl(name: string): Promise<string | undefined> {
  const inside = join(process.env['DATA_DIR'] ?? '.data', 'postgres');
  const { outsideOf } = await import('../embedded/postgres.ts');
  const dir = [inside, outsideOf(inside)].find(each => existsSync(join(each, 'postmaster.pid')));
  if (dir === undefined) return undefined;
  const port = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n')[3];
  return `postgresql://postgres:${readFileSync(`${dir}.password`, 'utf8').trim()}@127.0.0.1:${port}/${name}_db`;
}
