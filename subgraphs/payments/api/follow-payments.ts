import { timingSafeEqual } from 'node:crypto';

import { sha256 } from '#platform/ids.ts';
import { type Viewer, ownsOr } from '#platform/viewer.ts';

import { type PaymentRow, changesAfter, paymentsByIds, paymentsByOrders } from '../store/payments.ts';
import { type Context, type PaymentParent } from './context.ts';
import { isId } from './loaders.ts';

/** The topic that is signalled when an order's payments change. */
export const orderTopic = (orderId: string): string => `order:${orderId.toLowerCase()}`;

type Update = { readonly paymentUpdated: PaymentParent | null };

/** The newest payment at once, then each change in order. A stranger, and an order that is not there, see null and nothing after. */
export function followPayments(
  context: Context,
  orderId: string,
  guestToken: string | null,
): AsyncIterableIterator<Update> {
  const { db, live, viewer } = context;
  let position: bigint | null = null;
  return live.follow<Update>([orderTopic(orderId)], async () => {
    const changes = isId(orderId) ? await changesAfter(db, orderId, position ?? 0n) : [];
    const first = position === null;
    position = changes.at(-1)?.position ?? position ?? 0n;
    if (first) {
      const newest = isId(orderId) ? (await paymentsByOrders(db, [orderId])).at(-1) : undefined;
      return [{ paymentUpdated: newest ? see(newest, viewer, guestToken) : null }];
    }
    const payments = new Map(
      (await paymentsByIds(db, [...new Set(changes.map(change => change.payment_id))])).map(payment => [
        payment.id,
        payment,
      ]),
    );
    return changes.flatMap(change => {
      const payment = payments.get(change.payment_id);
      const seen = payment ? see(payment, viewer, guestToken) : null;
      return seen ? [{ paymentUpdated: { ...seen, seen: change } }] : [];
    });
  });
}

function see(payment: PaymentRow, viewer: Viewer, guestToken: string | null): PaymentParent | null {
  const byGuest = isGuest(payment, guestToken);
  return byGuest || ownsOr(viewer, payment.customer_id, 'payments:read') ? { ...payment, byGuest } : null;
}

function isGuest(payment: PaymentRow, token: string | null): boolean {
  const hash = payment.guest_token_hash;
  if (token === null || hash === null) return false;
  const given = Buffer.from(sha256(token));
  const kept = Buffer.from(hash);
  return given.length === kept.length && timingSafeEqual(given, kept);
}
