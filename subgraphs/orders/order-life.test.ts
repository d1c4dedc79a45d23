import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { type Viewer } from '#platform/viewer.ts';

import {
  announcedFor,
  begin,
  customer,
  documents,
  paidOrder,
  readyCart,
  staff,
  startTestOrders,
  tellAll,
} from './testing/shop.ts';

const orders = await startTestOrders();

const look = async (id: string, viewer: Viewer = staff) =>
  (await orders.query(documents.order, { id }, viewer)).data.order;
const refunded = (orderId: string, requestKey: string, amount: string) =>
  orders.deliver({
    type: 'payment.refunded',
    aggregate: { type: 'Payment', id: orderId },
    data: { paymentId: orderId, orderId, refundId: newId(), requestKey, amount, currency: 'EUR' },
  });
const ship = async (
  orderId: string,
  lines: readonly { readonly orderLineId: string; readonly quantity: number }[],
  key: string = newId(),
) =>
  (await orders.query(documents.fulfil, { input: { orderId, lines, trackingNumber: 'T1' }, key }, staff)).data
    .orderFulfil;

async function shippedOrder(lines?: readonly { readonly price: string; readonly quantity: number }[]) {
  const ada = customer();
  const paid = await paidOrder(orders, ada, lines);
  const bought = (paid.order.lines as { id: string; quantity: number }[]).map(({ id, quantity }) => ({
    orderLineId: id,
    quantity,
  }));
  const { order } = await ship(paid.orderId, bought);
  return { ada, orderId: paid.orderId, bought, order };
}

async function receivedReturn(
  orderId: string,
  lines: readonly { readonly orderLineId: string; readonly quantity: number }[],
  ada: Viewer,
) {
  const asked = (await orders.query(documents.returnRequest, { id: orderId, lines, key: newId() }, ada)).data
    .returnRequest;
  const id = asked.order.returns.at(-1).id as string;
  await orders.query(documents.returnApprove, { id }, staff);
  const { data } = await orders.query(documents.returnReceive, { id, key: newId() }, staff);
  return { id, order: data.returnReceive.order };
}

const timelineOf = async (orderId: string): Promise<string[]> => {
  const { data } = await orders.query(
    'query($id: ID!) { order(id: $id) { timeline { type } } }',
    { id: orderId },
    staff,
  );
  return data.order.timeline.map((entry: { type: string }) => entry.type);
};

describe('shipping', () => {
  test('the timeline tells of each parcel once when it leaves and once when it arrives', async () => {
    const ada = customer();
    const { orderId, order } = await paidOrder(orders, ada);
    const [line] = order.lines;
    const parcel = [{ orderLineId: line.id, quantity: 1 }];
    const first = await ship(orderId, parcel);
    await orders.query(documents.deliver, { id: first.order.fulfilments[0].id }, staff);
    const { id, order: back } = await receivedReturn(orderId, parcel, ada);
    await refunded(orderId, `return:${id}`, back.returns[0].refundAmount.amount.replace('.', ''));
    await ship(orderId, parcel);
    expect((await timelineOf(orderId)).slice(2)).toEqual([
      'partly_shipped',
      'parcel_delivered',
      'return_requested',
      'return_approved',
      'return_received',
      'refunded',
      'partly_returned',
      'shipped',
    ]);
  });

  test('in two parcels: PARTIALLY_FULFILLED, FULFILLED, and DELIVERED once both have arrived', async () => {
    const { orderId, order } = await paidOrder(orders, customer());
    const [line] = order.lines;
    const first = await ship(orderId, [{ orderLineId: line.id, quantity: 1 }]);
    expect(first.order).toMatchObject({
      status: 'PARTIALLY_FULFILLED',
      lines: [{ quantityFulfilled: 1 }],
      fulfilments: [{ status: 'SHIPPED', trackingNumber: 'T1' }],
    });
    const second = await ship(orderId, [{ orderLineId: line.id, quantity: 1 }]);
    expect(second.order.status).toBe('FULFILLED');
    const [a, b] = second.order.fulfilments;
    expect(
      (await orders.query(documents.deliver, { id: a.id }, staff)).data.fulfilmentDeliver.order.status,
    ).toBe('FULFILLED');
    expect(
      (await orders.query(documents.deliver, { id: b.id }, staff)).data.fulfilmentDeliver.order.status,
    ).toBe('DELIVERED');
    expect(
      (await orders.query(documents.deliver, { id: b.id }, staff)).data.fulfilmentDeliver.order.status,
    ).toBe('DELIVERED');
    expect((await announcedFor(orders, orderId)).slice(-4)).toEqual([
      'order.fulfilled',
      'order.fulfilled',
      'order.delivered',
      'order.delivered',
    ]);
  });

  test('more than was bought is refused, and the same key ships once', async () => {
    const { orderId, order } = await paidOrder(orders, customer());
    const orderLineId = order.lines[0].id as string;
    expect(await ship(orderId, [{ orderLineId, quantity: 3 }])).toMatchObject({
      __typename: 'ValidationError',
      field: ['lines', '0', 'quantity'],
    });
    const key = newId();
    const answers = await Promise.all(
      [1, 2, 3].map(() => ship(orderId, [{ orderLineId, quantity: 1 }], key)),
    );
    expect(answers.map(({ order: after }) => after.lines[0].quantityFulfilled)).toEqual([1, 1, 1]);
    expect(await ship(orderId, [{ orderLineId, quantity: 2 }], key)).toMatchObject({
      __typename: 'IdempotencyMismatchError',
    });
  });

  test('an order that is not paid is not shipped', async () => {
    const { answer, orderId } = await begin(orders, undefined, await readyCart(orders, undefined));
    await tellAll(orders, orderId, ['rejected']);
    await answer;
    const { lines } = await look(orderId);
    expect(await ship(orderId, [{ orderLineId: lines[0].id, quantity: 1 }])).toMatchObject({
      __typename: 'OrderStateError',
      status: 'FAILED',
    });
  });
});

describe('cancelling', () => {
  test('a paid order is CANCELLED at once; the money goes back before the goods are freed and people are told', async () => {
    const ada = customer();
    const { orderId } = await paidOrder(orders, ada);
    const key = newId();
    const { data } = await orders.query(documents.cancel, { id: orderId, key }, ada);
    expect(data.orderCancel.order).toMatchObject({
      status: 'CANCELLED',
      availableActions: [],
      lines: [{ quantityCancelled: 2 }],
    });
    expect((await announcedFor(orders, orderId)).at(-1)).toBe('order.refund_requested');
    expect((await orders.query(documents.cancel, { id: orderId, key }, ada)).data.orderCancel).toEqual(
      data.orderCancel,
    );
    await refunded(orderId, `cancel:${orderId}`, '2000');
    expect((await announcedFor(orders, orderId)).slice(-3)).toEqual([
      'order.refunded',
      'order.stock_release_requested',
      'order.cancelled',
    ]);
  });

  test('while the payment is open voids it, and a capture that was faster is refunded', async () => {
    const { answer, orderId } = await begin(orders, undefined, await readyCart(orders, undefined));
    await tellAll(orders, orderId, ['reserved', 'authorized', 'committed']);
    const token = await guestTokenFor(orderId, answer);
    await orders.query(documents.cancel, { id: orderId, key: newId(), token });
    expect((await announcedFor(orders, orderId)).at(-1)).toBe('order.payment_void_requested');
    await tellAll(orders, orderId, ['captured']);
    expect((await announcedFor(orders, orderId)).at(-1)).toBe('order.refund_requested');
    expect((await look(orderId)).status).toBe('CANCELLED');
  });

  test('at the very moment of the capture ends in one refund, whichever was first', async () => {
    for (let round = 0; round < 10; round += 1) {
      const ada = customer();
      const { answer, orderId } = await begin(orders, ada, await readyCart(orders, ada));
      await tellAll(orders, orderId, ['reserved', 'authorized', 'committed']);
      const [cancelled] = await Promise.all([
        orders.query(documents.cancel, { id: orderId, key: newId() }, ada),
        tellAll(orders, orderId, ['captured']),
      ]);
      expect(cancelled.data.orderCancel.order.status).toBe('CANCELLED');
      await answer;
      expect(
        (await announcedFor(orders, orderId)).filter(type => type === 'order.refund_requested'),
      ).toHaveLength(1);
      await refunded(orderId, `cancel:${orderId}`, '2000');
      expect((await announcedFor(orders, orderId)).at(-1)).toBe('order.cancelled');
    }
  });

  test('is refused once something was shipped', async () => {
    const { ada, orderId } = await shippedOrder();
    expect(
      (await orders.query(documents.cancel, { id: orderId, key: newId() }, ada)).data.orderCancel,
    ).toMatchObject({
      __typename: 'OrderStateError',
      status: 'FULFILLED',
    });
  });

  async function guestTokenFor(
    _orderId: string,
    answer: Promise<{ readonly data: { checkout: { guestToken: string } } }>,
  ): Promise<string> {
    return (await answer).data.checkout.guestToken;
  }
});

describe('returns', () => {
  const lines = [
    { price: '1000', quantity: 2 },
    { price: '550', quantity: 1 },
  ];

  test('part of an order: its share goes back, then the rest with all that is left', async () => {
    const { ada, orderId, bought } = await shippedOrder(lines);
    const [mug, cup] = bought;
    if (!mug || !cup) throw new Error('two lines were bought');
    expect((await look(orderId, ada)).availableActions).toEqual(['RETURN']);
    const first = await receivedReturn(orderId, [{ ...mug, quantity: 1 }], ada);
    expect(first.order).toMatchObject({
      status: 'FULFILLED',
      returns: [{ status: 'RECEIVED', refundAmount: { amount: '10.00' } }],
    });
    const requested = (await orders.announced('order.refund_requested')).at(-1);
    expect(requested?.data).toMatchObject({
      orderId,
      requestKey: `return:${first.id}`,
      amount: '1000',
      returnId: first.id,
    });
    await refunded(orderId, `return:${first.id}`, '1000');
    expect(await look(orderId)).toMatchObject({
      status: 'PARTIALLY_RETURNED',
      returns: [{ status: 'REFUNDED' }],
    });
    const second = await receivedReturn(orderId, [{ ...mug, quantity: 1 }, cup], ada);
    expect(second.order.returns[1].refundAmount.amount).toBe('15.50');
    await refunded(orderId, `return:${second.id}`, '1000');
    expect((await look(orderId)).status).toBe('PARTIALLY_RETURNED');
    await refunded(orderId, `return:${second.id}`, '550');
    expect(await look(orderId)).toMatchObject({
      status: 'RETURNED',
      returns: [{ status: 'REFUNDED' }, { status: 'REFUNDED' }],
    });
  });

  test('a refund that came back from the bank is still owed', async () => {
    const { ada, orderId, bought } = await shippedOrder(lines);
    const [mug, cup] = bought;
    if (!mug || !cup) throw new Error('two lines were bought');
    const refund = { paymentId: orderId, orderId, refundId: newId(), requestKey: null };
    const aggregate = { type: 'Payment', id: orderId };
    await orders.deliver({
      type: 'payment.refunded',
      aggregate,
      data: { ...refund, amount: '700', currency: 'EUR' },
    });
    await orders.deliver({
      type: 'payment.refund_failed',
      aggregate,
      data: { ...refund, message: 'The account is closed.' },
    });
    const first = await receivedReturn(orderId, [{ ...mug, quantity: 1 }], ada);
    expect(first.order.returns[0].refundAmount.amount).toBe('10.00');
    const second = await receivedReturn(orderId, [{ ...mug, quantity: 1 }, cup], ada);
    expect(second.order.returns[1].refundAmount.amount).toBe('15.50');
  });

  test('a refund whose failure is heard of before its beginning is still owed, and asked for again', async () => {
    const ada = customer();
    const { orderId } = await paidOrder(orders, ada);
    await orders.query(documents.cancel, { id: orderId, key: newId() }, ada);
    const refund = { paymentId: orderId, orderId, refundId: newId(), requestKey: `cancel:${orderId}` };
    const aggregate = { type: 'Payment', id: orderId };
    const failed = { ...refund, message: 'The account is closed.' };
    await orders.deliver({ type: 'payment.refund_failed', aggregate, data: failed });
    const made = { ...refund, amount: '2000', currency: 'EUR' };
    await orders.deliver({ type: 'payment.refunded', aggregate, data: made });
    expect((await announcedFor(orders, orderId)).at(-1)).toBe('order.refund_requested');
    expect((await timelineOf(orderId)).at(-1)).toBe('refund_failed');
    await refunded(orderId, `cancel:${orderId}`, '2000');
    expect((await announcedFor(orders, orderId)).at(-1)).toBe('order.cancelled');
  });

  test('a refund that fails once the return is done is owed again, and staff can give it by hand', async () => {
    const { ada, orderId, bought } = await shippedOrder();
    const back = await receivedReturn(orderId, bought, ada);
    const refundId = newId();
    const told = { paymentId: orderId, orderId, refundId, requestKey: `return:${back.id}` };
    const aggregate = { type: 'Payment', id: orderId };
    const data = { ...told, amount: '2000', currency: 'EUR' };
    await orders.deliver({ type: 'payment.refunded', aggregate, data });
    expect(await look(orderId)).toMatchObject({ status: 'RETURNED', availableActions: [] });
    for (let n = 0; n < 2; n += 1)
      await orders.deliver({
        type: 'payment.refund_failed',
        aggregate,
        data: { ...told, message: 'Closed.' },
      });
    const owed = await look(orderId);
    expect(owed).toMatchObject({ status: 'RETURNED', availableActions: ['REFUND'] });
    const types = (order: { timeline: { type: string }[] }) => order.timeline.map(({ type }) => type);
    expect(types(owed).slice(-2)).toEqual(['returned', 'refund_failed']);
    await orders.deliver({
      type: 'payment.refunded',
      aggregate,
      data: { ...data, refundId: newId(), requestKey: null },
    });
    const settled = await look(orderId);
    expect(settled).toMatchObject({ status: 'RETURNED', availableActions: [] });
    expect(types(settled).at(-1)).toBe('refunded');
  });

  test('a return whose refund was refused is done when staff have refunded it by hand', async () => {
    const { ada, orderId, bought } = await shippedOrder();
    const back = await receivedReturn(orderId, bought, ada);
    const refund = { paymentId: orderId, orderId, refundId: newId() };
    const aggregate = { type: 'Payment', id: orderId };
    await orders.deliver({
      type: 'payment.refund_failed',
      aggregate,
      data: { ...refund, requestKey: `return:${back.id}`, message: 'Not possible.' },
    });
    expect(await look(orderId)).toMatchObject({ status: 'FULFILLED', availableActions: ['REFUND'] });
    for (const amount of ['700', '1300'])
      await orders.deliver({
        type: 'payment.refunded',
        aggregate,
        data: { ...refund, refundId: newId(), requestKey: null, amount, currency: 'EUR' },
      });
    expect(await look(orderId)).toMatchObject({ status: 'RETURNED', returns: [{ status: 'REFUNDED' }] });
  });

  test('nothing can be sent back twice, nor before it was shipped, nor received before it was approved', async () => {
    const { ada, orderId, bought } = await shippedOrder();
    const key = newId();
    const ask = (k: string) =>
      orders.query(documents.returnRequest, { id: orderId, lines: bought, key: k }, ada);
    const first = (await ask(key)).data.returnRequest;
    expect((await ask(key)).data.returnRequest).toEqual(first);
    expect((await ask(newId())).data.returnRequest).toMatchObject({ __typename: 'ValidationError' });
    const { id } = first.order.returns[0];
    expect(
      (await orders.query(documents.returnReceive, { id, key: newId() }, staff)).data.returnReceive,
    ).toMatchObject({ __typename: 'OrderStateError' });
    await orders.query(documents.returnReject, { id }, staff);
    expect((await ask(newId())).data.returnRequest.order.returns).toMatchObject([
      { status: 'REJECTED' },
      { status: 'REQUESTED' },
    ]);
    const paid = await paidOrder(orders, ada);
    const notShipped = await orders.query(
      documents.returnRequest,
      { id: paid.orderId, lines: [{ orderLineId: paid.order.lines[0].id, quantity: 1 }], key: newId() },
      ada,
    );
    expect(notShipped.data.returnRequest).toMatchObject({ __typename: 'OrderStateError', status: 'PAID' });
  });
});

test('a placed order is counted once, with its value, and one that failed is not', async () => {
  const counted = async () => {
    const text = await orders.service.metrics.registry.metrics();
    const value = (name: string) => Number(new RegExp(`^${name}{[^}]*} (.*)$`, 'm').exec(text)?.[1] ?? 0);
    return [value('orders_placed_total'), value('order_value_minor_units_sum')];
  };
  const [placed = 0, value = 0] = await counted();
  const { orderId } = await paidOrder(orders, customer());
  await tellAll(orders, orderId, ['captured', 'committed']);
  expect(await counted()).toEqual([placed + 1, value + 2_000]);
  const failed = await begin(orders, undefined, await readyCart(orders, undefined));
  await tellAll(orders, failed.orderId, ['rejected']);
  expect(await counted()).toEqual([placed + 1, value + 2_000]);
});

test('the timeline tells the whole story', async () => {
  const { ada, orderId, bought } = await shippedOrder();
  const back = await receivedReturn(orderId, bought, ada);
  await refunded(orderId, `return:${back.id}`, '2000');
  const { timeline } = await look(orderId, ada);
  expect(timeline.map(({ type }: { type: string }) => type)).toEqual([
    'created',
    'paid',
    'shipped',
    'return_requested',
    'return_approved',
    'return_received',
    'refunded',
    'returned',
  ]);
});
