import { type EntityManager } from '@mikro-orm/postgresql';

import { type Transaction, rows } from '#platform/database.ts';

export type Purpose = 'VERIFY_EMAIL' | 'RESET_PASSWORD' | 'CHANGE_EMAIL';

type NewToken = {
  readonly customerId: string;
  readonly purpose: Purpose;
  readonly tokenHash: string;
  readonly expiresAt: Date;
  /** For CHANGE_EMAIL: the address that the token was sent to. */
  readonly newEmail?: string;
};

/** Stores a token; the one before it, if any, stops working. */
export async function putToken(tx: Transaction, token: NewToken): Promise<void> {
  await rows(
    tx,
    `insert into one_time_tokens (customer_id, purpose, token_hash, expires_at, new_email) values (?, ?, ?, ?, ?)
     on conflict (customer_id, purpose) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at,
       new_email = excluded.new_email`,
    [token.customerId, token.purpose, token.tokenHash, token.expiresAt, token.newEmail ?? null],
  );
}

/** Whose token it is, without using it up; null when it does not work. */
export async function peekToken(
  em: EntityManager,
  purpose: Purpose,
  tokenHash: string,
  now: Date,
): Promise<{ customerId: string; email: string } | null> {
  const [found] = await rows<{ customerId: string; email: string }>(
    em,
    `select t.customer_id as "customerId", c.email from one_time_tokens t join customers c on c.id = t.customer_id
     where t.token_hash = ? and t.purpose = ? and t.expires_at > ?`,
    [tokenHash, purpose, now],
  );
  return found ?? null;
}

/** Uses a token up; null when it does not work (any more). */
export async function takeToken(
  tx: Transaction,
  purpose: Purpose,
  tokenHash: string,
  now: Date,
): Promise<string | null> {
  const [taken] = await rows<{ customerId: string }>(
    tx,
    'delete from one_time_tokens where token_hash = ? and purpose = ? and expires_at > ? returning customer_id as "customerId"',
    [tokenHash, purpose, now],
  );
  return taken?.customerId ?? null;
}

/** Uses up whichever token verifies an address: the account's own (`newEmail` null) or a new one. Null when it does not work. */
export async function takeEmailToken(
  tx: Transaction,
  tokenHash: string,
  now: Date,
): Promise<{ readonly customerId: string; readonly newEmail: string | null } | null> {
  const [taken] = await rows<{ customerId: string; newEmail: string | null }>(
    tx,
    `delete from one_time_tokens where token_hash = ? and purpose in ('VERIFY_EMAIL', 'CHANGE_EMAIL') and expires_at > ?
     returning customer_id as "customerId", new_email as "newEmail"`,
    [tokenHash, now],
  );
  return taken ?? null;
}

/** Makes links that were mailed to a customer useless, of one purpose or of all. */
export async function dropTokens(tx: Transaction, customerId: string, purpose?: Purpose): Promise<void> {
  await rows(tx, 'delete from one_time_tokens where customer_id = ? and (?::text is null or purpose = ?)', [
    customerId,
    purpose ?? null,
    purpose ?? null,
  ]);
}
