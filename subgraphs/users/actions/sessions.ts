import { createHmac } from 'node:crypto';

import { type Transaction } from '#platform/database.ts';
import { unauthenticated, forbidden } from '#platform/graphql-errors.ts';
import { newId, randomToken, sha256 } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { type Viewer } from '#platform/viewer.ts';
import { event } from '#schema/events.ts';

import { networkOf } from '../domain/client-address.ts';
import { audit } from '../store/audit-log.ts';
import { type CustomerRow, lockCustomerOfSession } from '../store/customers.ts';
import { insertSession, revokeSessions } from '../store/sessions.ts';
import { scopesOf } from '../store/staff.ts';
import { type Client, type Parts } from './parts.ts';

/** A session that was just opened or refreshed; the tokens are made from it once it is committed. */
export type OpenedSession = {
  readonly customerId: string;
  readonly sessionId: string;
  readonly refreshToken: string;
  readonly scopes: readonly string[];
};

/** What the SDL calls AuthTokens. */
export type Tokens = {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
};

/** The answer of everything that signs in. */
export type SignedIn = { readonly tokens: Tokens; readonly customer: CustomerRow };

/** What tells one client from another when a refresh token comes twice. */
export function fingerprint(client: Client): string {
  return sha256(`${networkOf(client.ip)} ${client.agent}`);
}

/**
 * The token that follows `token` in its family. Whoever has the token and the salt gets the same one again, so it need not be
 * stored to be repeated; the salt alone is worth nothing.
 */
export function successorOf(token: string, salt: string): string {
  return createHmac('sha256', token).update(salt).digest('base64url');
}

/** When a refresh token made now expires: never later than its session. */
export function refreshExpiry(parts: Parts, sessionExpiresAt: Date): Date {
  return new Date(
    Math.min(parts.now().getTime() + parts.settings.refreshTokenMs, sessionExpiresAt.getTime()),
  );
}

/** Opens a session with a new family of refresh tokens. */
export async function openSession(
  tx: Transaction,
  parts: Parts,
  customerId: string,
  client: Client,
): Promise<OpenedSession> {
  const now = parts.now();
  const sessionId = newId();
  const refreshToken = randomToken(32);
  const expiresAt = new Date(now.getTime() + parts.settings.sessionMs);
  await insertSession(tx, {
    id: sessionId,
    customerId,
    device: deviceName(client.agent),
    ip: addressText(client.ip),
    now,
    expiresAt,
    tokenHash: sha256(refreshToken),
    tokenExpiresAt: refreshExpiry(parts, expiresAt),
  });
  await audit(tx, {
    at: now,
    actor: `customer:${customerId}`,
    action: 'session.opened',
    entity: 'Session',
    entityIds: [sessionId],
  });
  return { customerId, sessionId, refreshToken, scopes: await scopesOf(tx, customerId) };
}

/** Signs the access token of a session. */
export async function tokensOf(parts: Parts, session: OpenedSession): Promise<Tokens> {
  const lifetimeMs = parts.settings.accessTokenMs;
  const accessToken = await parts.accessTokens.sign({ ...session, now: parts.now(), lifetimeMs });
  return { accessToken, refreshToken: session.refreshToken, expiresIn: Math.floor(lifetimeMs / 1_000) };
}

/** Ends one session of a customer (all when null), tells it and notes it under `action`. Answers how many ended. */
export async function endSessions(
  tx: Transaction,
  parts: Parts,
  which: { readonly customerId: string; readonly sessionId: string | null },
  action: string,
): Promise<number> {
  const now = parts.now();
  const sessionIds = await revokeSessions(tx, which.customerId, which.sessionId, now);
  if (sessionIds.length === 0) return 0;
  await audit(tx, { at: now, action, entity: 'Session', entityIds: sessionIds });
  await announce(
    tx,
    event(
      'session.revoked',
      { type: 'Customer', id: which.customerId },
      { customerId: which.customerId, sessionIds },
    ),
  );
  return sessionIds.length;
}

/** The viewer as a customer with a session. Throws FORBIDDEN for API keys, which are nobody's account. */
export function sessionOf(viewer: Viewer): { readonly customerId: string; readonly sessionId: string } {
  if (viewer.kind === 'apiKey') throw forbidden();
  if (viewer.id === null || viewer.sessionId === null) throw unauthenticated();
  return { customerId: viewer.id, sessionId: viewer.sessionId };
}

/**
 * The viewer's own row, locked. Throws UNAUTHENTICATED when the session was ended: an access token outlives it by minutes,
 * changes do not.
 */
export async function lockViewer(tx: Transaction, viewer: Viewer, now: Date): Promise<CustomerRow> {
  const customer = await lockCustomerOfSession(tx, { ...sessionOf(viewer), now });
  if (!customer) throw unauthenticated();
  return customer;
}

/** What a client calls itself, fit to be shown; null when it says nothing. */
export function deviceName(agent: string): string | null {
  return (
    agent
      .toWellFormed()
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 200) || null
  );
}

/** The client's address as shown in the list of sessions. */
export function addressText(ip: string): string | null {
  return /^[0-9a-fA-F.:]{2,45}$/.test(ip) ? ip : null;
}
