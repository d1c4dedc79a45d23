import { type MoneyState } from './checkout.ts';
import { type OrderStatus } from './order.ts';

/** What the customer reads when an order changes its state. `type` is for machines, the message for people. */
export const statusWords: Readonly<Record<OrderStatus, { readonly type: string; readonly message: string }>> =
  {
    PENDING: { type: 'created', message: 'We have received your order.' },
    AWAITING_PAYMENT: { type: 'payment_action', message: 'Your bank asks you to confirm the payment.' },
    PAID: { type: 'paid', message: 'Your order is confirmed and paid.' },
    PARTIALLY_FULFILLED: { type: 'partly_shipped', message: 'Part of your order is on its way.' },
    FULFILLED: { type: 'shipped', message: 'Everything you ordered is on its way.' },
    DELIVERED: { type: 'delivered', message: 'Your order has been delivered.' },
    CANCELLED: { type: 'cancelled', message: 'Your order has been cancelled.' },
    FAILED: { type: 'failed', message: 'Your order could not be completed. You have not been charged.' },
    PARTIALLY_RETURNED: {
      type: 'partly_returned',
      message: 'Part of your order has been returned and refunded.',
    },
    RETURNED: { type: 'returned', message: 'Your order has been returned and refunded.' },
  };

/** What the customer reads when a checkout has come to nothing: no promise about money that nobody knows of yet. */
export function failedWords(money: MoneyState): (typeof statusWords)['FAILED'] {
  const { type, message } = statusWords.FAILED;
  const untouched = money === 'NONE' || money === 'FAILED' || money === 'VOIDED';
  return {
    type,
    message: untouched
      ? message
      : 'Your order could not be completed. Any payment that your bank shows for it is given back to you.',
  };
}

/** A refund did not go through, or came back from the bank. */
export const refundDelayed = {
  type: 'refund_failed',
  message: 'A refund has been delayed. We are looking into it.',
};

/** A parcel has arrived, and the order's state stays what it is because more is to come or something went back. */
export const parcelDelivered = { type: 'parcel_delivered', message: 'A parcel of your order has arrived.' };
