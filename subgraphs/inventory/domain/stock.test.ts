import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  type RankedLevel, allocate, availabilityOf, available, becameLow, byLevel, checkAdjustment, checkQuantity, checkWarehouse, mergeLines, sellable,
} from './stock.ts'; // prettier-ignore

const shelf = (more: Partial<RankedLevel> = {}): RankedLevel => ({
  variantId: 'v1', warehouseId: 'w1', onHand: 10, reserved: 0, safetyStock: 0, backorderLimit: 0, priority: 1, ...more,
}); // prettier-ignore

describe('what can be sold', () => {
  test.each([
    { onHand: 10, reserved: 0, safetyStock: 0, backorderLimit: 0, available: 10, sellable: 10 },
    { onHand: 10, reserved: 4, safetyStock: 0, backorderLimit: 0, available: 6, sellable: 6 },
    { onHand: 10, reserved: 4, safetyStock: 3, backorderLimit: 0, available: 3, sellable: 3 },
    { onHand: 10, reserved: 9, safetyStock: 3, backorderLimit: 0, available: 0, sellable: 0 },
    { onHand: 10, reserved: 4, safetyStock: 3, backorderLimit: 5, available: 3, sellable: 8 },
    { onHand: 0, reserved: 0, safetyStock: 3, backorderLimit: 5, available: 0, sellable: 5 },
    { onHand: 0, reserved: 5, safetyStock: 0, backorderLimit: 5, available: 0, sellable: 0 },
  ])(
    '$onHand on hand, $reserved reserved, $safetyStock safe, $backorderLimit on backorder: $available and $sellable',
    level => {
      expect(available(level)).toBe(level.available);
      expect(sellable(level)).toBe(level.sellable);
    },
  );

  test.each([
    { quantity: 0, left: 0, want: { inStock: false, quantity: 0, lowStock: false, backorderable: false } },
    { quantity: 0, left: 3, want: { inStock: true, quantity: 0, lowStock: false, backorderable: true } },
    { quantity: 1, left: 0, want: { inStock: true, quantity: 1, lowStock: true, backorderable: false } },
    { quantity: 5, left: 0, want: { inStock: true, quantity: 5, lowStock: true, backorderable: false } },
    { quantity: 6, left: 0, want: { inStock: true, quantity: 6, lowStock: false, backorderable: false } },
  ])('$quantity units and $left on backorder are told right', ({ quantity, left, want }) => {
    expect(availabilityOf(quantity, left, 5)).toEqual(want);
  });

  test('a level becomes low once, on its way down', () => {
    expect(becameLow(shelf({ onHand: 6 }), shelf({ onHand: 5 }), 5)).toBe(true);
    expect(becameLow(shelf({ onHand: 5 }), shelf({ onHand: 4 }), 5)).toBe(false);
    expect(becameLow(shelf({ onHand: 4 }), shelf({ onHand: 6 }), 5)).toBe(false);
  });
});

describe('allocating', () => {
  test('the warehouse with the lower number serves first, and lines are split when one is not enough', () => {
    const levels = [
      shelf({ warehouseId: 'far', priority: 2 }),
      shelf({ warehouseId: 'near', priority: 1, onHand: 4 }),
    ];
    expect(allocate([{ variantId: 'v1', quantity: 4 }], levels).allocations).toEqual([
      { variantId: 'v1', warehouseId: 'near', quantity: 4, backordered: 0 },
    ]);
    expect(allocate([{ variantId: 'v1', quantity: 6 }], levels).allocations).toEqual([
      { variantId: 'v1', warehouseId: 'far', quantity: 2, backordered: 0 },
      { variantId: 'v1', warehouseId: 'near', quantity: 4, backordered: 0 },
    ]);
  });

  test('another shelf goes before a backorder', () => {
    const levels = [
      shelf({ warehouseId: 'near', onHand: 2, backorderLimit: 10 }),
      shelf({ warehouseId: 'far', priority: 2, onHand: 3 }),
    ];
    expect(allocate([{ variantId: 'v1', quantity: 7 }], levels).allocations).toEqual([
      { variantId: 'v1', warehouseId: 'far', quantity: 3, backordered: 0 },
      { variantId: 'v1', warehouseId: 'near', quantity: 4, backordered: 2 },
    ]);
  });

  test('every short line is named and nothing is allocated', () => {
    const lines = [
      { variantId: 'v1', quantity: 11 },
      { variantId: 'v2', quantity: 1 },
      { variantId: 'v3', quantity: 1 },
    ];
    expect(allocate(lines, [shelf(), shelf({ variantId: 'v3' })])).toEqual({
      allocations: [],
      shortages: [
        { variantId: 'v1', requested: 11, available: 10 },
        { variantId: 'v2', requested: 1, available: 0 },
      ],
    });
  });

  const small = fc.integer({ min: 0, max: 12 });
  const levels = fc.uniqueArray(
    fc.record({
      variantId: fc.constantFrom('v1', 'v2', 'v3'),
      warehouseId: fc.constantFrom('w1', 'w2', 'w3'),
      onHand: small,
      reserved: small,
      safetyStock: small,
      backorderLimit: small,
      priority: small,
    }),
    { selector: level => `${level.variantId} ${level.warehouseId}` },
  );
  const wanted = fc.array(
    fc.record({ variantId: fc.constantFrom('v1', 'v2', 'V1'), quantity: fc.integer({ min: 1, max: 15 }) }),
    { minLength: 1, maxLength: 5 },
  );

  test('is all or nothing, exact, within every level, and in locking order', () => {
    fc.assert(
      fc.property(wanted, levels, (raw, shelves) => {
        const lines = mergeLines(raw);
        const { allocations, shortages } = allocate(lines, shelves);
        const total = (id: string) =>
          shelves.filter(level => level.variantId === id).reduce((sum, level) => sum + sellable(level), 0);
        expect(shortages).toEqual(
          lines
            .filter(line => line.quantity > total(line.variantId))
            .map(line => ({
              variantId: line.variantId,
              requested: line.quantity,
              available: total(line.variantId),
            })),
        );
        expect(allocations).toEqual(allocations.toSorted(byLevel));
        expect(allocations.length > 0).toBe(shortages.length === 0);
        for (const line of shortages.length === 0 ? lines : []) {
          const own = allocations.filter(each => each.variantId === line.variantId);
          expect(own.reduce((sum, each) => sum + each.quantity, 0)).toBe(line.quantity);
        }
        for (const each of allocations) {
          const level = shelves.find(
            one => one.variantId === each.variantId && one.warehouseId === each.warehouseId,
          );
          expect(level && each.quantity <= sellable(level)).toBe(true);
          expect(level && each.quantity - each.backordered <= available(level)).toBe(true);
        }
      }),
    );
  });
});

describe('what staff may ask', () => {
  test.each([0, 1_000_001, -1_000_001])('a delta of %i is refused', delta => {
    expect(() => checkAdjustment(delta, 'count')).toThrow(
      expect.objectContaining({ type: 'ValidationError', field: ['input', 'delta'] }),
    );
  });
  test('the sign decides the kind, and a reason is needed', () => {
    expect(checkAdjustment(3, ' delivery ')).toEqual({ kind: 'RECEIPT', reason: 'delivery' });
    expect(checkAdjustment(-3, 'broken').kind).toBe('ADJUSTMENT');
    expect(() => checkAdjustment(3, '  ')).toThrow(expect.objectContaining({ field: ['input', 'reason'] }));
  });
  test.each(['', 'a', 'ber', 'BE R', 'X'.repeat(21)])('"%s" is not a warehouse code', code => {
    expect(() => checkWarehouse({ code, name: 'Berlin', country: 'DE', priority: 1 })).toThrow(
      expect.objectContaining({ field: ['input', 'code'] }),
    );
  });
  test('a warehouse is in a country that there is', () => {
    expect(() => checkWarehouse({ code: 'BER', name: 'Berlin', country: 'XX', priority: 1 })).toThrow(
      expect.objectContaining({ type: 'ValidationError', field: ['input', 'country'] }),
    );
  });
  test('quantities stay within bounds', () => {
    expect(checkQuantity(1, 'quantity')).toBe(1);
    expect(() => checkQuantity(0, 'quantity')).toThrow(expect.objectContaining({ field: ['quantity'] }));
    expect(checkQuantity(0, 'safetyStock', 0)).toBe(0);
  });
});
