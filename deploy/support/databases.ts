import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import pg from 'pg';

import { randomToken } from '#platform/ids.ts';
import { type Subgraph, subgraphs } from '#schema/events.ts';

import { startPostgres } from '../../embedded/postgres.ts';
import { command } from './engine.ts';

/** A PostgreSQL server of our own with the six databases, each with its role, as scripts/create-databases.ts makes them. */
export type Databases = {
  /** The server, as its administrator. */
  readonly adminUrl: string;
  /** `<NAME>_DATABASE_URL` of all six, each as its own role, and POSTGRES_ADMIN_URL. */
  readonly env: Readonly<Record<string, string>>;
  url(name: Subgraph): string;
  stop(): Promise<void>;
};

/** Starts it, without tables. `keep` it durable where a crash is part of the story. */
export async function startDatabases(): Promise<Databases> {
  const dir = mkdtempSync(join(tmpdir(), 'shop-databases-'));
  // PostgreSQL runs under another account, which must get through.
  chmodSync(dir, 0o711);
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), unsafe: true });
  const url = (name: string): string => {
    const address = new URL(postgres.url(`${name}_db`));
    [address.username, address.password] = [name, passwords.get(name) ?? ''];
    return address.href;
  };
  const passwords = new Map(subgraphs.map(name => [name as string, randomToken(24)]));
  const adminUrl = postgres.url('postgres');
  const env = {
    POSTGRES_ADMIN_URL: adminUrl,
    ...Object.fromEntries(subgraphs.map(name => [`${name.toUpperCase()}_DATABASE_URL`, url(name)])),
  };
  const stop = async (): Promise<void> => {
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await command(process.execPath, ['scripts/create-databases.ts'], env);
    return { adminUrl, env, url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Asks a database and hangs up. */
export async function ask<T extends object>(
  url: string,
  sql: string,
  params: readonly unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql, [...params])).rows;
  } finally {
    await client.end();
  }
}
