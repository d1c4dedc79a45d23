import { randomBytes } from 'node:crypto';

import { type Database, type Transaction } from '#platform/database.ts';
import { DomainError, invalid, notFound } from '#platform/errors.ts';
import { once } from '#platform/idempotency.ts';
import { newId, sha256 } from '#platform/ids.ts';
import { type MoneyText, fromMoney, toMoney } from '#platform/money.ts';
import { announceAll } from '#platform/outbox.ts';
import { type Viewer, actorOf } from '#platform/viewer.ts';

import { emailAddress } from '../domain/address.ts';
import { isCartId, refuseProblems } from '../domain/cart.ts';
import { refuseTooLittle, refuseTooMuch } from '../domain/charge-limits.ts';
import { proceed } from '../domain/checkout.ts';
import { orderNumber } from '../domain/order.ts';
import { statusWords } from '../domain/timeline.ts';
import { type CartRow, lockCartOf, markCartCheckingOut } from '../store/carts.ts';
import { findContact } from '../store/contacts.ts';
import { insertOrder } from '../store/order-changes.ts';
import { type OrderLineRow } from '../store/order-parts.ts';
import { type OrderRow, type PaymentChoice } from '../store/orders.ts';
import { type PricedCartRow, loadPricedCart } from '../store/pricing.ts';
import { take } from './advance-order.ts';
import { entry, statusChanged } from './change-status.ts';
import { guestTokenDays, guestTokenOf } from './guest-token.ts';
import { redeemVouchers } from './redeem-vouchers.ts';
import { type SagaSettings } from './saga-effects.ts';

export type CheckoutInput = {
  readonly cartId: string;
  readonly expectedTotal: MoneyText;
  readonly email?: string | null | undefined;
  readonly payment: {
    readonly token?: string | null | undefined;
    readonly savedMethodId?: string | null | undefined;
    readonly save?: boolean | null | undefined;
  };
};

/**
 * Makes an order of a cart and starts its saga: order, vouchers, idempotency row and the request for stock in one
 * transaction. Answers the order's id; the same key answers the same order, however it fared.
 * Throws ValidationError, NotFoundError, PriceChangedError, VoucherInvalidError, IdempotencyMismatchError.
 */
export async function startCheckout(
  db: Database,
  settings: SagaSettings,
  viewer: Viewer,
  request: { readonly input: CheckoutInput; readonly key: string },
): Promise<string> {
  const { input, key } = request;
  const payment = paymentChoice(input, viewer);
  const given = input.email == null ? null : emailAddress(input.email, ['input', 'email']);
  if (!isCartId(input.cartId)) throw notFound('the cart', ['input', 'cartId']);
  const scope = actorOf(viewer) ?? `cart:${input.cartId}`;
  const customerId = viewer.kind === 'customer' ? viewer.id : null;
  return db.transaction(async tx => {
    const stored = await once(tx, { scope, operation: 'checkout', key, input }, async () => {
      const cart = await lockCartOf(tx, input.cartId, customerId);
      if (!cart) throw notFound('the cart', ['input', 'cartId']);
      const priced = await checkedPrice(tx, cart, input.expectedTotal);
      const contact = customerId === null ? null : await findContact(tx, customerId);
      const email = given ?? cart.email ?? contact?.email ?? null;
      if (email === null) throw invalid('an e-mail address is needed', ['input', 'email'], 'EMAIL_REQUIRED');
      const order = newOrder(priced, settings, {
        customerId,
        email,
        locale: contact?.locale ?? 'en',
        payment,
      });
      const lines = linesFor(order.id, priced);
      const begun = await take(tx, settings, order, { ...proceed(order, order.total === 0n), lines });
      await markCartCheckingOut(tx, cart.id, order.id);
      await insertOrder(tx, {
        order: begun.order,
        lines,
        steps: begun.steps,
        timeline: entry(statusWords.PENDING),
      });
      await redeemVouchers(tx, {
        cartId: cart.id,
        orderId: order.id,
        customerId,
        email,
        codes: priced.priced.appliedVouchers,
      });
      await announceAll(tx, [statusChanged(order, null), ...begun.told]);
      return { orderId: order.id };
    });
    return stored.orderId;
  });
}

// As the events' contract has it: what could not be told later must not begin.
const ourId = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

function paymentChoice({ payment }: CheckoutInput, viewer: Viewer): PaymentChoice {
  const token = payment.token ?? null;
  const savedMethodId = payment.savedMethodId ?? null;
  if (token !== null && savedMethodId !== null)
    throw invalid('either a token or a saved method', ['input', 'payment'], 'PAYMENT_METHOD');
  if (token !== null && (token === '' || token.length > 255))
    throw invalid('this is not a payment token', ['input', 'payment', 'token'], 'PAYMENT_METHOD');
  if (savedMethodId !== null && (viewer.kind !== 'customer' || !ourId.test(savedMethodId))) {
    throw invalid(
      'there is no such saved payment method',
      ['input', 'payment', 'savedMethodId'],
      'PAYMENT_METHOD',
    );
  }
  return { token, savedMethodId, save: (payment.save ?? false) && viewer.kind === 'customer' };
}

async function checkedPrice(tx: Transaction, cart: CartRow, expected: MoneyText): Promise<PricedCartRow> {
  if (cart.status === 'CHECKING_OUT')
    throw invalid('this cart is being checked out', ['input', 'cartId'], 'CART_CHECKING_OUT');
  if (cart.status === 'CLOSED') throw invalid('this cart is closed', ['input', 'cartId'], 'CART_CLOSED');
  if (cart.lines.length === 0) throw invalid('the cart is empty', ['input', 'cartId'], 'CART_EMPTY');
  if (cart.shippingAddress === null)
    throw invalid('a shipping address is needed', ['input', 'cartId'], 'ADDRESS_REQUIRED');
  const row = await loadPricedCart(tx, cart, new Date());
  refuseProblems(row.problems);
  const { priced } = row;
  refuseTooMuch(priced.subtotal, priced.currency);
  if (priced.shippingMethod === null)
    throw invalid('a shipping method is needed', ['input', 'cartId'], 'SHIPPING_METHOD_REQUIRED');
  const { minor, currency } = fromMoney(expected, ['input', 'expectedTotal', 'amount']);
  if (currency !== priced.currency)
    throw invalid(`the cart is in ${priced.currency}`, ['input', 'expectedTotal', 'currency'], 'CURRENCY');
  if (minor !== priced.total) {
    throw new DomainError('PriceChangedError', 'PRICE_CHANGED', 'the total has changed', {
      field: ['input', 'expectedTotal'],
      details: { oldTotal: toMoney(minor, currency), newTotal: toMoney(priced.total, currency) },
    });
  }
  refuseTooLittle(priced.total, currency);
  return row;
}

type Buyer = {
  readonly customerId: string | null;
  readonly email: string;
  readonly locale: string;
  readonly payment: PaymentChoice;
};

function newOrder({ cart, priced }: PricedCartRow, settings: SagaSettings, buyer: Buyer): OrderRow {
  const id = newId();
  const now = new Date();
  const guest = buyer.customerId === null;
  if (cart.shippingAddress === null) throw new Error('a cart without an address was priced for checkout');
  return {
    id,
    number: orderNumber(randomBytes(10)),
    status: 'PENDING',
    version: 1,
    customerId: buyer.customerId,
    cartId: cart.id,
    email: buyer.email,
    locale: buyer.locale,
    guestTokenHash: guest ? sha256(guestTokenOf(settings.guestTokenSecret, id)) : null,
    guestTokenExpiresAt: guest ? new Date(now.getTime() + guestTokenDays * 86_400_000) : null,
    currency: priced.currency,
    subtotal: priced.subtotal,
    discountTotal: priced.discountTotal,
    shippingTotal: priced.shippingTotal,
    taxTotal: priced.taxTotal,
    total: priced.total,
    captured: null,
    pricesIncludeTax: priced.pricesIncludeTax,
    discounts: priced.discounts.map(({ name, amount }) => ({ name, amount: amount.toString() })),
    shippingAddress: cart.shippingAddress,
    billingAddress: cart.billingAddress,
    shippingMethod: priced.shippingMethod && {
      ...priced.shippingMethod,
      price: priced.shippingMethod.price.toString(),
    },
    goal: 'PLACE',
    stock: 'NONE',
    money: 'NONE',
    reason: null,
    told: false,
    attempts: 0,
    deadlineAt: null,
    reservationExpiresAt: new Date(now.getTime() + settings.reservationMs),
    reservedAt: null,
    paymentMethod: buyer.payment,
    clientSecret: null,
    redirectUrl: null,
    failure: null,
    cancelReason: null,
    placedAt: null,
    createdAt: now,
    refunded: 0n,
  };
}

function linesFor(orderId: string, { priced }: PricedCartRow): OrderLineRow[] {
  return priced.lines.map(
    ({ variantId, productId, sku, title, quantity, unitPrice, total, discount, tax }) => ({
      id: newId(),
      orderId,
      variantId,
      productId,
      sku,
      title,
      quantity,
      unitPrice,
      total,
      discount,
      tax,
      quantityFulfilled: 0,
      quantityReturned: 0,
      quantityCancelled: 0,
    }),
  );
}
