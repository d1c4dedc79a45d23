import { DomainError, invalid } from '#platform/errors.ts';
import { isCountry } from '#platform/iso.ts';

/** What decides how much of a level can be promised. */
export type Shelf = {
  readonly onHand: number;
  readonly reserved: number;
  readonly safetyStock: number;
  readonly backorderLimit: number;
};

export type Level = Shelf & { readonly variantId: string; readonly warehouseId: string };
export type RankedLevel = Level & { readonly priority: number };
export type Line = { readonly variantId: string; readonly quantity: number };
export type Allocation = {
  readonly variantId: string;
  readonly warehouseId: string;
  readonly quantity: number;
  readonly backordered: number;
};
export type Shortage = { readonly variantId: string; readonly requested: number; readonly available: number };

/** The most that one call may move, and that a policy may set. */
export const largestQuantity = 1_000_000;
/** The most that one level holds; keeps every sum within GraphQL's Int. */
export const largestLevel = 10_000_000;

/** Units that can be promised from the shelf. */
export function available({ onHand, reserved, safetyStock }: Omit<Shelf, 'backorderLimit'>): number {
  return Math.max(0, onHand - reserved - safetyStock);
}

/** Units that can be promised at all, backorders included. */
export function sellable({ onHand, reserved, safetyStock, backorderLimit }: Shelf): number {
  return Math.max(0, Math.max(0, onHand - safetyStock) + backorderLimit - reserved);
}

/** One line per variant, in the order of ids in which all of us lock. */
export function mergeLines(lines: readonly Line[]): Line[] {
  const merged = new Map<string, number>();
  for (const { variantId, quantity } of lines) {
    const id = variantId.toLowerCase();
    merged.set(id, (merged.get(id) ?? 0) + quantity);
  }
  return [...merged].map(([variantId, quantity]) => ({ variantId, quantity })).toSorted(byLevel);
}

/** The order in which levels are locked: by variant, then by warehouse. The same everywhere, or deadlocks follow. */
export function byLevel(
  a: { readonly variantId: string; readonly warehouseId?: string },
  b: { readonly variantId: string; readonly warehouseId?: string },
): number {
  if (a.variantId !== b.variantId) return a.variantId < b.variantId ? -1 : 1;
  const [left, right] = [a.warehouseId ?? '', b.warehouseId ?? ''];
  return left === right ? 0 : left < right ? -1 : 1;
}

/**
 * Spreads merged lines over warehouses: what is on the shelf first, then backorders, each by the warehouses' priority.
 * All lines or none: with any shortage nothing is allocated, and every short line is named.
 */
export function allocate(
  lines: readonly Line[],
  levels: readonly RankedLevel[],
): { readonly allocations: readonly Allocation[]; readonly shortages: readonly Shortage[] } {
  const allocations: Allocation[] = [];
  const shortages: Shortage[] = [];
  for (const { variantId, quantity } of lines) {
    const own = levels
      .filter(level => level.variantId === variantId)
      .toSorted((a, b) => a.priority - b.priority || byLevel(a, b));
    const all = own.reduce((sum, level) => sum + sellable(level), 0);
    if (all < quantity) {
      shortages.push({ variantId, requested: quantity, available: all });
      continue;
    }
    let wanted = quantity;
    const fromShelf = own.map(level => {
      const taken = Math.min(wanted, available(level));
      wanted -= taken;
      return taken;
    });
    for (const [index, level] of own.entries()) {
      const shelf = fromShelf[index] ?? 0;
      const backordered = Math.min(wanted, sellable(level) - shelf);
      wanted -= backordered;
      if (shelf + backordered > 0)
        allocations.push({
          variantId,
          warehouseId: level.warehouseId,
          quantity: shelf + backordered,
          backordered,
        });
    }
  }
  return shortages.length > 0
    ? { allocations: [], shortages }
    : { allocations: allocations.toSorted(byLevel), shortages };
}

/** Whether a level has just become scarce: it was above the threshold and is not any more. */
export function becameLow(before: Shelf, after: Shelf, threshold: number): boolean {
  return available(before) > threshold && available(after) <= threshold;
}

/** What stock counts as for customers. */
export function availabilityOf(quantity: number, backorderLeft: number, lowStockThreshold: number) {
  return {
    inStock: quantity > 0 || backorderLeft > 0,
    quantity,
    lowStock: quantity > 0 && quantity <= lowStockThreshold,
    backorderable: backorderLeft > 0,
  };
}

/** Checks an adjustment before anything is read. */
export function checkAdjustment(
  delta: number,
  reason: string,
): { readonly kind: 'RECEIPT' | 'ADJUSTMENT'; readonly reason: string } {
  if (delta === 0 || Math.abs(delta) > largestQuantity)
    throw invalid(`the delta must not be zero and at most ${largestQuantity}`, ['input', 'delta']);
  return { kind: delta > 0 ? 'RECEIPT' : 'ADJUSTMENT', reason: checkReason(reason) };
}

function checkReason(reason: string): string {
  const text = reason.trim();
  if (text.length === 0 || text.length > 500)
    throw invalid('a reason has 1 to 500 characters', ['input', 'reason']);
  return text;
}

/** Checks a quantity that a client sends: 1 (or `min`) to a million. */
export function checkQuantity(quantity: number, field: string, min = 1): number {
  if (quantity < min || quantity > largestQuantity)
    throw invalid(`"${field}" must be from ${min} to ${largestQuantity}`, field);
  return quantity;
}

/** Fewer units are there, or free of promises, than somebody wants. */
export function insufficientStock(variantId: string, left: number, message: string): DomainError {
  return new DomainError('InsufficientStockError', 'INSUFFICIENT_STOCK', message, {
    details: { variantId, available: left },
  });
}

/** Checks and tidies a warehouse. */
export function checkWarehouse<
  T extends {
    readonly code: string;
    readonly name: string;
    readonly country: string;
    readonly priority: number;
  },
>(input: T): T {
  const code = input.code.trim();
  const name = input.name.trim();
  if (!/^[A-Z0-9-]{2,20}$/.test(code))
    throw invalid('a code has 2 to 20 capital letters, digits and dashes', ['input', 'code']);
  if (name.length === 0 || name.length > 100)
    throw invalid('a name has 1 to 100 characters', ['input', 'name']);
  if (!isCountry(input.country))
    throw invalid(`there is no country ${input.country.slice(0, 10)}`, ['input', 'country'], 'COUNTRY');
  if (input.priority < 0 || input.priority > 1_000)
    throw invalid('a priority is from 0 to 1000', ['input', 'priority']);
  return { ...input, code, name };
}
