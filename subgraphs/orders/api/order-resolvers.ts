import { z } from 'zod';

import { answer } from '#platform/answer.ts';
import { notFound } from '#platform/errors.ts';
import { badInput } from '#platform/graphql-errors.ts';
import { toMoney } from '#platform/money.ts';
import { connection, decodeCursor, encodeCursor, pageSize } from '#platform/pages.ts';
import { selects } from '#platform/selection.ts';
import { hasScope, isCustomer, ownsOr } from '#platform/viewer.ts';

import { awaitCheckout } from '../actions/await-checkout.ts';
import { cancelOrder } from '../actions/cancel-order.ts';
import { startCheckout } from '../actions/checkout.ts';
import { deliver, fulfilOrder } from '../actions/fulfil-order.ts';
import { hashOfToken } from '../actions/guest-token.ts';
import { readerOf } from '../actions/reader.ts';
import { approveReturn, receiveReturn, rejectReturn, requestReturn } from '../actions/return-order.ts';
import { amountTaken } from '../domain/checkout.ts';
import { availableActions } from '../domain/order.ts';
import { returnableUnits } from '../domain/return.ts';
import { type OrderRow, countOrders, findOrder, pageOfOrders } from '../store/orders.ts';
import { checkoutAnswer } from './checkout-answer.ts';
import { type Context } from './context.ts';
import { followOrder } from './live-order.ts';
import { type Resolvers } from './schema.types.ts';

const cursor = z.tuple([z.uuid()]);
const toCursor = (order: OrderRow): string => encodeCursor([order.id]);

/** The order after a mutation, once more through the viewer's own door: a replayed key opens nothing. */
async function changed(
  { db, viewer }: Context,
  id: string,
  guestToken?: string | null,
): Promise<{ order: OrderRow }> {
  const door = hasScope(viewer, 'orders:read') ? 'orders:read' : 'orders:write';
  const order = await findOrder(db.em(), { id }, readerOf(viewer, door, guestToken));
  if (!order) throw notFound('the order', 'id');
  return { order: { ...order, byGuestToken: guestToken != null && !ownsOr(viewer, order.customerId, door) } };
}

const amount =
  (name: 'subtotal' | 'discountTotal' | 'shippingTotal' | 'taxTotal' | 'total') => (order: OrderRow) =>
    toMoney(order[name], order.currency);

/** Orders: queries, mutations, subscription, Customer.orders. */
export const orderResolvers = {
  Query: {
    order: (_root, { id, number }, { db, viewer }) => {
      if ((id == null) === (number == null)) throw badInput('give either "id" or "number"');
      return findOrder(db.em(), { id, number }, readerOf(viewer, 'orders:read'));
    },
    guestOrder: async (_root, { number, token }, { db }) => {
      const order = await findOrder(
        db.em(),
        { number },
        { customerId: null, all: false, guestTokenHash: hashOfToken(token) },
      );
      return order && { ...order, byGuestToken: true };
    },
    orders: async (_root, { first, after, filter }, { db }, info) => {
      const size = pageSize(first);
      const from = decodeCursor(after, cursor)?.[0] ?? null;
      const asked = filter ?? {};
      const page = connection(await pageOfOrders(db.em(), asked, from, size), size, toCursor, after);
      return { ...page, totalCount: selects(info, 'totalCount') ? await countOrders(db.em(), asked) : 0 };
    },
  },
  Mutation: {
    checkout: async (_root, { input, idempotencyKey }, context, info) => {
      const { db, saga, viewer } = context;
      const result = await answer(info, 'CheckoutCompleted', async () => {
        const orderId = await startCheckout(db, saga, viewer, { input, key: idempotencyKey });
        return checkoutAnswer(
          await awaitCheckout(db, context.live, orderId, context.patience),
          saga.guestTokenSecret,
        );
      });
      return 'kind' in result ? { ...result, __typename: result.kind } : result;
    },
    orderCancel: (_root, { id, reason, idempotencyKey, guestToken }, context, info) =>
      answer(info, 'OrderSuccess', async () => {
        await cancelOrder(context.db, context.saga, context.viewer, {
          id,
          reason,
          key: idempotencyKey,
          guestToken,
        });
        return changed(context, id, guestToken);
      }),
    orderFulfil: (_root, { input, idempotencyKey }, context, info) =>
      answer(info, 'OrderSuccess', async () => {
        await fulfilOrder(context.db, context.saga, context.viewer, { input, key: idempotencyKey });
        return changed(context, input.orderId);
      }),
    fulfilmentDeliver: (_root, { id }, context, info) =>
      answer(info, 'OrderSuccess', async () =>
        changed(context, await deliver(context.db, context.saga, context.viewer, id)),
      ),
    returnRequest: (_root, { idempotencyKey, ...wish }, context, info) =>
      answer(info, 'OrderSuccess', async () => {
        await requestReturn(context.db, context.viewer, { ...wish, key: idempotencyKey });
        return changed(context, wish.orderId, wish.guestToken);
      }),
    returnApprove: (_root, { id }, context, info) =>
      answer(info, 'OrderSuccess', async () =>
        changed(context, await approveReturn(context.db, context.viewer, id)),
      ),
    returnReject: (_root, { id, reason }, context, info) =>
      answer(info, 'OrderSuccess', async () =>
        changed(context, await rejectReturn(context.db, context.saga, context.viewer, { id, reason })),
      ),
    returnReceive: (_root, { id, restock, idempotencyKey }, context, info) =>
      answer(info, 'OrderSuccess', async () => {
        const request = { id, restock: restock ?? true, key: idempotencyKey };
        return changed(context, await receiveReturn(context.db, context.saga, context.viewer, request));
      }),
  },
  Subscription: {
    orderUpdated: {
      subscribe: (_root, { id, guestToken }, context) => followOrder(context, id, guestToken),
      resolve: (order: OrderRow) => order,
    },
  },
  Order: {
    __resolveReference: (reference, { orderLoaders }) => {
      const key = 'id' in reference ? reference.id : reference.number;
      return key === undefined ? null : orderLoaders.order.load(key);
    },
    customer: order => (order.customerId === null ? null : { id: order.customerId }),
    lines: async (order, _args, { orderLoaders }) =>
      (await orderLoaders.lines.load(order.id)).map(line => ({
        ...line,
        variant: { id: line.variantId },
        unitPrice: toMoney(line.unitPrice, order.currency),
        discount: toMoney(line.discount, order.currency),
        tax: toMoney(line.tax, order.currency),
        total: toMoney(line.total, order.currency),
      })),
    discounts: order =>
      order.discounts.map(({ name, amount: minor }) => ({
        name,
        amount: toMoney(BigInt(minor), order.currency),
      })),
    subtotal: amount('subtotal'),
    discountTotal: amount('discountTotal'),
    shippingTotal: amount('shippingTotal'),
    taxTotal: amount('taxTotal'),
    total: amount('total'),
    shippingMethod: ({ shippingMethod, currency }) =>
      shippingMethod && { ...shippingMethod, price: toMoney(BigInt(shippingMethod.price), currency) },
    fulfilments: (order, _args, { orderLoaders }) => orderLoaders.fulfilments.load(order.id),
    returns: async (order, _args, { orderLoaders }) =>
      (await orderLoaders.returns.load(order.id)).map(each => ({
        ...each,
        refundAmount: each.refundAmount === null ? null : toMoney(each.refundAmount, order.currency),
      })),
    availableActions: async (order, _args, { viewer, orderLoaders }) => {
      // The saga has only just asked for it: nobody else should.
      const underWay = order.money === 'REFUNDING' && order.attempts === 0;
      const [lines, returns] = await Promise.all([
        orderLoaders.lines.load(order.id),
        orderLoaders.returns.load(order.id),
      ]);
      return availableActions(
        {
          status: order.status,
          captured: underWay ? 0n : amountTaken(order),
          refunded: order.refunded,
          returnable: lines.some(line => returnableUnits(line, returns) > 0),
        },
        {
          owner: order.byGuestToken === true || isCustomer(viewer, order.customerId),
          ordersWrite: hasScope(viewer, 'orders:write'),
          refunds: hasScope(viewer, 'payments:write'),
        },
      );
    },
    timeline: (order, _args, { orderLoaders }) => orderLoaders.timeline.load(order.id),
    checkoutSteps: (order, _args, { orderLoaders }) => orderLoaders.steps.load(order.id),
  },
  Customer: {
    orders: async ({ id }, { first, after }, { viewer, orderLoaders }, info) => {
      if (id === undefined || !ownsOr(viewer, id, 'customers:read')) return null;
      const size = pageSize(first);
      const from = decodeCursor(after, cursor)?.[0] ?? null;
      const [rows, totalCount] = await Promise.all([
        orderLoaders.pageOfCustomer(from, size).load(id),
        selects(info, 'totalCount') ? orderLoaders.countOfCustomer.load(id) : 0,
      ]);
      return { ...connection(rows, size, toCursor, after), totalCount };
    },
  },
} satisfies Pick<Resolvers<Context>, 'Query' | 'Mutation' | 'Subscription' | 'Order' | 'Customer'>;
