import { type Database } from './database.ts';
import { idempotencyHours } from './idempotency.ts';
import { type Job } from './jobs.ts';

/** Days that sent events stay in the outbox, for re-emission. */
const outboxDays = 7;
/** Days that the inbox remembers what was handled: longer than any message can wait for a redrive. */
const inboxDays = 30;

/** Deletes what the platform's tables no longer need, in small batches. */
export function housekeeping(db: Database): Job {
  const prune = async (table: string, column: string, interval: string): Promise<void> => {
    for (;;) {
      const gone = await db.query(
        `delete from ${table} where ctid = any(array(select ctid from ${table} where ${column} < now() - $1::interval limit 5000)) returning 1`,
        [interval],
      );
      if (gone.length < 5_000) return;
    }
  };
  return {
    name: 'housekeeping',
    everyMs: 3_600_000,
    run: async () => {
      await prune('outbox', 'sent_at', `${outboxDays} days`);
      await prune('inbox', 'received_at', `${inboxDays} days`);
      await prune('idempotency', 'created_at', `${idempotencyHours * 2} hours`);
    },
  };
}
