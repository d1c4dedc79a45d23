import { z } from 'zod';

import { answer } from '#platform/answer.ts';
import { connection, decodeCursor, encodeCursor, pageSize } from '#platform/pages.ts';
import { type Viewer, actorOf, hasScope } from '#platform/viewer.ts';

import { type Caller, adjustStock } from '../actions/adjust-stock.ts';
import { setStockPolicy } from '../actions/set-stock-policy.ts';
import { transferStock } from '../actions/transfer-stock.ts';
import { upsertWarehouse } from '../actions/upsert-warehouse.ts';
import { isUuid } from '../domain/identity.ts';
import { sentence } from '../domain/invariants.ts';
import { available, availabilityOf, mergeLines } from '../domain/stock.ts';
import { compareBooks } from '../store/invariants.ts';
import { scarcestLevels } from '../store/levels.ts';
import { movementsOf } from '../store/movements.ts';
import { allWarehouses } from '../store/warehouses.ts';
import { type Context } from './context.ts';
import { type Resolvers } from './schema.types.ts';
import { watchStock } from './watch-stock.ts';

async function warehouse(
  { warehouseId }: { readonly warehouseId: string },
  _args: object,
  { loaders }: Context,
) {
  const found = await loaders.warehouse.load(warehouseId);
  if (!found) throw new Error(`warehouse ${warehouseId} is gone`);
  return found;
}

const variant = ({ variantId }: { readonly variantId: string }) => ({ id: variantId });

const callerOf = (viewer: Viewer, key: string): Caller => ({ scope: actorOf(viewer) ?? 'anonymous', key });

export const resolvers: Resolvers = {
  Query: {
    warehouses: (_root, _args, { db }) => allWarehouses(db),
    stockMovements: async (_root, { variantId, first, after }, { db }) => {
      const size = pageSize(first);
      const before = decodeCursor(after, z.tuple([z.uuid()]));
      const found = isUuid(variantId)
        ? await movementsOf(db, variantId.toLowerCase(), before?.[0] ?? null, size + 1)
        : [];
      return connection(found, size, movement => encodeCursor([movement.id]), after);
    },
    lowStock: (_root, { first }, { db, lowStockThreshold }) =>
      scarcestLevels(db, lowStockThreshold, pageSize(first)),
    inventoryInvariants: async (_root, _args, { db, overdueGraceSeconds }) => {
      const { checkedAt, levels, mismatches } = await compareBooks(db, overdueGraceSeconds);
      return { checkedAt, levels, violations: mismatches.map(sentence) };
    },
  },
  Mutation: {
    stockAdjust: (_root, { input, idempotencyKey }, { db, viewer, lowStockThreshold }, info) =>
      answer(info, 'StockLevelSuccess', async () => ({
        level: await adjustStock(db, input, callerOf(viewer, idempotencyKey), lowStockThreshold),
      })),
    stockTransfer: (_root, { idempotencyKey, ...input }, { db, viewer, lowStockThreshold }, info) =>
      answer(info, 'StockTransferSuccess', () =>
        transferStock(db, input, callerOf(viewer, idempotencyKey), lowStockThreshold),
      ),
    stockPolicySet: (_root, input, { db, lowStockThreshold }, info) =>
      answer(info, 'StockLevelSuccess', async () => ({
        level: await setStockPolicy(db, input, lowStockThreshold),
      })),
    warehouseUpsert: (_root, { input }, { db }, info) =>
      answer(info, 'WarehouseSuccess', async () => ({ warehouse: await upsertWarehouse(db, input) })),
  },
  Subscription: {
    stockChanged: {
      subscribe: (_root, { variantIds }, { db, live }) => watchStock(db, live, variantIds),
      // Each change is read as it was told; only what the event does not carry is read afresh.
      resolve: (
        { variantId, quantity, inStock }: { variantId: string; quantity: number; inStock: boolean },
        _args: object,
        { lowStockThreshold }: Context,
      ) => ({
        id: variantId,
        availability: {
          ...availabilityOf(quantity, inStock && quantity === 0 ? 1 : 0, lowStockThreshold),
          inStock,
        },
      }),
    },
  },
  ProductVariant: {
    __resolveReference: ({ id }) => ({ id }),
    availability: async (parent, _args, { loaders, lowStockThreshold }) => {
      if (parent.availability) return parent.availability;
      const stock = await loaders.stock.load(parent.id ?? '');
      return availabilityOf(stock?.quantity ?? 0, stock?.backorderLeft ?? 0, lowStockThreshold);
    },
    stockLevels: ({ id }, _args, { loaders }) => loaders.levels.load(id ?? ''),
  },
  Cart: {
    __resolveReference: reference => reference,
    availability: async ({ lines }, _args, { loaders }) => {
      const wanted = mergeLines(
        (lines ?? []).map(({ variantId, quantity }) => ({
          variantId: variantId ?? '',
          quantity: quantity ?? 0,
        })),
      );
      const found = await Promise.all(
        wanted.map(async ({ variantId, quantity }) => {
          const stock = await loaders.stock.load(variantId);
          return {
            variantId,
            requested: quantity,
            available: (stock?.quantity ?? 0) + (stock?.backorderLeft ?? 0),
          };
        }),
      );
      const shortages = found.filter(each => each.requested > each.available);
      const refused = (lines ?? []).some(({ problem }) => problem !== null && problem !== undefined);
      return { purchasable: shortages.length === 0 && !refused, shortages };
    },
  },
  Order: {
    __resolveReference: ({ id }) => ({ id }),
    reservation: ({ id }, _args, { loaders }) => loaders.reservationOfOrder.load(id ?? ''),
  },
  Reservation: {
    __resolveReference: ({ id }, { loaders, viewer }) =>
      hasScope(viewer, 'inventory:read') ? loaders.reservation.load(id) : null,
  },
  Warehouse: {
    __resolveReference: ({ id }, { loaders, viewer }) =>
      hasScope(viewer, 'inventory:read') ? loaders.warehouse.load(id) : null,
  },
  ReservationLine: { variant, warehouse },
  StockLevel: { variant, warehouse, available },
  StockMovement: { variant, warehouse },
};
