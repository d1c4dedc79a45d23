import { type Database, type Transaction } from '#platform/database.ts';
import { invalid, notFound } from '#platform/errors.ts';
import { once } from '#platform/idempotency.ts';
import { newId } from '#platform/ids.ts';

import { isUuid } from '../domain/identity.ts';
import { byLevel, checkQuantity, insufficientStock, largestLevel } from '../domain/stock.ts';
import { type LevelChange, type LevelRow, changeLevel, ensureLevel, lockLevel } from '../store/levels.ts';
import { book } from '../store/movements.ts';
import { known } from '../store/variants.ts';
import { type Caller } from './adjust-stock.ts';
import { tellStock } from './tell.ts';

export type Transfer = {
  readonly variantId: string;
  readonly fromWarehouseId: string;
  readonly toWarehouseId: string;
  readonly quantity: number;
};

/** Moves units that are not promised to orders from one warehouse to another. */
export async function transferStock(
  db: Database,
  input: Transfer,
  caller: Caller,
  lowStockThreshold: number,
): Promise<{ readonly from: LevelRow; readonly to: LevelRow }> {
  const quantity = checkQuantity(input.quantity, 'quantity');
  const [variantId, from, to] = [input.variantId, input.fromWarehouseId, input.toWarehouseId].map(id =>
    id.toLowerCase(),
  ) as [string, string, string];
  if (from === to) throw invalid('the two warehouses are the same', 'toWarehouseId');
  for (const [field, id] of Object.entries({ variantId, fromWarehouseId: from, toWarehouseId: to })) {
    if (!isUuid(id)) throw notFound(field === 'variantId' ? 'the variant' : 'the warehouse', field);
  }
  return db.transaction(tx =>
    once(tx, { ...caller, operation: 'stockTransfer', input }, async () => {
      const facts = await known(tx, variantId, [from, to]);
      if (!facts.variant) throw notFound('the variant', 'variantId');
      if (!facts.warehouses.has(from)) throw notFound('the warehouse', 'fromWarehouseId');
      if (!facts.warehouses.has(to)) throw notFound('the warehouse', 'toWarehouseId');
      return move(tx, { variantId, from, to, quantity }, lowStockThreshold);
    }),
  );
}

type Move = {
  readonly variantId: string;
  readonly from: string;
  readonly to: string;
  readonly quantity: number;
};

async function move(tx: Transaction, { variantId, from, to, quantity }: Move, lowStockThreshold: number) {
  const places = [from, to].map(warehouseId => ({ variantId, warehouseId })).toSorted(byLevel);
  const levels = new Map<string, LevelRow | null>();
  for (const place of places) {
    if (place.warehouseId === to) await ensureLevel(tx, place);
    levels.set(place.warehouseId, await lockLevel(tx, place));
  }
  const giver = levels.get(from) ?? null;
  const free = giver ? Math.max(0, giver.onHand - giver.reserved) : 0;
  if (quantity > free)
    throw insufficientStock(variantId, free, `only ${free} units are there and not promised to orders`);
  if ((levels.get(to)?.onHand ?? 0) + quantity > largestLevel)
    throw invalid(`a level holds at most ${largestLevel} units`, 'quantity');
  const gave = await changeLevel(tx, { variantId, warehouseId: from, onHand: -quantity });
  const got = await changeLevel(tx, { variantId, warehouseId: to, onHand: quantity });
  const reference = newId();
  const movement = { variantId, kind: 'TRANSFER' as const, reason: null, reference };
  await book(tx, [
    { ...movement, warehouseId: from, delta: -quantity },
    { ...movement, warehouseId: to, delta: quantity },
  ]);
  const changes: LevelChange[] = [gave, got];
  await tellStock(tx, changes, lowStockThreshold);
  return { from: gave.after, to: got.after };
}
