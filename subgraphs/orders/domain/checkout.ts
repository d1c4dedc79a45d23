import { type OrderStatus } from './order.ts';

export const goals = ['PLACE', 'FAIL', 'CANCEL'] as const;
export const stockStates = [
  'NONE',
  'REQUESTED',
  'HELD',
  'COMMITTING',
  'COMMITTED',
  'REJECTED',
  'EXPIRED',
  'RELEASING',
  'RELEASED',
] as const;
export const moneyStates = [
  'NONE',
  'REQUESTED',
  'ACTION',
  'AUTHORISED',
  'CAPTURING',
  'CAPTURED',
  'FAILED',
  'VOIDING',
  'VOIDED',
  'REFUNDING',
  'REFUNDED',
] as const;

export type Goal = (typeof goals)[number];
export type StockState = (typeof stockStates)[number];
export type MoneyState = (typeof moneyStates)[number];
export type FailureReason = 'PAYMENT' | 'STOCK' | 'EXPIRED';

/** Where a checkout stands: what we want, what we know of stock and money, and whether people were told of its end. */
export type Saga = {
  readonly status: OrderStatus;
  readonly goal: Goal;
  readonly stock: StockState;
  readonly money: MoneyState;
  readonly reason: FailureReason | null;
  readonly told: boolean;
};

/** What others report. Facts may come late, twice and in any order. */
export type Fact =
  | 'reserved'
  | 'rejected'
  | 'expired'
  | 'committed'
  | 'released'
  | 'authorised'
  | 'actionRequired'
  | 'captured'
  | 'authoriseFailed'
  | 'captureFailed'
  | 'voided'
  | 'refunded';

/** What must be done because of it; each is safe to repeat, except the last three, which happen once. */
export type Effect =
  | 'reserve'
  | 'pay'
  | 'commit'
  | 'capture'
  | 'void'
  | 'refund'
  | 'release'
  | 'await'
  | 'place'
  | 'fail'
  | 'cancel';

type StockMoves = Partial<Record<StockState, StockState>>;
type MoneyMoves = Partial<Record<MoneyState, MoneyState>>;

/** State → state, per fact. A state that is not listed has heard it before, or it comes too late to matter. */
export const stockFacts: Partial<Record<Fact, StockMoves>> = {
  reserved: { REQUESTED: 'HELD' },
  // Inventory looks for expired goods once more when it commits; only its answer to that counts then.
  rejected: { REQUESTED: 'REJECTED', COMMITTING: 'REJECTED', RELEASING: 'RELEASED' },
  expired: { REQUESTED: 'EXPIRED', HELD: 'EXPIRED', RELEASING: 'EXPIRED' },
  committed: { COMMITTING: 'COMMITTED' },
  released: { HELD: 'RELEASED', COMMITTING: 'RELEASED', RELEASING: 'RELEASED' },
};
export const moneyFacts: Partial<Record<Fact, MoneyMoves>> = {
  authorised: { REQUESTED: 'AUTHORISED', ACTION: 'AUTHORISED', FAILED: 'AUTHORISED' },
  actionRequired: { REQUESTED: 'ACTION' },
  captured: {
    REQUESTED: 'CAPTURED',
    ACTION: 'CAPTURED',
    AUTHORISED: 'CAPTURED',
    CAPTURING: 'CAPTURED',
    FAILED: 'CAPTURED',
    VOIDING: 'CAPTURED',
    VOIDED: 'CAPTURED',
  },
  authoriseFailed: { REQUESTED: 'FAILED', ACTION: 'FAILED', VOIDING: 'FAILED' },
  captureFailed: { AUTHORISED: 'FAILED', CAPTURING: 'FAILED', VOIDING: 'FAILED' },
  voided: {
    REQUESTED: 'VOIDED',
    ACTION: 'VOIDED',
    AUTHORISED: 'VOIDED',
    CAPTURING: 'VOIDED',
    FAILED: 'VOIDED',
    VOIDING: 'VOIDED',
  },
  refunded: { REFUNDING: 'REFUNDED' },
};

/** The saga after a fact: only what is known changes; `proceed` then decides what to do. */
export function learn(saga: Saga, fact: Fact): Saga {
  return {
    ...saga,
    stock: stockFacts[fact]?.[saga.stock] ?? saga.stock,
    money: moneyFacts[fact]?.[saga.money] ?? saga.money,
  };
}

type Move = { readonly to: Partial<Saga>; readonly effect?: Effect };
const running: readonly OrderStatus[] = ['PENDING', 'AWAITING_PAYMENT'];

function forward({ stock, money, status }: Saga, free: boolean): Move | null {
  if (!running.includes(status)) return null;
  if (stock === 'NONE') return { to: { stock: 'REQUESTED' }, effect: 'reserve' };
  if (stock === 'REJECTED') return { to: { goal: 'FAIL', reason: 'STOCK' } };
  if (money === 'FAILED' || money === 'VOIDED') return { to: { goal: 'FAIL', reason: 'PAYMENT' } };
  const paid = money === 'AUTHORISED' || money === 'CAPTURED';
  if (stock === 'EXPIRED' || stock === 'RELEASED') return { to: { goal: 'FAIL', reason: 'EXPIRED' } };
  if (stock === 'HELD' && (free || paid)) return { to: { stock: 'COMMITTING' }, effect: 'commit' };
  if (stock === 'HELD' && money === 'NONE') return { to: { money: 'REQUESTED' }, effect: 'pay' };
  if (money === 'ACTION' && status === 'PENDING')
    return { to: { status: 'AWAITING_PAYMENT' }, effect: 'await' };
  if (stock === 'COMMITTED' && money === 'AUTHORISED')
    return { to: { money: 'CAPTURING' }, effect: 'capture' };
  if (stock === 'COMMITTED' && (free || money === 'CAPTURED'))
    return { to: { status: 'PAID' }, effect: 'place' };
  return null;
}

/** Stops the money first, then frees the stock, then tells people. */
function backward({ goal, stock, money, told }: Saga): Move | null {
  switch (money) {
    case 'REQUESTED':
    case 'ACTION':
    case 'AUTHORISED':
    case 'CAPTURING':
      return { to: { money: 'VOIDING' }, effect: 'void' };
    case 'CAPTURED':
      return { to: { money: 'REFUNDING' }, effect: 'refund' };
    case 'VOIDING':
    case 'REFUNDING':
      return null;
    case 'NONE':
    case 'FAILED':
    case 'VOIDED':
    case 'REFUNDED':
  }
  if (stock === 'REQUESTED' || stock === 'HELD' || stock === 'COMMITTING' || stock === 'COMMITTED') {
    return { to: { stock: 'RELEASING' }, effect: 'release' };
  }
  if (told) return null;
  return goal === 'CANCEL'
    ? { to: { told: true }, effect: 'cancel' }
    : { to: { told: true, status: 'FAILED' }, effect: 'fail' };
}

/** All that can be done now, in order, and where it leads. `free`: the total is zero, so there is no payment. */
export function proceed(
  start: Saga,
  free: boolean,
): { readonly saga: Saga; readonly effects: readonly Effect[] } {
  let saga = start;
  const effects: Effect[] = [];
  for (;;) {
    const move = saga.goal === 'PLACE' ? forward(saga, free) : backward(saga);
    if (!move) return { saga, effects };
    saga = { ...saga, ...move.to };
    if (move.effect) effects.push(move.effect);
  }
}

const repeats: Partial<Record<StockState | MoneyState, Effect>> = {
  COMMITTING: 'commit',
  RELEASING: 'release',
  CAPTURING: 'capture',
  VOIDING: 'void',
  REFUNDING: 'refund',
};

/** What is waited for, as the effect to repeat when no answer comes; null when nothing is. */
export function awaited({ stock, money }: Saga): Effect | null {
  const ofMoney = money === 'REQUESTED' ? 'pay' : money === 'ACTION' ? 'await' : repeats[money];
  const ofStock = stock === 'REQUESTED' ? 'reserve' : repeats[stock];
  return ofStock ?? ofMoney ?? null;
}

/** After how many repetitions an unanswered reservation is given up. */
const patience = 8;

/**
 * The answer did not come in time: ask again, or give up what has no hope. Money and compensations are never given up;
 * a payment has until the reservation expires.
 */
export function overdue(
  saga: Saga,
  more: { readonly attempts: number; readonly reservationExpired: boolean; readonly free: boolean },
) {
  const effect = awaited(saga);
  if (effect === null) return { saga, effects: [] };
  const hopeless =
    (effect === 'reserve' && saga.goal === 'PLACE' && more.attempts >= patience) ||
    ((effect === 'pay' || effect === 'await') && saga.goal === 'PLACE' && more.reservationExpired);
  if (hopeless) return proceed({ ...saga, goal: 'FAIL', reason: 'EXPIRED' }, more.free);
  return { saga, effects: effect === 'await' ? [] : [effect] };
}

/** The buyer or staff do not want it any more. The status changes at once; money and stock follow. */
export function abandon(saga: Saga, free: boolean) {
  return proceed({ ...saga, goal: 'CANCEL', status: 'CANCELLED' }, free);
}

export type StepName = 'reserve' | 'authorise' | 'commit' | 'capture' | 'place';
export type StepState = 'PENDING' | 'RUNNING' | 'DONE' | 'FAILED' | 'COMPENSATED';

const reserveStep: Record<StockState, StepState> = {
  NONE: 'PENDING',
  REQUESTED: 'RUNNING',
  HELD: 'DONE',
  COMMITTING: 'DONE',
  COMMITTED: 'DONE',
  REJECTED: 'FAILED',
  EXPIRED: 'FAILED',
  RELEASING: 'COMPENSATED',
  RELEASED: 'COMPENSATED',
};
const commitStep: Record<StockState, StepState> = {
  NONE: 'PENDING',
  REQUESTED: 'PENDING',
  HELD: 'PENDING',
  COMMITTING: 'RUNNING',
  COMMITTED: 'DONE',
  REJECTED: 'PENDING',
  EXPIRED: 'PENDING',
  RELEASING: 'COMPENSATED',
  RELEASED: 'COMPENSATED',
};
const authoriseStep: Record<MoneyState, StepState> = {
  NONE: 'PENDING',
  REQUESTED: 'RUNNING',
  ACTION: 'RUNNING',
  AUTHORISED: 'DONE',
  CAPTURING: 'DONE',
  CAPTURED: 'DONE',
  FAILED: 'FAILED',
  VOIDING: 'COMPENSATED',
  VOIDED: 'COMPENSATED',
  REFUNDING: 'DONE',
  REFUNDED: 'DONE',
};
const captureStep: Record<MoneyState, StepState> = {
  NONE: 'PENDING',
  REQUESTED: 'PENDING',
  ACTION: 'PENDING',
  AUTHORISED: 'PENDING',
  CAPTURING: 'RUNNING',
  CAPTURED: 'DONE',
  FAILED: 'PENDING',
  VOIDING: 'COMPENSATED',
  VOIDED: 'COMPENSATED',
  REFUNDING: 'COMPENSATED',
  REFUNDED: 'COMPENSATED',
};

/** The operator's view of the saga, in the order of the steps. Undoing what was never done counts for nothing (see the store). */
export function stepsOf(saga: Saga): readonly { readonly name: StepName; readonly state: StepState }[] {
  const placed = !running.includes(saga.status) && saga.status !== 'FAILED' && saga.goal === 'PLACE';
  return [
    { name: 'reserve', state: reserveStep[saga.stock] },
    { name: 'authorise', state: authoriseStep[saga.money] },
    { name: 'commit', state: commitStep[saga.stock] },
    { name: 'capture', state: captureStep[saga.money] },
    {
      name: 'place',
      state: placed
        ? 'DONE'
        : saga.goal === 'FAIL'
          ? 'FAILED'
          : saga.goal === 'CANCEL'
            ? 'COMPENSATED'
            : 'PENDING',
    },
  ];
}

/** Which step an effect belongs to, for counting attempts. */
export const stepOfEffect: Partial<Record<Effect, StepName>> = {
  reserve: 'reserve',
  pay: 'authorise',
  commit: 'commit',
  capture: 'capture',
  place: 'place',
};
