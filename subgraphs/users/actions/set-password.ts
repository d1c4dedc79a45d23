import { type Transaction } from '#platform/database.ts';
import { type DomainError, invalid } from '#platform/errors.ts';
import { unauthenticated } from '#platform/graphql-errors.ts';
import { sha256 } from '#platform/ids.ts';
import { type Viewer } from '#platform/viewer.ts';

import { attemptKey, lookupEmail } from '../domain/email.ts';
import { newPassword } from '../domain/password.ts';
import { forgetAttempts } from '../store/attempts.ts';
import { audit } from '../store/audit-log.ts';
import { credentialsById, lockByEmail, setPassword } from '../store/customers.ts';
import { dropTokens, peekToken, takeToken } from '../store/one-time-tokens.ts';
import { accountKey, confirmPassword } from './check-password.ts';
import { sendToken } from './mail-tokens.ts';
import { type Client, type Parts } from './parts.ts';
import {
  type OpenedSession,
  type SignedIn,
  endSessions,
  lockViewer,
  openSession,
  sessionOf,
  tokensOf,
} from './sessions.ts';
import { blockedUntil, throttleNetwork } from './throttle.ts';

/** A token from a mail that does not work: unknown, used, replaced by a newer one or expired. */
export function tokenInvalid(): DomainError {
  return invalid('this link does not work any more; ask for a new one', 'token', 'TOKEN_INVALID');
}

/** Asks for the reset mail if the address has an account; the caller cannot tell. Throws RATE_LIMITED per network. */
export async function requestPasswordReset(parts: Parts, email: string, client: Client): Promise<void> {
  await throttleNetwork(parts, 'tokenPerAddress', client);
  const normal = lookupEmail(email);
  const blocked = await blockedUntil(
    parts,
    `mailPerAccount:reset:${attemptKey(normal)}`,
    parts.settings.limits?.mailPerAccount,
  );
  if (blocked) return;
  await parts.db.transaction(async tx => {
    // Locked, so that no link goes to an address which the account leaves in this very moment.
    const customer = await lockByEmail(tx, normal);
    if (customer?.status !== 'ACTIVE') return;
    await sendToken(tx, parts, customer, 'RESET_PASSWORD');
    await audit(tx, {
      at: parts.now(),
      action: 'password.reset_requested',
      entity: 'Customer',
      entityIds: [customer.id],
    });
  });
}

/** Sets a new password with the token from the mail. Throws RATE_LIMITED and ValidationError (TOKEN_INVALID, PASSWORD_…). */
export async function resetPassword(
  parts: Parts,
  input: { readonly token: string; readonly newPassword: string },
  client: Client,
): Promise<SignedIn> {
  await throttleNetwork(parts, 'tokenPerAddress', client);
  const tokenHash = sha256(input.token.slice(0, 200));
  const owner = await peekToken(parts.db.em(), 'RESET_PASSWORD', tokenHash, parts.now());
  if (!owner) throw tokenInvalid();
  const passwordHash = await parts.passwords.hash(newPassword(input.newPassword, owner.email, 'newPassword'));
  const signedIn = await parts.db.transaction(async tx => {
    const customerId = await takeToken(tx, 'RESET_PASSWORD', tokenHash, parts.now());
    if (customerId === null) throw tokenInvalid();
    // The mail reached its address, which is all that verifying proves.
    return replacePassword(
      tx,
      parts,
      { customerId, passwordHash, verifiedAt: parts.now(), action: 'password.reset' },
      client,
    );
  });
  await forgetAttempts(parts.db.em(), accountKey(owner.email));
  return { tokens: await tokensOf(parts, signedIn.session), customer: signedIn.customer };
}

/** Sets a new password for the viewer, who must know the old one. Throws AccountLockedError, InvalidCredentialsError, ValidationError. */
export async function changePassword(
  parts: Parts,
  viewer: Viewer,
  input: { readonly currentPassword: string; readonly newPassword: string },
  client: Client,
): Promise<SignedIn> {
  const { customerId } = sessionOf(viewer);
  const known = await credentialsById(parts.db.em(), customerId);
  if (!known) throw unauthenticated();
  const text = newPassword(input.newPassword, known.email, 'newPassword');
  await confirmPassword(parts, viewer, input.currentPassword, client);
  const passwordHash = await parts.passwords.hash(text);
  const signedIn = await parts.db.transaction(async tx => {
    await lockViewer(tx, viewer, parts.now());
    return replacePassword(
      tx,
      parts,
      { customerId, passwordHash, verifiedAt: null, action: 'password.changed' },
      client,
    );
  });
  return { tokens: await tokensOf(parts, signedIn.session), customer: signedIn.customer };
}

type NewPassword = {
  readonly customerId: string;
  readonly passwordHash: string;
  readonly verifiedAt: Date | null;
  readonly action: 'password.reset' | 'password.changed';
};

async function replacePassword(tx: Transaction, parts: Parts, change: NewPassword, client: Client) {
  const { customerId, passwordHash, verifiedAt, action } = change;
  const customer = await setPassword(tx, customerId, passwordHash, verifiedAt);
  // Suspended in this very moment.
  if (!customer) throw tokenInvalid();
  await endSessions(tx, parts, { customerId, sessionId: null }, 'session.revoked');
  // Whoever else knew the old password may have asked for another address with it, or hold an older link.
  await dropTokens(tx, customerId, 'CHANGE_EMAIL');
  await dropTokens(tx, customerId, 'RESET_PASSWORD');
  await audit(tx, {
    at: parts.now(),
    actor: `customer:${customerId}`,
    action,
    entity: 'Customer',
    entityIds: [customerId],
  });
  const session: OpenedSession = await openSession(tx, parts, customerId, client);
  return { customer, session };
}
