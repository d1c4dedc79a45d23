import { DomainError } from '#platform/errors.ts';

export const orderStatuses = [
  'PENDING',
  'AWAITING_PAYMENT',
  'PAID',
  'PARTIALLY_FULFILLED',
  'FULFILLED',
  'DELIVERED',
  'CANCELLED',
  'FAILED',
  'PARTIALLY_RETURNED',
  'RETURNED',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** Where an order may go from where it is. Nothing else moves an order. */
export const transitions: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  PENDING: ['AWAITING_PAYMENT', 'PAID', 'FAILED', 'CANCELLED'],
  AWAITING_PAYMENT: ['PAID', 'FAILED', 'CANCELLED'],
  PAID: ['PARTIALLY_FULFILLED', 'FULFILLED', 'CANCELLED'],
  PARTIALLY_FULFILLED: ['FULFILLED', 'PARTIALLY_RETURNED'],
  FULFILLED: ['DELIVERED', 'PARTIALLY_RETURNED', 'RETURNED'],
  DELIVERED: ['PARTIALLY_RETURNED', 'RETURNED'],
  PARTIALLY_RETURNED: ['RETURNED'],
  CANCELLED: [],
  FAILED: [],
  RETURNED: [],
};

/** The states from which `to` can be reached: the guard of the compare-and-set. */
export function statesBefore(to: OrderStatus): OrderStatus[] {
  return orderStatuses.filter(from => transitions[from].includes(to));
}

/** The state forbids it; the client is told which state that is. */
export function wrongState(status: OrderStatus, message: string): DomainError {
  return new DomainError('OrderStateError', 'ORDER_STATE', message, { details: { status } });
}

/** Before anything is shipped, and not once it has ended. */
export function canCancel(status: OrderStatus): boolean {
  return transitions[status].includes('CANCELLED');
}

/** Paid, with something left to ship. */
export function canFulfil(status: OrderStatus): boolean {
  return status === 'PAID' || status === 'PARTIALLY_FULFILLED';
}

type Quantities = {
  readonly quantity: number;
  readonly quantityFulfilled: number;
  readonly quantityReturned: number;
  readonly quantityCancelled: number;
};

const sum = (lines: readonly Quantities[], of: (line: Quantities) => number): number =>
  lines.reduce((total, line) => total + of(line), 0);

/** How many units of the line still have to be shipped. */
export function leftToShip(line: Quantities): number {
  return line.quantity - line.quantityCancelled - line.quantityFulfilled;
}

/**
 * The state that a paid order's quantities amount to. `returned` counts units whose refund is done;
 * while something is left to ship, the order stays PARTIALLY_FULFILLED.
 */
export function stateOf(
  lines: readonly Quantities[],
  more: { readonly allDelivered: boolean; readonly refundedUnits: number },
): OrderStatus {
  const shipped = sum(lines, line => line.quantityFulfilled);
  if (shipped === 0) return 'PAID';
  if (sum(lines, leftToShip) > 0) return 'PARTIALLY_FULFILLED';
  if (more.refundedUnits >= shipped) return 'RETURNED';
  if (more.refundedUnits > 0) return 'PARTIALLY_RETURNED';
  return more.allDelivered ? 'DELIVERED' : 'FULFILLED';
}

export type OrderAction = 'CANCEL' | 'FULFIL' | 'REFUND' | 'RETURN';
export type ActingFor = {
  /** The buyer: signed in, or with the guest's token. */
  readonly owner: boolean;
  /** Staff who may change orders. */
  readonly ordersWrite: boolean;
  /** Staff who may refund. */
  readonly refunds: boolean;
};

type Actionable = {
  readonly status: OrderStatus;
  /** Minor units that were taken, and that have gone back and stayed there. */
  readonly captured: bigint;
  readonly refunded: bigint;
  readonly returnable: boolean;
};

/**
 * What this viewer may do with the order now. REFUND is there while any of the money is: also once the order has ended, for
 * a refund may come back from the bank after everybody thought that it was done.
 */
export function availableActions(order: Actionable, viewer: ActingFor): OrderAction[] {
  const all: [OrderAction, boolean][] = [
    ['CANCEL', canCancel(order.status) && (viewer.owner || viewer.ordersWrite)],
    ['FULFIL', canFulfil(order.status) && viewer.ordersWrite],
    ['REFUND', order.captured > order.refunded && viewer.refunds],
    ['RETURN', order.returnable && (viewer.owner || viewer.ordersWrite)],
  ];
  return all.filter(([, allowed]) => allowed).map(([action]) => action);
}

// Crockford's base32: no I, L, O, U, so that a number can be read out on the telephone.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An order number from ten random bytes: friendly to read, useless to guess, no key to anything by itself. */
export function orderNumber(bytes: Uint8Array): string {
  return `S-${[...bytes.subarray(0, 10)].map(byte => alphabet[byte % 32]).join('')}`;
}
