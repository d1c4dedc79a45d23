import { type Database } from '#platform/database.ts';
import { type Loader, batchLoader } from '#platform/loader.ts';

import { type PaymentRow, paymentsByIds, paymentsByOrders } from '../store/payments.ts';
import { type RefundRow, refundsByIds, refundsByPayments } from '../store/refunds.ts';
import { type SavedMethodRow, savedMethodsByCustomers } from '../store/saved-methods.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be one of our ids; PostgreSQL refuses others with an error. */
export function isId(text: string): boolean {
  return uuid.test(text);
}

export type Loaders = {
  readonly payment: Loader<string, PaymentRow | null>;
  readonly refund: Loader<string, RefundRow | null>;
  readonly paymentsOfOrder: Loader<string, readonly PaymentRow[]>;
  readonly refundsOfPayment: Loader<string, readonly RefundRow[]>;
  readonly methodsOfCustomer: Loader<string, readonly SavedMethodRow[]>;
};

/** One statement for each kind of thing, however many are asked for. */
export function createLoaders(db: Database): Loaders {
  return {
    payment: one(ids => paymentsByIds(db, ids)),
    refund: one(ids => refundsByIds(db, ids)),
    paymentsOfOrder: many(
      ids => paymentsByOrders(db, ids),
      payment => payment.order_id,
    ),
    refundsOfPayment: many(
      ids => refundsByPayments(db, ids),
      refund => refund.payment_id,
    ),
    methodsOfCustomer: many(
      ids => savedMethodsByCustomers(db, ids),
      method => method.customer_id,
    ),
  };
}

function one<T extends { readonly id: string }>(
  load: (ids: readonly string[]) => Promise<readonly T[]>,
): Loader<string, T | null> {
  return batchLoader(async keys => {
    const ids = keys.filter(isId);
    const found = new Map((ids.length === 0 ? [] : await load(ids)).map(row => [row.id, row]));
    return keys.map(key => found.get(key.toLowerCase()) ?? null);
  });
}

function many<T>(
  load: (ids: readonly string[]) => Promise<readonly T[]>,
  keyOf: (row: T) => string,
): Loader<string, readonly T[]> {
  return batchLoader(async keys => {
    const ids = keys.filter(isId);
    const found = Map.groupBy(ids.length === 0 ? [] : await load(ids), keyOf);
    return keys.map(key => found.get(key.toLowerCase()) ?? []);
  });
}
