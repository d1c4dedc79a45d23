import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';

import { type StockRoom, stockRoom, threshold } from '../testing/stock-room.ts';
import { adjustStock } from './adjust-stock.ts';
import { commitReservation } from './commit-reservation.ts';
import { expireReservations } from './expire-reservations.ts';
import { releaseReservation } from './release-reservation.ts';
import { reserveStock } from './reserve-stock.ts';
import { setStockPolicy } from './set-stock-policy.ts';
import { shipOrder } from './ship-order.ts';

let room: StockRoom;
beforeAll(async () => {
  room = await stockRoom();
});

const orderNo = fc.integer({ min: 0, max: 3 });
const variantNo = fc.integer({ min: 0, max: 1 });
const few = fc.integer({ min: 1, max: 4 });
const step = fc.oneof(
  fc.record({
    what: fc.constant('reserve' as const),
    order: orderNo,
    variant: variantNo,
    quantity: few,
    overdue: fc.boolean(),
  }),
  fc.record({ what: fc.constantFrom('commit' as const, 'release' as const), order: orderNo }),
  fc.record({ what: fc.constant('ship' as const), order: orderNo, variant: variantNo, quantity: few }),
  fc.record({ what: fc.constant('expire' as const) }),
  fc.record({
    what: fc.constant('adjust' as const),
    variant: variantNo,
    delta: fc.integer({ min: -4, max: 4 }).filter(n => n !== 0),
  }),
  fc.record({
    what: fc.constant('policy' as const),
    variant: variantNo,
    safetyStock: few,
    backorderLimit: few,
  }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Refusals are part of the game; faults of the database are not. */
const expected =
  /InsufficientStockError|ConflictError|DomainError|PermanentError|holds no stock|before anything was reserved|no stock to book it from/;

test('whatever happens in whatever order, the books add up', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async steps => {
      const variants = [await room.variant(4, 2), await room.variant(3)];
      const orders = Array.from({ length: 4 }, () => newId());
      for (const each of steps) {
        await play(each, variants, orders).catch((error: unknown) => {
          if (!expected.test(String(error))) throw error;
        });
      }
      // Overdue reservations are the sweeper's, so it has the last word.
      await expireReservations(room.db, threshold);
      expect(await room.violations()).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

async function play(each: Step, variants: readonly string[], orders: readonly string[]): Promise<unknown> {
  const { db, near } = room;
  const orderId = 'order' in each ? (orders[each.order] ?? '') : '';
  const variantId = 'variant' in each ? (variants[each.variant] ?? '') : '';
  switch (each.what) {
    case 'reserve': {
      const expiresAt = new Date(Date.now() + (each.overdue ? -60_000 : 60_000)).toISOString();
      return db.transaction(tx =>
        reserveStock(tx, { orderId, lines: [{ variantId, quantity: each.quantity }], expiresAt }, threshold),
      );
    }
    case 'commit':
      return db.transaction(tx => commitReservation(tx, orderId, threshold));
    case 'release':
      return db.transaction(tx => releaseReservation(tx, { orderId, reason: 'test' }, threshold));
    case 'ship': {
      const lines = [{ orderLineId: newId(), variantId, quantity: each.quantity }];
      const recipient = { email: 'ada@example.com', name: 'Ada', locale: 'en' };
      const parcel = { carrier: null, trackingNumber: null, trackingUrl: null, guestToken: null };
      return db.transaction(tx =>
        shipOrder(
          tx,
          { orderId, number: 'A-1', customerId: null, recipient, fulfilmentId: newId(), lines, ...parcel },
          threshold,
        ),
      );
    }
    case 'expire':
      return expireReservations(db, threshold);
    case 'adjust':
      return adjustStock(
        db,
        { variantId, warehouseId: near, delta: each.delta, reason: 'test' },
        { scope: 'test', key: newId() },
        threshold,
      );
    case 'policy':
      return setStockPolicy(
        db,
        { variantId, warehouseId: near, safetyStock: each.safetyStock, backorderLimit: each.backorderLimit },
        threshold,
      );
  }
}
