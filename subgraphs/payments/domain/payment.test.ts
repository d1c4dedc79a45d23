import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { linesOf, movements } from './ledger.ts';
import {
  type PaymentState,
  type PaymentStatus,
  canMove,
  inSaga,
  isFinal,
  orderStatus,
  paymentStates,
  publicStatus,
} from './payment.ts';
import { type IntentStatus, intentStatuses, isRetryable, mismatch, stateOf } from './provider.ts';
import { checkCapture, checkRefund, refundable, spread } from './refund.ts';

const payment = (overrides: Partial<Parameters<typeof publicStatus>[0]> = {}) => ({
  state: 'CAPTURED' as PaymentState,
  amount: 100n,
  captured: 100n,
  refunded: 0n,
  disputed: false,
  ...overrides,
});

describe('Stripe’s statuses in our words', () => {
  const table: Record<IntentStatus, readonly [server: PaymentState, client: PaymentState]> = {
    requires_payment_method: ['FAILED', 'REQUIRES_ACTION'],
    requires_confirmation: ['FAILED', 'REQUIRES_ACTION'],
    requires_action: ['REQUIRES_ACTION', 'REQUIRES_ACTION'],
    processing: ['PROCESSING', 'PROCESSING'],
    requires_capture: ['AUTHORIZED', 'AUTHORIZED'],
    canceled: ['VOIDED', 'VOIDED'],
    succeeded: ['CAPTURED', 'CAPTURED'],
  };
  test.each(intentStatuses)('%s', status => {
    expect([stateOf(status, 'SERVER'), stateOf(status, 'CLIENT')]).toEqual(table[status]);
  });
});

describe('moving', () => {
  const table: Record<PaymentState, readonly PaymentState[]> = {
    CREATED: ['REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED', 'CAPTURED', 'VOIDED', 'FAILED'],
    REQUIRES_ACTION: ['PROCESSING', 'AUTHORIZED', 'CAPTURED', 'VOIDED', 'FAILED'],
    PROCESSING: ['REQUIRES_ACTION', 'AUTHORIZED', 'CAPTURED', 'VOIDED', 'FAILED'],
    AUTHORIZED: ['CAPTURED', 'VOIDED'],
    CAPTURED: [],
    VOIDED: [],
    FAILED: ['CAPTURED'],
  };
  test.each(paymentStates.flatMap(from => paymentStates.map(to => [from, to] as const)))(
    '%s → %s',
    (from, to) => {
      expect(canMove(from, to)).toBe(table[from].includes(to));
    },
  );

  test('no sequence of answers ever moves money back', () => {
    const result = fc.check(
      fc.property(fc.array(fc.constantFrom(...paymentStates), { maxLength: 30 }), answers => {
        let state: PaymentState = 'CREATED';
        for (const answer of answers) {
          const before: PaymentState = state;
          if (canMove(state, answer)) state = answer;
          if ((before === 'CAPTURED' || before === 'VOIDED') && state !== before) return false;
          if (before === 'AUTHORIZED' && !['AUTHORIZED', 'CAPTURED', 'VOIDED'].includes(state)) return false;
        }
        return true;
      }),
    );
    expect(result.counterexample).toBeNull();
  });
});

describe('what clients see', () => {
  test.each<readonly [PaymentStatus, Partial<Parameters<typeof publicStatus>[0]>]>([
    ['PROCESSING', { state: 'CREATED', captured: 0n }],
    ['PROCESSING', { state: 'PROCESSING', captured: 0n }],
    ['REQUIRES_ACTION', { state: 'REQUIRES_ACTION', captured: 0n }],
    ['AUTHORIZED', { state: 'AUTHORIZED', captured: 0n }],
    ['VOIDED', { state: 'VOIDED', captured: 0n }],
    ['FAILED', { state: 'FAILED', captured: 0n }],
    ['CAPTURED', {}],
    ['PARTIALLY_CAPTURED', { captured: 60n }],
    ['PARTIALLY_REFUNDED', { refunded: 1n }],
    ['PARTIALLY_REFUNDED', { captured: 60n, refunded: 59n }],
    ['REFUNDED', { captured: 60n, refunded: 60n }],
    ['DISPUTED', { disputed: true }],
  ])('%s: %o', (status, overrides) => {
    expect(publicStatus(payment(overrides))).toBe(status);
  });

  test.each<readonly [PaymentStatus, readonly Partial<Parameters<typeof publicStatus>[0]>[]]>([
    ['NONE', []],
    [
      'FAILED',
      [
        { state: 'VOIDED', captured: 0n },
        { state: 'FAILED', captured: 0n },
      ],
    ],
    [
      'REQUIRES_ACTION',
      [
        { state: 'FAILED', captured: 0n },
        { state: 'REQUIRES_ACTION', captured: 0n },
      ],
    ],
    ['CAPTURED', [{}, { state: 'FAILED', captured: 0n }]],
    ['PARTIALLY_REFUNDED', [{ refunded: 100n }, {}]],
    ['REFUNDED', [{ refunded: 100n }, { refunded: 100n }]],
    ['DISPUTED', [{ disputed: true }, {}]],
  ])('an order is %s', (status, payments) => {
    expect(orderStatus(payments.map(payment))).toBe(status);
  });
});

test.each<readonly [boolean, PaymentState, boolean, string]>([
  [true, 'AUTHORIZED', true, '2026-01-01T12:14:59Z'],
  [false, 'AUTHORIZED', true, '2026-01-01T12:15:00Z'],
  [false, 'AUTHORIZED', false, '2026-01-01T11:00:00Z'],
  [false, 'CAPTURED', true, '2026-01-01T11:00:00Z'],
])('in the checkout’s hands: %s (%s, %s, %s)', (expected, state, open, now) => {
  expect(inSaga({ state, in_saga: open, deadline: new Date('2026-01-01T12:00:00Z') }, new Date(now))).toBe(
    expected,
  );
});

describe('refunds', () => {
  const row = (id: string, captured: bigint, reserved = 0n, currency = 'EUR') => ({
    id,
    captured,
    refund_reserved: reserved,
    currency,
  });

  test.each([
    [0n, 'EUR', 'AMOUNT'],
    [-1n, 'EUR', 'AMOUNT'],
    [41n, 'EUR', 'AMOUNT_EXCEEDED'],
    [1n, 'USD', 'CURRENCY'],
  ])('%d %s is refused as %s', (amount, currency, code) => {
    expect(() => checkRefund(row('a', 100n, 60n), amount, currency)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('too much names the maximum', () => {
    expect(() => checkRefund(row('a', 100n, 60n), 41n, 'EUR')).toThrow(
      expect.objectContaining({
        type: 'AmountExceededError',
        details: { maximum: { amount: '0.40', currency: 'EUR' } },
      }),
    );
    expect(() => checkRefund(row('a', 100n, 60n), 40n, 'EUR')).not.toThrow();
  });

  test('are spread over payments newest first, never above what is left of each', () => {
    const payments = [row('old', 100n), row('dollars', 500n, 0n, 'USD'), row('new', 50n, 20n)];
    expect(spread(payments, 80n, 'EUR')).toEqual([
      { paymentId: 'new', amount: 30n },
      { paymentId: 'old', amount: 50n },
    ]);
    expect(spread(payments, 131n, 'EUR')).toBeNull();
  });

  test('shares always add up, whatever was paid', () => {
    const amounts = fc.array(fc.tuple(fc.bigInt(0n, 1_000n), fc.bigInt(0n, 1_000n)), {
      minLength: 1,
      maxLength: 6,
    });
    const result = fc.check(
      fc.property(amounts, fc.bigInt(1n, 6_000n), (pairs, amount) => {
        const payments = pairs.map(([a, b], index) => row(String(index), a > b ? a : b, a > b ? b : a));
        const shares = spread(payments, amount, 'EUR');
        const left = payments.reduce((sum, each) => sum + refundable(each), 0n);
        if (shares === null) return amount > left;
        const fits = shares.every(
          share => share.amount <= refundable(payments[Number(share.paymentId)] ?? row('', 0n)),
        );
        return fits && shares.reduce((sum, share) => sum + share.amount, 0n) === amount;
      }),
    );
    expect(result.counterexample).toBeNull();
  });
});

describe('capturing', () => {
  const authorised = { amount: 100n, currency: 'EUR' };

  test('takes all of it unless told otherwise', () => {
    expect(checkCapture(authorised, null)).toBe(100n);
    expect(checkCapture(authorised, { minor: 60n, currency: 'EUR' })).toBe(60n);
  });

  test.each([
    [101n, 'EUR', 'AMOUNT_EXCEEDED'],
    [0n, 'EUR', 'AMOUNT'],
    [1n, 'JPY', 'CURRENCY'],
  ])('%d %s is refused as %s', (minor, currency, code) => {
    expect(() => checkCapture(authorised, { minor, currency })).toThrow(expect.objectContaining({ code }));
  });
});

describe('an intent that is not the payment’s', () => {
  const expected = { id: 'p1', amount: 100n, currency: 'EUR' };
  const intent = (overrides: object) => ({
    id: 'pi_1',
    status: 'requires_capture' as const,
    amount: 100n,
    capturable: 100n,
    received: 0n,
    currency: 'EUR',
    paymentId: 'p1',
    clientSecret: null,
    redirectUrl: null,
    method: null,
    methodId: null,
    customerId: null,
    livemode: false,
    refusal: null,
    ...overrides,
  });
  test.each([
    [{}, null],
    [{ paymentId: 'p2' }, 'PAYMENT_MISMATCH'],
    [{ paymentId: null }, 'PAYMENT_MISMATCH'],
    [{ currency: 'USD' }, 'CURRENCY_MISMATCH'],
    [{ amount: 99n }, 'AMOUNT_MISMATCH'],
    [{ received: 101n }, 'AMOUNT_MISMATCH'],
    [{ capturable: 101n }, 'AMOUNT_MISMATCH'],
  ])('%o → %s', (overrides, problem) => {
    expect(mismatch(expected, intent(overrides))).toBe(problem);
  });
});

test('every movement balances', () => {
  for (const kind of movements) {
    const [first, second] = linesOf(kind, 7n);
    expect(first.debit + second.debit).toBe(first.credit + second.credit);
    expect(first.account).not.toBe(second.account);
  }
});

test.each([
  ['insufficient_funds', true],
  ['generic_decline', false],
  ['stolen_card', false],
  [null, false],
])('after %s the same card may work later: %s', (code, retryable) => {
  expect(isRetryable(code)).toBe(retryable);
});

test.each(paymentStates)('%s is final or moves on', state => {
  expect(isFinal(state)).toBe(['CAPTURED', 'VOIDED', 'FAILED'].includes(state));
});
