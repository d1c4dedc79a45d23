import { accountLocked, invalidCredentials } from '../domain/attempts.ts';
import { attemptKey, lookupEmail } from '../domain/email.ts';
import { passwordText } from '../domain/password.ts';
import { forgiveAttempts } from '../store/attempts.ts';
import { credentialsByEmail, customerById } from '../store/customers.ts';
import { type Client, type Parts } from './parts.ts';
import { type SignedIn, openSession, tokensOf } from './sessions.ts';
import { blockedUntil, networkKey, throttleNetwork } from './throttle.ts';

type Attempt = { readonly email: string; readonly password: string };

/** The counter of wrong passwords for an address, whether or not it has an account. */
export function accountKey(email: string): string {
  return `signInPerAccount:${attemptKey(email)}`;
}

/**
 * Signs in. Throws RATE_LIMITED per network, AccountLockedError per address and InvalidCredentialsError; none of them tells,
 * by words or by time, whether the address has an account.
 */
export async function signIn(parts: Parts, { email, password }: Attempt, client: Client): Promise<SignedIn> {
  const limits = parts.settings.limits;
  await throttleNetwork(parts, 'signInPerAddress', client);
  const until = await blockedUntil(parts, accountKey(email), limits?.signInPerAccount);
  if (until) throw accountLocked(until);

  const text = passwordText(password);
  if (text === null) throw invalidCredentials();
  const account = await credentialsByEmail(parts.db.em(), lookupEmail(email));
  const right = await parts.passwords.verify(account?.passwordHash ?? null, text);
  if (!account || !right) throw invalidCredentials();

  if (limits) await forgiveAttempts(parts.db.em(), networkKey('signInPerAddress', client), accountKey(email));
  const { customer, session } = await parts.db.transaction(async tx => {
    const session = await openSession(tx, parts, account.id, client);
    return { session, customer: await customerById(tx, account.id) };
  });
  if (!customer) throw invalidCredentials();
  return { tokens: await tokensOf(parts, session), customer };
}
