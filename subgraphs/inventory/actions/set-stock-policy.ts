import { type Database } from '#platform/database.ts';
import { conflict, notFound } from '#platform/errors.ts';

import { isUuid } from '../domain/identity.ts';
import { checkQuantity } from '../domain/stock.ts';
import { type LevelRow, ensureLevel, lockLevel, setPolicy } from '../store/levels.ts';
import { known } from '../store/variants.ts';
import { tellStock } from './tell.ts';

export type Policy = {
  readonly variantId: string;
  readonly warehouseId: string;
  readonly safetyStock?: number | null | undefined;
  readonly backorderLimit?: number | null | undefined;
};

/** Sets a level's safety stock and backorder limit; what is not given stays. Promises already made are kept. */
export async function setStockPolicy(
  db: Database,
  input: Policy,
  lowStockThreshold: number,
): Promise<LevelRow> {
  const place = { variantId: input.variantId.toLowerCase(), warehouseId: input.warehouseId.toLowerCase() };
  if (!isUuid(place.variantId)) throw notFound('the variant', 'variantId');
  if (!isUuid(place.warehouseId)) throw notFound('the warehouse', 'warehouseId');
  return db.transaction(async tx => {
    const facts = await known(tx, place.variantId, [place.warehouseId]);
    if (!facts.variant) throw notFound('the variant', 'variantId');
    if (!facts.warehouses.has(place.warehouseId)) throw notFound('the warehouse', 'warehouseId');
    await ensureLevel(tx, place);
    const level = await lockLevel(tx, place);
    if (!level) throw new Error('the level that was just made is gone');
    const safetyStock = checkQuantity(input.safetyStock ?? level.safetyStock, 'safetyStock', 0);
    const backorderLimit = checkQuantity(input.backorderLimit ?? level.backorderLimit, 'backorderLimit', 0);
    if (level.reserved > level.onHand + backorderLimit) {
      throw conflict(
        `${level.reserved - level.onHand} units are promised on backorder already`,
        level.version,
        'BACKORDERS_PROMISED',
      );
    }
    const change = await setPolicy(tx, level, { safetyStock, backorderLimit });
    await tellStock(tx, [change], lowStockThreshold);
    return change.after;
  });
}
