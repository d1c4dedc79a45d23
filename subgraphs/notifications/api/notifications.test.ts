import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { testSubgraph } from '#platform/testing/subgraph.ts';
import { type Viewer, anonymous } from '#platform/viewer.ts';
import { catalogue } from '#schema/catalogue.ts';

import { startNotifications } from '../service.ts';

const shop = await testSubgraph({
  name: 'notifications',
  catalogue,
  start: (settings, shared) =>
    startNotifications(
      {
        ...settings,
        mail: { kind: 'mailbox' },
        emailFrom: 'Test Shop <no-reply@shop.example>',
        sendgridWebhookPublicKey: null,
        storefrontUrl: 'https://store.example',
        publicUrl: 'https://api.example',
        secret: 'a test secret of more than thirty-two bytes',
        webhookAllowPrivate: false,
      },
      shared,
    ),
});

const base = shop.service.url.replace('/graphql', '');
const customer = (id: string = newId(), ...scopes: string[]): Viewer => ({
  kind: 'customer',
  id,
  sessionId: newId(),
  scopes,
});

type Mail = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  links: string[];
  headers: Record<string, string>;
};

async function mailsTo(to: string, count = 1): Promise<Mail[]> {
  let mails: Mail[] = [];
  await expect
    .poll(
      async () => {
        shop.service.jobs.wake('mails');
        mails = (await (await fetch(`${base}/mailbox.json?to=${encodeURIComponent(to)}`)).json()) as Mail[];
        return mails.length;
      },
      { interval: 20, timeout: 5_000 },
    )
    .toBe(count);
  return mails;
}

const statuses = (email: string) =>
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
const facts = (more: Facts) => {
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
const placed = (more: Facts = {}) => {
  const data = {
    ...facts(more), currency: 'EUR', subtotal: '2460', discountTotal: '0', shippingTotal: '490', taxTotal: '471', total: '2950',
    lines: [{ orderLineId: newId(), variantId: newId(), productId: newId(), sku: 'MUG-1', title: 'Mug <blue>', quantity: 2, total: '2460' }],
  }; // prettier-ignore
  return { type: 'order.placed', aggregate: { type: 'Order', id: data.orderId }, data };
};
const delivered = (more: Facts = {}) => {
  const data = { ...facts(more), fulfilmentId: newId() };
  return { type: 'order.delivered', aggregate: { type: 'Order', id: data.orderId }, data };
};

const feedDocument = `query ($ids: [_Any!]!, $first: Int, $after: String) { _entities(representations: $ids) { ... on Customer {
  notifications(first: $first, after: $after) { unreadCount pageInfo { hasNextPage endCursor } edges { node { id template channel subject body status readAt } } }
} } }`;
const customers = (...ids: string[]) => ids.map(id => ({ __typename: 'Customer', id }));
const feedOf = async (
  id: string,
  viewer: Viewer = customer(id),
  page: { first?: number; after?: string } = {},
) => shop.query(feedDocument, { ids: customers(id), ...page }, viewer);

describe('an order that was placed', () => {
  test('sends a guest one mail with lines, total and a link that carries the token, however often it is told', async () => {
    const event = placed({ guestToken: 'secret-token', email: 'Guest@Example.com', number: 'A-7' });
    const id = await shop.deliver(event);
    await shop.deliver(event, id);
    const [mail] = await mailsTo('guest@example.com');
    expect(mail).toMatchObject({ subject: 'Your order A-7' });
    expect(mail?.text).toContain('€29.50');
    expect(mail?.html).toContain('Mug &lt;blue&gt;');
    expect(mail?.links).toContain('https://store.example/orders/A-7?token=secret-token');
    expect(mail?.headers['List-Unsubscribe']).toContain('https://api.example/unsubscribe?token=');
    expect(mail?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  });

  test('leaves no token behind once the mail is sent, and tells that it was', async () => {
    const event = placed({ guestToken: 'another-secret', email: 'forget@example.com' });
    await shop.deliver(event);
    await mailsTo('forget@example.com');
    await expect
      .poll(() => statuses('forget@example.com'))
      .toEqual([{ template: 'order-placed', status: 'SENT', letter: null }]);
    const told = (await shop.announced('notification.sent')).filter(
      each => (each.data as { orderId: string }).orderId === event.data.orderId,
    );
    expect(told).toHaveLength(1);
  });

  test('reaches a customer by mail and in the feed', async () => {
    const id = newId();
    await shop.deliver(placed({ customerId: id, email: 'ada@example.com' }));
    const answer = await feedOf(id);
    expect(answer.errors).toBeUndefined();
    expect(answer.data._entities[0].notifications).toMatchObject({
      unreadCount: 1,
      edges: [
        {
          node: {
            template: 'order-placed',
            channel: 'IN_APP',
            status: 'SENT',
            subject: 'Your order A-1001',
            readAt: null,
          },
        },
      ],
    });
    expect(JSON.stringify(answer.data)).not.toContain('https://');
    const [mail] = await mailsTo('ada@example.com');
    expect(mail?.links[0]).toBe('https://store.example/orders/A-1001');
  });

  test('is told in the language of the customer', async () => {
    await shop.deliver(placed({ email: 'german@example.com', locale: 'de-DE' }));
    expect((await mailsTo('german@example.com'))[0]?.subject).toBe('Ihre Bestellung A-1001');
  });
});

describe('a failed order', () => {
  test.each([
    ['PAYMENT', 'payment-failed'],
    ['STOCK', 'order-failed'],
    ['EXPIRED', 'order-failed'],
  ])('for %s sends %s', async (reason, template) => {
    const data = { ...facts({ email: `${reason}@example.com` }), reason, declineCode: null };
    await shop.deliver({ type: 'order.failed', aggregate: { type: 'Order', id: data.orderId }, data });
    expect(await statuses(`${reason}@example.com`)).toMatchObject([{ template }]);
  });
});

describe('account mail', () => {
  const requested = (email: string, expiresAt: string) => {
    const customerId = newId();
    const data = { customerId, recipient: { email, name: '', locale: 'en' }, token: 'verify-me', expiresAt };
    return {
      type: 'customer.email_verification_requested',
      aggregate: { type: 'Customer', id: customerId },
      data,
    };
  };

  test('carries the token in its link and cannot be unsubscribed', async () => {
    await shop.deliver(requested('verify@example.com', '2099-01-01T00:00:00Z'));
    const [mail] = await mailsTo('verify@example.com');
    expect(mail?.links).toEqual(['https://store.example/verify-email?token=verify-me']);
    expect(mail?.headers).toEqual({});
  });

  test('is not sent once its link has expired', async () => {
    await shop.deliver(requested('late@example.com', '2020-01-01T00:00:00Z'));
    shop.service.jobs.wake('mails');
    await expect.poll(() => statuses('late@example.com')).toMatchObject([{ status: 'FAILED', letter: null }]);
    await mailsTo('late@example.com', 0);
  });
});

describe('the feed', () => {
  test('comes in pages, newest first', async () => {
    const id = newId();
    for (const number of ['1', '2', '3']) await shop.deliver(placed({ customerId: id, number }));
    const first = (await feedOf(id, undefined, { first: 2 })).data._entities[0].notifications;
    expect(first.edges.map((edge: { node: { subject: string } }) => edge.node.subject)).toEqual([
      'Your order 3',
      'Your order 2',
    ]);
    expect(first).toMatchObject({ unreadCount: 3, pageInfo: { hasNextPage: true } });
    const second = (await feedOf(id, undefined, { first: 2, after: first.pageInfo.endCursor })).data
      ._entities[0].notifications;
    expect(second).toMatchObject({
      edges: [{ node: { subject: 'Your order 1' } }],
      pageInfo: { hasNextPage: false },
    });
  });

  test('costs the same number of statements for one customer and for many', async () => {
    const viewer = customer(newId(), 'notifications:read');
    const one = await shop.query(feedDocument, { ids: customers(newId()) }, viewer);
    const many = await shop.query(
      feedDocument,
      { ids: customers(...Array.from({ length: 100 }, () => newId())) },
      viewer,
    );
    expect(one.statements).toBe(2);
    expect(many.statements).toBe(2);
  });

  test('counts the unread only when asked', async () => {
    const id = newId();
    const answer = await shop.query(
      `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Customer { notifications { edges { node { id } } } } } }`,
      { ids: customers(id) },
      customer(id),
    );
    expect(answer.statements).toBe(1);
  });

  test.each([0, 101, -1])('a page of %i is refused', async first => {
    const id = newId();
    const answer = await feedOf(id, undefined, { first });
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('belongs to its customer: a stranger and a machine without the scope get nothing', async () => {
    const id = newId();
    await shop.deliver(placed({ customerId: id }));
    for (const viewer of [
      customer(),
      anonymous,
      { kind: 'apiKey', id, sessionId: null, scopes: [] } as const,
    ]) {
      const answer = await feedOf(id, viewer);
      expect(answer.data._entities[0].notifications).toBeNull();
      expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect(
      (await feedOf(id, customer(newId(), 'notifications:read'))).data._entities[0].notifications.edges,
    ).toHaveLength(1);
  });

  test('a notification is read once, and only by its owner', async () => {
    const id = newId();
    await shop.deliver(placed({ customerId: id }));
    const ids = [
      (await feedOf(id)).data._entities[0].notifications.edges[0].node.id as string,
      'nonsense',
      newId(),
    ];
    const mark = `mutation ($ids: [ID!]!) { notificationMarkRead(ids: $ids) }`;
    expect((await shop.query(mark, { ids }, customer())).data).toEqual({ notificationMarkRead: 0 });
    expect((await shop.query(mark, { ids }, customer(id))).data).toEqual({ notificationMarkRead: 1 });
    expect((await shop.query(mark, { ids }, customer(id))).data).toEqual({ notificationMarkRead: 0 });
    expect((await feedOf(id)).data._entities[0].notifications).toMatchObject({ unreadCount: 0 });
    expect((await shop.query(mark, { ids })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('a notification by reference is for its owner and for notifications:read', async () => {
    const id = newId();
    await shop.deliver(placed({ customerId: id }));
    const notificationId = (await feedOf(id)).data._entities[0].notifications.edges[0].node.id as string;
    const ask = async (viewer: Viewer) =>
      (
        await shop.query(
          `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Notification { subject } } }`,
          { ids: [{ __typename: 'Notification', id: notificationId }] },
          viewer,
        )
      ).data._entities[0];
    expect(await ask(customer(id))).toEqual({ subject: 'Your order A-1001' });
    expect(await ask(customer(newId(), 'notifications:read'))).toEqual({ subject: 'Your order A-1001' });
    expect(await ask(customer())).toBeNull();
  });
});

describe('the notifications of an order', () => {
  const document = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Order { notifications { template channel status sentAt } } } }`;

  test('show staff what was told', async () => {
    const orderId = newId();
    await shop.deliver(placed({ orderId, email: 'order@example.com', customerId: newId() }));
    await mailsTo('order@example.com');
    await shop.deliver(delivered({ orderId, email: 'order@example.com' }));
    await mailsTo('order@example.com', 2);
    const ids = [orderId, ...Array.from({ length: 20 }, () => newId())].map(id => ({
      __typename: 'Order',
      id,
    }));
    await expect
      .poll(
        async () =>
          (await shop.query(document, { ids }, customer(newId(), 'notifications:read'))).data._entities[0]
            .notifications,
      )
      .toMatchObject([
        { template: 'order-delivered', channel: 'EMAIL', status: 'SENT' },
        { template: 'order-placed', channel: 'IN_APP', status: 'SENT' },
        { template: 'order-placed', channel: 'EMAIL', status: 'SENT' },
      ]);
    expect((await shop.query(document, { ids }, customer(newId(), 'notifications:read'))).statements).toBe(1);
  });

  test('are for staff only', async () => {
    const answer = await shop.query(document, { ids: [{ __typename: 'Order', id: newId() }] }, customer());
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('the live feed', () => {
  const document = 'subscription { notificationReceived { id subject createdAt } }';
  const next = async (stream: AsyncGenerator<{ data: { notificationReceived: { subject: string } } }>) =>
    (await stream.next()).value?.data?.notificationReceived?.subject as string;

  test('starts with the newest unread notification and goes on with every new one, in order', async () => {
    const id = newId();
    await shop.deliver(placed({ customerId: id, number: '1' }));
    await shop.deliver(placed({ customerId: id, number: '2' }));
    const stream = shop.subscribe(document, {}, customer(id));
    expect(await next(stream)).toBe('Your order 2');
    await shop.deliver(placed({ customerId: newId(), number: 'of somebody else' }));
    for (const number of ['3', '4', '5']) await shop.deliver(placed({ customerId: id, number }));
    for (const number of ['3', '4', '5']) expect(await next(stream)).toBe(`Your order ${number}`);
    await stream.return(undefined);
  });

  test('waits silently when everything is read', async () => {
    const id = newId();
    const stream = shop.subscribe(document, {}, customer(id));
    const first = next(stream);
    await expect.poll(() => shop.service.db.query('select 1')).toHaveLength(1);
    await shop.deliver(placed({ customerId: id, number: 'first' }));
    expect(await first).toBe('Your order first');
    await stream.return(undefined);
  });

  test('needs a signed-in customer', async () => {
    const stream = shop.subscribe(document);
    expect((await stream.next()).value?.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('preferences', () => {
  const set = `mutation ($input: [PreferenceInput!]!) { notificationPreferencesSet(input: $input) { topic channels } }`;

  test('decide what a customer hears', async () => {
    const id = newId();
    const answer = await shop.query(set, { input: [{ topic: 'orders', channels: [] }] }, customer(id));
    expect(answer.data.notificationPreferencesSet).toContainEqual({ topic: 'orders', channels: [] });
    expect(answer.data.notificationPreferencesSet).toContainEqual({
      topic: 'shipping',
      channels: ['EMAIL', 'IN_APP'],
    });
    await shop.deliver(placed({ customerId: id, email: 'quiet@example.com' }));
    expect(await statuses('quiet@example.com')).toMatchObject([{ status: 'SUPPRESSED', letter: null }]);
    expect((await feedOf(id)).data._entities[0].notifications.edges).toEqual([]);
    await shop.deliver(delivered({ customerId: id, email: 'quiet@example.com' }));
    await mailsTo('quiet@example.com');
  });

  test('account mail cannot be switched off, and other topics do not exist', async () => {
    for (const input of [
      [{ topic: 'account', channels: ['IN_APP'] }],
      [{ topic: 'weather', channels: [] }],
    ]) {
      const answer = await shop.query(set, { input }, customer());
      expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    expect((await shop.query(set, { input: [] })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('are shown to their customer', async () => {
    const id = newId();
    const read = async (viewer: Viewer) =>
      shop.query(
        `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Customer { notificationPreferences { topic channels } } } }`,
        { ids: customers(id) },
        viewer,
      );
    expect((await read(customer(id))).data._entities[0].notificationPreferences).toHaveLength(4);
    expect((await read(customer())).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('unsubscribing', () => {
  const local = (mail: Mail | undefined) =>
    `${base}${mail?.links.find(link => link.includes('/unsubscribe'))?.replace('https://api.example', '')}`;

  test('opening the link changes nothing; one POST stops mails about the topic, for a guest too', async () => {
    const email = 'guest-no-more@example.com';
    await shop.deliver(placed({ email }));
    const [mail] = await mailsTo(email);
    const page = await fetch(local(mail));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<form method="post"');
    await shop.deliver(placed({ email }));
    await mailsTo(email, 2);
    expect(
      (
        await fetch(local(mail), {
          method: 'POST',
          body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
        })
      ).status,
    ).toBe(200);
    await shop.deliver(placed({ email }));
    expect((await statuses(email)).at(-1)).toMatchObject({ status: 'SUPPRESSED' });
    await shop.deliver(delivered({ email }));
    await mailsTo(email, 3);
  });

  test('a customer finds the channel switched off in the preferences, and can switch it on again', async () => {
    const id = newId();
    const email = 'customer-no-more@example.com';
    const recipient = { email, name: 'Ada', locale: 'en' };
    await shop.deliver({
      type: 'customer.registered',
      aggregate: { type: 'Customer', id },
      data: { customerId: id, recipient, version: 1 },
    });
    await shop.deliver(placed({ customerId: id, email }));
    const [mail] = await mailsTo(email);
    await fetch(local(mail), { method: 'POST' });
    await shop.deliver(placed({ customerId: id, email }));
    expect((await statuses(email)).at(-1)).toMatchObject({ status: 'SUPPRESSED' });
    const answer = await shop.query(
      `mutation { notificationPreferencesSet(input: [{ topic: "orders", channels: [EMAIL, IN_APP] }]) { topic channels } }`,
      {},
      customer(id),
    );
    expect(answer.errors).toBeUndefined();
    await shop.deliver(placed({ customerId: id, email }));
    await mailsTo(email, 2);
  });

  test.each(['', 'nonsense', `${newId()}.AAAA`, `${newId()}.${'A'.repeat(43)}`])(
    'the token "%s" is refused',
    async token => {
      for (const method of ['GET', 'POST']) {
        expect((await fetch(`${base}/unsubscribe?token=${token}`, { method })).status).toBe(400);
      }
    },
  );
});

describe('the mailbox', () => {
  test('lists what was sent and shows a mail in a frame that runs no scripts', async () => {
    await shop.deliver(placed({ email: 'seen@example.com', number: '<b>7</b>' }));
    const [mail] = await mailsTo('seen@example.com');
    const list = await (await fetch(`${base}/mailbox`)).text();
    expect(list).toContain(`/mailbox/${mail?.id}`);
    expect(list).toContain('Your order &lt;b&gt;7&lt;/b&gt;');
    const shown = await fetch(`${base}/mailbox/${mail?.id}`);
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await shown.text();
    expect(html).toContain('sandbox="allow-popups');
    expect(html).not.toContain('allow-scripts');
    expect((await fetch(`${base}/mailbox/${newId()}`)).status).toBe(404);
    expect((await fetch(`${base}/mailbox/x`)).status).toBe(404);
  });
});
