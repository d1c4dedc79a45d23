import { invalid } from '#platform/errors.ts';
import { divideRounded } from '#platform/money.ts';

export const returnStatuses = ['REQUESTED', 'APPROVED', 'REJECTED', 'RECEIVED', 'REFUNDED'] as const;
export type ReturnStatus = (typeof returnStatuses)[number];

/** Where a return may go from where it is. */
export const returnTransitions: Readonly<Record<ReturnStatus, readonly ReturnStatus[]>> = {
  REQUESTED: ['APPROVED', 'REJECTED'],
  APPROVED: ['RECEIVED', 'REJECTED'],
  REJECTED: [],
  RECEIVED: ['REFUNDED'],
  REFUNDED: [],
};

export type Asked = { readonly orderLineId: string; readonly quantity: number };
type Line = { readonly id: string; readonly quantity: number; readonly title: string };

/**
 * Checks quantities that a client asks for against what is possible per line, merging lines named twice.
 * `left` says how many units of a line can be had; throws ValidationError naming the first wrong one.
 */
export function askedQuantities<L extends Line>(
  asked: readonly Asked[],
  lines: readonly L[],
  left: (line: L) => number,
): Map<L, number> {
  if (asked.length === 0) throw invalid('name at least one line', 'lines', 'LINES');
  const wanted = new Map<L, number>();
  for (const [index, { orderLineId, quantity }] of asked.entries()) {
    const line = lines.find(({ id }) => id === orderLineId);
    if (!line) throw invalid('this order has no such line', ['lines', String(index), 'orderLineId'], 'LINE');
    if (!Number.isInteger(quantity) || quantity < 1)
      throw invalid('a quantity is at least 1', ['lines', String(index), 'quantity'], 'QUANTITY');
    const sum = (wanted.get(line) ?? 0) + quantity;
    if (sum > left(line)) {
      throw invalid(
        `only ${Math.max(0, left(line))} of "${line.title}" can be taken`,
        ['lines', String(index), 'quantity'],
        'QUANTITY',
      );
    }
    wanted.set(line, sum);
  }
  return wanted;
}

type PricedLine = {
  readonly id: string;
  readonly quantity: number;
  readonly quantityCancelled: number;
  readonly quantityReturned: number;
  readonly total: bigint;
  readonly discount: bigint;
  readonly tax: bigint;
};

/** What `units` of a line cost after its share of the discounts, with tax; rounded so that all units together are exact. */
function worth(line: PricedLine, units: number, pricesIncludeTax: boolean): bigint {
  const paid = line.total - line.discount + (pricesIncludeTax ? 0n : line.tax);
  return divideRounded(paid * BigInt(units), BigInt(line.quantity));
}

/**
 * What a return gives back: the lines' share after discount, with tax. The return that completes the order gives all that
 * is left of what was taken, shipping included. `before`: what went back before or is promised; never more than was taken in sum.
 */
export function refundAmount(
  order: {
    /** Minor units: the order's total, or what was captured of it. */
    readonly taken: bigint;
    readonly pricesIncludeTax: boolean;
    readonly lines: readonly PricedLine[];
  },
  returned: ReadonlyMap<string, number>,
  before: bigint,
): bigint {
  const left = order.taken > before ? order.taken - before : 0n;
  const complete = order.lines.every(
    line => line.quantityReturned + (returned.get(line.id) ?? 0) >= line.quantity - line.quantityCancelled,
  );
  if (complete) return left;
  const amount = order.lines.reduce((sum, line) => {
    const units = returned.get(line.id) ?? 0;
    const after = worth(line, line.quantityReturned + units, order.pricesIncludeTax);
    return sum + after - worth(line, line.quantityReturned, order.pricesIncludeTax);
  }, 0n);
  return amount < left ? amount : left;
}

/** How many units of a line may still be sent back: shipped, and in no return that was not rejected. */
export function returnableUnits(
  line: { readonly id: string; readonly quantityFulfilled: number },
  returns: readonly { readonly status: ReturnStatus; readonly lines: readonly Asked[] }[],
): number {
  const taken = returns
    .filter(each => each.status !== 'REJECTED')
    .flatMap(each => each.lines)
    .filter(each => each.orderLineId === line.id)
    .reduce((sum, each) => sum + each.quantity, 0);
  return line.quantityFulfilled - taken;
}
