import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  type HeldLine,
  freed,
  holds,
  react,
  remainder,
  reservationStates,
  restock,
  ship,
} from './reservation.ts';

const line = (more: Partial<HeldLine> = {}): HeldLine => ({
  id: 'l1', variantId: 'v1', warehouseId: 'w1', quantity: 5, backordered: 0, shipped: 0, returned: 0, ...more,
}); // prettier-ignore

describe('what an event does to a reservation', () => {
  test.each([
    [null, 'reserve', 'do'],
    [null, 'release', 'tombstone'],
    [null, 'commit', 'later'],
    ['RELEASED', 'reserve', 'ignore'],
    ['RELEASED', 'commit', 'ignore'],
    ['EXPIRED', 'commit', 'reserve anew'],
    ['HELD', 'commit', 'do'],
    ['COMMITTED', 'commit', 'again'],
    ['COMMITTED', 'release', 'do'],
    ['RELEASED', 'release', 'again'],
  ] as const)('%s, asked to %s: %s', (state, asked, reaction) => {
    expect(react(state, asked)).toBe(reaction);
  });
  test('only what is held or committed counts as reserved', () => {
    expect(reservationStates.filter(holds)).toEqual(['HELD', 'COMMITTED']);
  });
});

describe('shipping', () => {
  test('what was on the shelf goes before what was backordered', () => {
    const lines = [
      line({ id: 'late', warehouseId: 'w1', backordered: 5 }),
      line({ id: 'now', warehouseId: 'w2' }),
    ];
    expect(ship(lines, [{ variantId: 'v1', quantity: 6 }])).toEqual([
      { line: lines[0], quantity: 1 },
      { line: lines[1], quantity: 5 },
    ]);
  });
  test('no more than is held', () => {
    expect(ship([line({ shipped: 3 })], [{ variantId: 'v1', quantity: 3 }])).toBeNull();
    expect(ship([line()], [{ variantId: 'v2', quantity: 1 }])).toBeNull();
  });
  test('in any number of parcels, everything leaves once', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 10 });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
        parts,
        (quantities, parcels) => {
          let lines = quantities.map((quantity, i) => line({ id: `l${i}`, warehouseId: `w${i}`, quantity }));
          const total = quantities.reduce((a, b) => a + b, 0);
          let gone = 0;
          for (const quantity of parcels) {
            const sent = ship(lines, [{ variantId: 'v1', quantity }]);
            expect(sent === null).toBe(gone + quantity > total);
            if (!sent) continue;
            gone += quantity;
            lines = lines.map(each => ({
              ...each,
              shipped: each.shipped + (sent.find(parcel => parcel.line.id === each.id)?.quantity ?? 0),
            }));
          }
          expect(lines.every(each => each.shipped <= each.quantity)).toBe(true);
          expect(lines.reduce((sum, each) => sum + remainder(each), 0)).toBe(total - gone);
          expect(freed(lines).reduce((sum, each) => sum + each.quantity, 0)).toBe(total - gone);
        },
      ),
    );
  });
});

describe('returns', () => {
  test('go back to where they came from, the rest to the first warehouse', () => {
    const lines = [line({ shipped: 2 }), line({ id: 'l2', warehouseId: 'w2', shipped: 1 })];
    expect(restock(lines, [{ variantId: 'v1', quantity: 5 }], 'w1')).toEqual([
      { variantId: 'v1', warehouseId: 'w1', quantity: 4 },
      { variantId: 'v1', warehouseId: 'w2', quantity: 1 },
    ]);
  });

  test('in parts fill one shelf after the other', () => {
    const lines = [line({ shipped: 2, returned: 1 }), line({ id: 'l2', warehouseId: 'w2', shipped: 1 })];
    expect(restock(lines, [{ variantId: 'v1', quantity: 2 }], 'w1')).toEqual([
      { variantId: 'v1', warehouseId: 'w1', quantity: 1 },
      { variantId: 'v1', warehouseId: 'w2', quantity: 1 },
    ]);
  });
});
