import { DomainError, invalid } from '#platform/errors.ts';

import { guestTokenOf } from '../actions/guest-token.ts';
import { type OrderRow } from '../store/orders.ts';

/** What the client of a checkout is told about the order as it stands: a refusal is thrown, all else answered. */
export function checkoutAnswer(order: OrderRow, guestTokenSecret: string) {
  if (order.status === 'FAILED') throw refusal(order);
  const guestToken = order.customerId === null ? guestTokenOf(guestTokenSecret, order.id) : null;
  const told = { order: { ...order, byGuestToken: order.customerId === null }, guestToken };
  if (order.status === 'AWAITING_PAYMENT' && order.clientSecret !== null) {
    return {
      kind: 'CheckoutRequiresAction',
      ...told,
      clientSecret: order.clientSecret,
      redirectUrl: order.redirectUrl,
    } as const;
  }
  if (order.status === 'PENDING' || order.status === 'AWAITING_PAYMENT')
    return { kind: 'CheckoutPending', ...told } as const;
  return { kind: 'CheckoutCompleted', ...told } as const;
}

function refusal({ reason, failure }: OrderRow): DomainError {
  switch (reason) {
    case 'STOCK':
      return new DomainError('InsufficientStockError', 'INSUFFICIENT_STOCK', 'there is not enough in stock', {
        field: ['input', 'cartId'],
        details: { variantId: failure?.variantId ?? null, available: failure?.available ?? null },
      });
    case 'PAYMENT':
    case null:
      return new DomainError(
        'PaymentDeclinedError',
        'PAYMENT_DECLINED',
        failure?.message ?? 'the payment was declined',
        {
          field: ['input', 'payment'],
          details: { declineCode: failure?.declineCode ?? null, retryable: failure?.retryable ?? true },
        },
      );
    case 'EXPIRED':
      return invalid(
        'the checkout took too long; no payment is kept',
        ['input', 'cartId'],
        'CHECKOUT_EXPIRED',
      );
  }
}
