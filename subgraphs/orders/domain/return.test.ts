import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { askedQuantities, refundAmount, returnableUnits } from './return.ts';

const line = (id: string, more: Partial<Parameters<typeof refundAmount>[0]['lines'][number]> = {}) => ({
  id,
  quantity: 2,
  quantityCancelled: 0,
  quantityReturned: 0,
  total: 2000n,
  discount: 0n,
  tax: 319n,
  ...more,
});

describe('what a return gives back', () => {
  test.each([
    ['its share after discount', line('a', { discount: 500n }), true, 750n],
    ['with tax where prices exclude it', line('a', { discount: 500n }), false, 910n],
  ] as const)('%s', (_name, bought, pricesIncludeTax, amount) => {
    const order = { taken: 9999n, pricesIncludeTax, lines: [bought, line('b')] };
    expect(refundAmount(order, new Map([['a', 1]]), 0n)).toBe(amount);
  });

  test('shipping only when everything comes back', () => {
    const order = { taken: 2490n, pricesIncludeTax: true, lines: [line('a')] };
    expect(refundAmount(order, new Map([['a', 1]]), 0n)).toBe(1000n);
    expect(
      refundAmount({ ...order, lines: [line('a', { quantityReturned: 1 })] }, new Map([['a', 1]]), 1000n),
    ).toBe(1490n);
  });

  test('never more than is left after what was given back otherwise', () => {
    const order = { taken: 2490n, pricesIncludeTax: true, lines: [line('a')] };
    expect(refundAmount(order, new Map([['a', 1]]), 2000n)).toBe(490n);
    expect(refundAmount(order, new Map([['a', 2]]), 3000n)).toBe(0n);
  });

  test('however it is split, all of it together is the total, and no part is negative', () => {
    const bought = fc.record({
      quantity: fc.integer({ min: 1, max: 5 }),
      unit: fc.bigInt({ min: 0n, max: 9_999n }),
      off: fc.bigInt({ min: 0n, max: 100n }),
      tax: fc.bigInt({ min: 0n, max: 999n }),
    });
    fc.assert(
      fc.property(
        fc.array(bought, { minLength: 1, maxLength: 4 }),
        fc.bigInt({ min: 0n, max: 999n }),
        fc.boolean(),
        (wishes, shipping, pricesIncludeTax) => {
          const lines = wishes.map(({ quantity, unit, off, tax }, i) => {
            const total = unit * BigInt(quantity);
            return line(String(i), { quantity, total, discount: (total * off) / 100n, tax });
          });
          const total = lines.reduce(
            (sum, each) => sum + each.total - each.discount + (pricesIncludeTax ? 0n : each.tax),
            shipping,
          );
          let given = 0n;
          for (const each of lines) {
            while (each.quantityReturned < each.quantity) {
              const amount = refundAmount(
                { taken: total, pricesIncludeTax, lines },
                new Map([[each.id, 1]]),
                given,
              );
              expect(amount).toBeGreaterThanOrEqual(0n);
              given += amount;
              each.quantityReturned += 1;
            }
          }
          expect(given).toBe(total);
        },
      ),
    );
  });
});

describe('asking for quantities', () => {
  const lines = [{ id: 'a', quantity: 3, title: 'Mug' }];

  test('adds up a line that is named twice', () => {
    const asked = askedQuantities(
      [
        { orderLineId: 'a', quantity: 1 },
        { orderLineId: 'a', quantity: 2 },
      ],
      lines,
      () => 3,
    );
    expect([...asked.values()]).toEqual([3]);
  });

  test.each([
    ['nothing', []],
    ['an unknown line', [{ orderLineId: 'b', quantity: 1 }]],
    ['zero', [{ orderLineId: 'a', quantity: 0 }]],
    ['too many', [{ orderLineId: 'a', quantity: 4 }]],
    [
      'too many in two parts',
      [
        { orderLineId: 'a', quantity: 2 },
        { orderLineId: 'a', quantity: 2 },
      ],
    ],
  ])('refuses %s', (_name, asked) => {
    expect(() => askedQuantities(asked, lines, () => 3)).toThrow(
      expect.objectContaining({ type: 'ValidationError' }),
    );
  });
});

test('what is in a return that was not rejected cannot be sent back again', () => {
  const taken = (status: 'REQUESTED' | 'REFUNDED' | 'REJECTED') => ({
    status,
    lines: [{ orderLineId: 'a', quantity: 1 }],
  });
  expect(
    returnableUnits({ id: 'a', quantityFulfilled: 3 }, [
      taken('REQUESTED'),
      taken('REFUNDED'),
      taken('REJECTED'),
    ]),
  ).toBe(1);
});
