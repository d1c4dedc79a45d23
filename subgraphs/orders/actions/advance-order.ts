import { type Transaction } from '#platform/database.ts';
import { type Announcement, announceAll } from '#platform/outbox.ts';

import { stepOfEffect, stepsOf } from '../domain/checkout-steps.ts';
import {
  type Effect,
  type Fact,
  type Progress,
  type Saga,
  awaited,
  learn,
  overdue,
  proceed,
} from '../domain/checkout.ts';
import { type StepChange, saveSaga } from '../store/order-changes.ts';
import { type OrderLineRow } from '../store/order-parts.ts';
import { type OrderRow, lockOrder } from '../store/orders.ts';
import { type SagaSettings, effects } from './saga-effects.ts';

/** Inventory tells of an expired reservation; this much later we no longer wait for it, in milliseconds. */
const expiryGraceMs = 20_000;

const free = (order: OrderRow): boolean => order.total === 0n;

/** Takes in what another service reports, and does what follows. Unknown orders and stale facts change nothing. */
export async function hear(
  tx: Transaction,
  settings: SagaSettings,
  report: { readonly orderId: string; readonly fact: Fact; readonly known?: Partial<OrderRow> },
): Promise<void> {
  const order = await lockOrder(tx, report.orderId);
  if (!order) return;
  const learned = learn(order, report.fact);
  // What has changed nothing has nothing to say either: a stale decline must not overwrite the facts of the present.
  if (learned.stock === order.stock && learned.money === order.money) return;
  await perform(tx, settings, { ...order, ...report.known, attempts: 0 }, proceed(learned, free(order)));
}

/** Does what the deadline of a locked order asks for. */
export async function handleOverdue(
  tx: Transaction,
  settings: SagaSettings,
  order: OrderRow,
  now: Date,
): Promise<void> {
  const step = overdue(order, {
    attempts: order.attempts,
    reservationExpired: order.reservationExpiresAt.getTime() + expiryGraceMs / 2 <= now.getTime(),
    free: free(order),
  });
  // What is asked for the first time has not been asked in vain yet.
  const attempts = step.saga.goal === order.goal ? order.attempts + 1 : 0;
  await perform(tx, settings, { ...order, attempts }, step);
}

/** Carries out a step of the saga on a locked order and writes its state back, all in the caller's transaction. */
export async function perform(
  tx: Transaction,
  settings: SagaSettings,
  before: OrderRow,
  step: Progress,
): Promise<void> {
  const { order, steps, told } = await take(tx, settings, before, step);
  await saveSaga(tx, order, steps);
  await announceAll(tx, told);
}

/** Where a step has led: the order and its steps, not stored yet, and what is to be told, in order. */
export type Taken = {
  readonly order: OrderRow;
  readonly steps: readonly StepChange[];
  readonly told: readonly Announcement[];
};

/** Carries out the effects of a step, up to storing where it has led. `lines`: the order's, where they are known. */
export async function take(
  tx: Transaction,
  settings: SagaSettings,
  before: OrderRow,
  step: Progress & { readonly lines?: readonly OrderLineRow[] },
): Promise<Taken> {
  const now = new Date();
  const errors = failureOf(before, step.saga);
  const known = step.lines === undefined ? { settings } : { settings, lines: step.lines };
  let order: OrderRow = { ...before, goal: step.saga.goal, reason: step.saga.reason };
  let todo: Progress = step;
  const done: Effect[] = [];
  const told: Announcement[] = [];
  while (todo.effects.length > 0) {
    const [effect, ...rest] = todo.effects;
    if (effect === undefined) break;
    done.push(effect);
    const after = await effects[effect](tx, { ...known, order: { ...order, money: todo.saga.money } });
    order = after.order;
    told.push(...after.told);
    todo = { saga: todo.saga, effects: rest };
    // Nothing was left to refund: as good as refunded.
    if (effect === 'refund' && after.told.length === 0) {
      const more = proceed(learn(todo.saga, 'refunded'), free(order));
      todo = { saga: more.saga, effects: [...rest, ...more.effects] };
    }
  }
  const { goal, stock, money, reason, told: isTold } = todo.saga;
  const saved: OrderRow = {
    ...order,
    goal,
    stock,
    money,
    reason,
    told: isTold,
    reservedAt: order.reservedAt ?? (stock === 'HELD' || stock === 'COMMITTING' ? now : null),
    deadlineAt: deadline(todo.saga, order, settings, now),
    // Card tokens are for one payment only; nobody needs to find them here later.
    paymentMethod:
      money === 'NONE' || money === 'REQUESTED'
        ? order.paymentMethod
        : { ...order.paymentMethod, token: null },
    ...(money === 'ACTION' ? {} : { clientSecret: null, redirectUrl: null }),
  };
  const tried = done.flatMap(effect => stepOfEffect[effect] ?? []);
  const steps = stepsOf({ ...todo.saga, status: order.status }).map(({ name, state }) => ({
    name,
    state: name === 'authorise' || name === 'capture' ? paymentStep(order, state) : state,
    tried: tried.filter(each => each === name).length,
    error: state === 'FAILED' ? errors : null,
  }));
  return { order: saved, steps, told };
}

// A free order has nothing to authorise or capture: these steps are done without having been tried.
const paymentStep = <S extends string>(order: OrderRow, state: S): S | 'DONE' =>
  free(order) ? 'DONE' : state;

function failureOf(order: OrderRow, saga: Saga): string | null {
  if (saga.reason === 'STOCK') return 'not enough stock';
  if (saga.reason === 'EXPIRED') return 'no answer in time';
  return order.failure?.message ?? order.failure?.declineCode ?? null;
}

function deadline(saga: Saga, order: OrderRow, settings: SagaSettings, now: Date): Date | null {
  const waiting = awaited(saga);
  if (waiting.length === 0) return null;
  if (waiting[0] === 'await')
    return new Date(
      Math.max(order.reservationExpiresAt.getTime() + expiryGraceMs, now.getTime() + settings.retryMs),
    );
  return new Date(now.getTime() + Math.min(60_000, settings.retryMs * 2 ** Math.min(order.attempts, 8)));
}
