import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  type CartLine,
  addLines,
  isCartId,
  isVoucherCode,
  mergeWishes,
  mustBeOpen,
  refuseProblems,
  setLines,
} from './cart.ts';

const line = (more: Partial<CartLine> = {}): CartLine => ({
  id: 'l1',
  variantId: 'v1',
  quantity: 1,
  unitPrice: '100',
  ...more,
});
const wish = (variantId: string, quantity: number) => ({ variantId, quantity, field: ['lines', '0'] });
const make = { id: () => 'new', unitPrice: () => '200' };

describe('the lines of a cart', () => {
  test('a line that is set keeps its id and takes the present price', () => {
    expect(setLines([line()], [wish('v1', 5)], make)).toEqual([line({ quantity: 5, unitPrice: '200' })]);
  });

  test('removing what is not there changes nothing', () => {
    expect(setLines([line()], [wish('v2', 0)], make)).toEqual([line()]);
  });

  test('the hundredth variant fits, the next does not', () => {
    const wishes = Array.from({ length: 101 }, (_, at) => wish(`v${at}`, 1));
    expect(setLines([], wishes.slice(1), make)).toHaveLength(100);
    expect(() => setLines([], wishes, make)).toThrow(expect.objectContaining({ code: 'TOO_MANY_LINES' }));
  });

  test('each variant is in the cart once, with the quantity that was last wished, whatever was there', () => {
    const variants = fc.constantFrom('a', 'b', 'c', 'd');
    const before = fc.uniqueArray(variants).map(ids => ids.map(id => line({ id, variantId: id })));
    const wishes = fc.array(fc.tuple(variants, fc.integer({ min: 0, max: 100 })), { maxLength: 9 });
    fc.assert(
      fc.property(before, wishes, (lines, wanted) => {
        const after = setLines(lines, mergeWishes(wanted.map(([id, quantity]) => wish(id, quantity))), make);
        const sums = Map.groupBy(wanted, ([id]) => id);
        for (const id of ['a', 'b', 'c', 'd'] as const) {
          const mine = after.filter(each => each.variantId === id);
          const asked = sums.get(id)?.reduce((sum, [, quantity]) => sum + quantity, 0);
          const expected = asked ?? (lines.some(each => each.variantId === id) ? 1 : 0);
          expect(mine.map(each => each.quantity)).toEqual(expected === 0 ? [] : [expected]);
        }
      }),
    );
  });

  test('merged quantities stop at 999', () => {
    expect(
      addLines(
        [line({ quantity: 998 })],
        [line({ id: 'l9', quantity: 2 }), line({ id: 'l2', variantId: 'v2' })],
      ),
    ).toEqual([line({ quantity: 999 }), line({ id: 'l2', variantId: 'v2' })]);
  });
});

describe('a cart at the door', () => {
  test.each([null, 3])('open, and seen at version %s: come in', expected => {
    expect(() => mustBeOpen({ status: 'OPEN', version: 3 }, expected)).not.toThrow();
  });

  test.each([
    ['OPEN', 2, 'VERSION'],
    ['CHECKING_OUT', null, 'CART_CHECKING_OUT'],
    ['CLOSED', 3, 'CART_CLOSED'],
  ] as const)('%s, seen at version %s: %s', (status, expected, code) => {
    expect(() => mustBeOpen({ status, version: 3 }, expected)).toThrow(
      expect.objectContaining({ code, details: { currentVersion: 3 } }),
    );
  });

  test('only what can be an id or a code is looked for', () => {
    expect(['AAAAAAAAAAAAAAAAAAAA-_', 'short', 'AAAAAAAAAAAAAAAAAAAA-\u0000'].map(isCartId)).toEqual([
      true,
      false,
      false,
    ]);
    expect(['WELCOME10', '', 'A\u0000', '\ud800', 'X'.repeat(65)].map(isVoucherCode)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('the first problem is what the client hears', () => {
    expect(() => refuseProblems([])).not.toThrow();
    expect(() =>
      refuseProblems([
        { kind: 'VOUCHER', code: 'OLD' },
        { kind: 'SHIPPING_METHOD', shippingMethodId: 'm' },
      ]),
    ).toThrow(
      expect.objectContaining({
        type: 'VoucherInvalidError',
        details: { voucher: 'OLD' },
        field: ['input', 'cartId'],
      }),
    );
    expect(() => refuseProblems([{ kind: 'VARIANT', variantId: 'v1', reason: 'NOT_SELLABLE' }])).toThrow(
      expect.objectContaining({
        type: 'ValidationError',
        code: 'VARIANT_NOT_SELLABLE',
        field: ['input', 'cartId'],
      }),
    );
  });
});
