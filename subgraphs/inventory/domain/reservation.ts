import { type Line, byLevel, mergeLines } from './stock.ts';

export const reservationStates = ['HELD', 'COMMITTED', 'RELEASED', 'EXPIRED'] as const;
export type ReservationState = (typeof reservationStates)[number];

/** What has become of an order's stock; asked again, it does not become so again. */
export type ReservationOutcome = 'reserved' | 'rejected' | 'committed' | 'released' | 'expired';

/** A line as it is held. `shipped` units have left, `returned` of them are back; the rest is promised while the reservation lives. */
export type HeldLine = {
  readonly id: string;
  readonly variantId: string;
  readonly warehouseId: string;
  readonly quantity: number;
  readonly backordered: number;
  readonly shipped: number;
  readonly returned: number;
};

export type Asked = 'reserve' | 'commit' | 'release' | 'ship';

/**
 * What to do when something is asked of a reservation in a state.
 * `again`: it is done already, tell the outcome once more. `reserve anew`: what expired is looked for again.
 * `later`: it was overtaken by another event; try again. `ignore`: a later decision has made it void.
 */
export type Reaction = 'do' | 'again' | 'reserve anew' | 'tombstone' | 'later' | 'ignore';

const reactions: Record<ReservationState | 'NONE', Record<Asked, Reaction>> = {
  NONE: { reserve: 'do', commit: 'later', release: 'tombstone', ship: 'later' },
  HELD: { reserve: 'again', commit: 'do', release: 'do', ship: 'do' },
  COMMITTED: { reserve: 'again', commit: 'again', release: 'do', ship: 'do' },
  RELEASED: { reserve: 'ignore', commit: 'ignore', release: 'again', ship: 'later' },
  EXPIRED: { reserve: 'reserve anew', commit: 'reserve anew', release: 'do', ship: 'reserve anew' },
};

/** Decides by a table what an event does to the reservation as it stands; null when there is none. */
export function react(state: ReservationState | null, asked: Asked): Reaction {
  return reactions[state ?? 'NONE'][asked];
}

/** Whether a reservation in this state counts in `reserved`. */
export function holds(state: ReservationState): boolean {
  return state === 'HELD' || state === 'COMMITTED';
}

/** What a line still holds. */
export function remainder(line: Pick<HeldLine, 'quantity' | 'shipped'>): number {
  return line.quantity - line.shipped;
}

/** What must be freed, level by level in locking order, when these lines are given back. */
export function freed(
  lines: readonly HeldLine[],
): { readonly variantId: string; readonly warehouseId: string; readonly quantity: number }[] {
  const merged = new Map<string, { variantId: string; warehouseId: string; quantity: number }>();
  for (const line of lines) {
    const key = `${line.variantId} ${line.warehouseId}`;
    const sum = (merged.get(key)?.quantity ?? 0) + remainder(line);
    merged.set(key, { variantId: line.variantId, warehouseId: line.warehouseId, quantity: sum });
  }
  return [...merged.values()].filter(each => each.quantity > 0).toSorted(byLevel);
}

/** The lines that were asked for, whatever warehouses they came from: to look for them again. */
export function askedFor(lines: readonly HeldLine[]): Line[] {
  return mergeLines(lines);
}

/**
 * Spreads a shipment over the held lines: what was on the shelf at once goes before what was backordered.
 * Answers null when more is shipped than is held.
 */
export function ship(
  lines: readonly HeldLine[],
  shipped: readonly Line[],
): readonly { readonly line: HeldLine; readonly quantity: number }[] | null {
  const parcels: { line: HeldLine; quantity: number }[] = [];
  for (const { variantId, quantity } of mergeLines(shipped)) {
    let left = quantity;
    const own = lines
      .filter(line => line.variantId === variantId)
      .toSorted((a, b) => a.backordered - b.backordered || byLevel(a, b));
    for (const line of own) {
      const taken = Math.min(left, remainder(line));
      if (taken > 0) parcels.push({ line, quantity: taken });
      left -= taken;
    }
    if (left > 0) return null;
  }
  return parcels.toSorted((a, b) => byLevel(a.line, b.line));
}

/**
 * Where returned units go back to: the warehouses that they were shipped from, as far as they are not back yet; what this
 * reservation never shipped goes to `fallbackWarehouseId`.
 */
export function restock(lines: readonly HeldLine[], returned: readonly Line[], fallbackWarehouseId: string) {
  const back = new Map<string, { variantId: string; warehouseId: string; quantity: number }>();
  const add = (variantId: string, warehouseId: string, quantity: number): void => {
    const key = `${variantId} ${warehouseId}`;
    back.set(key, { variantId, warehouseId, quantity: (back.get(key)?.quantity ?? 0) + quantity });
  };
  for (const { variantId, quantity } of mergeLines(returned)) {
    let left = quantity;
    for (const line of lines.filter(each => each.variantId === variantId).toSorted(byLevel)) {
      const taken = Math.min(left, Math.max(0, line.shipped - line.returned));
      if (taken > 0) add(variantId, line.warehouseId, taken);
      left -= taken;
    }
    if (left > 0) add(variantId, fallbackWarehouseId, left);
  }
  return [...back.values()].toSorted(byLevel);
}
