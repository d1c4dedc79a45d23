import { type EntityManager } from '@mikro-orm/postgresql';

import { ambient } from '#platform/ambient.ts';
import { type Transaction, rows } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';

export type AuditRow = {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly correlationId: string;
};

type Entry = {
  readonly at: Date;
  /** Who did it; by default whoever the request came from. */
  readonly actor?: string;
  readonly action: string;
  readonly entity: 'Customer' | 'Session' | 'Role' | 'ApiKey';
  readonly entityIds: readonly string[];
};

/** Notes what was done, in the transaction that does it. */
export async function audit(tx: Transaction, { at, actor, action, entity, entityIds }: Entry): Promise<void> {
  if (entityIds.length === 0) return;
  const work = ambient();
  const by = actor ?? work?.actor ?? (work?.origin === 'request' ? 'anonymous' : 'system');
  await rows(
    tx,
    `insert into audit_log (id, at, actor, action, entity, entity_id, correlation_id)
     select id, ?, ?, ?, ?, entity_id, ? from unnest(?::uuid[], ?::text[]) as what (id, entity_id)`,
    [at, by, action, entity, work?.correlationId ?? newId(), entityIds.map(() => newId()), entityIds],
  );
}

type Filter = {
  readonly entity: string | null;
  readonly entityId: string | null;
  readonly actor: string | null;
  readonly before: string | null;
  readonly limit: number;
};

/** Newest first, below the id `before`. */
export function findAudit(
  em: EntityManager,
  { entity, entityId, actor, before, limit }: Filter,
): Promise<AuditRow[]> {
  const wanted: readonly (readonly [string, string | null])[] = [
    ['entity = ?', entity],
    ['entity_id = ?', entityId],
    ['actor = ?', actor],
    ['id < ?', before],
  ];
  const given = wanted.filter(([, value]) => value !== null);
  return rows(
    em,
    `select id, at, actor, action, entity, entity_id as "entityId", correlation_id as "correlationId" from audit_log
     ${given.length === 0 ? '' : `where ${given.map(([condition]) => condition).join(' and ')}`} order by id desc limit ?`,
    [...given.map(([, value]) => value), limit],
  );
}
