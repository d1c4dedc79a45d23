import { type Database } from './database.ts';

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
