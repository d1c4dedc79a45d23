import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { type Viewer, anonymous } from '#platform/viewer.ts';

import {
  customer,
  customers,
  feedDocument,
  feedOf,
  delivered,
  mailsTo,
  placed,
  startShop,
  patience,
} from '../testing/shop.ts';

const shop = await startShop();

describe('the feed', () => {
  test('comes in pages, newest first', async () => {
    const id = newId();
    for (const number of ['1', '2', '3']) await shop.deliver(placed({ customerId: id, number }));
    const first = (await feedOf(shop, id, undefined, { first: 2 })).data._entities[0].notifications;
    expect(first.edges.map((edge: { node: { subject: string } }) => edge.node.subject)).toEqual([
      'Your order 3',
      'Your order 2',
    ]);
    expect(first).toMatchObject({ unreadCount: 3, pageInfo: { hasNextPage: true } });
    const second = (await feedOf(shop, id, undefined, { first: 2, after: first.pageInfo.endCursor })).data
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
    const answer = await feedOf(shop, id, undefined, { first });
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
      const answer = await feedOf(shop, id, viewer);
      expect(answer.data._entities[0].notifications).toBeNull();
      expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect(
      (await feedOf(shop, id, customer(newId(), 'notifications:read'))).data._entities[0].notifications.edges,
    ).toHaveLength(1);
  });

  test('a notification is read once, and only by its owner', async () => {
    const id = newId();
    await shop.deliver(placed({ customerId: id }));
    const ids = [
      (await feedOf(shop, id)).data._entities[0].notifications.edges[0].node.id as string,
      'nonsense',
      newId(),
    ];
    const mark = `mutation ($ids: [ID!]!) { notificationMarkRead(ids: $ids) }`;
    expect((await shop.query(mark, { ids }, customer())).data).toEqual({ notificationMarkRead: 0 });
    expect((await shop.query(mark, { ids }, customer(id))).data).toEqual({ notificationMarkRead: 1 });
    expect((await shop.query(mark, { ids }, customer(id))).data).toEqual({ notificationMarkRead: 0 });
    expect((await feedOf(shop, id)).data._entities[0].notifications).toMatchObject({ unreadCount: 0 });
    expect((await shop.query(mark, { ids })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('a notification by reference is for its owner and for notifications:read', async () => {
    const id = newId();
    await shop.deliver(placed({ customerId: id }));
    const notificationId = (await feedOf(shop, id)).data._entities[0].notifications.edges[0].node
      .id as string;
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
    await mailsTo(shop, 'order@example.com');
    await shop.deliver(delivered({ orderId, email: 'order@example.com' }));
    await mailsTo(shop, 'order@example.com', 2);
    const ids = [orderId, ...Array.from({ length: 20 }, () => newId())].map(id => ({
      __typename: 'Order',
      id,
    }));
    await expect
      .poll(
        async () =>
          (await shop.query(document, { ids }, customer(newId(), 'notifications:read'))).data._entities[0]
            .notifications,
        patience,
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
    await expect.poll(() => shop.service.db.query('select 1'), patience).toHaveLength(1);
    await shop.deliver(placed({ customerId: id, number: 'first' }));
    expect(await first).toBe('Your order first');
    await stream.return(undefined);
  });

  test('needs a signed-in customer', async () => {
    const stream = shop.subscribe(document);
    expect((await stream.next()).value?.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
