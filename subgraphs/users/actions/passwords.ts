import { hash, verify } from '@node-rs/argon2';

import { overloaded } from '#platform/graphql-errors.ts';
import { randomToken } from '#platform/ids.ts';

/** Hashes and checks passwords with argon2id, a few at a time. */
export type Passwords = {
  hash(text: string): Promise<string>;
  /**
   * Runs work that checks one password, when its turn has come. What it reads before the check is then fresh, so a burst of
   * guesses cannot overtake the counter of wrong ones.
   */
  inTurn<T>(work: (verify: Verify) => Promise<T>): Promise<T>;
};

/** Null as hash stands for an account that does not exist: it costs the same and is never right. */
export type Verify = (stored: string | null, text: string) => Promise<boolean>;

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane. 2 is the library's number for argon2id.
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

type Room = { readonly concurrency: number; readonly waiting: number };

/** At most `concurrency` hashes at once and `waiting` more in line; whoever comes on top is told to come back (OVERLOADED). */
export async function createPasswords({ concurrency, waiting }: Room): Promise<Passwords> {
  const nobody = await hash(randomToken(), options);
  const line: (() => void)[] = [];
  let busy = 0;
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy >= concurrency) {
      if (line.length >= waiting) throw overloaded();
      await new Promise<void>(resolve => line.push(resolve));
    } else {
      busy += 1;
    }
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else busy -= 1;
    }
  };
  return {
    hash: text => inTurn(() => hash(text, options)),
    inTurn: work =>
      inTurn(() => work(async (stored, text) => (await verify(stored ?? nobody, text)) && stored !== null)),
  };
}
