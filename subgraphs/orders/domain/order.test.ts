import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  availableActions,
  canCancel,
  canFulfil,
  orderNumber,
  orderStatuses,
  stateOf,
  statesBefore,
  transitions,
} from './order.ts';

describe('the states of an order', () => {
  test('the ends are ends', () => {
    expect(orderStatuses.filter(status => transitions[status].length === 0)).toEqual([
      'CANCELLED',
      'FAILED',
      'RETURNED',
    ]);
  });

  test('nothing leads back, and every state can be reached', () => {
    const reach = (from: (typeof orderStatuses)[number]): string[] =>
      transitions[from].flatMap(to => [to, ...reach(to)]);
    expect(new Set(reach('PENDING'))).toEqual(new Set(orderStatuses.filter(status => status !== 'PENDING')));
    for (const status of orderStatuses) expect(reach(status)).not.toContain(status);
  });

  test.each(orderStatuses)('what may precede %s agrees with the table', to => {
    expect(statesBefore(to)).toEqual(orderStatuses.filter(from => transitions[from].includes(to)));
  });

  test('can be cancelled until something is shipped', () => {
    expect(orderStatuses.filter(canCancel)).toEqual(['PENDING', 'AWAITING_PAYMENT', 'PAID']);
  });
});

const line = (quantity: number, quantityFulfilled: number) => ({
  quantity,
  quantityFulfilled,
  quantityReturned: 0,
  quantityCancelled: 0,
});

describe('the state that quantities amount to', () => {
  test.each([
    ['nothing shipped', [line(2, 0)], { allDelivered: true, refundedUnits: 0 }, 'PAID'],
    ['a part shipped', [line(2, 1)], { allDelivered: true, refundedUnits: 0 }, 'PARTIALLY_FULFILLED'],
    [
      'a part shipped and refunded',
      [line(2, 1)],
      { allDelivered: true, refundedUnits: 1 },
      'PARTIALLY_FULFILLED',
    ],
    ['all shipped', [line(2, 2)], { allDelivered: false, refundedUnits: 0 }, 'FULFILLED'],
    ['all arrived', [line(2, 2)], { allDelivered: true, refundedUnits: 0 }, 'DELIVERED'],
    ['a part refunded', [line(2, 2)], { allDelivered: true, refundedUnits: 1 }, 'PARTIALLY_RETURNED'],
    ['all refunded', [line(2, 2), line(1, 1)], { allDelivered: true, refundedUnits: 3 }, 'RETURNED'],
  ] as const)('%s', (_name, lines, more, status) => {
    expect(stateOf(lines, more)).toBe(status);
  });

  test('shipping, delivering and refunding in any order only moves as the table allows', () => {
    const moves = fc.array(fc.constantFrom('ship', 'deliver', 'refund'), { maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), moves, (quantity, story) => {
        let [shipped, delivered, refunded] = [0, 0, 0];
        let status: (typeof orderStatuses)[number] = 'PAID';
        for (const move of story) {
          if (move === 'ship' && shipped < quantity && canFulfil(status)) shipped += 1;
          else if (move === 'deliver' && delivered < shipped) delivered += 1;
          else if (move === 'refund' && refunded < shipped) refunded += 1;
          else continue;
          const next = stateOf([line(quantity, shipped)], {
            allDelivered: delivered === shipped,
            refundedUnits: refunded,
          });
          expect(next === status || transitions[status].includes(next)).toBe(true);
          status = next;
        }
      }),
    );
  });
});

test('what can be done depends on who looks', () => {
  const shipped = { status: 'FULFILLED', captured: 100n, refunded: 0n, returnable: true } as const;
  expect(availableActions(shipped, { owner: true, ordersWrite: false, refunds: false })).toEqual(['RETURN']);
  expect(availableActions(shipped, { owner: false, ordersWrite: true, refunds: true })).toEqual([
    'REFUND',
    'RETURN',
  ]);
  expect(
    availableActions(
      { ...shipped, status: 'PAID', returnable: false },
      { owner: false, ordersWrite: true, refunds: false },
    ),
  ).toEqual(['CANCEL', 'FULFIL']);
  expect(availableActions(shipped, { owner: false, ordersWrite: false, refunds: false })).toEqual([]);
});

test.each([
  ['RETURNED', 100n, 100n, []],
  ['RETURNED', 100n, 60n, ['REFUND']],
  ['CANCELLED', 100n, 0n, ['REFUND']],
  ['CANCELLED', 0n, 0n, []],
  ['DELIVERED', 100n, 100n, []],
  ['PENDING', 0n, 0n, ['CANCEL']],
] as const)('%s, %d taken and %d given back: %j', (status, captured, refunded, actions) => {
  const order = { status, captured, refunded, returnable: false };
  expect(availableActions(order, { owner: false, ordersWrite: true, refunds: true })).toEqual(actions);
});

test('a number is easy to read out and uses every random byte', () => {
  expect(orderNumber(Uint8Array.from([0, 1, 2, 3, 4, 5, 30, 31, 32, 255]))).toBe('S-012345YZ0Z');
});
