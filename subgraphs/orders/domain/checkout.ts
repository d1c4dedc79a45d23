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
  // A request that was repeated may be answered twice: what the second one got after all must be freed.
  reserved: { REQUESTED: 'HELD', REJECTED: 'HELD' },
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

export type Progress = { readonly saga: Saga; readonly effects: readonly Effect[] };
type Move = { readonly to: Partial<Saga>; readonly effect?: Effect };
/** The states of an order whose checkout has not ended. */
export const running: readonly OrderStatus[] = ['PENDING', 'AWAITING_PAYMENT'];

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

/**
 * Stops the money first, then frees the stock, then tells people. With `unanswered` the money does not answer: it goes on
 * being stopped, but nobody waits for that any more.
 */
function backward({ goal, stock, money, told }: Saga, unanswered: boolean): Move | null {
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
      if (!unanswered) return null;
      break;
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
export function proceed(start: Saga, free: boolean, unanswered = false): Progress {
  let saga = start;
  const effects: Effect[] = [];
  for (;;) {
    const move = saga.goal === 'PLACE' ? forward(saga, free) : backward(saga, unanswered);
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

/** What is waited for, as the effects to repeat when no answer comes, the most pressing first. */
export function awaited({ stock, money }: Saga): Effect[] {
  const ofMoney = money === 'REQUESTED' ? 'pay' : money === 'ACTION' ? 'await' : repeats[money];
  const ofStock = stock === 'REQUESTED' ? 'reserve' : repeats[stock];
  return [ofStock, ofMoney].filter(effect => effect !== undefined);
}

/** After how many repetitions an unanswered reservation is given up. */
const reservePatience = 8;
/** After how many repetitions beyond the reservation a commit or capture is given up: long enough for a late 3-D Secure. */
const capturePatience = 3;
/** After how many repetitions people are told, although nobody knows yet what became of the money. */
const moneyPatience = 1;

type Wait = { readonly attempts: number; readonly reservationExpired: boolean; readonly free: boolean };

/**
 * The answer did not come in time: ask again, or give up what has no hope. Every checkout ends, whoever is away: forward
 * steps have until the reservation expires; compensations are repeated for ever, but the order does not wait for them.
 */
export function overdue(saga: Saga, wait: Wait): Progress {
  const effects = awaited(saga);
  if (effects.length === 0) return { saga, effects: [] };
  if (saga.goal === 'PLACE' && effects.some(effect => isHopeless(effect, wait)))
    return proceed({ ...saga, goal: 'FAIL', reason: 'EXPIRED' }, wait.free);
  const again = effects.filter(effect => effect !== 'await');
  if (saga.goal === 'PLACE' || wait.attempts < moneyPatience) return { saga, effects: again };
  const rest = proceed(saga, wait.free, true);
  return { saga: rest.saga, effects: [...again, ...rest.effects] };
}

function isHopeless(effect: Effect, { attempts, reservationExpired }: Wait): boolean {
  if (effect === 'reserve') return attempts >= reservePatience;
  if (effect === 'pay' || effect === 'await') return reservationExpired;
  return (effect === 'commit' || effect === 'capture') && reservationExpired && attempts >= capturePatience;
}

/** The buyer or staff do not want it any more. The status changes at once; money and stock follow. */
export function abandon(saga: Saga, free: boolean): Progress {
  return proceed({ ...saga, goal: 'CANCEL', status: 'CANCELLED' }, free);
}

/** Minor units that were taken for an order, whatever has gone back since: its total, or the part that was captured. */
export function amountTaken(order: {
  readonly money: MoneyState;
  readonly total: bigint;
  readonly captured: bigint | null;
}): bigint {
  const taken = order.money === 'CAPTURED' || order.money === 'REFUNDING' || order.money === 'REFUNDED';
  return taken ? (order.captured ?? order.total) : 0n;
}
