/** Where a payment stands in our books. Amounts refine it for clients, see `publicStatus`. */
export const paymentStates = [
  'CREATED',
  'REQUIRES_ACTION',
  'PROCESSING',
  'AUTHORIZED',
  'CAPTURED',
  'VOIDED',
  'FAILED',
] as const;
export type PaymentState = (typeof paymentStates)[number];

/** What clients see; the SDL's enum PaymentStatus. */
export const paymentStatuses = [
  'NONE',
  'REQUIRES_ACTION',
  'PROCESSING',
  'AUTHORIZED',
  'PARTIALLY_CAPTURED',
  'CAPTURED',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'VOIDED',
  'FAILED',
  'DISPUTED',
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** Where a payment may go from where it is. Nothing else moves it, and nothing moves it back. */
const next: Record<PaymentState, readonly PaymentState[]> = {
  CREATED: ['REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED', 'CAPTURED', 'VOIDED', 'FAILED'],
  REQUIRES_ACTION: ['PROCESSING', 'AUTHORIZED', 'CAPTURED', 'VOIDED', 'FAILED'],
  // A delayed method may come back and ask for a step of the customer.
  PROCESSING: ['REQUIRES_ACTION', 'AUTHORIZED', 'CAPTURED', 'VOIDED', 'FAILED'],
  AUTHORIZED: ['CAPTURED', 'VOIDED'],
  CAPTURED: [],
  VOIDED: [],
  // Only the late money of `apply-intent.ts`: it is taken into the books and given back at once.
  FAILED: ['CAPTURED'],
};

/** Whether a payment may go from one state to the other. */
export function canMove(from: PaymentState, to: PaymentState): boolean {
  return next[from].includes(to);
}

/** Nothing more will be taken by it. */
export function isFinal(state: PaymentState): boolean {
  return state === 'CAPTURED' || state === 'VOIDED' || state === 'FAILED';
}

type Amounts = {
  readonly state: PaymentState;
  readonly amount: bigint;
  readonly captured: bigint;
  readonly refunded: bigint;
  readonly disputed: boolean;
};

/** The status that clients see. */
export function publicStatus({ state, amount, captured, refunded, disputed }: Amounts): PaymentStatus {
  if (disputed) return 'DISPUTED';
  switch (state) {
    case 'CREATED':
    case 'PROCESSING':
      return 'PROCESSING';
    case 'CAPTURED':
      if (refunded >= captured) return 'REFUNDED';
      if (refunded > 0n) return 'PARTIALLY_REFUNDED';
      return captured < amount ? 'PARTIALLY_CAPTURED' : 'CAPTURED';
    case 'REQUIRES_ACTION':
    case 'AUTHORIZED':
    case 'VOIDED':
    case 'FAILED':
      return state;
  }
}

/** One status for an order with any number of payments, given oldest first. */
export function orderStatus(payments: readonly Amounts[]): PaymentStatus {
  const newest = payments.at(-1);
  if (!newest) return 'NONE';
  if (payments.some(payment => payment.disputed)) return 'DISPUTED';
  const open = payments.find(payment => !isFinal(payment.state));
  if (open) return publicStatus(open);
  const taken = payments.filter(payment => payment.captured > 0n);
  const sum = (key: 'amount' | 'captured' | 'refunded'): bigint =>
    taken.reduce((total, payment) => total + payment[key], 0n);
  if (taken.length === 0) return publicStatus(newest);
  return publicStatus({
    state: 'CAPTURED',
    amount: sum('amount'),
    captured: sum('captured'),
    refunded: sum('refunded'),
    disputed: false,
  });
}

/** How long after its deadline a payment still counts as the checkout's own business, in milliseconds. */
const sagaSlackMs = 15 * 60_000;

/** Whether the checkout still decides about this payment; until then staff must not capture or void it by hand. */
export function inSaga(
  payment: { readonly state: PaymentState; readonly in_saga: boolean; readonly deadline: Date },
  now: Date,
): boolean {
  return (
    payment.in_saga && !isFinal(payment.state) && now.getTime() < payment.deadline.getTime() + sagaSlackMs
  );
}
