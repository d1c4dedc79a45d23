import { type Database } from '#platform/database.ts';
import { type Loader, batchLoader } from '#platform/loader.ts';

import { isUuid } from '../domain/identity.ts';
import { type LevelRow, levelsOf } from '../store/levels.ts';
import { reservationsOf } from '../store/reservations.ts';
import { type StockOfVariant, stockOf } from '../store/variants.ts';
import { type WarehouseRow, warehousesById } from '../store/warehouses.ts';

export type StoredReservation = Awaited<ReturnType<typeof reservationsOf>>[number];
export type StoredReservationLine = StoredReservation['lines'][number];

export type Loaders = {
  readonly stock: Loader<string, StockOfVariant | null>;
  readonly levels: Loader<string, readonly LevelRow[]>;
  readonly warehouse: Loader<string, WarehouseRow | null>;
  readonly reservationOfOrder: Loader<string, StoredReservation | null>;
  readonly reservation: Loader<string, StoredReservation | null>;
};

/** One statement per kind of thing and request, however many are asked for. */
export function createLoaders(db: Database): Loaders {
  return {
    stock: one(
      ids => stockOf(db, ids),
      row => row.id,
    ),
    warehouse: one(
      ids => warehousesById(db, ids),
      row => row.id,
    ),
    reservationOfOrder: one(
      ids => reservationsOf(db, 'order_id', ids),
      row => row.orderId,
    ),
    reservation: one(
      ids => reservationsOf(db, 'id', ids),
      row => row.id,
    ),
    levels: batchLoader(async ids => {
      const asked = ids.map(id => id.toLowerCase());
      const found = Map.groupBy(await read(asked, wanted => levelsOf(db, wanted)), level => level.variantId);
      return asked.map(id => found.get(id) ?? []);
    }),
  };
}

function one<T>(load: (ids: string[]) => Promise<T[]>, idOf: (row: T) => string): Loader<string, T | null> {
  return batchLoader(async ids => {
    const asked = ids.map(id => id.toLowerCase());
    const found = new Map((await read(asked, load)).map(row => [idOf(row), row]));
    return asked.map(id => found.get(id) ?? null);
  });
}

async function read<T>(ids: readonly string[], load: (ids: string[]) => Promise<T[]>): Promise<T[]> {
  const valid = [...new Set(ids.filter(isUuid))];
  return valid.length === 0 ? [] : load(valid);
}
