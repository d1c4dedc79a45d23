import { expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { type Viewer } from '#platform/viewer.ts';

import { begin, customer, documents, readyCart, staff, startTestOrders, tellAll } from './testing/shop.ts';

// Staff, or somebody in Stripe's dashboard, may take less of an authorisation than the order costs (2000 here).
const orders = await startTestOrders();

const look = async (id: string) => (await orders.query(documents.order, { id }, staff)).data.order;
const captured = (orderId: string, amount: string) =>
  orders.deliver({
    type: 'payment.captured',
    aggregate: { type: 'Payment', id: orderId },
    data: { paymentId: orderId, orderId, amount, currency: 'EUR' },
  });
const refunded = (orderId: string, requestKey: string | null, amount: string) =>
  orders.deliver({
    type: 'payment.refunded',
    aggregate: { type: 'Payment', id: orderId },
    data: { paymentId: orderId, orderId, refundId: newId(), requestKey, amount, currency: 'EUR' },
  });
const asked = async (orderId: string): Promise<string[]> =>
  (await orders.announced('order.refund_requested'))
    .map(({ data }) => data as { readonly orderId: string; readonly amount: string })
    .filter(data => data.orderId === orderId)
    .map(data => data.amount);
const stateOf = async (orderId: string) => {
  const [row] = await orders.service.db.query<{ money: string; deadline: Date | null }>(
    'select saga_money as money, deadline_at as deadline from orders where id = ?',
    [orderId],
  );
  return row;
};

async function partlyPaid(viewer: Viewer | undefined, amount: string): Promise<string> {
  const { answer, orderId } = await begin(orders, viewer, await readyCart(orders, viewer));
  await tellAll(orders, orderId, ['reserved', 'authorized', 'committed']);
  await captured(orderId, amount);
  await answer;
  return orderId;
}

test('of an order that has failed, exactly what was taken goes back, and the order is at rest', async () => {
  const { answer, orderId } = await begin(orders, undefined, await readyCart(orders, undefined));
  await tellAll(orders, orderId, ['reserved', 'authorized', 'committed', 'captureFailed', 'released']);
  await answer;
  await captured(orderId, '1200');
  expect(await asked(orderId)).toEqual(['1200']);
  expect((await look(orderId)).availableActions).toEqual([]);
  await refunded(orderId, `cancel:${orderId}`, '1200');
  expect(await stateOf(orderId)).toEqual({ money: 'REFUNDED', deadline: null });
  expect((await look(orderId)).availableActions).toEqual([]);
});

test('of an order that is cancelled, too, less what staff had given back before', async () => {
  const ada = customer();
  const orderId = await partlyPaid(ada, '1200');
  expect(await look(orderId)).toMatchObject({
    status: 'PAID',
    availableActions: ['CANCEL', 'FULFIL', 'REFUND'],
  });
  await refunded(orderId, null, '200');
  await orders.query(documents.cancel, { id: orderId, key: newId() }, ada);
  expect(await asked(orderId)).toEqual(['1000']);
  await refunded(orderId, `cancel:${orderId}`, '1000');
  expect((await stateOf(orderId))?.money).toBe('REFUNDED');
  expect(await orders.announced('order.cancelled')).toContainEqual(
    expect.objectContaining({ data: expect.objectContaining({ orderId }) as unknown }),
  );
});

test('a return gives back no more than was taken', async () => {
  const ada = customer();
  const orderId = await partlyPaid(ada, '1200');
  const [line] = (await look(orderId)).lines;
  const back = async (quantity: number): Promise<string> => {
    const lines = [{ orderLineId: line.id as string, quantity }];
    const wish = (await orders.query(documents.returnRequest, { id: orderId, lines, key: newId() }, ada))
      .data;
    const id = wish.returnRequest.order.returns.at(-1).id as string;
    await orders.query(documents.returnApprove, { id }, staff);
    const received = (await orders.query(documents.returnReceive, { id, key: newId() }, staff)).data;
    const amount = received.returnReceive.order.returns.at(-1).refundAmount.amount as string;
    await refunded(orderId, `return:${id}`, amount.replace('.', ''));
    return amount;
  };
  const input = { orderId, lines: [{ orderLineId: line.id, quantity: 2 }] };
  await orders.query(documents.fulfil, { input, key: newId() }, staff);
  expect(await back(1)).toBe('10.00');
  expect(await back(1)).toBe('2.00');
  expect(await look(orderId)).toMatchObject({ status: 'RETURNED', availableActions: [] });
});
