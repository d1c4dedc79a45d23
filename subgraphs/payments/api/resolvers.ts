import { answer } from '#platform/answer.ts';
import { invalid, notFound } from '#platform/errors.ts';
import { badInput } from '#platform/graphql-errors.ts';
import { fromMoney, toMoney } from '#platform/money.ts';
import { actorOf, isCustomer, ownsOr } from '#platform/viewer.ts';

import { capturePayment } from '../actions/capture-payment.ts';
import { createRefund } from '../actions/create-refund.ts';
import { reconcile } from '../actions/reconcile.ts';
import { removeSavedMethod } from '../actions/remove-method.ts';
import { voidPayment } from '../actions/void-payment.ts';
import { isFinal, orderStatus, publicStatus } from '../domain/payment.ts';
import { ledgerOf } from '../store/ledger.ts';
import { type PaymentRow } from '../store/payments.ts';
import { type Context } from './context.ts';
import { followPayments } from './follow-payments.ts';
import { isId } from './loaders.ts';
import { type Resolvers } from './schema.types.ts';

const longestPeriodMs = 31 * 86_400_000;

/** An order's payments together; null when there is none. Payments in another currency than the newest cannot be added up. */
async function total(orderId: string, { loaders }: Context, key: 'authorized' | 'captured' | 'refunded') {
  const payments = await loaders.paymentsOfOrder.load(orderId);
  const currency = payments.at(-1)?.currency;
  if (currency === undefined) return null;
  const same = payments.filter(
    payment => payment.currency === currency && payment.state !== 'VOIDED' && payment.state !== 'FAILED',
  );
  return toMoney(
    same.reduce((sum, payment) => sum + payment[key], 0n),
    currency,
  );
}

/** Whose idempotency keys these are. */
function scopeOf({ viewer }: Context): string {
  const actor = actorOf(viewer);
  if (actor === null) throw invalid('sign in first', 'idempotencyKey');
  return actor;
}

function checkId(id: string, what: string, field: string): void {
  if (!isId(id)) throw notFound(what, field);
}

function mayRead(payment: PaymentRow | null, { viewer }: Context): PaymentRow | null {
  return payment && ownsOr(viewer, payment.customer_id, 'payments:read') ? payment : null;
}

export const resolvers: Resolvers = {
  Query: {
    payment: (_root, { id }, { loaders }) => loaders.payment.load(id),
    ledger: (_root, { orderId }, { db }) => (isId(orderId) ? ledgerOf(db, orderId) : []),
    reconciliation: (_root, { from, to }, { work }) => {
      if (to.getTime() <= from.getTime() || to.getTime() - from.getTime() > longestPeriodMs) {
        throw badInput('the period ends after it begins, and at most 31 days later');
      }
      return reconcile(work, from, to);
    },
  },
  Mutation: {
    paymentCapture: (_root, { id, amount, idempotencyKey }, context, info) =>
      answer(info, 'PaymentSuccess', async () => {
        checkId(id, 'payment', 'id');
        const minor = amount ? fromMoney(amount, ['amount', 'amount']) : null;
        return {
          payment: await capturePayment(context.work, {
            id,
            amount: minor,
            idempotencyKey,
            scope: scopeOf(context),
          }),
        };
      }),
    paymentVoid: (_root, { id, idempotencyKey }, context, info) =>
      answer(info, 'PaymentSuccess', async () => {
        checkId(id, 'payment', 'id');
        return { payment: await voidPayment(context.work, { id, idempotencyKey, scope: scopeOf(context) }) };
      }),
    refundCreate: (_root, { paymentId, amount, reason, idempotencyKey }, context, info) =>
      answer(info, 'RefundSuccess', async () => {
        checkId(paymentId, 'payment', 'paymentId');
        const text = reason?.trim() ?? '';
        if (text.length > 500) throw invalid('a reason has at most 500 characters', 'reason');
        const money = fromMoney(amount, ['amount', 'amount']);
        return createRefund(context.work, {
          paymentId,
          amount: money,
          reason: text || null,
          idempotencyKey,
          scope: scopeOf(context),
        });
      }),
    paymentMethodRemove: (_root, { id }, { viewer, work }) =>
      viewer.kind === 'customer' && viewer.id !== null && isId(id)
        ? removeSavedMethod(work, id, viewer.id)
        : false,
  },
  Subscription: {
    paymentUpdated: {
      subscribe: (_root, { orderId, guestToken }, context) =>
        followPayments(context, orderId, guestToken ?? null),
    },
  },
  Order: {
    __resolveReference: ({ id }) => ({ id }),
    payments: ({ id }, _args, { loaders }) => loaders.paymentsOfOrder.load(id),
    paymentStatus: async ({ id }, _args, { loaders }) => orderStatus(await loaders.paymentsOfOrder.load(id)),
    amountAuthorized: ({ id }, _args, context) => total(id, context, 'authorized'),
    amountCaptured: ({ id }, _args, context) => total(id, context, 'captured'),
    amountRefunded: ({ id }, _args, context) => total(id, context, 'refunded'),
  },
  Payment: {
    __resolveReference: async ({ id }, context) => mayRead(await context.loaders.payment.load(id), context),
    status: payment => payment.seen?.status ?? publicStatus(payment),
    amount: ({ amount, currency }) => toMoney(amount, currency),
    captured: ({ seen, captured, currency }) => toMoney(seen?.captured ?? captured, currency),
    refunded: ({ seen, refunded, currency }) => toMoney(seen?.refunded ?? refunded, currency),
    method: ({ method }) => method,
    clientSecret: ({ state, client_secret: secret, customer_id: customerId, byGuest }, _args, { viewer }) =>
      !isFinal(state) && (byGuest === true || isCustomer(viewer, customerId)) ? secret : null,
    refunds: ({ id }, _args, { loaders }) => loaders.refundsOfPayment.load(id),
    providerReference: payment => payment.intent_id,
    createdAt: payment => payment.created_at,
  },
  Refund: {
    __resolveReference: async ({ id }, context) => {
      const refund = await context.loaders.refund.load(id);
      return refund && mayRead(await context.loaders.payment.load(refund.payment_id), context)
        ? refund
        : null;
    },
    amount: ({ amount, currency }) => toMoney(amount, currency),
    status: ({ state }) => (state === 'REQUESTED' ? 'PENDING' : state),
    createdAt: refund => refund.created_at,
  },
  SavedPaymentMethod: {
    details: ({ details }) => details,
    isDefault: method => method.is_default,
  },
  LedgerEntry: {
    debit: ({ debit, currency }) => (debit > 0n ? toMoney(debit, currency) : null),
    credit: ({ credit, currency }) => (credit > 0n ? toMoney(credit, currency) : null),
  },
  Customer: {
    __resolveReference: ({ id }) => ({ id }),
    paymentMethods: ({ id }, _args, { loaders, viewer }) =>
      isCustomer(viewer, id) ? loaders.methodsOfCustomer.load(id) : null,
  },
};
