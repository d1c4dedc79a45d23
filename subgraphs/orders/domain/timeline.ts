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

/** A parcel has arrived, and the order's state stays what it is because more is to come or something went back. */
export const parcelDelivered = { type: 'parcel_delivered', message: 'A parcel of your order has arrived.' };
