import { describe, expect, test } from 'vitest';

import { newId, randomToken } from '#platform/ids.ts';
import { type Viewer } from '#platform/viewer.ts';

import {
  customer,
  documents,
  paidOrder,
  staff,
  startTestOrders,
  tellAll,
  begin,
  readyCart,
} from './testing/shop.ts';

const orders = await startTestOrders();
const ada = customer();
const ofAda = await paidOrder(orders, ada);
const ofGuest = await paidOrder(orders, undefined);
const stranger = customer();

const entity = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Order { id status email } ... on Customer { id orders(first: 2) { totalCount edges { node { id lines { title } } } pageInfo { hasNextPage endCursor } } } } }`;
const follow =
  'subscription ($id: ID!, $token: String) { orderUpdated(id: $id, guestToken: $token) { id status version availableActions } }';

describe('a stranger', () => {
  test.each([
    ['another customer', stranger],
    ['nobody', undefined],
    ['staff without the scope', { ...stranger, scopes: ['catalogue:write'] }],
    ['an API key without the scope', { kind: 'apiKey', id: newId(), sessionId: null, scopes: [] }],
  ] as [string, Viewer | undefined][])('%s finds no order by any door', async (_who, viewer) => {
    for (const { orderId, order } of [ofAda, ofGuest]) {
      expect((await orders.query(documents.order, { id: orderId }, viewer)).data?.order ?? null).toBeNull();
      expect(
        (await orders.query(documents.order, { number: order.number }, viewer)).data?.order ?? null,
      ).toBeNull();
      const r = [
        { __typename: 'Order', id: orderId },
        { __typename: 'Order', number: order.number },
      ];
      expect((await orders.query(entity, { r }, viewer)).data._entities).toEqual([null, null]);
      expect(
        (await orders.query(documents.guestOrder, { number: order.number, token: randomToken() }, viewer))
          .data.guestOrder,
      ).toBeNull();
      const refusal = { __typename: 'NotFoundError' };
      expect(
        (await orders.query(documents.cancel, { id: orderId, key: newId(), token: 'guess' }, viewer)).data
          .orderCancel,
      ).toMatchObject(refusal);
      const lines = [{ orderLineId: order.lines[0].id, quantity: 1 }];
      expect(
        (await orders.query(documents.returnRequest, { id: orderId, lines, key: newId() }, viewer)).data
          .returnRequest,
      ).toMatchObject(refusal);
      const live = orders.subscribe(follow, { id: orderId }, viewer);
      expect((await live.next()).value).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
      await live.return(undefined);
    }
  });

  test('sees no orders of a customer and may do nothing of the back office', async () => {
    expect(
      (await orders.query(entity, { r: [{ __typename: 'Customer', id: ada.id }] }, stranger)).data._entities,
    ).toEqual([{ id: ada.id, orders: null }]);
    const input = { orderId: ofAda.orderId, lines: [{ orderLineId: ofAda.order.lines[0].id, quantity: 1 }] };
    for (const viewer of [stranger, undefined]) {
      const fulfil = await orders.query(documents.fulfil, { input, key: newId() }, viewer);
      expect(fulfil.errors?.[0]?.extensions.code).toBe(viewer ? 'FORBIDDEN' : 'UNAUTHENTICATED');
      const steps = await orders.query(documents.steps, { id: ofAda.orderId }, viewer && ada);
      expect(steps.errors?.[0]?.extensions.code).toBe(viewer ? 'FORBIDDEN' : 'UNAUTHENTICATED');
    }
  });

  test('a token opens its own order only, and none once it has expired', async () => {
    const other = await paidOrder(orders, undefined);
    const open = (number: string, token: string | null) =>
      orders.query(documents.guestOrder, { number, token });
    expect((await open(ofGuest.order.number, ofGuest.guestToken)).data.guestOrder).toMatchObject({
      id: ofGuest.orderId,
      availableActions: ['CANCEL'],
    });
    expect((await open(ofGuest.order.number, other.guestToken)).data.guestOrder).toBeNull();
    await orders.service.db.query(
      `update orders set guest_token_expires_at = now() - interval '1 second' where id = ?`,
      [other.orderId],
    );
    expect((await open(other.order.number, other.guestToken)).data.guestOrder).toBeNull();
  });

  test('ids that are none are simply not found', async () => {
    for (const id of ['', 'x', "'; drop table orders;--", newId()]) {
      expect((await orders.query(documents.order, { id }, ada)).data.order).toBeNull();
      expect(
        (await orders.query(documents.cancel, { id, key: newId() }, ada)).data.orderCancel.__typename,
      ).toBe('NotFoundError');
      expect((await orders.query(documents.deliver, { id }, staff)).data.fulfilmentDeliver.__typename).toBe(
        'NotFoundError',
      );
    }
  });
});

describe('lists', () => {
  test('a page of several customers costs the same few statements as of one', async () => {
    const buyer = customer();
    const ids = [];
    for (let i = 0; i < 3; i += 1) ids.push((await paidOrder(orders, buyer)).orderId);
    const r = [buyer, ada].map(({ id }) => ({ __typename: 'Customer', id }));
    const many = await orders.query(entity, { r }, staff);
    const one = await orders.query(entity, { r: r.slice(0, 1) }, buyer);
    expect(many.data._entities[0]).toEqual(one.data._entities[0]);
    expect(one.data._entities[0].orders).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    expect(one.data._entities[0].orders.edges.map((edge: { node: { id: string } }) => edge.node.id)).toEqual(
      ids.toReversed().slice(0, 2),
    );
    expect(many.data._entities[1].orders.totalCount).toBe(1);
    expect([one.statements, many.statements]).toEqual([3, 3]);
  });

  test('a reference whose key can be nobody’s id answers null, and no fault', async () => {
    const r = ['x', newId(), 'S-0000000000'].flatMap(id => [
      { __typename: 'Customer', id },
      { __typename: 'Order', id },
      { __typename: 'Order', number: id },
      { __typename: 'Cart', id },
    ]);
    const all = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename
      ... on Customer { cart { id } orders(first: 2) { totalCount edges { node { id } } } } ... on Order { status } ... on Cart { version } } }`;
    for (const viewer of [staff, undefined]) {
      const { data, errors } = await orders.query(all, { r }, viewer);
      expect(errors).toBeUndefined();
      expect(
        data._entities.filter((each: { __typename: string } | null) => each?.__typename !== 'Customer'),
      ).toEqual(Array.from({ length: 9 }, () => null));
    }
  });

  test('all orders page by keyset and filter; a whole order costs six statements', async () => {
    const page = `query ($first: Int!, $after: String, $filter: OrderFilter) { orders(first: $first, after: $after, filter: $filter) { totalCount pageInfo { hasNextPage endCursor } edges { node { id number lines { id } fulfilments { id } returns { id } timeline { message } checkoutSteps { name } availableActions } } } }`;
    const first = (await orders.query(page, { first: 2 }, staff)).data.orders;
    const second = (await orders.query(page, { first: 2, after: first.pageInfo.endCursor }, staff)).data
      .orders;
    const seen = [...first.edges, ...second.edges].map((edge: { node: { id: string } }) => edge.node.id);
    expect(new Set(seen).size).toBe(4);
    expect(seen).toEqual(seen.toSorted().toReversed());
    const filter = { number: ofAda.order.number, status: ['PAID'], email: 'ADA@example.com' };
    const found = await orders.query(page, { first: 10, filter }, staff);
    expect(found.data.orders).toMatchObject({ totalCount: 1, edges: [{ node: { id: ofAda.orderId } }] });
    const whole = `query ($id: ID!) { order(id: $id) { id status lines { id } fulfilments { id } returns { id } timeline { message actor } checkoutSteps { name } availableActions } }`;
    expect((await orders.query(whole, { id: ofAda.orderId }, staff)).statements).toBe(6);
  });
});

describe('orderUpdated', () => {
  test('sends the present state, then every change in order, to a guest with his token', async () => {
    const { answer, orderId } = await begin(orders, undefined, await readyCart(orders, undefined));
    await tellAll(orders, orderId, ['reserved', 'action']);
    const token = (await answer).data.checkout.guestToken as string;
    const live = orders.subscribe(follow, { id: orderId, token });
    const next = async () => (await live.next()).value?.data.orderUpdated;
    expect(await next()).toMatchObject({ status: 'AWAITING_PAYMENT', version: 2 });
    await tellAll(orders, orderId, ['authorized', 'committed', 'captured']);
    const line = (await orders.query(documents.order, { id: orderId }, staff)).data.order.lines[0]
      .id as string;
    const shipped = await orders.query(
      documents.fulfil,
      { input: { orderId, lines: [{ orderLineId: line, quantity: 2 }] }, key: newId() },
      staff,
    );
    await orders.query(documents.deliver, { id: shipped.data.orderFulfil.order.fulfilments[0].id }, staff);
    expect([(await next()).status, (await next()).status, (await next()).status]).toEqual([
      'PAID',
      'FULFILLED',
      'DELIVERED',
    ]);
    await live.return(undefined);
  });
});
