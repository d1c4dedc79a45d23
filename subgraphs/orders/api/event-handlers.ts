import { type Handlers, type InsideHandler } from '#platform/inbox.ts';
import { type EventType, type ShopEvent } from '#schema/events.ts';

import { hear } from '../actions/advance-order.ts';
import { forgetCustomer } from '../actions/forget-customer.ts';
import { recordRefund, recordRefundFailure } from '../actions/record-refund.ts';
import { type SagaSettings } from '../actions/saga-effects.ts';
import { saveCustomerContact } from '../actions/save-customer-contact.ts';
import { type Fact } from '../domain/checkout.ts';
import { type OrderRow } from '../store/orders.ts';
import { projectionHandlers } from './projection-handlers.ts';

type Listener<T extends EventType> = InsideHandler<ShopEvent<T>>;

/** What orders does about the events of others: the saga's answers, refunds, and what it projects. */
export function eventHandlers(settings: SagaSettings): Handlers {
  const on = <T extends EventType>(handle: Listener<T>): Listener<T> => handle;
  const report = (
    tx: Parameters<typeof hear>[0],
    orderId: string,
    fact: Fact,
    known: Partial<OrderRow> = {},
  ): Promise<void> => hear(tx, settings, { orderId, fact, known });
  return {
    ...projectionHandlers,
    'customer.registered': on<'customer.registered'>((tx, { data }) => saveCustomerContact(tx, data)),
    'customer.updated': on<'customer.updated'>((tx, { data }) => saveCustomerContact(tx, data)),
    'customer.erased': on<'customer.erased'>((tx, { data }) => forgetCustomer(tx, data)),
    'stock.reserved': on<'stock.reserved'>((tx, { data }) =>
      report(tx, data.orderId, 'reserved', { reservationExpiresAt: new Date(data.expiresAt) }),
    ),
    'stock.rejected': on<'stock.rejected'>((tx, { data }) => {
      const [short] = data.shortages;
      return report(tx, data.orderId, 'rejected', {
        failure: short ? { variantId: short.variantId, available: short.available } : {},
      });
    }),
    'stock.expired': on<'stock.expired'>((tx, { data }) => report(tx, data.orderId, 'expired')),
    'stock.committed': on<'stock.committed'>((tx, { data }) => report(tx, data.orderId, 'committed')),
    'stock.released': on<'stock.released'>((tx, { data }) => report(tx, data.orderId, 'released')),
    'payment.authorized': on<'payment.authorized'>((tx, { data }) => report(tx, data.orderId, 'authorised')),
    'payment.action_required': on<'payment.action_required'>((tx, { data }) =>
      report(tx, data.orderId, 'actionRequired', {
        clientSecret: data.clientSecret,
        redirectUrl: data.redirectUrl,
      }),
    ),
    'payment.captured': on<'payment.captured'>((tx, { data }) =>
      report(tx, data.orderId, 'captured', { captured: BigInt(data.amount) }),
    ),
    'payment.voided': on<'payment.voided'>((tx, { data }) => report(tx, data.orderId, 'voided')),
    'payment.failed': on<'payment.failed'>((tx, { data }) => {
      const { declineCode, retryable, message } = data;
      const fact = data.stage === 'CAPTURE' ? 'captureFailed' : 'authoriseFailed';
      return report(tx, data.orderId, fact, { failure: { declineCode, retryable, message } });
    }),
    'payment.refunded': on<'payment.refunded'>((tx, { data }) => recordRefund(tx, settings, data)),
    'payment.refund_failed': on<'payment.refund_failed'>((tx, { data }) => recordRefundFailure(tx, data)),
  };
}
