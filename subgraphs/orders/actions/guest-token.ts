import { createHmac } from 'node:crypto';

import { sha256 } from '#platform/ids.ts';

/** Guest tokens are good for this many days. */
export const guestTokenDays = 90;

/** The key to one order for a guest: 256 bits that only we can compute, the same at every replay. Stored only as its hash. */
export function guestTokenOf(secret: string, orderId: string): string {
  return createHmac('sha256', secret).update(orderId).digest('base64url');
}

/** The token for the mails of a guest's order; null for a customer's, who signs in. */
export function guestTokenFor(
  order: { readonly id: string; readonly customerId: string | null },
  { guestTokenSecret }: { readonly guestTokenSecret: string },
): string | null {
  return order.customerId === null ? guestTokenOf(guestTokenSecret, order.id) : null;
}

/** How a guest token is stored and compared; null for none. */
export function hashOfToken(token: string | null | undefined): string | null {
  return token === null || token === undefined || token === '' ? null : sha256(token);
}
