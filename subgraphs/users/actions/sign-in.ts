import { DomainError } from '#platform/errors.ts';

import { accountSuspended } from '../domain/account.ts';
import { invalidCredentials } from '../domain/attempts.ts';
import { lookupEmail } from '../domain/email.ts';
import { credentialsByEmail, lockByPassword } from '../store/customers.ts';
import { checkPassword } from './check-password.ts';
import { type Client, type Parts, type SignInOutcome } from './parts.ts';
import { type SignedIn, openSession, tokensOf } from './sessions.ts';

/**
 * Signs in. Throws RATE_LIMITED per network, AccountLockedError per address and InvalidCredentialsError; none of them tells,
 * by words or by time, whether the address has an account. Throws AccountSuspendedError to who knows the password.
 */
export async function signIn(
  parts: Parts,
  credentials: { readonly email: string; readonly password: string },
  client: Client,
): Promise<SignedIn> {
  try {
    const signedIn = await enter(parts, credentials, client);
    parts.count.signIn('success');
    return signedIn;
  } catch (error) {
    parts.count.signIn(outcomeOf(error));
    throw error;
  }
}

const outcomes: Readonly<Record<string, SignInOutcome>> = {
  INVALID_CREDENTIALS: 'refused',
  ACCOUNT_LOCKED: 'locked',
  ACCOUNT_SUSPENDED: 'suspended',
};

function outcomeOf(error: unknown): SignInOutcome {
  if (error instanceof DomainError) return outcomes[error.code] ?? 'failed';
  const { extensions } = error as { readonly extensions?: { readonly code?: unknown } };
  return extensions?.code === 'RATE_LIMITED' ? 'throttled' : 'failed';
}

async function enter(
  parts: Parts,
  { email, password }: { readonly email: string; readonly password: string },
  client: Client,
): Promise<SignedIn> {
  const account = await credentialsByEmail(parts.db.em(), lookupEmail(email));
  const right = await checkPassword(
    parts,
    { customerId: account?.id ?? null, email, password, passwordHash: account?.passwordHash ?? null },
    client,
  );
  if (!account || !right) throw invalidCredentials();
  const { customer, session } = await parts.db.transaction(async tx => {
    // Locked, so that no session opens behind the back of whoever suspends or deletes the account, or replaces the password.
    const locked = await lockByPassword(tx, account);
    if (locked?.status === 'SUSPENDED') throw accountSuspended();
    if (locked?.status !== 'ACTIVE') throw invalidCredentials();
    return { session: await openSession(tx, parts, account.id, client), customer: locked };
  });
  return { tokens: await tokensOf(parts, session), customer };
}
