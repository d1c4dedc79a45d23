import { type EntityManager } from '@mikro-orm/postgresql';

import { type Transaction, rows } from '#platform/database.ts';

export type ApiKeyRow = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
};

const columns = `id, name, prefix, scopes, created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt", revoked_at as "revokedAt"`;

/** The last 200, newest first. */
export function recentApiKeys(em: EntityManager): Promise<ApiKeyRow[]> {
  return rows(em, `select ${columns} from api_keys order by id desc limit 200`);
}

type NewApiKey = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly secretHash: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly now: Date;
};

export async function insertApiKey(tx: Transaction, key: NewApiKey): Promise<ApiKeyRow> {
  const [made] = await rows<ApiKeyRow>(
    tx,
    `insert into api_keys (id, name, prefix, secret_hash, scopes, created_at, expires_at) values (?, ?, ?, ?, ?::text[], ?, ?) returning ${columns}`,
    [key.id, key.name, key.prefix, key.secretHash, key.scopes, key.now, key.expiresAt],
  );
  if (!made) throw new Error('an API key was stored but not answered');
  return made;
}

/** Ends a key; what it was good for, or null when there is no such key or it was revoked before. */
export async function revokeApiKeyRow(
  tx: Transaction,
  id: string,
  now: Date,
): Promise<Pick<ApiKeyRow, 'scopes'> | null> {
  const [revoked] = await rows<Pick<ApiKeyRow, 'scopes'>>(
    tx,
    'update api_keys set revoked_at = ? where id = ? and revoked_at is null returning scopes',
    [now, id],
  );
  return revoked ?? null;
}

/** Finds a working key by its secret's hash and notes that it was used. */
export async function useApiKey(em: EntityManager, secretHash: string, now: Date): Promise<ApiKeyRow | null> {
  const [found] = await rows<ApiKeyRow>(
    em,
    `update api_keys set last_used_at = greatest(last_used_at, $2::timestamptz)
     where secret_hash = $1 and revoked_at is null and (expires_at is null or expires_at > $2) returning ${columns}`,
    [secretHash, now],
  );
  return found ?? null;
}

/** When a key stops working by itself; null when it never does. */
export async function expiryOfApiKey(em: EntityManager, id: string): Promise<Date | null> {
  const [found] = await rows<{ expiresAt: Date | null }>(
    em,
    'select expires_at as "expiresAt" from api_keys where id = ?',
    [id],
  );
  return found?.expiresAt ?? null;
}

/** What a key that works now may do; null when it does not work. */
export async function scopesOfApiKey(em: EntityManager, id: string, now: Date): Promise<string[] | null> {
  const [found] = await rows<{ scopes: string[] }>(
    em,
    'select scopes from api_keys where id = ? and revoked_at is null and (expires_at is null or expires_at > ?)',
    [id, now],
  );
  return found?.scopes ?? null;
}
