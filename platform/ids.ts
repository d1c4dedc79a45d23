import { createHash, randomBytes, randomFillSync } from 'node:crypto';

import { V7Generator } from 'uuidv7';

// Random numbers come in pools: asking for each alone costs more than the rest of the id.
const pool = new Uint32Array(1_024);
let used = pool.length;
const ids = new V7Generator({
  nextUint32: () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    return pool[used++] ?? 0;
  },
});

/** A new id for anything stored: UUIDv7, so that ids sort by time and indexes stay compact (RFC 9562). */
export function newId(): string {
  return ids.generate().toString();
}

/** Random, unguessable text: `bytes` random bytes as base64url. 32 bytes are 256 bits. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** Hex SHA-256; how tokens and keys are stored. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The public id of a customer as a reviewer: cannot be turned back into the customer's id. UUIDv8 (RFC 9562). */
export function reviewerIdOf(customerId: string): string {
  const hex = sha256(`reviewer:${customerId}`);
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
