import { type Transaction } from '#platform/database.ts';
import { randomToken, sha256 } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { invalidRefreshToken } from '../domain/attempts.ts';
import { judgeRefresh } from '../domain/rotation.ts';
import { audit } from '../store/audit-log.ts';
import { type CustomerRow, customerById } from '../store/customers.ts';
import { type FamilyRow, lockFamily, revokeSessions, rotate } from '../store/sessions.ts';
import { scopesOf } from '../store/staff.ts';
import { type Client, type Parts } from './parts.ts';
import {
  type OpenedSession,
  type SignedIn,
  addressText,
  fingerprint,
  refreshExpiry,
  successorOf,
  tokensOf,
} from './sessions.ts';
import { throttleNetwork } from './throttle.ts';

type Refreshed = { readonly session: OpenedSession; readonly customer: CustomerRow };

/**
 * Trades a refresh token. Throws RATE_LIMITED and InvalidCredentialsError. A token that was traded before ends its session,
 * unless the same client repeats itself within the grace period: then it gets the same successor again.
 */
export async function refreshTokens(parts: Parts, refreshToken: string, client: Client): Promise<SignedIn> {
  await throttleNetwork(parts, 'refreshPerAddress', client);
  if (refreshToken.length > 200) throw invalidRefreshToken();
  const refreshed = await parts.db.transaction(tx => trade(tx, parts, refreshToken, client));
  if (!refreshed) throw invalidRefreshToken();
  return { tokens: await tokensOf(parts, refreshed.session), customer: refreshed.customer };
}

/** Null is a refusal; it is thrown only after the commit, because ending the session must stay. */
async function trade(
  tx: Transaction,
  parts: Parts,
  token: string,
  client: Client,
): Promise<Refreshed | null> {
  const tokenHash = sha256(token);
  const family = await lockFamily(tx, tokenHash);
  const traded = family?.successorSalt ? successorOf(token, family.successorSalt) : null;
  const successorUsed = traded === null || sha256(traded) !== family?.currentTokenHash;
  const verdict = judgeRefresh(family && { ...family, successorUsed }, fingerprint(client), parts.now());
  if (!family || verdict === 'refuse') return null;
  if (verdict === 'reuse') {
    await endStolen(tx, parts, family);
    return null;
  }
  const customer = await customerById(tx, family.customerId);
  if (!customer) return null;
  const successor =
    verdict === 'repeat' && traded !== null
      ? traded
      : await follow(tx, parts, { family, token, tokenHash, client });
  const scopes = await scopesOf(tx, family.customerId);
  return {
    customer,
    session: { customerId: customer.id, sessionId: family.sessionId, refreshToken: successor, scopes },
  };
}

type Trade = {
  readonly family: FamilyRow;
  readonly token: string;
  readonly tokenHash: string;
  readonly client: Client;
};

async function follow(
  tx: Transaction,
  parts: Parts,
  { family, token, tokenHash, client }: Trade,
): Promise<string> {
  const salt = randomToken(32);
  const successor = successorOf(token, salt);
  await rotate(tx, {
    tokenHash,
    sessionId: family.sessionId,
    usedBy: fingerprint(client),
    salt,
    successorHash: sha256(successor),
    successorExpiresAt: refreshExpiry(parts, family.sessionExpiresAt),
    ip: addressText(client.ip),
    now: parts.now(),
  });
  return successor;
}

async function endStolen(tx: Transaction, parts: Parts, { customerId, sessionId }: FamilyRow): Promise<void> {
  const now = parts.now();
  const sessionIds = await revokeSessions(tx, customerId, sessionId, now);
  await audit(tx, { at: now, action: 'session.reuse_detected', entity: 'Session', entityIds: sessionIds });
  await announce(
    tx,
    event('session.revoked', { type: 'Customer', id: customerId }, { customerId, sessionIds }),
  );
}
