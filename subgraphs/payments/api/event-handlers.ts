import { type Handlers, type InsideHandler, type OutsideHandler } from '#platform/inbox.ts';
import { type ShopEvent } from '#schema/events.ts';

import { captureOrder } from '../actions/capture-payment.ts';
import { forgetCustomer } from '../actions/forget-customer.ts';
import { refundOrder } from '../actions/refund-payment.ts';
import { requestPayment } from '../actions/request-payment.ts';
import { voidOrder } from '../actions/void-payment.ts';
import { type Work } from '../actions/work.ts';

type Outside<T extends ShopEvent['type']> = OutsideHandler<ShopEvent<T>>;

/** What the checkout asks of payments, and whom to forget. Stripe is asked outside any transaction, so each of these can be repeated without harm. */
export function eventHandlers(work: Work) {
  return {
    'order.payment_requested': {
      outside: event => requestPayment(work, event),
    } satisfies Outside<'order.payment_requested'>,
    'order.capture_requested': {
      outside: ({ data }) => captureOrder(work, data.orderId),
    } satisfies Outside<'order.capture_requested'>,
    'order.payment_void_requested': {
      outside: ({ data }) => voidOrder(work, data.orderId, data.reason),
    } satisfies Outside<'order.payment_void_requested'>,
    'order.refund_requested': {
      outside: ({ data: { orderId, requestKey, amount, currency, reason } }) =>
        refundOrder(work, { orderId, requestKey, amount: BigInt(amount), currency, reason }),
    } satisfies Outside<'order.refund_requested'>,
    'customer.erased': ((tx, { data }) => forgetCustomer(tx, data.customerId)) satisfies InsideHandler<
      ShopEvent<'customer.erased'>
    >,
  } satisfies Handlers;
}
