import { describe, expect, test } from 'vitest';

import { newId, randomToken } from '#platform/ids.ts';

import {
  announcedFor,
  begin,
  customer,
  documents,
  readyCart,
  staff,
  startTestOrders,
  tellAll,
} from './testing/shop.ts';

const orders = await startTestOrders();
const statusOf = async (id: string): Promise<string> =>
  (await orders.query(documents.order, { id }, staff)).data.order.status;
const cartIsOpen = async (cartId: string): Promise<boolean> =>
  (await orders.service.db.query(`select 1 from carts where id = ? and status = 'OPEN'`, [cartId])).length ===
  1;

describe('a checkout that is refused', () => {
  test('same key, another body', async () => {
    const { answer, orderId, input, key } = await begin(
      orders,
      undefined,
      await readyCart(orders, undefined),
    );
    await tellAll(orders, orderId, ['reserved', 'declined']);
    await answer;
    const { data } = await orders.query(documents.checkout, {
      input: { ...input, email: 'eve@example.com' },
      key,
    });
    expect(data.checkout).toMatchObject({ __typename: 'IdempotencyMismatchError' });
  });

  test('the price is another than expected; no order is made and the cart stays open', async () => {
    const cart = await readyCart(orders, undefined);
    const input = { cartId: cart.cartId, expectedTotal: { amount: '19.99', currency: 'EUR' }, payment: {} };
    const { data } = await orders.query(documents.checkout, { input, key: newId() });
    expect(data.checkout).toMatchObject({
      __typename: 'PriceChangedError',
      oldTotal: { amount: '19.99' },
      newTotal: { amount: '20.00' },
    });
    expect(await cartIsOpen(cart.cartId)).toBe(true);
    expect(await orders.service.db.query('select 1 from orders where cart_id = ?', [cart.cartId])).toEqual(
      [],
    );
  });

  test('below the smallest charge of the currency', async () => {
    const cart = await readyCart(orders, undefined, [{ price: '49', quantity: 1 }]);
    const input = { cartId: cart.cartId, expectedTotal: cart.total, payment: {} };
    const { data } = await orders.query(documents.checkout, { input, key: newId() });
    expect(data.checkout).toMatchObject({ __typename: 'ValidationError', code: 'BELOW_MINIMUM' });
  });

  test("somebody else's cart does not exist", async () => {
    const cart = await readyCart(orders, customer());
    const input = { cartId: cart.cartId, expectedTotal: cart.total, payment: {} };
    for (const viewer of [customer(), undefined, staff]) {
      const { data } = await orders.query(documents.checkout, { input, key: newId() }, viewer);
      expect(data.checkout).toMatchObject({ __typename: 'NotFoundError' });
    }
  });

  test('not enough stock: the variant and what is left, the cart open again, no money asked for', async () => {
    const cart = await readyCart(orders, undefined);
    const { answer, orderId, input, key } = await begin(orders, undefined, cart);
    await tellAll(orders, orderId, ['rejected']);
    const refusal = {
      __typename: 'InsufficientStockError',
      code: 'INSUFFICIENT_STOCK',
      variantId: orderId,
      available: 1,
    };
    expect((await answer).data.checkout).toMatchObject(refusal);
    expect((await orders.query(documents.checkout, { input, key })).data.checkout).toMatchObject(refusal);
    expect(await statusOf(orderId)).toBe('FAILED');
    expect(await cartIsOpen(cart.cartId)).toBe(true);
    expect(await announcedFor(orders, orderId)).toEqual(['order.reservation_requested', 'order.failed']);
  });

  test('declined: stock is freed, the cart opens, another key may try again', async () => {
    const cart = await readyCart(orders, undefined);
    const { answer, orderId } = await begin(orders, undefined, cart);
    await tellAll(orders, orderId, ['reserved', 'declined']);
    expect((await answer).data.checkout).toMatchObject({
      __typename: 'PaymentDeclinedError',
      declineCode: 'generic_decline',
      retryable: true,
    });
    expect(await announcedFor(orders, orderId)).toEqual([
      'order.reservation_requested',
      'order.payment_requested',
      'order.stock_release_requested',
      'order.failed',
    ]);
    expect(await cartIsOpen(cart.cartId)).toBe(true);
    const second = await begin(orders, undefined, cart);
    expect(second.orderId).not.toBe(orderId);
    await tellAll(orders, second.orderId, ['reserved', 'authorized', 'committed', 'captured']);
    expect((await second.answer).data.checkout.__typename).toBe('CheckoutCompleted');
  });

  test.each([
    [
      'authorise',
      ['reserved', 'declined', 'released'],
      ['COMPENSATED', 'FAILED', 'PENDING', 'PENDING', 'FAILED'],
    ],
    [
      'capture',
      ['reserved', 'authorized', 'committed', 'captureFailed', 'released'],
      ['COMPENSATED', 'DONE', 'COMPENSATED', 'FAILED', 'FAILED'],
    ],
  ] as const)('the operator sees that it was the step %s that failed', async (name, facts, states) => {
    const { answer, orderId } = await begin(orders, undefined, await readyCart(orders, undefined));
    await tellAll(orders, orderId, facts);
    await answer;
    const { data } = await orders.query(documents.steps, { id: orderId }, staff);
    const steps = data.order.checkoutSteps as { name: string; state: string; error: string | null }[];
    expect(steps.map(({ state }) => state)).toEqual(states);
    expect(steps.find(step => step.name === name)?.error).toBe('Your card was declined.');
  });

  test('a cart that is being checked out takes no second checkout', async () => {
    const { answer, orderId, input } = await begin(orders, undefined, await readyCart(orders, undefined));
    const second = await orders.query(documents.checkout, { input, key: newId() });
    expect(second.data.checkout).toMatchObject({ __typename: 'ValidationError', code: 'CART_CHECKING_OUT' });
    await tellAll(orders, orderId, ['rejected']);
    await answer;
  });

  test.each([
    ['an empty key', '', {}],
    ['a key that is too long', 'k'.repeat(256), {}],
    ['an address that is none', 'key', { email: 'nobody' }],
    ['a saved method without an account', 'key', { payment: { savedMethodId: newId() } }],
    ['two ways to pay', 'key', { payment: { token: 'pm_card_visa', savedMethodId: newId() } }],
    ['another currency', 'key', { expectedTotal: { amount: '20.00', currency: 'USD' } }],
    ['more digits than the currency has', 'key', { expectedTotal: { amount: '20.001', currency: 'EUR' } }],
  ])('%s is a ValidationError and makes no order', async (_what, key, wrong) => {
    const cart = await readyCart(orders, undefined);
    const input = { cartId: cart.cartId, expectedTotal: cart.total, payment: {}, ...wrong };
    const { data } = await orders.query(documents.checkout, { input, key });
    expect(data.checkout).toMatchObject({ __typename: 'ValidationError' });
    expect(await cartIsOpen(cart.cartId)).toBe(true);
  });

  test.each(['------------------------------------', 'ffffffff-ffff-ffff-0fff-fffffffffff0'])(
    'the saved method %s is none, and the answer comes at once',
    async savedMethodId => {
      const ada = customer();
      const cart = await readyCart(orders, ada);
      const input = { cartId: cart.cartId, expectedTotal: cart.total, payment: { savedMethodId } };
      const { data } = await orders.query(documents.checkout, { input, key: newId() }, ada);
      expect(data.checkout).toMatchObject({ __typename: 'ValidationError', code: 'PAYMENT_METHOD' });
      expect(await cartIsOpen(cart.cartId)).toBe(true);
    },
  );

  test('a cart id that can be none, however long, is one that does not exist', async () => {
    const cartId = randomToken(6_000);
    const input = { cartId, expectedTotal: { amount: '1.00', currency: 'EUR' }, payment: {} };
    const { data } = await orders.query(documents.checkout, { input, key: newId() });
    expect(data.checkout).toMatchObject({ __typename: 'NotFoundError' });
  });

  test('more than the shop handles, though a voucher takes it all off', async () => {
    const code = `ALL${newId().slice(-6)}`;
    const voucher = `mutation ($input: VoucherUpsertInput!) { voucherUpsert(input: $input) { __typename } }`;
    const discount = { kind: 'PERCENTAGE', percentage: '100' };
    await orders.query(voucher, { input: { code, name: 'All', discount } }, staff);
    const lines = Array.from({ length: 3 }, () => ({ price: '999999999999', quantity: 999 }));
    const cart = await readyCart(orders, undefined, lines);
    const apply = `mutation ($id: ID!, $code: String!) { cartVoucherApply(cartId: $id, code: $code) { ... on CartSuccess { cart { total { amount currency } } } } }`;
    const applied = await orders.query(apply, { id: cart.cartId, code });
    const expectedTotal = applied.data.cartVoucherApply.cart.total;
    expect(expectedTotal.amount).toBe('0.00');
    const input = { cartId: cart.cartId, expectedTotal, payment: {} };
    const { data } = await orders.query(documents.checkout, { input, key: newId() });
    expect(data.checkout).toMatchObject({ __typename: 'ValidationError', code: 'ABOVE_MAXIMUM' });
    expect(await cartIsOpen(cart.cartId)).toBe(true);
  });

  test('a voucher counts as used from the checkout on, and is given back when that comes to nothing', async () => {
    const code = `ONCE${newId().slice(-6)}`;
    const voucher = `mutation ($input: VoucherUpsertInput!) { voucherUpsert(input: $input) { __typename } }`;
    const discount = { kind: 'PERCENTAGE', percentage: '10' };
    await orders.query(voucher, { input: { code, name: 'Once', discount, usageLimit: 1 } }, staff);
    const cart = await readyCart(orders, undefined);
    const apply = `mutation ($id: ID!, $code: String!) { cartVoucherApply(cartId: $id, code: $code) { ... on CartSuccess { cart { total { amount currency } } } } }`;
    const applied = await orders.query(apply, { id: cart.cartId, code });
    const reduced = { ...cart, total: applied.data.cartVoucherApply.cart.total };
    expect(reduced.total.amount).toBe('18.00');
    const uses = async () =>
      (await orders.query('{ vouchers { code usageCount } }', {}, staff)).data.vouchers.find(
        (each: { code: string }) => each.code === code.toUpperCase(),
      ).usageCount as number;
    const first = await begin(orders, undefined, reduced);
    expect(await uses()).toBe(1);
    await tellAll(orders, first.orderId, ['reserved', 'declined']);
    await first.answer;
    expect(await uses()).toBe(0);
    const second = await begin(orders, undefined, reduced);
    await tellAll(orders, second.orderId, ['reserved', 'authorized', 'committed', 'captured']);
    expect((await second.answer).data.checkout.order.total.amount).toBe('18.00');
    expect(await uses()).toBe(1);
  });
});
