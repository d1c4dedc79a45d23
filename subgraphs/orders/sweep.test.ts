import { expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';

import {
  announcedFor,
  begin,
  customer,
  documents,
  readyCart,
  staff,
  startTestOrders,
  tellAll,
  until,
} from './testing/shop.ts';

// A retry delay of a moment: the sweeper finds every unanswered request overdue.
const orders = await startTestOrders({ retryMs: 1 });

test('a request that nobody answers is repeated, and a checkout without any answer ends within a minute', async () => {
  const cart = await readyCart(orders, undefined);
  const { answer, orderId } = await begin(orders, undefined, cart);
  const status = async () =>
    (await orders.query(documents.order, { id: orderId }, staff)).data.order.status as string;
  await until(async () => {
    orders.service.jobs.wake('sweep');
    return (await status()) === 'FAILED' ? true : null;
  }, 'the order to fail');
  const asked = await announcedFor(orders, orderId);
  expect(asked.filter(type => type === 'order.reservation_requested').length).toBeGreaterThan(3);
  // The sweeper may have come once more: the release is repeated, the failure is not.
  expect(asked.filter(type => type !== 'order.reservation_requested').slice(0, 2)).toEqual([
    'order.stock_release_requested',
    'order.failed',
  ]);
  expect((await answer).data.checkout).toMatchObject({
    __typename: 'ValidationError',
    code: 'CHECKOUT_EXPIRED',
  });
  await until(async () => {
    orders.service.jobs.wake('sweep');
    return (await announcedFor(orders, orderId)).filter(type => type === 'order.stock_release_requested')
      .length > 1
      ? true
      : null;
  }, 'the release to be asked for again');
  await tellAll(orders, orderId, ['released']);
  const [row] = await orders.service.db.query<{ deadline: Date | null }>(
    'select deadline_at as deadline from orders where id = ?',
    [orderId],
  );
  expect(row?.deadline).toBeNull();
});

test('an order ends although payments does not answer, and money that came after all goes back', async () => {
  const cart = await readyCart(orders, undefined);
  const { answer, orderId } = await begin(orders, undefined, cart);
  await tellAll(orders, orderId, ['reserved', 'expired']);
  const sweepUntil = (done: () => Promise<boolean>, what: string) =>
    until(async () => {
      orders.service.jobs.wake('sweep');
      return (await done()) ? true : null;
    }, what);
  const look = async () => (await orders.query(documents.order, { id: orderId }, staff)).data.order;
  await sweepUntil(async () => (await look()).status === 'FAILED', 'the order to fail');
  expect((await look()).timeline.at(-1).message).toContain('is given back to you');
  expect((await answer).data.checkout).toMatchObject({ code: 'CHECKOUT_EXPIRED' });
  const asked = async (type: string) => (await announcedFor(orders, orderId)).filter(each => each === type);
  const voids = await asked('order.payment_void_requested');
  await sweepUntil(
    async () => (await asked('order.payment_void_requested')).length > voids.length,
    'the void to be asked for again',
  );
  await tellAll(orders, orderId, ['captured']);
  expect(await asked('order.refund_requested')).not.toEqual([]);
  const refund = { paymentId: orderId, orderId, refundId: newId(), requestKey: `cancel:${orderId}` };
  await orders.deliver({
    type: 'payment.refunded',
    aggregate: { type: 'Payment', id: orderId },
    data: { ...refund, amount: '2000', currency: 'EUR' },
  });
  expect(await look()).toMatchObject({ status: 'FAILED', availableActions: [] });
  expect(await asked('order.failed')).toHaveLength(1);
  const [row] = await orders.service.db.query('select deadline_at as deadline from orders where id = ?', [
    orderId,
  ]);
  expect(row).toEqual({ deadline: null });
});

test('an order that nothing can be done about does not keep the others waiting', async () => {
  const broken = await begin(orders, undefined, await readyCart(orders, undefined));
  await tellAll(orders, broken.orderId, ['reserved']);
  // A request that cannot be told, and the oldest of all that are overdue.
  await orders.service.db.query(
    `update orders set payment_method = '{"token":null,"savedMethodId":"none","save":false}', deadline_at = now() - interval '1 hour'
     where id = ?`,
    [broken.orderId],
  );
  const { answer, orderId } = await begin(orders, undefined, await readyCart(orders, undefined));
  await until(async () => {
    orders.service.jobs.wake('sweep');
    const { data } = await orders.query(documents.order, { id: orderId }, staff);
    return data.order.status === 'FAILED' ? true : null;
  }, 'the other order to end');
  await tellAll(orders, broken.orderId, ['declined']);
  expect((await answer).data.checkout.code).toBe('CHECKOUT_EXPIRED');
  expect((await broken.answer).data.checkout.code).toBe('PAYMENT_DECLINED');
});

test("a customer's order takes his address from what users told, newest version only", async () => {
  const ada = customer();
  const tell = (email: string, version: number) =>
    orders.deliver({
      type: 'customer.updated',
      aggregate: { type: 'Customer', id: ada.id ?? '' },
      data: { customerId: ada.id, recipient: { email, name: 'Ada', locale: 'de' }, version },
    });
  await tell('new@example.com', 2);
  await tell('old@example.com', 1);
  const cart = await readyCart(orders, ada);
  await orders.service.db.query('update carts set email = null where id = ?', [cart.cartId]);
  const { answer, orderId } = await begin(orders, ada, cart);
  await tellAll(orders, orderId, ['rejected']);
  await answer;
  const [row] = await orders.service.db.query('select email, locale from orders where id = ?', [orderId]);
  expect(row).toEqual({ email: 'new@example.com', locale: 'de' });
});

test('an erased customer is forgotten but for the orders', async () => {
  const ada = customer();
  const recipient = { email: 'ada@example.com', name: 'Ada', locale: 'de' };
  const tell = (type: string, version: number) =>
    orders.deliver({
      type,
      aggregate: { type: 'Customer', id: ada.id ?? '' },
      data: { customerId: ada.id, recipient, version },
    });
  await tell('customer.registered', 1);
  const bought = await readyCart(orders, ada);
  const { answer, orderId } = await begin(orders, ada, bought);
  await readyCart(orders, ada);
  await tell('customer.erased', 3);
  await tell('customer.updated', 2);
  const { db } = orders.service;
  const contact = 'select email, name from customer_contact where customer_id = ?';
  expect(await db.query(contact, [ada.id])).toEqual([{ email: '', name: '' }]);
  // The one that is being paid for goes its way.
  expect(await db.query('select id from carts where customer_id = ?', [ada.id])).toEqual([
    { id: bought.cartId },
  ]);
  await tellAll(orders, orderId, ['rejected']);
  await answer;
  expect(await db.query('select id from carts where customer_id = ?', [ada.id])).toEqual([]);
  expect(await db.query('select email from orders where id = ?', [orderId])).toEqual([
    { email: 'ada@example.com' },
  ]);
});

test('a guest without an address is asked for one', async () => {
  const cart = await readyCart(orders, undefined);
  await orders.service.db.query('update carts set email = null where id = ?', [cart.cartId]);
  const input = { cartId: cart.cartId, expectedTotal: cart.total, payment: {} };
  expect((await orders.query(documents.checkout, { input, key: newId() })).data.checkout).toMatchObject({
    __typename: 'ValidationError',
    code: 'EMAIL_REQUIRED',
    field: ['input', 'email'],
  });
});
