import { type Database, type Transaction } from './database.ts';
import { type Announcement, announce } from './outbox.ts';

/**
 * Asks the owner of what this service projects to tell all of it once more, while nothing of it is known: in a new or
 * restored database. Answers whether it asked.
 */
export async function requestSnapshotIfEmpty(
  db: Database,
  request: Announcement,
  isEmpty: (tx: Transaction) => Promise<boolean>,
): Promise<boolean> {
  return db.transaction(async tx => {
    if (!(await isEmpty(tx))) return false;
    await announce(tx, request);
    return true;
  });
}
