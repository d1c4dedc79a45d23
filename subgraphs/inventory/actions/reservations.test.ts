import { beforeAll, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { type EventData } from '#schema/events.ts';

import { reservationsOf } from '../store/reservations.ts';
import { type StockRoom, stockRoom, threshold } from '../testing/stock-room.ts';
import { adjustStock } from './adjust-stock.ts';
import { commitReservation } from './commit-reservation.ts';
import { expireReservations } from './expire-reservations.ts';
import { releaseReservation } from './release-reservation.ts';
import { reserveStock } from './reserve-stock.ts';
import { restockReturn } from './restock-return.ts';
import { setStockPolicy } from './set-stock-policy.ts';
import { shipOrder } from './ship-order.ts';

let room: StockRoom;
beforeAll(async () => {
  room = await stockRoom();
});

type Lines = readonly { readonly variantId: string; readonly quantity: number }[];
const recipient = { email: 'ada@example.com', name: 'Ada', locale: 'en' };
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString();

const reserve = (orderId: string, lines: Lines, expiresAt = inAnHour()) =>
  room.db.transaction(tx => reserveStock(tx, { orderId, lines: [...lines], expiresAt }, threshold));
const commit = (orderId: string) => room.db.transaction(tx => commitReservation(tx, orderId, threshold));
const release = (orderId: string) =>
  room.db.transaction(tx => releaseReservation(tx, { orderId, reason: 'cancelled' }, threshold));
const orderLines = (lines: Lines) => lines.map(line => ({ ...line, orderLineId: newId() }));
const shipment = (orderId: string, lines: Lines, fulfilmentId = newId()): EventData<'order.fulfilled'> => ({
  orderId, number: 'A-1', customerId: null, recipient, fulfilmentId, lines: orderLines(lines), carrier: null, trackingNumber: null, trackingUrl: null, guestToken: null,
}); // prettier-ignore
const shipIt = (data: EventData<'order.fulfilled'>) =>
  room.db.transaction(tx => shipOrder(tx, data, threshold));
const about = async (type: string, orderId: string) =>
  (await room.told(type)).filter(data => (data as { orderId: string }).orderId === orderId);
const stateOf = async (orderId: string) => (await reservationsOf(room.db, 'order_id', [orderId]))[0]?.state;
const movements = (variantId: string) =>
  room.db.query<{ kind: string; delta: number }>(
    'select kind, delta from stock_movements where variant_id = ? order by id',
    [variantId],
  );

describe('reserving', () => {
  test('holds all lines, merged, and tells how', async () => {
    const [mug, cup] = [await room.variant(10), await room.variant(2, 5)];
    const order = newId();
    await reserve(order, [
      { variantId: mug, quantity: 2 },
      { variantId: cup, quantity: 4 },
      { variantId: mug, quantity: 1 },
    ]);
    expect(await room.level(mug)).toMatchObject({ onHand: 10, reserved: 3 });
    expect(await room.level(cup)).toMatchObject({ reserved: 2 });
    expect(await room.level(cup, room.far)).toMatchObject({ reserved: 2 });
    const [told] = (await about('stock.reserved', order)) as { lines: unknown[] }[];
    expect(told?.lines).toEqual(
      expect.arrayContaining([
        { variantId: mug, warehouseId: room.near, quantity: 3, backordered: 0 },
        { variantId: cup, warehouseId: room.near, quantity: 2, backordered: 0 },
        { variantId: cup, warehouseId: room.far, quantity: 2, backordered: 0 },
      ]),
    );
    expect(told?.lines).toHaveLength(3);
    expect(await room.violations()).toEqual([]);
  });

  test('holds nothing when one line is short, and names every short line', async () => {
    const [mug, cup, jug] = [await room.variant(10), await room.variant(1), newId()];
    const order = newId();
    await reserve(order, [
      { variantId: mug, quantity: 2 },
      { variantId: cup, quantity: 4 },
      { variantId: jug, quantity: 1 },
    ]);
    expect(await room.level(mug)).toMatchObject({ reserved: 0 });
    const [told] = (await about('stock.rejected', order)) as { shortages: unknown[] }[];
    expect(told?.shortages).toHaveLength(2);
    expect(told?.shortages).toEqual(
      expect.arrayContaining([
        { variantId: cup, requested: 4, available: 1 },
        { variantId: jug, requested: 1, available: 0 },
      ]),
    );
    expect(await stateOf(order)).toBeUndefined();
  });

  test('asked again, the answer is the same and nothing more is held', async () => {
    const mug = await room.variant(10);
    const order = newId();
    await reserve(order, [{ variantId: mug, quantity: 2 }]);
    await reserve(order, [{ variantId: mug, quantity: 2 }]);
    expect(await room.level(mug)).toMatchObject({ reserved: 2 });
    const told = await about('stock.reserved', order);
    expect(told).toHaveLength(2);
    expect((told[1] as { lines: unknown }).lines).toEqual((told[0] as { lines: unknown }).lines);
  });

  test('after its release, holds nothing', async () => {
    const mug = await room.variant(10);
    const order = newId();
    await release(order);
    await reserve(order, [{ variantId: mug, quantity: 2 }]);
    await commit(order);
    expect(await room.level(mug)).toMatchObject({ reserved: 0 });
    expect(await about('stock.released', order)).toHaveLength(1);
    expect(await about('stock.reserved', order)).toEqual([]);
    expect(await about('stock.committed', order)).toEqual([]);
  });

  test('safety stock is never promised, backorders are, up to their limit', async () => {
    const mug = await room.variant(10);
    await setStockPolicy(
      room.db,
      { variantId: mug, warehouseId: room.near, safetyStock: 4, backorderLimit: 3 },
      threshold,
    );
    const order = newId();
    await reserve(order, [{ variantId: mug, quantity: 10 }]);
    expect(await about('stock.rejected', order)).toMatchObject([{ shortages: [{ available: 9 }] }]);
    await reserve(order, [{ variantId: mug, quantity: 8 }]);
    expect(await about('stock.reserved', order)).toMatchObject([
      { lines: [{ quantity: 8, backordered: 2 }] },
    ]);
    expect(await room.violations()).toEqual([]);
  });

  test('tells what is left, with a rising version, and when a level gets low', async () => {
    const mug = await room.variant(8);
    await reserve(newId(), [{ variantId: mug, quantity: 2 }]);
    await reserve(newId(), [{ variantId: mug, quantity: 1 }]);
    await reserve(newId(), [{ variantId: mug, quantity: 5 }]);
    const mine = (data: unknown) => (data as { variantId: string }).variantId === mug;
    expect((await room.told('stock.availability_changed')).filter(mine)).toEqual([
      { variantId: mug, quantity: 8, inStock: true, version: 1 },
      { variantId: mug, quantity: 6, inStock: true, version: 2 },
      { variantId: mug, quantity: 5, inStock: true, version: 3 },
      { variantId: mug, quantity: 0, inStock: false, version: 4 },
    ]);
    expect((await room.told('stock.low')).filter(mine)).toEqual([
      { variantId: mug, warehouseId: room.near, available: 5, safetyStock: 0 },
    ]);
  });
});

describe('committing', () => {
  test('keeps the stock for good', async () => {
    const mug = await room.variant(3);
    const order = newId();
    await reserve(order, [{ variantId: mug, quantity: 2 }], anHourAgo());
    await commit(order);
    await commit(order);
    await expireReservations(room.db, threshold);
    expect(await stateOf(order)).toBe('COMMITTED');
    expect(await room.level(mug)).toMatchObject({ onHand: 3, reserved: 2 });
    expect(await about('stock.committed', order)).toHaveLength(2);
    expect(await about('stock.expired', order)).toEqual([]);
  });

  test('before anything was reserved: tried again later', async () => {
    await expect(commit(newId())).rejects.toThrow('before anything was reserved');
  });

  test('after expiry holds the same lines again', async () => {
    const mug = await room.variant(3);
    const order = newId();
    await reserve(order, [{ variantId: mug, quantity: 2 }], anHourAgo());
    await expireReservations(room.db, threshold);
    expect(await room.level(mug)).toMatchObject({ reserved: 0 });
    expect(await about('stock.expired', order)).toHaveLength(1);
    await commit(order);
    expect(await stateOf(order)).toBe('COMMITTED');
    expect(await room.level(mug)).toMatchObject({ reserved: 2 });
    expect(await about('stock.committed', order)).toHaveLength(1);
    expect(await room.violations()).toEqual([]);
  });

  test('after expiry, when others have bought it: rejected', async () => {
    const mug = await room.variant(3);
    const [late, quick] = [newId(), newId()];
    await reserve(late, [{ variantId: mug, quantity: 2 }], anHourAgo());
    await expireReservations(room.db, threshold);
    await reserve(quick, [{ variantId: mug, quantity: 3 }]);
    await commit(late);
    expect(await about('stock.rejected', late)).toMatchObject([
      { shortages: [{ variantId: mug, requested: 2, available: 0 }] },
    ]);
    expect(await stateOf(late)).toBe('EXPIRED');
    expect(await room.level(mug)).toMatchObject({ reserved: 3 });
  });

  test('races with expiry: one of them decides, and the books agree', async () => {
    const mug = await room.variant(50);
    const orders = Array.from({ length: 20 }, () => newId());
    for (const order of orders) await reserve(order, [{ variantId: mug, quantity: 1 }], anHourAgo());
    await Promise.all([
      expireReservations(room.db, threshold),
      ...orders.map(commit),
      expireReservations(room.db, threshold),
    ]);
    for (const order of orders) expect(await stateOf(order)).toBe('COMMITTED');
    expect(await room.level(mug)).toMatchObject({ reserved: 20 });
    expect(await room.violations()).toEqual([]);
  });
});

describe('releasing', () => {
  test.each([false, true])('gives everything back (committed: %s), once', async committed => {
    const mug = await room.variant(3);
    const order = newId();
    await reserve(order, [{ variantId: mug, quantity: 2 }]);
    if (committed) await commit(order);
    await release(order);
    await release(order);
    expect(await stateOf(order)).toBe('RELEASED');
    expect(await room.level(mug)).toMatchObject({ onHand: 3, reserved: 0 });
    expect(await about('stock.released', order)).toHaveLength(2);
    expect(await room.violations()).toEqual([]);
  });

  test('leaves what has been shipped', async () => {
    const mug = await room.variant(5);
    const order = newId();
    await reserve(order, [{ variantId: mug, quantity: 4 }]);
    await commit(order);
    await shipIt(shipment(order, [{ variantId: mug, quantity: 1 }]));
    await release(order);
    expect(await room.level(mug)).toMatchObject({ onHand: 4, reserved: 0 });
    expect(await room.violations()).toEqual([]);
  });
});

describe('shipping', () => {
  test('takes units off the shelf and off the promise, parcel by parcel, each once', async () => {
    const mug = await room.variant(5);
    const order = newId();
    await reserve(order, [{ variantId: mug, quantity: 4 }]);
    await commit(order);
    const first = shipment(order, [{ variantId: mug, quantity: 1 }]);
    await shipIt(first);
    await shipIt(first);
    expect(await room.level(mug)).toMatchObject({ onHand: 4, reserved: 3 });
    await shipIt(shipment(order, [{ variantId: mug, quantity: 3 }]));
    expect(await room.level(mug)).toMatchObject({ onHand: 1, reserved: 0 });
    expect(await movements(mug)).toEqual([
      { kind: 'RECEIPT', delta: 5 },
      { kind: 'SALE', delta: -1 },
      { kind: 'SALE', delta: -3 },
    ]);
    expect(await room.violations()).toEqual([]);
  });

  test('more than is held is refused for good', async () => {
    const mug = await room.variant(5);
    const order = newId();
    await reserve(order, [{ variantId: mug, quantity: 1 }]);
    await commit(order);
    await expect(shipIt(shipment(order, [{ variantId: mug, quantity: 2 }]))).rejects.toMatchObject({
      name: 'PermanentError',
    });
    expect(await room.level(mug)).toMatchObject({ onHand: 5, reserved: 1 });
  });

  test('before its commit has arrived counts as the commit', async () => {
    const mug = await room.variant(5);
    const order = newId();
    await reserve(order, [{ variantId: mug, quantity: 2 }]);
    await shipIt(shipment(order, [{ variantId: mug, quantity: 1 }]));
    await commit(order);
    expect(await stateOf(order)).toBe('COMMITTED');
    expect(await about('stock.committed', order)).toHaveLength(1);
  });

  test('of units that the books did not have puts the books right first', async () => {
    const mug = await room.variant(1);
    await setStockPolicy(room.db, { variantId: mug, warehouseId: room.near, backorderLimit: 5 }, threshold);
    const order = newId();
    await reserve(order, [{ variantId: mug, quantity: 3 }]);
    await commit(order);
    await shipIt(shipment(order, [{ variantId: mug, quantity: 3 }]));
    expect(await room.level(mug)).toMatchObject({ onHand: 0, reserved: 0 });
    expect(await movements(mug)).toEqual([
      { kind: 'RECEIPT', delta: 1 },
      { kind: 'ADJUSTMENT', delta: 2 },
      { kind: 'SALE', delta: -3 },
    ]);
    expect(await room.violations()).toEqual([]);
  });
});

describe('returns', () => {
  const returned = (orderId: string, lines: Lines, restock: boolean, returnId = newId()): EventData<'return.received'> => ({
    returnId, orderId, number: 'A-1', customerId: null, lines: orderLines(lines), recipient, restock,
  }) as EventData<'return.received'>; // prettier-ignore
  const receive = (data: EventData<'return.received'>) =>
    room.db.transaction(tx => restockReturn(tx, data, threshold));

  test('go back on the shelf that they came from, once', async () => {
    const mug = await room.variant(0, 5);
    const order = newId();
    await reserve(order, [{ variantId: mug, quantity: 2 }]);
    await shipIt(shipment(order, [{ variantId: mug, quantity: 2 }]));
    const back = returned(order, [{ variantId: mug, quantity: 1 }], true);
    await receive(back);
    await receive(back);
    expect(await room.level(mug, room.far)).toMatchObject({ onHand: 4, reserved: 0 });
    await receive(returned(order, [{ variantId: mug, quantity: 1 }], false));
    expect(await room.level(mug, room.far)).toMatchObject({ onHand: 4 });
    expect(await room.violations()).toEqual([]);
  });

  test('in parts leave both shelves as they were before the order', async () => {
    const mug = await room.variant(5, 3);
    const order = newId();
    await reserve(order, [{ variantId: mug, quantity: 8 }]);
    await shipIt(shipment(order, [{ variantId: mug, quantity: 8 }]));
    for (let n = 0; n < 2; n += 1) await receive(returned(order, [{ variantId: mug, quantity: 4 }], true));
    expect(await room.level(mug)).toMatchObject({ onHand: 5, reserved: 0 });
    expect(await room.level(mug, room.far)).toMatchObject({ onHand: 3, reserved: 0 });
    expect(await room.violations()).toEqual([]);
  });
});

test('movements can be neither altered nor deleted', async () => {
  await room.variant(1);
  await expect(room.db.query('update stock_movements set delta = 2')).rejects.toThrow('append-only');
  await expect(room.db.query('delete from stock_movements')).rejects.toThrow('append-only');
  await expect(room.db.query('truncate stock_movements cascade')).rejects.toThrow('append-only');
});

test('the table itself refuses to oversell', async () => {
  const mug = await room.variant(1);
  await expect(
    room.db.query('update stock_levels set reserved = 2 where variant_id = ?', [mug]),
  ).rejects.toThrow('stock_levels_no_oversell');
});

test('the check of the books finds what was tampered with', async () => {
  const mug = await room.variant(5);
  await room.db.query('update stock_levels set on_hand = 7 where variant_id = ?', [mug]);
  const found = await room.violations();
  expect(found).toEqual([
    `SKU-${mug}: 5 told as available, but the levels add up to 7`,
    `SKU-${mug} in NEAR: 7 on hand, but the movements add up to 5`,
  ]);
  await adjustStock(
    room.db,
    { variantId: mug, warehouseId: room.near, delta: 1, reason: 'x' },
    { scope: 'test', key: newId() },
    threshold,
  );
  await room.db.query('update stock_levels set on_hand = 6 where variant_id = ?', [mug]);
});
