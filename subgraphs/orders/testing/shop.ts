import { newId } from '#platform/ids.ts';
import { type TestSubgraph, testSubgraph } from '#platform/testing/subgraph.ts';
import { type Viewer } from '#platform/viewer.ts';
import { catalogue } from '#schema/catalogue.ts';

import { startOrders } from '../service.ts';

export const guestTokenSecret = 'a secret for tests only, 32 bytes';

export const customer = (): Viewer => ({ kind: 'customer', id: newId(), sessionId: newId(), scopes: [] });
export const staff: Viewer = {
  kind: 'customer',
  id: newId(),
  sessionId: newId(),
  scopes: [
    'orders:read',
    'orders:write',
    'payments:write',
    'customers:read',
    'shipping:write',
    'promotions:write',
    'promotions:read',
  ],
};

/** Starts orders as production does, with a retry delay of the test's choice. */
export function startTestOrders(
  more: { readonly retryMs?: number; readonly reservationMs?: number } = {},
): Promise<TestSubgraph> {
  return testSubgraph({
    name: 'orders',
    catalogue,
    start: (settings, shared) =>
      startOrders(
        {
          ...settings,
          guestTokenSecret,
          reservationMs: more.reservationMs ?? 900_000,
          retryMs: more.retryMs ?? 60_000,
          currency: 'EUR',
          country: 'DE',
        },
        shared,
      ),
  });
}

const orderParts = `id number status version email total { amount currency } subtotal { amount } shippingTotal { amount } availableActions placedAt
  customer { id } lines { id sku title quantity quantityFulfilled quantityReturned quantityCancelled total { amount } variant { id } }
  fulfilments { id status trackingNumber lines { orderLineId quantity } }
  returns { id status reason refundAmount { amount currency } lines { orderLineId quantity } } timeline { type message }`;
const refusals = `... on UserError { __typename code message field } ... on OrderStateError { status }`;

export const documents = {
  checkout: `mutation ($input: CheckoutInput!, $key: ID!) { checkout(input: $input, idempotencyKey: $key) { __typename
    ... on CheckoutCompleted { guestToken order { ${orderParts} } }
    ... on CheckoutRequiresAction { guestToken clientSecret redirectUrl order { ${orderParts} } }
    ... on CheckoutPending { guestToken order { ${orderParts} } }
    ... on InsufficientStockError { variantId available }
    ... on PaymentDeclinedError { declineCode retryable }
    ... on PriceChangedError { oldTotal { amount } newTotal { amount } }
    ... on UserError { code message field } } }`,
  order: `query ($id: ID, $number: String) { order(id: $id, number: $number) { ${orderParts} } }`,
  steps: `query ($id: ID) { order(id: $id) { checkoutSteps { name state attempts error } } }`,
  guestOrder: `query ($number: String!, $token: String!) { guestOrder(number: $number, token: $token) { ${orderParts} } }`,
  cancel: `mutation ($id: ID!, $key: ID!, $token: String) { orderCancel(id: $id, reason: "changed my mind", idempotencyKey: $key, guestToken: $token) {
    __typename ... on OrderSuccess { order { ${orderParts} } } ${refusals} } }`,
  fulfil: `mutation ($input: FulfilInput!, $key: ID!) { orderFulfil(input: $input, idempotencyKey: $key) {
    __typename ... on OrderSuccess { order { ${orderParts} } } ${refusals} } }`,
  deliver: `mutation ($id: ID!) { fulfilmentDeliver(id: $id) { __typename ... on OrderSuccess { order { ${orderParts} } } ${refusals} } }`,
  returnRequest: `mutation ($id: ID!, $lines: [OrderLineQuantityInput!]!, $key: ID!, $token: String) {
    returnRequest(orderId: $id, lines: $lines, reason: "too small", idempotencyKey: $key, guestToken: $token) {
    __typename ... on OrderSuccess { order { ${orderParts} } } ${refusals} } }`,
  returnApprove: `mutation ($id: ID!) { returnApprove(id: $id) { __typename ... on OrderSuccess { order { ${orderParts} } } ${refusals} } }`,
  returnReject: `mutation ($id: ID!) { returnReject(id: $id, reason: "worn") { __typename ... on OrderSuccess { order { ${orderParts} } } ${refusals} } }`,
  returnReceive: `mutation ($id: ID!, $key: ID!) { returnReceive(id: $id, idempotencyKey: $key) {
    __typename ... on OrderSuccess { order { ${orderParts} } } ${refusals} } }`,
};

export type Cart = {
  readonly cartId: string;
  readonly total: { readonly amount: string; readonly currency: string };
  readonly variantIds: readonly string[];
};

/** Puts variants of these prices (minor units, EUR) and quantities on sale and into a cart that is ready to be checked out. */
export async function readyCart(
  orders: TestSubgraph,
  viewer: Viewer | undefined,
  lines: readonly { readonly price: string; readonly quantity: number }[] = [{ price: '1000', quantity: 2 }],
): Promise<Cart> {
  const variantIds = await Promise.all(lines.map(({ price }) => sell(orders, price)));
  const method = await orders.query(
    `mutation ($input: ShippingMethodUpsertInput!) { shippingMethodUpsert(input: $input) { ... on ShippingMethodSuccess { shippingMethod { id } } ... on UserError { message } } }`,
    { input: { name: 'Parcel', countries: ['DE'], prices: [{ amount: '0.00', currency: 'EUR' }] } },
    staff,
  );
  const shippingMethodId = method.data.shippingMethodUpsert.shippingMethod.id as string;
  const created = await orders.query(
    `mutation ($input: CartCreateInput!) { cartCreate(input: $input) { ... on CartSuccess { cart { id } } ... on UserError { message } } }`,
    {
      input: {
        email: 'ada@example.com',
        lines: variantIds.map((variantId, i) => ({ variantId, quantity: lines[i]?.quantity })),
      },
    },
    viewer,
  );
  const cartId = created.data.cartCreate.cart.id as string;
  const shipping = {
    name: 'Ada Lovelace',
    line1: 'Street 1',
    city: 'Berlin',
    postalCode: '10115',
    country: 'DE',
  };
  await orders.query(
    `mutation ($id: ID!, $shipping: OrderAddressInput!) { cartAddressSet(cartId: $id, shipping: $shipping) { __typename } }`,
    { id: cartId, shipping },
    viewer,
  );
  const ready = await orders.query(
    `mutation ($id: ID!, $method: ID!) { cartShippingMethodSet(cartId: $id, shippingMethodId: $method) { ... on CartSuccess { cart { total { amount currency } } } } }`,
    { id: cartId, method: shippingMethodId },
    viewer,
  );
  return { cartId, total: ready.data.cartShippingMethodSet.cart.total as Cart['total'], variantIds };
}

async function sell(orders: TestSubgraph, amount: string): Promise<string> {
  const variantId = newId();
  const aggregate = { type: 'ProductVariant', id: variantId };
  await orders.deliver({
    type: 'variant.upserted',
    aggregate,
    data: {
      variantId,
      productId: newId(),
      sku: 'MUG',
      title: 'Blue',
      productName: 'Mug',
      productSlug: 'mug',
      categorySlugs: [],
      taxClass: 'standard',
      weightGrams: 100,
      sellable: true,
      version: 1,
    },
  });
  const prices = [{ currency: 'EUR', amount, compareAt: null }];
  await orders.deliver({ type: 'price.changed', aggregate, data: { variantId, prices, version: 1 } });
  return variantId;
}

/** Waits until a condition answers something else than null or undefined. */
export async function until<T>(read: () => Promise<T | null | undefined>, what: string): Promise<T> {
  for (const end = Date.now() + 8_000; Date.now() < end;) {
    const found = await read();
    if (found !== null && found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Checks a cart out and answers the pending request together with the order's id, as soon as there is an order. */
export async function begin(
  orders: TestSubgraph,
  viewer: Viewer | undefined,
  cart: Cart,
  key: string = newId(),
) {
  const input = { cartId: cart.cartId, expectedTotal: cart.total, payment: { token: 'pm_card_visa' } };
  const ofCart = () =>
    orders.service.db.query<{ id: string }>('select id from orders where cart_id = ? order by id', [
      cart.cartId,
    ]);
  const before = (await ofCart()).length;
  const answer = orders.query(documents.checkout, { input, key }, viewer);
  const orderId = await until(async () => (await ofCart())[before]?.id, 'an order');
  return { answer, orderId, input, key };
}

type Fact =
  | 'reserved'
  | 'rejected'
  | 'expired'
  | 'committed'
  | 'released'
  | 'authorized'
  | 'action'
  | 'captured'
  | 'declined'
  | 'captureFailed'
  | 'voided';

/** What inventory and payments say, as events; `amount` is what the order costs, in minor units. */
export function factOf(fact: Fact, orderId: string, amount = '2000') {
  const stock = { orderId, reservationId: orderId };
  const payment = { orderId, paymentId: orderId };
  const paid = { ...payment, amount, currency: 'EUR' };
  const failed = {
    ...payment,
    declineCode: 'generic_decline',
    message: 'Your card was declined.',
    retryable: true,
  };
  const all = {
    reserved: [
      'stock.reserved',
      { ...stock, expiresAt: new Date(Date.now() + 900_000).toISOString(), lines: [] },
    ],
    rejected: [
      'stock.rejected',
      { orderId, shortages: [{ variantId: orderId, requested: 2, available: 1 }] },
    ],
    expired: ['stock.expired', stock],
    committed: ['stock.committed', stock],
    released: ['stock.released', { ...stock, reason: 'asked' }],
    authorized: ['payment.authorized', paid],
    action: [
      'payment.action_required',
      { ...payment, clientSecret: 'pi_secret', redirectUrl: 'https://bank.example/3ds' },
    ],
    captured: ['payment.captured', paid],
    declined: ['payment.failed', { ...failed, stage: 'AUTHORIZE' }],
    captureFailed: ['payment.failed', { ...failed, stage: 'CAPTURE' }],
    voided: ['payment.voided', payment],
  } as const;
  const [type, data] = all[fact];
  return { type, aggregate: { type: fact, id: orderId }, data };
}

/** Delivers facts one after the other. */
export async function tellAll(orders: TestSubgraph, orderId: string, facts: readonly Fact[]): Promise<void> {
  const [order] = await orders.service.db.query<{ total: bigint }>('select total from orders where id = ?', [
    orderId,
  ]);
  for (const fact of facts) await orders.deliver(factOf(fact, orderId, order?.total.toString()));
}

/** Types of the events that the order has caused, in order, without order.status_changed. */
export async function announcedFor(orders: TestSubgraph, orderId: string): Promise<string[]> {
  const all = await orders.announced();
  return all
    .filter(
      ({ data, type }) =>
        (data as { orderId?: string }).orderId === orderId && type !== 'order.status_changed',
    )
    .map(({ type }) => type);
}

/** A paid order and what its checkout answered. */
export async function paidOrder(
  orders: TestSubgraph,
  viewer: Viewer | undefined,
  lines?: readonly { readonly price: string; readonly quantity: number }[],
) {
  const { answer, orderId } = await begin(orders, viewer, await readyCart(orders, viewer, lines));
  await tellAll(orders, orderId, ['reserved', 'authorized', 'committed', 'captured']);
  const { checkout } = (await answer).data;
  return { orderId, order: checkout.order, guestToken: checkout.guestToken as string | null };
}
