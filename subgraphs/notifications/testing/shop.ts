import { expect } from 'vitest';

import { newId } from '#platform/ids.ts';
import { type TestSubgraph, testSubgraph } from '#platform/testing/subgraph.ts';
import { type Viewer } from '#platform/viewer.ts';
import { catalogue } from '#schema/catalogue.ts';

import { type NotificationsConfig } from '../config.ts';
import { startNotifications } from '../service.ts';

/** Notifications as production starts them, with the local mailbox unless told otherwise. */
export function startShop(more: Partial<NotificationsConfig> = {}): Promise<TestSubgraph> {
  const settings = {
    mail: { kind: 'mailbox' },
    emailFrom: 'Test Shop <no-reply@shop.example>',
    sendgridWebhookPublicKey: null,
    storefrontUrl: 'https://store.example',
    publicUrl: 'https://api.example',
    secret: 'a test secret of more than thirty-two bytes',
    webhookAllowPrivate: false,
    ...more,
  } as const;
  return testSubgraph({
    name: 'notifications',
    catalogue,
    start: (service, shared) => startNotifications({ ...service, ...settings }, shared),
  });
}

/** A signed-in customer, with scopes for staff. */
export const customer = (id: string = newId(), ...scopes: string[]): Viewer => ({
  kind: 'customer',
  id,
  sessionId: newId(),
  scopes,
});

export type Mail = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly links: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
};

/** For `expect.poll`: quick on a free machine, patient on a busy one. */
export const patience = { interval: 20, timeout: 15_000 } as const;

/** Where the subgraph's raw routes are. */
export const baseOf = (shop: TestSubgraph): string => shop.service.url.replace('/graphql', '');

/** The mails that an address has got, newest first, once there are `count`. */
export async function mailsTo(shop: TestSubgraph, to: string, count = 1): Promise<Mail[]> {
  let mails: Mail[] = [];
  const look = async (): Promise<number> => {
    shop.service.jobs.wake('mails');
    const response = await fetch(`${baseOf(shop)}/mailbox.json?to=${encodeURIComponent(to)}`);
    mails = (await response.json()) as Mail[];
    return mails.length;
  };
  await expect.poll(look, patience).toBe(count);
  return mails;
}

/** What became of the mails to an address, oldest first. */
export const statuses = (shop: TestSubgraph, email: string) =>
  shop.service.db.query<{ template: string; status: string; letter: unknown }>(
    `select template, status, letter from notifications where email = ? order by id`,
    [email],
  );

type Facts = {
  customerId?: string | null;
  email?: string;
  locale?: string;
  guestToken?: string | null;
  orderId?: string;
  number?: string;
};
/** What all events about an order say. */
export const facts = (more: Facts) => {
  const { email = `${newId()}@example.com`, locale = 'en', ...rest } = more;
  return {
    orderId: newId(),
    number: 'A-1001',
    customerId: null,
    guestToken: null,
    ...rest,
    recipient: { email, name: 'Ada', locale },
  };
};
/** order.placed, for a guest unless told otherwise. */
export const placed = (more: Facts = {}) => {
  const data = {
    ...facts(more), currency: 'EUR', subtotal: '2460', discountTotal: '0', shippingTotal: '490', taxTotal: '471', total: '2950',
    lines: [{ orderLineId: newId(), variantId: newId(), productId: newId(), sku: 'MUG-1', title: 'Mug <blue>', quantity: 2, total: '2460' }],
  }; // prettier-ignore
  return { type: 'order.placed', aggregate: { type: 'Order', id: data.orderId }, data };
};
/** order.delivered, for a guest unless told otherwise. */
export const delivered = (more: Facts = {}) => {
  const data = { ...facts(more), fulfilmentId: newId() };
  return { type: 'order.delivered', aggregate: { type: 'Order', id: data.orderId }, data };
};

/** The first page of customers' feeds, as the router asks for it. */
export const feedDocument = `query ($ids: [_Any!]!, $first: Int, $after: String) { _entities(representations: $ids) { ... on Customer {
  notifications(first: $first, after: $after) { unreadCount pageInfo { hasNextPage endCursor } edges { node { id template channel subject body status readAt } } }
} } }`;

/** References to customers. */
export const customers = (...ids: string[]) => ids.map(id => ({ __typename: 'Customer', id }));

/** A customer's feed as a viewer sees it, by default as the customer does. */
export const feedOf = (
  shop: TestSubgraph,
  id: string,
  viewer: Viewer = customer(id),
  page: { first?: number; after?: string } = {},
) => shop.query(feedDocument, { ids: customers(id), ...page }, viewer);
