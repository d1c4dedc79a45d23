import { type Database } from '#platform/database.ts';
import { type Loader, batchLoader } from '#platform/loader.ts';

import {
  type AddressRow,
  type CustomerRow,
  type ReviewerRow,
  addressesByCustomers,
  customersByIds,
  reviewersByIds,
} from '../store/customers.ts';
import { type SessionRow, sessionsByCustomers } from '../store/sessions.ts';
import { type RoleRow, rolesByCustomers } from '../store/staff.ts';

export type Loaders = {
  readonly customer: Loader<string, CustomerRow | null>;
  readonly reviewer: Loader<string, ReviewerRow | null>;
  readonly addresses: Loader<string, readonly AddressRow[]>;
  readonly sessions: Loader<string, readonly SessionRow[]>;
  readonly roles: Loader<string, readonly RoleRow[]>;
  /** Forgets what was read: a later mutation of the same document must not answer what an earlier one found. */
  forget(): void;
};

/** One set per request. */
export function createLoaders(db: Database, now: () => Date): Loaders {
  const loaders = {
    customer: one(ids => customersByIds(db.em(), ids)),
    reviewer: one(ids => reviewersByIds(db.em(), ids)),
    addresses: many(ids => addressesByCustomers(db.em(), ids)),
    sessions: many(ids => sessionsByCustomers(db.em(), ids, now())),
    roles: many(ids => rolesByCustomers(db.em(), ids)),
  };
  return {
    ...loaders,
    forget: () => {
      for (const loader of Object.values(loaders)) loader.clearAll();
    },
  };
}

function one<R extends { readonly id: string }>(
  load: (ids: readonly string[]) => Promise<R[]>,
): Loader<string, R | null> {
  return batchLoader(async ids => {
    const found = new Map((await load(ids)).map(row => [row.id, row]));
    return ids.map(id => found.get(id) ?? null);
  });
}

function many<R extends { readonly customerId: string }>(
  load: (ids: readonly string[]) => Promise<R[]>,
): Loader<string, readonly R[]> {
  return batchLoader(async ids => {
    const found = Map.groupBy(await load(ids), row => row.customerId);
    return ids.map(id => found.get(id) ?? []);
  });
}
