import { type Database } from '#platform/database.ts';
import { conflict, invalid, notFound } from '#platform/errors.ts';
import { once } from '#platform/idempotency.ts';

import { isUuid } from '../domain/identity.ts';
import { checkAdjustment, insufficientStock, largestLevel } from '../domain/stock.ts';
import { type LevelRow, changeLevel, ensureLevel, lockLevel } from '../store/levels.ts';
import { book } from '../store/movements.ts';
import { known } from '../store/variants.ts';
import { tellStock } from './tell.ts';

export type Adjustment = {
  readonly variantId: string;
  readonly warehouseId: string;
  readonly delta: number;
  readonly reason: string;
  readonly expectedVersion?: number | null;
};

/** Whose idempotency key it is. */
export type Caller = { readonly scope: string; readonly key: string };

/** Books stock in or out, never below what is promised to orders. Answers the level after it. */
export async function adjustStock(
  db: Database,
  input: Adjustment,
  caller: Caller,
  lowStockThreshold: number,
): Promise<LevelRow> {
  const { kind, reason } = checkAdjustment(input.delta, input.reason);
  const place = { variantId: input.variantId.toLowerCase(), warehouseId: input.warehouseId.toLowerCase() };
  if (!isUuid(place.variantId)) throw notFound('the variant', ['input', 'variantId']);
  if (!isUuid(place.warehouseId)) throw notFound('the warehouse', ['input', 'warehouseId']);
  return db.transaction(tx =>
    once(tx, { ...caller, operation: 'stockAdjust', input }, async () => {
      const facts = await known(tx, place.variantId, [place.warehouseId]);
      if (!facts.variant) throw notFound('the variant', ['input', 'variantId']);
      if (!facts.warehouses.has(place.warehouseId)) throw notFound('the warehouse', ['input', 'warehouseId']);
      await ensureLevel(tx, place);
      const level = await lockLevel(tx, place);
      if (!level) throw new Error('the level that was just made is gone');
      refuse(level, input);
      const change = await changeLevel(tx, { ...place, onHand: input.delta });
      await book(tx, [{ ...place, kind, delta: input.delta, reason, reference: null }]);
      await tellStock(tx, [change], lowStockThreshold);
      return change.after;
    }),
  );
}

function refuse(level: LevelRow, { delta, expectedVersion }: Adjustment): void {
  if (expectedVersion !== null && expectedVersion !== undefined && expectedVersion !== level.version) {
    throw conflict('the level has changed since you read it', level.version, 'VERSION');
  }
  const free = Math.max(0, level.onHand - level.reserved);
  if (delta < 0 && -delta > free) {
    throw insufficientStock(
      level.variantId,
      free,
      `only ${free} of ${level.onHand} units on hand are not promised to orders`,
    );
  }
  if (level.onHand + delta > largestLevel)
    throw invalid(`a level holds at most ${largestLevel} units`, ['input', 'delta']);
}
