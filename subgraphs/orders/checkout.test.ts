import { describe, expect, test } from 'vitest';

import { newId, sha256 } from '#platform/ids.ts';

import {
  announcedFor,
  begin,
  customer,
  documents,
  factOf,
  paidOrder,
  readyCart,
  staff,
  startTestOrders,
  tellAll,
  until,
} from './testing/shop.ts';

const orders = await startTestOrders();
const statusOf = async (id: string): Promise<string> =>
  (await orders.query(documents.order, { id }, staff)).data.order.status;
const cartIsOpen = async (cartId: string): Promise<boolean> =>
  (await orders.service.db.query(`select 1 from carts where id = ? and status = 'OPEN'`, [cartId])).length ===
  1;

describe('a checkout that goes well', () => {
  test('asks for stock, money, commitment and capture, in this order, and ends PAID', async () => {
    const ada = customer();
    const cart = await readyCart(orders, ada);
    const { answer, orderId } = await begin(orders, ada, cart);
    await tellAll(orders, orderId, ['reserved', 'authorized', 'committed', 'captured']);
    const { checkout } = (await answer).data;
    expect(checkout).toMatchObject({ __typename: 'CheckoutCompleted', guestToken: null });
    expect(checkout.order).toMatchObject({
      id: orderId,
      status: 'PAID',
      email: 'ada@example.com',
      total: { amount: '20.00', currency: 'EUR' },
      customer: { id: ada.id },
      availableActions: ['CANCEL'],
    });
    expect(checkout.order.number).toMatch(/^S-[0-9A-Z]{10}$/);
    expect(await announcedFor(orders, orderId)).toEqual([
      'order.reservation_requested',
      'order.payment_requested',
      'order.stock_commit_requested',
      'order.capture_requested',
      'order.placed',
    ]);
    const [placed] = (await orders.announced('order.placed')).filter(
      ({ data }) => (data as { orderId: string }).orderId === orderId,
    );
    expect(placed?.data).toMatchObject({
      total: '2000',
      guestToken: null,
      recipient: { email: 'ada@example.com', name: 'Ada Lovelace' },
    });
    expect(await cartIsOpen(cart.cartId)).toBe(false);
  });

  test('of a guest answers a token of 256 bits, the same at every replay, stored as a hash only', async () => {
    const { answer, orderId, input, key } = await begin(
      orders,
      undefined,
      await readyCart(orders, undefined),
    );
    await tellAll(orders, orderId, ['reserved', 'authorized', 'committed', 'captured']);
    const first = (await answer).data.checkout;
    const again = (await orders.query(documents.checkout, { input, key })).data.checkout;
    expect(again).toEqual(first);
    expect(Buffer.from(first.guestToken, 'base64url')).toHaveLength(32);
    const [row] = await orders.service.db.query<{ hash: string }>(
      'select guest_token_hash as hash from orders where id = ?',
      [orderId],
    );
    expect(row?.hash).toBe(sha256(first.guestToken));
  });

  test('costs nothing: no payment is asked for', async () => {
    const { answer, orderId } = await begin(
      orders,
      undefined,
      await readyCart(orders, undefined, [{ price: '0', quantity: 1 }]),
    );
    await tellAll(orders, orderId, ['reserved', 'committed']);
    expect((await answer).data.checkout).toMatchObject({
      __typename: 'CheckoutCompleted',
      order: { status: 'PAID' },
    });
    expect(await announcedFor(orders, orderId)).toEqual([
      'order.reservation_requested',
      'order.stock_commit_requested',
      'order.placed',
    ]);
  });

  test('sent 50 times in parallel with one key makes one order, and every answer is the same', async () => {
    const cart = await readyCart(orders, undefined);
    const input = { cartId: cart.cartId, expectedTotal: cart.total, payment: { token: 'pm_card_visa' } };
    const key = newId();
    const answers = Promise.all(
      Array.from({ length: 50 }, () => orders.query(documents.checkout, { input, key })),
    );
    const orderId = await until(async () => {
      const [row] = await orders.service.db.query<{ id: string }>('select id from orders where cart_id = ?', [
        cart.cartId,
      ]);
      return row?.id;
    }, 'the order');
    await tellAll(orders, orderId, ['reserved', 'authorized', 'committed', 'captured']);
    const all = (await answers).map(({ data }) => JSON.stringify(data));
    expect(new Set(all).size).toBe(1);
    expect(all[0]).toContain('"CheckoutCompleted"');
    expect(
      await orders.service.db.query('select 1 from orders where cart_id = ?', [cart.cartId]),
    ).toHaveLength(1);
    expect(
      (await announcedFor(orders, orderId)).filter(type => type === 'order.payment_requested'),
    ).toHaveLength(1);
  });
});

describe('3-D Secure', () => {
  test('answers secret and address at once, and the same key learns the outcome later', async () => {
    const { answer, orderId, input, key } = await begin(
      orders,
      undefined,
      await readyCart(orders, undefined),
    );
    await tellAll(orders, orderId, ['reserved', 'action']);
    expect((await answer).data.checkout).toMatchObject({
      __typename: 'CheckoutRequiresAction',
      clientSecret: 'pi_secret',
      redirectUrl: 'https://bank.example/3ds',
      order: { status: 'AWAITING_PAYMENT' },
    });
    await tellAll(orders, orderId, ['authorized', 'committed', 'captured']);
    expect((await orders.query(documents.checkout, { input, key })).data.checkout).toMatchObject({
      __typename: 'CheckoutCompleted',
    });
  });

  test('abandoned: when the reservation expires the payment is voided first, then people are told', async () => {
    const cart = await readyCart(orders, undefined);
    const { answer, orderId } = await begin(orders, undefined, cart);
    await tellAll(orders, orderId, ['reserved', 'action']);
    await answer;
    await tellAll(orders, orderId, ['expired']);
    expect((await announcedFor(orders, orderId)).at(-1)).toBe('order.payment_void_requested');
    expect(await cartIsOpen(cart.cartId)).toBe(false);
    await tellAll(orders, orderId, ['voided']);
    expect((await announcedFor(orders, orderId)).at(-1)).toBe('order.failed');
    expect(await statusOf(orderId)).toBe('FAILED');
    expect(await cartIsOpen(cart.cartId)).toBe(true);
  });

  test('a success that comes after the end is voided: no money without goods', async () => {
    const { answer, orderId } = await begin(orders, undefined, await readyCart(orders, undefined));
    await tellAll(orders, orderId, ['reserved', 'action', 'declined']);
    await answer;
    expect(await statusOf(orderId)).toBe('FAILED');
    await tellAll(orders, orderId, ['authorized']);
    expect((await announcedFor(orders, orderId)).at(-1)).toBe('order.payment_void_requested');
    await tellAll(orders, orderId, ['voided']);
    expect(await statusOf(orderId)).toBe('FAILED');
  });

  test('goods that expired while they were paid and cannot be had again stop the money', async () => {
    const { answer, orderId } = await begin(orders, undefined, await readyCart(orders, undefined));
    await tellAll(orders, orderId, ['reserved', 'authorized', 'expired', 'rejected']);
    expect((await announcedFor(orders, orderId)).at(-1)).toBe('order.payment_void_requested');
    await tellAll(orders, orderId, ['voided']);
    expect((await answer).data.checkout.__typename).toBe('InsufficientStockError');
  });
});

describe('events that come twice, late or in another order', () => {
  test('duplicates and stale facts change nothing', async () => {
    const { orderId } = await paidOrder(orders, undefined);
    const before = await announcedFor(orders, orderId);
    await tellAll(orders, orderId, [
      'reserved',
      'authorized',
      'committed',
      'captured',
      'declined',
      'rejected',
      'expired',
      'voided',
      'action',
    ]);
    const event = factOf('captured', orderId);
    const id = await orders.deliver(event);
    await orders.deliver(event, id);
    expect(await announcedFor(orders, orderId)).toEqual(before);
    expect(await statusOf(orderId)).toBe('PAID');
  });

  test('facts about unknown orders are taken and forgotten', async () => {
    const unknown = newId();
    await tellAll(orders, unknown, ['reserved', 'captured', 'voided']);
    expect(await announcedFor(orders, unknown)).toEqual([]);
  });

  test('a refused capture frees the goods and tells', async () => {
    const { answer, orderId } = await begin(orders, undefined, await readyCart(orders, undefined));
    await tellAll(orders, orderId, ['reserved', 'authorized', 'committed', 'captureFailed']);
    expect((await answer).data.checkout.__typename).toBe('PaymentDeclinedError');
    expect((await announcedFor(orders, orderId)).slice(-2)).toEqual([
      'order.stock_release_requested',
      'order.failed',
    ]);
  });

  test('operators see the steps', async () => {
    const { answer, orderId } = await begin(orders, undefined, await readyCart(orders, undefined));
    await tellAll(orders, orderId, ['reserved', 'declined', 'released']);
    await answer;
    expect((await orders.query(documents.steps, { id: orderId }, staff)).data.order.checkoutSteps).toEqual([
      { name: 'reserve', state: 'COMPENSATED', attempts: 1, error: null },
      { name: 'authorise', state: 'FAILED', attempts: 1, error: 'Your card was declined.' },
      { name: 'commit', state: 'PENDING', attempts: 0, error: null },
      { name: 'capture', state: 'PENDING', attempts: 0, error: null },
      { name: 'place', state: 'FAILED', attempts: 0, error: 'Your card was declined.' },
    ]);
  });
});
