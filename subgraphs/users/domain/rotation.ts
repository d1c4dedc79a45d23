/** For how long a client may repeat itself when the answer to a refresh got lost, in milliseconds. */
export const rotationGraceMs = 10_000;

type Family = {
  readonly sessionRevokedAt: Date | null;
  readonly sessionExpiresAt: Date;
  readonly tokenExpiresAt: Date;
  /** When this token was traded; null while it is the current one. */
  readonly usedAt: Date | null;
  /** Fingerprint of the client that traded it. */
  readonly usedBy: string | null;
  /** Whether the token that it was traded for has been traded itself. */
  readonly successorUsed: boolean;
};

/**
 * What becomes of a refresh token that is presented (RFC 9700 section 4.14.2): `rotate` trades it, `repeat` gives the same
 * successor again, `reuse` means that two parties hold it and the family ends, `refuse` is too late for anything.
 */
export function judgeRefresh(
  family: Family | null,
  client: string,
  now: Date,
): 'rotate' | 'repeat' | 'reuse' | 'refuse' {
  if (family === null || family.sessionRevokedAt !== null || family.sessionExpiresAt <= now) return 'refuse';
  if (family.usedAt === null) return family.tokenExpiresAt <= now ? 'refuse' : 'rotate';
  const inTime = now.getTime() - family.usedAt.getTime() <= rotationGraceMs;
  return inTime && family.usedBy === client && !family.successorUsed ? 'repeat' : 'reuse';
}
