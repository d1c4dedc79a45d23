import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';

import pg from 'pg';
import { inject } from 'vitest';

import { type Database, openDatabase } from '../database.ts';
import { newId } from '../ids.ts';
import { migrate } from '../migrate.ts';
import { afterFile } from './cleanup.ts';

declare module 'vitest' {
  // Module augmentation needs an interface.
  interface ProvidedContext {
    /** URL of the test run's PostgreSQL server, without a database name. */
    readonly postgres: string;
  }
}

const migrationsOf = (subgraph: string): string =>
  new URL(`../../migrations/${subgraph}`, import.meta.url).pathname;

/**
 * A fresh, migrated database of one subgraph on the test run's real PostgreSQL, cloned from a template that is made once.
 * Answers its URL.
 */
export async function testDatabaseUrl(subgraph: string): Promise<string> {
  const server = inject('postgres');
  const template = await templateOf(server, subgraph);
  const name = `test_${newId().replaceAll('-', '')}`;
  await admin(server, client => client.query(`create database ${name} template ${template}`));
  return `${server}/${name}`;
}

/** An empty database on the test run's server, for what is not a subgraph. Answers its URL. */
export async function emptyDatabaseUrl(): Promise<string> {
  const server = inject('postgres');
  const name = `test_${newId().replaceAll('-', '')}`;
  await admin(server, client => client.query(`create database ${name}`));
  return `${server}/${name}`;
}

/** The same, opened; closed after the test file. */
export async function testDatabase(subgraph: string, entities: readonly unknown[] = []): Promise<Database> {
  const db = await openDatabase({
    url: await testDatabaseUrl(subgraph),
    entities,
    migrations: migrationsOf(subgraph),
    poolMax: 20,
  });
  afterFile(() => db.close());
  return db;
}

async function templateOf(server: string, subgraph: string): Promise<string> {
  const folder = migrationsOf(subgraph);
  const tables = readFileSync(new URL('../tables.ts', import.meta.url));
  const sources = readdirSync(folder)
    .toSorted()
    .map(file => readFileSync(`${folder}/${file}`));
  const hash = createHash('sha256');
  for (const source of [tables, ...sources]) hash.update(source);
  const name = `template_${subgraph}_${hash.digest('hex').slice(0, 12)}`;
  await admin(server, async client => {
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return;
    const making = `${name}_making`;
    await client.query(`drop database if exists ${making}`);
    await client.query(`create database ${making}`);
    const db = await openDatabase({
      url: `${server}/${making}`,
      entities: [],
      migrations: folder,
      poolMax: 2,
    });
    await migrate(db, true).finally(() => db.close());
    await client.query(`alter database ${making} rename to ${name}`);
  });
  return name;
}

async function admin<T>(server: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
