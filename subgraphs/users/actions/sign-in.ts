import { invalidCredentials } from '../domain/attempts.ts';
import { lookupEmail } from '../domain/email.ts';
import { credentialsByEmail, customerById } from '../store/customers.ts';
import { checkPassword } from './check-password.ts';
import { type Client, type Parts } from './parts.ts';
import { type SignedIn, openSession, tokensOf } from './sessions.ts';

/**
 * Signs in. Throws RATE_LIMITED per network, AccountLockedError per address and InvalidCredentialsError; none of them tells,
 * by words or by time, whether the address has an account.
 */
export async function signIn(
  parts: Parts,
  { email, password }: { readonly email: string; readonly password: string },
  client: Client,
): Promise<SignedIn> {
  const account = await credentialsByEmail(parts.db.em(), lookupEmail(email));
  const right = await checkPassword(
    parts,
    { email, password, passwordHash: account?.passwordHash ?? null },
    client,
  );
  if (!account || !right) throw invalidCredentials();
  const { customer, session } = await parts.db.transaction(async tx => {
    const opened = await openSession(tx, parts, account.id, client);
    return { session: opened, customer: await customerById(tx, account.id) };
  });
  if (!customer) throw invalidCredentials();
  return { tokens: await tokensOf(parts, session), customer };
}
