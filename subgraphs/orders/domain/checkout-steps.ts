import { type Effect, type MoneyState, type Saga, type StockState, running } from './checkout.ts';

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
  FAILED: 'FAILED',
  VOIDING: 'COMPENSATED',
  VOIDED: 'COMPENSATED',
  REFUNDING: 'COMPENSATED',
  REFUNDED: 'COMPENSATED',
};

/**
 * The operator's view of the saga, in the order of the steps. Undoing what was never done, and failing at what was done or never
 * begun, count for nothing (see the store).
 */
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
