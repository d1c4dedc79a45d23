import { z } from 'zod';

import { answer } from '#platform/answer.ts';
import { badInput, forbidden } from '#platform/graphql-errors.ts';
import { connection, decodeCursor, encodeCursor, pageSize } from '#platform/pages.ts';
import { ownsOr, type Viewer } from '#platform/viewer.ts';

import { createWebhookEndpoint } from '../actions/create-webhook-endpoint.ts';
import { setPreferences } from '../actions/set-preferences.ts';
import { markRead, type NotificationRow } from '../store/notifications.ts';
import { removeEndpoint, retryDelivery, webhookEndpoints } from '../store/webhooks.ts';
import { followFeed } from './feed.ts';
import { type Resolvers } from './schema.types.ts';

const mostIds = 100;
const idCursor = z.tuple([z.uuid()]);

/** A list argument's page: one row more than asked for tells whether there is a next page. */
function pageOf({ first, after }: { readonly first?: number | null; readonly after?: string | null }) {
  const size = pageSize(first);
  return {
    size,
    after: after ?? null,
    page: { limit: size + 1, before: decodeCursor(after, idCursor)?.[0] ?? null },
  };
}

const isUuid = (id: string): boolean => z.uuid().safeParse(id).success;

function mustOwn(viewer: Viewer, customerId: string): void {
  if (!ownsOr(viewer, customerId, 'notifications:read')) throw forbidden();
}

/** Feeds and preferences belong to people: an API key has none. */
function customerOf(viewer: Viewer): string {
  if (viewer.kind !== 'customer' || viewer.id === null) throw forbidden();
  return viewer.id;
}

function id<T extends { readonly id?: string | undefined }>(parent: T): string {
  if (parent.id === undefined || !isUuid(parent.id)) throw badInput('an id is not a UUID');
  return parent.id;
}

/** Field → read or action. */
export const resolvers: Resolvers = {
  Query: {
    webhookEndpoints: (_root, _args, { db }) => webhookEndpoints(db),
  },
  Mutation: {
    notificationPreferencesSet: (_root, { input }, { db, viewer }) =>
      db.transaction(tx => setPreferences(tx, customerOf(viewer), input)),
    notificationMarkRead: (_root, { ids }, { db, viewer }) => {
      if (ids.length > mostIds) throw badInput(`at most ${mostIds} notifications can be marked at once`);
      return db.transaction(tx => markRead(tx, customerOf(viewer), ids.filter(isUuid)));
    },
    webhookEndpointCreate: (_root, args, { db, webhooks }, info) =>
      answer(info, 'WebhookEndpointSuccess', () => createWebhookEndpoint(db, webhooks, args)),
    webhookEndpointRemove: async (_root, args, { db }) =>
      isUuid(args.id) && db.transaction(tx => removeEndpoint(tx, args.id)),
    webhookDeliveryRetry: async (_root, args, { db, deliverSoon }) => {
      const delivery = isUuid(args.id) ? await db.transaction(tx => retryDelivery(tx, args.id)) : null;
      deliverSoon();
      return delivery;
    },
  },
  Subscription: {
    notificationReceived: {
      subscribe: (_root, _args, { db, live, viewer }) => followFeed(db, live, customerOf(viewer)) as never,
      resolve: (row: NotificationRow) => row,
    },
  },
  Customer: {
    __resolveReference: reference => ({ id: id(reference) }),
    id: customer => id(customer),
    notifications: async (customer, args, { loaders, viewer }) => {
      const customerId = id(customer);
      mustOwn(viewer, customerId);
      const { size, after, page } = pageOf(args);
      const rows = await loaders.feed(page).load(customerId);
      return { customerId, ...connection(rows, size, row => encodeCursor([row.id]), after) };
    },
    notificationPreferences: (customer, _args, { loaders, viewer }) => {
      mustOwn(viewer, id(customer));
      return loaders.preferences.load(id(customer)) as never;
    },
  },
  NotificationConnection: {
    unreadCount: ({ customerId }, _args, { loaders }) => loaders.unread.load(customerId),
  },
  Notification: {
    __resolveReference: async (reference, { loaders, viewer }) => {
      const row = await loaders.notification.load(id(reference));
      return row !== null && ownsOr(viewer, row.customerId, 'notifications:read') ? row : null;
    },
    channel: row => row.channel,
    status: row => row.status,
  },
  Order: {
    __resolveReference: reference => ({ id: id(reference) }),
    id: order => id(order),
    notifications: (order, _args, { loaders }) => loaders.ofOrder.load(id(order)) as never,
  },
  WebhookEndpoint: {
    deliveries: async (endpoint, args, { loaders }) => {
      const { size, after, page } = pageOf(args);
      const rows = await loaders.deliveries(page).load(endpoint.id);
      return connection(rows, size, row => encodeCursor([row.id]), after);
    },
  },
  WebhookDelivery: {
    state: delivery => delivery.state,
    error: delivery => delivery.lastError,
  },
};
