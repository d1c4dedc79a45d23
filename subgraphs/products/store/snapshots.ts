import { type Transaction, rows } from '#platform/database.ts';

export async function startSnapshot(tx: Transaction, id: string): Promise<void> {
  await rows(tx, 'insert into snapshot (id) values (?::uuid)', [id]);
}

/** Locks the oldest snapshot that nobody works on. */
export async function openSnapshot(tx: Transaction): Promise<{ id: string; after_id: string | null } | null> {
  const [row] = await rows<{ id: string; after_id: string | null }>(
    tx,
    'select id, after_id from snapshot order by created_at, id limit 1 for update skip locked',
  );
  return row ?? null;
}

/** Remembers how far the snapshot is; null: it is done. */
export async function advanceSnapshot(tx: Transaction, id: string, afterId: string | null): Promise<void> {
  if (afterId === null) await rows(tx, 'delete from snapshot where id = ?::uuid', [id]);
  else await rows(tx, 'update snapshot set after_id = ?::uuid where id = ?::uuid', [afterId, id]);
}
