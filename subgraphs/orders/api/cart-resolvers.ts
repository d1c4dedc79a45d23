import { answer } from '#platform/answer.ts';
import { toMoney } from '#platform/money.ts';
import { isCustomer } from '#platform/viewer.ts';

import { applyCartVoucher } from '../actions/apply-cart-voucher.ts';
import { type CartDoor } from '../actions/change-cart.ts';
import { createCart } from '../actions/create-cart.ts';
import { mergeCart } from '../actions/merge-cart.ts';
import { removeCartVoucher } from '../actions/remove-cart-voucher.ts';
import { setCartAddress } from '../actions/set-cart-address.ts';
import { setCartLines } from '../actions/set-cart-lines.ts';
import { setCartShippingMethod } from '../actions/set-cart-shipping-method.ts';
import { type PricedCart } from '../domain/pricing.ts';
import { type ShippingOffer } from '../domain/shipping.ts';
import { type CartRow } from '../store/carts.ts';
import { type CartContext } from './cart-loaders.ts';
import { type Resolvers } from './schema.types.ts';

const door = ({ viewer }: CartContext, cartId: string): CartDoor => ({ cartId, viewer, now: new Date() });

const maker = ({ viewer, shop }: CartContext) => ({ viewer, shop, now: new Date() });

const priced = async (cart: CartRow, { cartLoaders }: CartContext): Promise<PricedCart> =>
  (await cartLoaders.priced.load(cart)).priced;

const offer = (currency: string) => (method: ShippingOffer) => ({
  ...method,
  price: toMoney(method.price, currency),
});

/** A sum of the priced cart as Money. */
const amount =
  (name: 'subtotal' | 'discountTotal' | 'shippingTotal' | 'taxTotal' | 'total') =>
  async (cart: CartRow, _args: object, context: CartContext) =>
    toMoney((await priced(cart, context))[name], cart.currency);

/** Carts: queries, mutations, and Customer.cart. */
export const cartResolvers = {
  Query: {
    cart: (_root, { id }, { cartLoaders }) => cartLoaders.cart.load(id),
  },
  Mutation: {
    cartCreate: (_root, { input }, context, info) =>
      answer(info, 'CartSuccess', async () => ({
        cart: await createCart(context.db, maker(context), input),
      })),
    cartLinesSet: (_root, { cartId, lines, expectedVersion }, context, info) =>
      answer(info, 'CartSuccess', async () => {
        const asked = { ...door(context, cartId), expectedVersion: expectedVersion ?? null };
        return { cart: await setCartLines(context.db, asked, lines) };
      }),
    cartAddressSet: (_root, { cartId, shipping, billing }, context, info) =>
      answer(info, 'CartSuccess', async () => ({
        cart: await setCartAddress(context.db, door(context, cartId), { shipping, billing: billing ?? null }),
      })),
    cartShippingMethodSet: (_root, { cartId, shippingMethodId }, context, info) =>
      answer(info, 'CartSuccess', async () => ({
        cart: await setCartShippingMethod(context.db, door(context, cartId), shippingMethodId),
      })),
    cartVoucherApply: (_root, { cartId, code }, context, info) =>
      answer(info, 'CartSuccess', async () => ({
        cart: await applyCartVoucher(context.db, door(context, cartId), code),
      })),
    cartVoucherRemove: (_root, { cartId, code }, context, info) =>
      answer(info, 'CartSuccess', async () => ({
        cart: await removeCartVoucher(context.db, door(context, cartId), code),
      })),
    cartMerge: (_root, { cartId }, context, info) =>
      answer(info, 'CartSuccess', async () => ({
        cart: await mergeCart(context.db, maker(context), cartId),
      })),
  },
  Cart: {
    __resolveReference: ({ id }, { cartLoaders }) => cartLoaders.cart.load(id),
    customer: cart => (cart.customerId === null ? null : { id: cart.customerId }),
    lines: async (cart, _args, { cartLoaders }) => {
      const row = await cartLoaders.priced.load(cart);
      const problems = new Map(
        row.problems.flatMap(each =>
          each.kind === 'VARIANT' ? [[each.variantId, each.reason] as const] : [],
        ),
      );
      return row.priced.lines.map(line => ({
        id: line.id,
        variantId: line.variantId,
        variant: { id: line.variantId },
        quantity: line.quantity,
        problem: problems.get(line.variantId) ?? null,
        unitPrice: toMoney(line.unitPrice, cart.currency),
        total: toMoney(line.total, cart.currency),
      }));
    },
    shippingMethods: async (cart, _args, context) =>
      (await priced(cart, context)).shippingMethods.map(offer(cart.currency)),
    shippingMethod: async (cart, _args, context) => {
      const { shippingMethod } = await priced(cart, context);
      return shippingMethod && offer(cart.currency)(shippingMethod);
    },
    vouchers: cart => cart.voucherCodes,
    discounts: async (cart, _args, context) =>
      (await priced(cart, context)).discounts.map(each => ({
        name: each.name,
        amount: toMoney(each.amount, cart.currency),
      })),
    subtotal: amount('subtotal'),
    discountTotal: amount('discountTotal'),
    shippingTotal: amount('shippingTotal'),
    taxTotal: amount('taxTotal'),
    total: amount('total'),
  },
  Customer: {
    cart: ({ id }, _args, { viewer, cartLoaders }) =>
      id !== undefined && isCustomer(viewer, id) ? cartLoaders.latestCart.load(id) : null,
  },
} satisfies Pick<Resolvers<CartContext>, 'Query' | 'Mutation' | 'Cart' | 'Customer'>;
