import { type Database } from './database.ts';
import { type Metrics } from './metrics.ts';

/** Any fixed number: the advisory lock under which one process migrates while the others wait. */
const migrationLock = 7_246_002;

/**
 * Brings the schema up to date, under an advisory lock so that two processes never migrate at once.
 * With `apply` false it only checks, and refuses to go on when migrations are pending.
 */
export async function migrate(db: Database, apply: boolean): Promise<void> {
  if (!apply) {
    const pending = await db.orm.migrator.getPending();
    if (pending.length > 0)
      throw new Error(
        `${pending.length} migrations are pending: run \`npm run migrate\` first, or set MIGRATE_ON_START=true`,
      );
    return;
  }
  await db.transaction(async tx => {
    await tx.execute(`select pg_advisory_xact_lock(${migrationLock})`);
    await db.orm.migrator.up();
  });
}

/** Reports which schema this process found: the time in the newest migration's name. */
export async function meterMigrations(db: Database, metrics: Metrics): Promise<void> {
  const executed = await db.orm.migrator.getExecuted();
  const versions = executed.map(({ name }) => Number(/\d{14}/.exec(name)?.[0] ?? 0));
  metrics
    .gauge('migration_version', 'Newest migration of the database, as YYYYMMDDHHMMSS.')
    .set(Math.max(0, ...versions));
}
