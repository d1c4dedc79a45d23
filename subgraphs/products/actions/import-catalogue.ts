import { type Database, type Transaction } from '#platform/database.ts';
import { DomainError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';

import { readLines, readRow } from '../domain/import.ts';
import {
  type ImportJobRow,
  finishJob,
  insertJob,
  leaseJob,
  nextRow,
  releaseJob,
  settleRow,
} from '../store/imports.ts';
import { type Edited, upsertProduct } from './upsert-product.ts';

/** The topic that is signalled when an import has got further. */
export function importTopic(jobId: string): string {
  return `import:${jobId}`;
}

/** Stores an import with all its rows; `workImports` does the rest, however often it is interrupted. */
export async function createImport(
  tx: Transaction,
  input: { readonly jsonl: string; readonly dryRun: boolean },
): Promise<{ id: string }> {
  const id = newId();
  await insertJob(tx, id, input.dryRun, readLines(input.jsonl));
  return { id };
}

type Watch = {
  /** A product was stored, its row settled and both are committed. */
  readonly stored: (edited: Edited) => void;
  readonly progress: (jobId: string) => void;
  /** Time to let go and come back later. */
  readonly enough: () => boolean;
};

/**
 * Works on imports that nobody else works on until all are done or it is enough; answers whether something is left.
 * Each row is one transaction together with its being settled, so that whoever takes over repeats nothing.
 */
export async function workImports(db: Database, watch: Watch): Promise<boolean> {
  for (let job = await leaseJob(db); job !== null; job = await leaseJob(db)) {
    watch.progress(job.id);
    while (await workRow(db, job, watch)) {
      watch.progress(job.id);
      if (!watch.enough()) continue;
      await releaseJob(db, job.id);
      return true;
    }
    await finishJob(db, job.id);
    watch.progress(job.id);
  }
  return false;
}

/** A dry run's change is undone by this. */
const undo = new Error('dry run');

async function workRow(db: Database, job: ImportJobRow, watch: Watch): Promise<boolean> {
  let stored: Edited | null = null;
  let refusal: { row: number; message: string | null } | null = null;
  let more = false;
  try {
    more = await db.transaction(async tx => {
      refusal = null;
      const line = await nextRow(tx, job.id);
      if (!line) return false;
      refusal = { row: line.row, message: null };
      stored = await upsertProduct(tx, readRow(line.line));
      if (job.dry_run) throw undo;
      await settleRow(tx, job.id, line.row, null);
      return true;
    });
  } catch (error) {
    const at = refusal as { row: number } | null;
    if (at === null || (error !== undo && !(error instanceof DomainError))) throw error;
    const message = error instanceof DomainError ? explain(error) : null;
    await db.transaction(tx => settleRow(tx, job.id, at.row, message));
    return true;
  }
  if (stored) watch.stored(stored);
  return more;
}

function explain(error: DomainError): string {
  const place = error.field?.filter(part => part !== 'input').join('.');
  return place ? `${place}: ${error.message}` : error.message;
}
