import { type EntityManager } from '@mikro-orm/postgresql';

import { type Transaction, rows } from '#platform/database.ts';

export type SessionRow = {
  readonly id: string;
  readonly customerId: string;
  readonly device: string | null;
  readonly ip: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
};

type NewSession = {
  readonly id: string;
  readonly customerId: string;
  readonly device: string | null;
  readonly ip: string | null;
  readonly now: Date;
  readonly expiresAt: Date;
  readonly tokenHash: string;
  readonly tokenExpiresAt: Date;
};

/** A session with the first refresh token of its family. */
export async function insertSession(tx: Transaction, session: NewSession): Promise<void> {
  await rows(
    tx,
    `with s as (
       insert into sessions (id, customer_id, device, ip, created_at, last_seen_at, expires_at)
       values ($1, $2, $3, $4, $5, $5, $6) returning id
     )
     insert into refresh_tokens (token_hash, session_id, expires_at) select $7, id, $8::timestamptz from s`,
    [
      session.id,
      session.customerId,
      session.device,
      session.ip,
      session.now,
      session.expiresAt,
      session.tokenHash,
      session.tokenExpiresAt,
    ],
  );
}

/** Sessions of customers that still hold, last seen first. */
export function sessionsByCustomers(
  em: EntityManager,
  customerIds: readonly string[],
  now: Date,
): Promise<SessionRow[]> {
  return rows(
    em,
    `select id, customer_id as "customerId", device, ip, created_at as "createdAt", last_seen_at as "lastSeenAt"
     from sessions where customer_id = any(?::uuid[]) and revoked_at is null and expires_at > ? order by last_seen_at desc, id desc`,
    [customerIds, now],
  );
}

/** Whether a session still holds. */
export async function isSessionActive(em: EntityManager, id: string, now: Date): Promise<boolean> {
  const found = await rows(
    em,
    'select 1 from sessions where id = ? and revoked_at is null and expires_at > ?',
    [id, now],
  );
  return found.length > 0;
}

/** Ends one session of a customer, or all of them when `sessionId` is null. Answers the ids of those that ended now. */
export async function revokeSessions(
  tx: Transaction,
  customerId: string,
  sessionId: string | null,
  now: Date,
): Promise<string[]> {
  const ended = await rows<{ id: string }>(
    tx,
    `update sessions set revoked_at = $3 where customer_id = $1 and ($2::uuid is null or id = $2) and revoked_at is null and expires_at > $3
     returning id`,
    [customerId, sessionId, now],
  );
  return ended.map(session => session.id);
}

export type FamilyRow = {
  readonly sessionId: string;
  readonly customerId: string;
  readonly sessionRevokedAt: Date | null;
  readonly sessionExpiresAt: Date;
  readonly tokenExpiresAt: Date;
  readonly usedAt: Date | null;
  readonly usedBy: string | null;
  readonly successorSalt: string | null;
  /** Hash of the token of this family that was not traded yet. */
  readonly currentTokenHash: string | null;
};

/** A refresh token with its family, both locked: of two that trade the same token, the second sees what the first did. */
export async function lockFamily(tx: Transaction, tokenHash: string): Promise<FamilyRow | null> {
  const held = await rows<{ id: string }>(
    tx,
    'select s.id from sessions s join refresh_tokens t on t.session_id = s.id where t.token_hash = ? for update of s',
    [tokenHash],
  );
  if (held.length === 0) return null;
  // A second statement, so that its snapshot is younger than the lock.
  const [found] = await rows<FamilyRow>(
    tx,
    `select s.id as "sessionId", s.customer_id as "customerId", s.revoked_at as "sessionRevokedAt", s.expires_at as "sessionExpiresAt",
       t.expires_at as "tokenExpiresAt", t.used_at as "usedAt", t.used_by as "usedBy", t.successor_salt as "successorSalt",
       (select c.token_hash from refresh_tokens c where c.session_id = s.id and c.used_at is null) as "currentTokenHash"
     from refresh_tokens t join sessions s on s.id = t.session_id where t.token_hash = ?`,
    [tokenHash],
  );
  return found ?? null;
}

type Rotation = {
  readonly tokenHash: string;
  readonly sessionId: string;
  readonly usedBy: string;
  readonly salt: string;
  readonly successorHash: string;
  readonly successorExpiresAt: Date;
  readonly ip: string | null;
  readonly now: Date;
};

/** Marks a token as traded and stores the hash of its successor. */
export async function rotate(tx: Transaction, rotation: Rotation): Promise<void> {
  // Two statements: the unique index of current tokens is checked row by row.
  await rows(
    tx,
    'update refresh_tokens set used_at = ?, used_by = ?, successor_salt = ? where token_hash = ? and used_at is null',
    [rotation.now, rotation.usedBy, rotation.salt, rotation.tokenHash],
  );
  await rows(
    tx,
    `with seen as (
       update sessions set last_seen_at = greatest(last_seen_at, $4::timestamptz), ip = $5 where id = $2
     )
     insert into refresh_tokens (token_hash, session_id, expires_at) values ($1, $2, $3)`,
    [rotation.successorHash, rotation.sessionId, rotation.successorExpiresAt, rotation.now, rotation.ip],
  );
}

/** Forgets sessions, one-time tokens and counters that ended before `before`, and used refresh tokens that expired. */
export async function forgetExpired(em: EntityManager, before: Date): Promise<void> {
  await rows(em, 'delete from sessions where expires_at < ?', [before]);
  await rows(em, 'delete from refresh_tokens where expires_at < ?', [before]);
  await rows(em, 'delete from one_time_tokens where expires_at < ?', [before]);
  await rows(em, 'delete from throttle where ends_at < ?', [before]);
}
