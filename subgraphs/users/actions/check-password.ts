import { unauthenticated } from '#platform/graphql-errors.ts';
import { type Viewer } from '#platform/viewer.ts';

import { accountLocked, invalidCredentials } from '../domain/attempts.ts';
import { lookupEmail } from '../domain/email.ts';
import { passwordText } from '../domain/password.ts';
import { countAttempts, forgetAttempts, readAttempts } from '../store/attempts.ts';
import { audit } from '../store/audit-log.ts';
import { type Credentials, credentialsById } from '../store/customers.ts';
import { type Client, type Parts } from './parts.ts';
import { sessionOf } from './sessions.ts';
import { networkKey, refuseUntil } from './throttle.ts';

type Attempt = {
  /** Null when the address has no account. */
  readonly customerId: string | null;
  /** The address that was given, or the account's own. */
  readonly email: string;
  /** Null when the address has no account. */
  readonly passwordHash: string | null;
  readonly password: string;
};

/** What the audit log calls an account that does not exist. */
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * The counter of wrong passwords for an address, whether or not it has an account. Tags after + count apart: each is an account of
 * its own, and who signs in to one must not give back the guesses at another.
 */
export function accountKey(email: string): string {
  return `signInPerAccount:${lookupEmail(email).slice(0, 254)}`;
}

/**
 * Whether the password is the account's. Wrong ones are counted per address and per network; too many throw AccountLockedError
 * and RATE_LIMITED, before anything is hashed. An address without an account goes the same way and takes as long.
 */
export async function checkPassword(parts: Parts, attempt: Attempt, client: Client): Promise<boolean> {
  const { limits } = parts.settings;
  const account = accountKey(attempt.email);
  const network = networkKey('signInPerAddress', client);
  const text = passwordText(attempt.password);
  return parts.passwords.inTurn(async verify => {
    const em = parts.db.em();
    const counted = limits ? await readAttempts(em, [account, network], parts.now()) : [];
    const fromNetwork = counted.find(tally => tally.key === network);
    const forAccount = counted.find(tally => tally.key === account);
    if (limits && fromNetwork && fromNetwork.count >= limits.signInPerAddress.limit)
      refuseUntil(fromNetwork.endsAt, parts.now());
    if (limits && forAccount && forAccount.count >= limits.signInPerAccount.limit)
      throw accountLocked(forAccount.endsAt);
    const right = text !== null && (await verify(attempt.passwordHash, text));
    if (right && forAccount) await forgetAttempts(em, account);
    if (!right && limits) {
      const wrong = [
        { key: account, windowMs: limits.signInPerAccount.windowMs },
        { key: network, windowMs: limits.signInPerAddress.windowMs },
      ];
      await countAttempts(em, wrong, parts.now());
    }
    // For an address without an account as well, so that it takes as long; which address that was is not noted.
    if (!right) {
      const at = parts.now();
      await audit(em, {
        at,
        action: 'password.refused',
        entity: 'Customer',
        entityIds: [attempt.customerId ?? nobody],
      });
    }
    return right;
  });
}

/** The viewer's account, when they know its password. Throws UNAUTHENTICATED, AccountLockedError, InvalidCredentialsError. */
export async function confirmPassword(
  parts: Parts,
  viewer: Viewer,
  password: string,
  client: Client,
): Promise<Credentials> {
  const account = await credentialsById(parts.db.em(), sessionOf(viewer).customerId);
  if (!account) throw unauthenticated();
  const { id: customerId, email, passwordHash } = account;
  if (!(await checkPassword(parts, { customerId, email, password, passwordHash }, client)))
    throw invalidCredentials('currentPassword');
  return account;
}
