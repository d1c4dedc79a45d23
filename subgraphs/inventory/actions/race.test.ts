import { beforeAll, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';

import { type StockRoom, stockRoom, threshold } from '../testing/stock-room.ts';
import { expireReservations } from './expire-reservations.ts';
import { releaseReservation } from './release-reservation.ts';
import { reserveStock } from './reserve-stock.ts';

let room: StockRoom;
beforeAll(async () => {
  room = await stockRoom();
});

type Lines = { variantId: string; quantity: number }[];
const soon = () => new Date(Date.now() + 3_600_000).toISOString();
const reserve = (orderId: string, lines: Lines, expiresAt = soon()) =>
  room.db.transaction(tx => reserveStock(tx, { orderId, lines, expiresAt }, threshold));
const deadlocks = async () =>
  (
    await room.db.query<{ n: bigint }>(
      'select deadlocks as n from pg_stat_database where datname = current_database()',
    )
  )[0]?.n;

describe('a rush', () => {
  test('of 300 buyers over 20 units serves exactly 20', async () => {
    const mug = await room.variant(13, 7);
    await Promise.all(Array.from({ length: 300 }, () => reserve(newId(), [{ variantId: mug, quantity: 1 }])));
    expect(await room.told('stock.reserved')).toHaveLength(20);
    const rejected = await room.told('stock.rejected');
    expect(rejected).toHaveLength(280);
    for (const answer of rejected)
      expect(answer).toMatchObject({ shortages: [{ variantId: mug, requested: 1, available: 0 }] });
    expect(await room.level(mug)).toMatchObject({ onHand: 13, reserved: 13 });
    expect(await room.level(mug, room.far)).toMatchObject({ onHand: 7, reserved: 7 });
    expect(await room.violations()).toEqual([]);
  });

  test('for something plentiful together with something scarce takes both or neither', async () => {
    const [plenty, scarce] = [await room.variant(500), await room.variant(3, 4)];
    const lines = [plenty, scarce].map(variantId => ({ variantId, quantity: 1 }));
    const outcomes = await Promise.all(Array.from({ length: 150 }, () => reserve(newId(), lines)));
    expect(outcomes.filter(outcome => outcome === 'reserved')).toHaveLength(7);
    expect(outcomes.filter(outcome => outcome === 'rejected')).toHaveLength(143);
    expect(await room.level(plenty)).toMatchObject({ reserved: 7 });
    expect(await room.violations()).toEqual([]);
  });

  test('for the same things in opposite orders, with releases and expiries between, ends without a deadlock', async () => {
    const things = [
      await room.variant(60),
      await room.variant(60),
      await room.variant(30, 30),
      await room.variant(60),
    ];
    const lines = things.map(variantId => ({ variantId, quantity: 1 }));
    const before = await deadlocks();
    const past = new Date(Date.now() - 1_000).toISOString();
    await Promise.all(
      Array.from({ length: 160 }, async (_, i) => {
        const order = newId();
        await reserve(order, i % 2 === 0 ? lines : lines.toReversed(), i % 4 === 0 ? past : soon());
        if (i % 3 === 0)
          await room.db.transaction(tx =>
            releaseReservation(tx, { orderId: order, reason: 'changed my mind' }, threshold),
          );
        if (i % 10 === 0) await expireReservations(room.db, threshold);
      }),
    );
    await expireReservations(room.db, threshold);
    await room.db.query('select pg_stat_force_next_flush()');
    expect(await deadlocks()).toBe(before);
    expect(await room.violations()).toEqual([]);
  });
});
