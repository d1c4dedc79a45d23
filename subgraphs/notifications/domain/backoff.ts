const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Waits between tries, in milliseconds; the last one repeats until the time is up. */
const waits = {
  mail: [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 4 * hour],
  webhook: [
    10 * second,
    30 * second,
    2 * minute,
    10 * minute,
    30 * minute,
    hour,
    2 * hour,
    4 * hour,
    8 * hour,
  ],
} as const;

/** How long after its creation a mail or a webhook delivery is given up, in milliseconds. */
export const giveUpAfter = { mail: 24 * hour, webhook: 72 * hour } as const;

export type Retry = {
  readonly kind: keyof typeof waits;
  /** Tries made so far, the failed one included. */
  readonly attempts: number;
  readonly createdAt: Date;
  readonly now: Date;
  /** A random number from 0 to 1; it spreads the tries by up to a tenth, so that a recovered receiver is not stormed. */
  readonly jitter: number;
};

/** When to try again after a failure; null when the time is up. */
export function nextAttempt({ kind, attempts, createdAt, now, jitter }: Retry): Date | null {
  const table = waits[kind];
  const wait = table[Math.min(Math.max(attempts, 1), table.length) - 1] ?? hour;
  const at = new Date(now.getTime() + Math.round(wait * (1 + jitter * 0.1)));
  return at.getTime() > createdAt.getTime() + giveUpAfter[kind] ? null : at;
}
