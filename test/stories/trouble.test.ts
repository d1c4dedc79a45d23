import { beforeAll, expect, test } from 'vitest';

import { type TestShop, openTestShop } from '../support/shop.ts';
import { checkout, fillCart, findVariants, until } from '../support/shopping.ts';

let shop: TestShop;
let staff: string;
beforeAll(async () => {
  shop = await openTestShop({
    RESERVATION_TTL: '2s',
    INVENTORY_SWEEP_INTERVAL: '500ms',
    CHECKOUT_RETRY_AFTER: '500ms',
    STRIPE_TIMEOUT: '1s',
  });
  staff = await shop.staffToken();
}, 120_000);

const story = `query ($id: ID!) { order(id: $id) { status timeline { type message } checkoutSteps { name state } paymentStatus
  payments { status captured { amount } } reservation { state } } }`;

test('an order ends although Stripe is away, its goods are free, and what Stripe had held is let go', async () => {
  const { client } = shop;
  const { control } = shop.shop.stripe;
  const [variant] = await findVariants(client, 1);
  const basket = await fillCart(client, { lines: [{ variantId: variant?.id ?? '', quantity: 1 }] });
  control.add({ kind: 'drop', on: 'webhook' });
  control.add({ kind: 'drop', match: 'GET ' });
  control.add({ kind: 'commitThenDrop', match: 'POST ' });
  const { data } = await checkout(client, basket);
  expect(data.checkout.__typename).toBe('CheckoutPending');
  const look = async () =>
    (await client.send(story, { id: data.checkout.order.id }, staff)).data.order as {
      status: string;
      timeline: { message: string }[];
      payments: { status: string }[] | null;
      reservation: { state: string };
    };
  const ended = await until(look, order => order.status === 'FAILED', 30_000);
  expect(ended.timeline.at(-1)?.message).toContain('is given back to you');
  expect(ended.reservation.state).toBe('EXPIRED');
  const intents = () =>
    control
      .store()
      .all('intents')
      .filter(intent => intent.metadata['order_id'] === data.checkout.order.id)
      .map(intent => intent.status);
  expect(intents()).toEqual(['requires_capture']);
  control.clear();
  await until(
    async () => intents(),
    statuses => statuses[0] === 'canceled',
    90_000,
  );
  await until(look, order => order.payments?.[0]?.status === 'VOIDED', 30_000);
  expect((await client.run('Reconcile', period(), staff)).data.reconciliation).toMatchObject({
    missingLocally: 0,
    missingAtProvider: 0,
    amountMismatches: 0,
  });
}, 180_000);

const period = () => ({
  from: new Date(Date.now() - 3_600_000).toISOString(),
  to: new Date(Date.now() + 5_000).toISOString(),
});

test('what staff take in part of an order that could not be captured goes back in part, and the order rests', async () => {
  const { client } = shop;
  const ada = await shop.signIn();
  const [variant] = await findVariants(client, 1);
  const lines = [{ variantId: variant?.id ?? '', quantity: 2 }];
  const basket = await fillCart(client, { lines, token: ada });
  const refusal = { status: 402, code: 'card_declined', declineCode: 'generic_decline' };
  shop.shop.stripe.control.add({ kind: 'refuse', ...refusal, match: 'POST /v1/payment_intents/', times: 1 });
  const { data } = await checkout(client, basket, { token: ada });
  expect(data.checkout.__typename).toBe('PaymentDeclinedError');
  const mine = await client.run('OrderHistory', { first: 1 }, ada);
  const { id } = mine.data.me.orders.edges[0].node as { id: string };
  const parts = `status availableActions checkoutSteps { name state } payments { id status captured { amount } refunded { amount } }`;
  const look = async () =>
    (await client.send(`query ($id: ID!) { order(id: $id) { ${parts} } }`, { id }, staff)).data.order;
  const parked = await look();
  expect(parked).toMatchObject({ status: 'FAILED', payments: [{ status: 'AUTHORIZED' }] });
  expect(parked.checkoutSteps).toContainEqual({ name: 'capture', state: 'FAILED' });
  const captured = await client.send(
    `mutation ($id: ID!) { paymentCapture(id: $id, amount: { amount: "1.23", currency: "EUR" }, idempotencyKey: "${id}") { __typename } }`,
    { id: parked.payments[0].id },
    staff,
  );
  expect(captured.data.paymentCapture.__typename).toBe('PaymentSuccess');
  await until(look, order => order.payments[0].refunded.amount === '1.23');
  const [rest] = await until(
    () => shop.shop.services.orders.db.query('select saga_money, deadline_at from orders where id = ?', [id]),
    ([row]) => (row as { saga_money: string }).saga_money === 'REFUNDED',
  );
  expect(rest).toEqual({ saga_money: 'REFUNDED', deadline_at: null });
  expect((await look()).availableActions).toEqual([]);
}, 60_000);

test('a product taken off sale makes the carts that hold it unpurchasable, and says why', async () => {
  const { client } = shop;
  const [variant] = await findVariants(client, 1);
  const basket = await fillCart(client, { lines: [{ variantId: variant?.id ?? '', quantity: 1 }] });
  const { data } = await client.send(
    'query ($id: ID!) { productVariant(id: $id) { product { id } } }',
    { id: variant?.id },
    staff,
  );
  await client.send(
    'mutation ($id: ID!) { productArchive(id: $id) { __typename } }',
    { id: data.productVariant.product.id },
    staff,
  );
  const cart = async () =>
    (
      await client.send(
        'query ($id: ID!) { cart(id: $id) { lines { problem } availability { purchasable shortages { variantId } } } }',
        { id: basket.cartId },
      )
    ).data.cart;
  expect(await until(cart, each => each.availability.purchasable === false)).toEqual({
    lines: [{ problem: 'NOT_SELLABLE' }],
    availability: { purchasable: false, shortages: [] },
  });
  expect((await checkout(client, basket)).data.checkout).toMatchObject({
    __typename: 'ValidationError',
    code: 'VARIANT_NOT_SELLABLE',
  });
});
