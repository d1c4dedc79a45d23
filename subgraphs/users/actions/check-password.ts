import { accountLocked } from '../domain/attempts.ts';
import { attemptKey } from '../domain/email.ts';
import { passwordText } from '../domain/password.ts';
import { countAttempts, forgetAttempts, readAttempts } from '../store/attempts.ts';
import { type Client, type Parts } from './parts.ts';
import { networkKey, refuseUntil } from './throttle.ts';

type Attempt = {
  /** The address that was given, or the account's own. */
  readonly email: string;
  /** Null when the address has no account. */
  readonly passwordHash: string | null;
  readonly password: string;
};

/** The counter of wrong passwords for an address, whether or not it has an account. */
export function accountKey(email: string): string {
  return `signInPerAccount:${attemptKey(email)}`;
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
    return right;
  });
}
