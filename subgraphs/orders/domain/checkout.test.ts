import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { stepsOf } from './checkout-steps.ts';
import {
  type Effect,
  type Fact,
  type MoneyState,
  type Saga,
  type StockState,
  abandon,
  awaited,
  learn,
  moneyFacts,
  overdue,
  proceed,
  stockFacts,
} from './checkout.ts';
import { type OrderStatus, transitions } from './order.ts';

const start: Saga = {
  status: 'PENDING',
  goal: 'PLACE',
  stock: 'NONE',
  money: 'NONE',
  reason: null,
  told: false,
};
const facts: readonly Fact[] = [
  ...new Set([...Object.keys(stockFacts), ...Object.keys(moneyFacts)]),
] as Fact[];

const noMoney: readonly MoneyState[] = ['NONE', 'FAILED', 'VOIDED', 'REFUNDED'];
const noStock: readonly StockState[] = ['NONE', 'REJECTED', 'EXPIRED', 'RELEASED'];

const history = fc.array(fc.constantFrom(...facts), { maxLength: 25 });

/** Runs facts one after the other and collects all effects. */
function run(heard: readonly Fact[], free = false): { saga: Saga; effects: Effect[] } {
  const effects: Effect[] = [];
  let { saga } = { saga: start };
  const take = (step: { readonly saga: Saga; readonly effects: readonly Effect[] }): void => {
    saga = step.saga;
    effects.push(...step.effects);
  };
  take(proceed(saga, free));
  for (const fact of heard) take(proceed(learn(saga, fact), free));
  return { saga, effects };
}

describe('the checkout saga', () => {
  test.each([
    [
      'goes through',
      ['reserved', 'authorised', 'committed', 'captured'],
      ['reserve', 'pay', 'commit', 'capture', 'place'],
      'PAID',
    ],
    ['is short of stock', ['rejected'], ['reserve', 'fail'], 'FAILED'],
    [
      'is short of stock, and a repeated request finds goods that nobody needs any more',
      ['rejected', 'reserved', 'released'],
      ['reserve', 'fail', 'release'],
      'FAILED',
    ],
    ['is declined', ['reserved', 'authoriseFailed'], ['reserve', 'pay', 'release', 'fail'], 'FAILED'],
    ['needs the bank', ['reserved', 'actionRequired'], ['reserve', 'pay', 'await'], 'AWAITING_PAYMENT'],
    [
      'is abandoned at the bank',
      ['reserved', 'actionRequired', 'expired', 'voided'],
      ['reserve', 'pay', 'await', 'void', 'fail'],
      'FAILED',
    ],
    [
      'cannot capture',
      ['reserved', 'authorised', 'committed', 'captureFailed'],
      ['reserve', 'pay', 'commit', 'capture', 'release', 'fail'],
      'FAILED',
    ],
    [
      'is voided by staff',
      ['reserved', 'authorised', 'voided'],
      ['reserve', 'pay', 'commit', 'release', 'fail'],
      'FAILED',
    ],
    [
      'loses its goods while it is paid, and gets others',
      ['reserved', 'authorised', 'expired', 'committed', 'captured'],
      ['reserve', 'pay', 'commit', 'capture', 'place'],
      'PAID',
    ],
    [
      'loses its goods while it is paid',
      ['reserved', 'authorised', 'expired', 'rejected', 'voided'],
      ['reserve', 'pay', 'commit', 'void', 'fail'],
      'FAILED',
    ],
    [
      'hears of things before they were asked for',
      ['committed', 'authorised', 'reserved', 'authorised', 'committed', 'captured'],
      ['reserve', 'pay', 'commit', 'capture', 'place'],
      'PAID',
    ],
  ] as const)('%s', (_name, heard, effects, status) => {
    const result = run(heard);
    expect(result.effects).toEqual(effects);
    expect(result.saga.status).toBe(status);
  });

  test('asks for no money where there is nothing to pay', () => {
    expect(run(['reserved', 'committed'], true).effects).toEqual(['reserve', 'commit', 'place']);
  });

  test('never does twice what must happen once, and only moves as the table of states allows', () => {
    fc.assert(
      fc.property(history, fc.boolean(), (heard, free) => {
        const { effects, saga } = run(heard, free);
        for (const once of ['place', 'fail', 'cancel'] as const)
          expect(effects.filter(each => each === once).length).toBeLessThanOrEqual(1);
        expect(effects.includes('place') && effects.includes('fail')).toBe(false);
        const path: OrderStatus[] = [
          ...(effects.includes('await') ? (['AWAITING_PAYMENT'] as const) : []),
          saga.status,
        ];
        let from: OrderStatus = 'PENDING';
        for (const to of path) {
          expect(from === to || transitions[from].includes(to)).toBe(true);
          from = to;
        }
      }),
    );
  });

  test('is paid only with the goods committed and the money captured', () => {
    fc.assert(
      fc.property(history, heard => {
        const { saga } = run(heard);
        expect(saga.status !== 'PAID' || (saga.stock === 'COMMITTED' && saga.money === 'CAPTURED')).toBe(
          true,
        );
      }),
    );
  });

  test('a failure is told only when no money is on its way to us', () => {
    fc.assert(
      fc.property(history, heard => {
        let saga = proceed(start, false).saga;
        for (const fact of heard) {
          const step = proceed(learn(saga, fact), false);
          expect(!step.effects.includes('fail') || noMoney.includes(step.saga.money)).toBe(true);
          saga = step.saga;
        }
      }),
    );
  });

  test('hearing a fact again at once changes nothing', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(...facts), (heard, fact) => {
        const { saga } = run([...heard, fact]);
        const again = learn(saga, fact);
        // A second reservation may be asked for at once; its answer is another fact that only looks the same.
        fc.pre(!['rejected', 'expired', 'reserved', 'captured'].includes(fact));
        expect(proceed(again, false)).toEqual({ saga: again, effects: [] });
      }),
    );
  });

  test('cooperative services bring every order to an end, wherever faults have left it', () => {
    const answers: Record<Effect, readonly Fact[]> = {
      reserve: ['reserved'],
      pay: ['authorised'],
      await: ['authorised'],
      commit: ['committed'],
      capture: ['captured'],
      void: ['voided'],
      refund: ['refunded'],
      release: ['released'],
      place: [],
      fail: [],
      cancel: [],
    };
    fc.assert(
      fc.property(history, fc.boolean(), (heard, cancelled) => {
        let { saga } = run(heard);
        if (cancelled && saga.goal === 'PLACE') saga = abandon(saga, false).saga;
        for (let i = 0; i < 20; i += 1) {
          for (const fact of awaited(saga).flatMap(effect => answers[effect]))
            saga = proceed(learn(saga, fact), false).saga;
        }
        expect(awaited(saga)).toEqual([]);
        expect(['PAID', 'FAILED', 'CANCELLED']).toContain(saga.status);
        expect(saga.status === 'PAID' || (noMoney.includes(saga.money) && noStock.includes(saga.stock))).toBe(
          true,
        );
      }),
    );
  });
});

/** Lets deadlines pass one after the other while nobody answers. */
function wait(from: Saga, rounds = 20): { saga: Saga; effects: Effect[] } {
  let saga = from;
  const effects: Effect[] = [];
  for (let round = 0, attempts = 0; round < rounds; round += 1) {
    const step = overdue(saga, { attempts, reservationExpired: true, free: false });
    attempts = step.saga.goal === saga.goal ? attempts + 1 : 0;
    saga = step.saga;
    effects.push(...step.effects);
  }
  return { saga, effects };
}

describe('a deadline that passes', () => {
  const patient = { attempts: 0, reservationExpired: false, free: false };

  test.each([
    [[], 'reserve'],
    [['reserved'], 'pay'],
    [['reserved', 'authorised'], 'commit'],
    [['reserved', 'authorised', 'committed'], 'capture'],
    [['reserved', 'actionRequired', 'expired'], 'void'],
    [['reserved', 'authoriseFailed'], 'release'],
  ] as const)('after %j asks again: %s', (heard, effect) => {
    const { saga } = run(heard);
    expect(overdue(saga, patient)).toEqual({ saga, effects: [effect] });
  });

  test('gives up a reservation that nobody answers, and frees what may be held', () => {
    expect(overdue(run([]).saga, { ...patient, attempts: 9 })).toMatchObject({
      saga: { goal: 'FAIL', status: 'FAILED', reason: 'EXPIRED' },
      effects: ['release', 'fail'],
    });
  });

  test('gives up a payment with its reservation, money first', () => {
    for (const heard of [['reserved'], ['reserved', 'actionRequired']] as const) {
      expect(overdue(run(heard).saga, { ...patient, reservationExpired: true }).effects).toEqual(['void']);
    }
  });

  test('never gives up a capture while the reservation holds, nor a compensation', () => {
    const { saga } = run(['reserved', 'authorised', 'committed']);
    expect(overdue(saga, { attempts: 40, reservationExpired: false, free: false })).toEqual({
      saga,
      effects: ['capture'],
    });
    expect(wait(saga).effects.filter(effect => effect === 'void').length).toBeGreaterThan(10);
  });

  test.each([[['reserved']], [['reserved', 'expired']], [['reserved', 'authorised', 'committed']]] as const)(
    'after %j, with a provider that never answers, people are told, and the money is asked for all the same',
    heard => {
      const { saga, effects } = wait(run(heard).saga);
      expect(saga).toMatchObject({ status: 'FAILED', told: true, money: 'VOIDING' });
      expect(effects.indexOf('void')).toBeLessThan(effects.indexOf('fail'));
      expect(effects.slice(-2)).not.toContain('fail');
      expect(effects).toContain('void');
      // It had been taken after all: it goes back.
      const late = proceed(learn(saga, 'captured'), false);
      expect(late).toMatchObject({ saga: { money: 'REFUNDING', status: 'FAILED' }, effects: ['refund'] });
      expect(proceed(learn(late.saga, 'refunded'), false)).toMatchObject({ saga: { money: 'REFUNDED' } });
    },
  );

  test('ends every checkout by itself, whoever is away, and tells of its end once', () => {
    fc.assert(
      fc.property(history, fc.boolean(), (heard, cancelled) => {
        const before = run(heard);
        const from = cancelled && before.saga.goal === 'PLACE' ? abandon(before.saga, false) : before;
        const { saga, effects } = wait(from.saga);
        expect(['PAID', 'FAILED', 'CANCELLED']).toContain(saga.status);
        if (saga.status !== 'PAID') expect(saga.told).toBe(true);
        const ends = [...before.effects, ...(from === before ? [] : from.effects), ...effects];
        for (const end of ['fail', 'cancel', 'place'] as const)
          expect(ends.filter(effect => effect === end).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test('cancelling stops the money first, then frees the goods, then tells', () => {
  const paid = run(['reserved', 'authorised', 'committed', 'captured']).saga;
  const cancelled = abandon(paid, false);
  expect(cancelled).toMatchObject({ saga: { status: 'CANCELLED' }, effects: ['refund'] });
  expect(proceed(learn(cancelled.saga, 'refunded'), false).effects).toEqual(['release', 'cancel']);
});

test('the steps show operators how far it came', () => {
  expect(stepsOf(run(['reserved', 'authorised']).saga).map(({ state }) => state)).toEqual([
    'DONE',
    'DONE',
    'RUNNING',
    'PENDING',
    'PENDING',
  ]);
});
