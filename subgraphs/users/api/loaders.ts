import DataLoader from 'dataloader';

import { type Database } from '#platform/database.ts';

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
  readonly customer: DataLoader<string, CustomerRow | null>;
  readonly reviewer: DataLoader<string, ReviewerRow | null>;
  readonly addresses: DataLoader<string, readonly AddressRow[]>;
  readonly sessions: DataLoader<string, readonly SessionRow[]>;
  readonly roles: DataLoader<string, readonly RoleRow[]>;
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
): DataLoader<string, R | null> {
  return new DataLoader(async ids => {
    const found = new Map((await load(ids)).map(row => [row.id, row]));
    return ids.map(id => found.get(id) ?? null);
  });
}

function many<R extends { readonly customerId: string }>(
  load: (ids: readonly string[]) => Promise<R[]>,
): DataLoader<string, readonly R[]> {
  return new DataLoader(async ids => {
    const found = Map.groupBy(await load(ids), row => row.customerId);
    return ids.map(id => found.get(id) ?? []);
  });
}
