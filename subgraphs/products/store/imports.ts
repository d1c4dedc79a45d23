import { type Database, type Transaction, rows } from '#platform/database.ts';

export type ImportJobRow = {
  readonly id: string;
  readonly status: 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED';
  readonly dry_run: boolean;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
};
export type Line = { readonly row: number; readonly line: string };
/** A line with the first row of those that are tried together with it; its own when it stands alone. */
export type PlannedLine = Line & { readonly part: number };

const columns = 'id, status, dry_run, total, done, failed';

export async function insertJob(
  tx: Transaction,
  id: string,
  dryRun: boolean,
  lines: readonly PlannedLine[],
): Promise<void> {
  await rows(
    tx,
    `with job as (insert into import_job (id, status, dry_run, total) values ($1::uuid, 'QUEUED', $2, $3))
     insert into import_row (job_id, row, line, part) select $1::uuid, * from unnest($4::int[], $5::text[], $6::int[])`,
    [
      id,
      dryRun,
      lines.length,
      lines.map(line => line.row),
      lines.map(line => line.line),
      lines.map(line => line.part),
    ],
  );
}

export async function jobById(db: Database, id: string): Promise<ImportJobRow | null> {
  const [row] = await db.query<ImportJobRow>(`select ${columns} from import_job where id = ?::uuid`, [id]);
  return row ?? null;
}

/** The first refused rows of each of these jobs. */
export function failedRows(
  db: Database,
  jobId: string,
  limit: number,
): Promise<{ row: number; message: string }[]> {
  return db.query(
    `select row, message from import_row where job_id = ?::uuid and state = 'FAILED' order by row limit ?`,
    [jobId, limit],
  );
}

/** Takes the oldest unfinished job that nobody works on, for 30 seconds; null when there is none. */
export async function leaseJob(db: Database): Promise<ImportJobRow | null> {
  const [row] = await db.query<ImportJobRow>(
    `update import_job set status = 'RUNNING', lease_until = now() + interval '30 seconds'
     where id = (
       select id from import_job where status in ('QUEUED', 'RUNNING') and (lease_until is null or lease_until < now())
       order by created_at limit 1 for update skip locked
     ) returning ${columns}`,
  );
  return row ?? null;
}

/** The next rows to do together, locked, in order; none when all are done. Also renews the lease. */
export function nextRows(tx: Transaction, jobId: string): Promise<Line[]> {
  return rows(
    tx,
    `with lease as (update import_job set lease_until = now() + interval '30 seconds' where id = $1::uuid)
     select row, line from import_row where job_id = $1::uuid and state = 'PENDING'
       and part = (select min(part) from import_row where job_id = $1::uuid and state = 'PENDING')
     order by row for update skip locked`,
    [jobId],
  );
}

/** Runs with a way back: when it throws, what it has written is undone and the transaction goes on. */
export async function tentatively<T>(tx: Transaction, run: () => Promise<T>): Promise<T> {
  await rows(tx, 'savepoint tentative');
  try {
    const result = await run();
    await rows(tx, 'release savepoint tentative');
    return result;
  } catch (error) {
    await rows(tx, 'rollback to savepoint tentative');
    throw error;
  }
}

/** What products are called at present, by id. */
export async function slugsByIds(
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await rows<{ id: string; slug: string }>(
    tx,
    'select id, slug from product where id = any(?::uuid[])',
    [ids],
  );
  return new Map(found.map(row => [row.id, row.slug]));
}

/** Settles a row and counts it; `message` null means stored. */
export async function settleRow(
  tx: Transaction,
  jobId: string,
  row: number,
  message: string | null,
): Promise<void> {
  await rows(
    tx,
    `with settled as (
       update import_row set state = case when $3::text is null then 'DONE' else 'FAILED' end, message = $3
       where job_id = $1::uuid and row = $2 and state = 'PENDING' returning message
     )
     update import_job set done = done + (select count(*) from settled where message is null),
       failed = failed + (select count(*) from settled where message is not null) where id = $1::uuid`,
    [jobId, row, message],
  );
}

/** Ends imports that nobody could work through in a day. */
export async function giveUpImports(db: Database): Promise<void> {
  await db.query(
    `update import_job set status = 'FAILED', finished_at = now(), lease_until = null
     where status in ('QUEUED', 'RUNNING') and created_at < now() - interval '1 day' and (lease_until is null or lease_until < now())`,
  );
}

/** Lets somebody else, or oneself later, go on with a job. */
export async function releaseJob(db: Database, jobId: string): Promise<void> {
  await db.query('update import_job set lease_until = null where id = ?::uuid', [jobId]);
}

export async function finishJob(db: Database, jobId: string): Promise<void> {
  await db.query(
    `update import_job set status = 'COMPLETED', finished_at = now(), lease_until = null where id = ?::uuid and done + failed = total`,
    [jobId],
  );
}
