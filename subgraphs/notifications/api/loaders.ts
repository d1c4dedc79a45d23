import { type Database } from '#platform/database.ts';
import { type Loader, batchLoader } from '#platform/loader.ts';

import { effective, type Preference } from '../domain/preferences.ts';
import {
  feeds,
  notificationsByIds,
  notificationsOfOrders,
  unreadCounts,
  type NotificationRow,
} from '../store/notifications.ts';
import { preferencesOf } from '../store/recipients.ts';
import { deliveriesOf, type WebhookDeliveryRow } from '../store/webhooks.ts';

type Page = { readonly limit: number; readonly before: string | null };

export type Loaders = {
  readonly notification: Loader<string, NotificationRow | null>;
  readonly ofOrder: Loader<string, readonly NotificationRow[]>;
  readonly unread: Loader<string, number>;
  readonly preferences: Loader<string, readonly Preference[]>;
  /** One loader for each page asked for: the same page of many customers is one statement. */
  readonly feed: (page: Page) => Loader<string, readonly NotificationRow[]>;
  readonly deliveries: (page: Page) => Loader<string, readonly WebhookDeliveryRow[]>;
};

/** Makes the loaders of one request. */
export function createLoaders(db: Database): Loaders {
  return {
    notification: batchLoader(async ids => {
      const found = new Map((await notificationsByIds(db, ids)).map(row => [row.id, row]));
      return ids.map(id => found.get(id) ?? null);
    }),
    ofOrder: grouped(
      ids => notificationsOfOrders(db, ids),
      row => row.orderId,
    ),
    unread: batchLoader(async ids => {
      const found = new Map((await unreadCounts(db, ids)).map(row => [row.customerId, row.unread]));
      return ids.map(id => found.get(id) ?? 0);
    }),
    preferences: batchLoader(async ids => {
      const stored = Map.groupBy(await preferencesOf(db, ids), row => row.customerId);
      return ids.map(id => effective(stored.get(id) ?? []));
    }),
    feed: perPage(page =>
      grouped(
        ids => feeds(db, ids, page),
        row => row.customerId,
      ),
    ),
    deliveries: perPage(page =>
      grouped(
        ids => deliveriesOf(db, ids, page),
        row => row.endpointId,
      ),
    ),
  };
}

function grouped<R>(
  load: (ids: readonly string[]) => Promise<R[]>,
  key: (row: R) => string,
): Loader<string, readonly R[]> {
  return batchLoader(async ids => {
    const found = Map.groupBy(await load(ids), key);
    return ids.map(id => found.get(id) ?? []);
  });
}

function perPage<R>(
  make: (page: Page) => Loader<string, readonly R[]>,
): (page: Page) => Loader<string, readonly R[]> {
  const loaders = new Map<string, Loader<string, readonly R[]>>();
  return page => {
    const key = JSON.stringify(page);
    const loader = loaders.get(key) ?? make(page);
    loaders.set(key, loader);
    return loader;
  };
}
