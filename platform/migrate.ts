import { readdirSync } from 'node:fs';

import pg from 'pg';

import { type Database, openDatabase } from './database.ts';
import { type Metrics } from './metrics.ts';

/** Any fixed number: the advisory lock under which one process migrates while the others wait. */
const migrationLock = 7_246_002;
const lockTries = 10;
const lockNotAvailable = '55P03';

/** A database and the folder with its migrations. Not through PgBouncer: the lock belongs to a session. */
export type Migrated = { readonly url: string; readonly folder: string };

export type MigrationState = {
  /** Names of what has been applied, in order, and when. */
  readonly applied: readonly { readonly name: string; readonly at: Date }[];
  /** Names of what this code has and the database has not. */
  readonly pending: readonly string[];
  /** Names of what the database has and this code does not know: newer code has been here. */
  readonly unknown: readonly string[];
};

/** What there is to apply, oldest first. */
export function migrationNames(folder: string): string[] {
  return readdirSync(folder)
    .filter(file => file.endsWith('.ts'))
    .map(file => file.slice(0, -'.ts'.length))
    .toSorted();
}

/** Compares a database with a folder of migrations, and changes nothing. */
export async function migrationState({ url, folder }: Migrated): Promise<MigrationState> {
  return withClient(url, async client => {
    const { rows: found } = await client.query<{ there: boolean }>(
      "select to_regclass('migrations') is not null as there",
    );
    const { rows } = found[0]?.there
      ? await client.query<{ name: string; at: Date }>(
          'select name, executed_at as at from migrations order by id',
        )
      : { rows: [] };
    const names = migrationNames(folder);
    const done = new Set(rows.map(({ name }) => name));
    return {
      applied: rows,
      pending: names.filter(name => !done.has(name)),
      unknown: rows.map(({ name }) => name).filter(name => !names.includes(name)),
    };
  });
}

/** Applies what is pending, up to and with `to` when it is given. Answers the names of what it has applied. */
export async function migrateUp(database: Migrated, to?: string): Promise<string[]> {
  if (to !== undefined && !migrationNames(database.folder).includes(to))
    throw new Error(`there is no migration ${to}`);
  return migrating(database, async db =>
    (await db.orm.migrator.up(to === undefined ? {} : { to })).map(({ name }) => name),
  );
}

/**
 * Takes back the last migration; with `to` all that came after it, and with 0 all of them. Answers the names of what it has taken
 * back. Refuses what this code does not know how to take back.
 */
export function migrateDown(database: Migrated, to?: string | 0): Promise<string[]> {
  return migrating(database, async db => {
    const { applied, unknown } = await migrationState(database);
    const kept = to === 0 ? 0 : to === undefined ? -1 : applied.findIndex(({ name }) => name === to) + 1;
    const strange = applied.slice(kept).find(({ name }) => unknown.includes(name));
    if (strange)
      throw new Error(`${strange.name} is of another version of the shop: take it back with that version`);
    return (await db.orm.migrator.down(to === undefined ? {} : { to })).map(({ name }) => name);
  });
}

/**
 * Brings a service's schema up to date at its start. With `apply` false it only looks, and refuses to go on when migrations are
 * pending.
 */
export async function migrate(db: Database, apply: boolean): Promise<void> {
  const url = db.orm.config.get('clientUrl') ?? '';
  const database = { url, folder: db.orm.config.get('migrations').path ?? '' };
  const { pending } = await migrationState(database);
  if (pending.length === 0) return;
  if (!apply)
    throw new Error(
      `${pending.length} migrations are pending: run \`npm run migrate\` first, or set MIGRATE_ON_START=true`,
    );
  await migrateUp(database);
}

/**
 * Runs under the lock. A statement waits two seconds for its own locks: whoever queues behind it waits as long, and no
 * longer. Then it makes room, and tries again.
 */
async function migrating(
  { url, folder }: Migrated,
  run: (db: Database) => Promise<string[]>,
): Promise<string[]> {
  return underLock(url, async () => {
    const timeouts = { statementMs: 3_600_000, lockMs: 2_000 };
    const db = await openDatabase({ url, entities: [], migrations: folder, poolMax: 2, timeouts });
    try {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await run(db);
        } catch (error) {
          if (attempt >= lockTries || (error as { code?: string }).code !== lockNotAvailable) throw error;
          await pause(250 * attempt * (1 + Math.random()));
        }
      }
    } finally {
      await db.close();
    }
  });
}

// Asked for again and again, not waited for: a statement that waits has a snapshot, which CREATE INDEX CONCURRENTLY waits for.
async function underLock<T>(url: string, run: () => Promise<T>): Promise<T> {
  return withClient(url, async client => {
    for (;;) {
      const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
        migrationLock,
      ]);
      if (rows[0]?.taken) return run();
      await pause(200);
    }
  });
}

/** On a session of its own, whose end frees what it holds. */
async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  let lost: Error | null = null;
  client.on('error', error => (lost = error));
  await client.connect();
  try {
    const result = await run(client);
    if (lost !== null) throw new Error('the connection was lost meanwhile', { cause: lost });
    return result;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** Reports which schema this process found: the time in the newest migration's name. */
export async function meterMigrations(db: Database, metrics: Metrics): Promise<void> {
  const executed = await db.orm.migrator.getExecuted();
  const versions = executed.map(({ name }) => Number(/\d{14}/.exec(name)?.[0] ?? 0));
  metrics
    .gauge('migration_version', 'Newest migration of the database, as YYYYMMDDHHMMSS.')
    .set(Math.max(0, ...versions));
}
