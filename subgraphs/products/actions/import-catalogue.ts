import { type Database, type Transaction } from '#platform/database.ts';
import { DomainError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';

import { isId } from '../domain/id.ts';
import { idsOf, partsOf, readLines, readRow } from '../domain/import.ts';
import {
  type ImportJobRow,
  finishJob,
  giveUpImports,
  insertJob,
  type Line,
  leaseJob,
  nextRows,
  releaseJob,
  settleRow,
  slugsByIds,
  tentatively,
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
  const lines = readLines(input.jsonl);
  // What is stored is there for the next row; what is only tried must be tried together with it.
  const parts = input.dryRun
    ? partsOf(lines, await slugsByIds(tx, idsOf(lines).filter(isId)))
    : new Map<number, number>();
  const planned = lines.map(line => ({ ...line, part: parts.get(line.row) ?? line.row }));
  await insertJob(tx, id, input.dryRun, planned);
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
 * Each row is one transaction together with its being settled, so that whoever takes over repeats nothing. A dry run tries rows
 * that may get into each other's way one after the other and undoes them together: it refuses what the real run would refuse.
 */
export async function workImports(db: Database, watch: Watch): Promise<boolean> {
  await giveUpImports(db);
  for (let job = await leaseJob(db); job !== null; job = await leaseJob(db)) {
    watch.progress(job.id);
    while (job.dry_run ? await tryRows(db, job) : await storeRow(db, job, watch)) {
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

async function storeRow(db: Database, job: ImportJobRow, watch: Watch): Promise<boolean> {
  let line: Line | undefined;
  try {
    const stored = await db.transaction(async tx => {
      [line] = await nextRows(tx, job.id);
      if (!line) return null;
      const edited = await upsertProduct(tx, readRow(line.line));
      await settleRow(tx, job.id, line.row, null);
      return edited;
    });
    if (stored) watch.stored(stored);
    return stored !== null;
  } catch (error) {
    const refused = line;
    if (!refused || !(error instanceof DomainError)) throw error;
    await db.transaction(tx => settleRow(tx, job.id, refused.row, explain(error)));
    return true;
  }
}

/** A dry run's changes are undone by this. */
const undo = new Error('dry run');

async function tryRows(db: Database, job: ImportJobRow): Promise<boolean> {
  const verdicts = new Map<number, string | null>();
  try {
    await db.transaction(async tx => {
      verdicts.clear();
      for (const line of await nextRows(tx, job.id)) verdicts.set(line.row, await verdictOn(tx, line));
      throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
  await db.transaction(async tx => {
    for (const [row, message] of verdicts) await settleRow(tx, job.id, row, message);
  });
  return verdicts.size > 0;
}

async function verdictOn(tx: Transaction, { line }: Line): Promise<string | null> {
  try {
    await tentatively(tx, () => upsertProduct(tx, readRow(line)));
    return null;
  } catch (error) {
    if (error instanceof DomainError) return explain(error);
    throw error;
  }
}

// A row's own names and values stand in it, and PostgreSQL cannot store all of them: then no row would ever be settled.
function explain(error: DomainError): string {
  const place = error.field?.filter(part => part !== 'input').join('.');
  const text = place ? `${place}: ${error.message}` : error.message;
  return text.toWellFormed().replaceAll('\0', '�');
}
