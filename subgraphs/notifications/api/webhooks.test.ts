import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

import { afterAll, beforeEach, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { type Viewer } from '#platform/viewer.ts';
import { events } from '#schema/events.ts';

import { baseOf, startShop, patience } from '../testing/shop.ts';
import { eventHandlers } from './event-handlers.ts';
import { webhookTypes } from './webhook-types.ts';

const open = await startShop({ webhookAllowPrivate: true });
const guarded = await startShop({ environment: 'production' });

type Hit = { readonly headers: Readonly<Record<string, unknown>>; readonly body: string };
let hits: Hit[] = [];
let status = 200;
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', chunk => (body += String(chunk)));
  request.on('end', () => {
    hits.push({ headers: request.headers, body });
    response.writeHead(status).end();
  });
});
await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve));
afterAll(() => receiver.close());
const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;

const manager: Viewer = { kind: 'apiKey', id: newId(), sessionId: null, scopes: ['webhooks:manage'] };
const create = `mutation ($url: String!, $topics: [String!]!) { webhookEndpointCreate(url: $url, topics: $topics) {
  ... on WebhookEndpointSuccess { secret endpoint { id url topics active } } ... on UserError { __typename code message field } } }`;
const list = `{ webhookEndpoints { id url active deliveries(first: 10) { pageInfo { hasNextPage } edges { node { id eventType state attempts responseStatus error nextAttemptAt } } } } }`;

const endpoint = async (topics: string[]) => {
  const answer = await open.query(create, { url, topics }, manager);
  return answer.data.webhookEndpointCreate as { secret: string; endpoint: { id: string } };
};
const deliveries = async (id: string) => {
  const { webhookEndpoints } = (await open.query(list, {}, manager)).data;
  return webhookEndpoints
    .find((each: { id: string }) => each.id === id)
    .deliveries.edges.map((edge: { node: unknown }) => edge.node);
};
const delivered = () => {
  const orderId = newId();
  const recipient = { email: 'ada@example.com', name: 'Ada Lovelace', locale: 'en' };
  const data = {
    orderId,
    number: 'A-1',
    customerId: null,
    recipient,
    fulfilmentId: newId(),
    guestToken: 'very-secret',
  };
  return { type: 'order.delivered', aggregate: { type: 'Order', id: orderId }, data };
};
const sendNow = async () => {
  await open.service.db.query(
    `update webhook_deliveries set next_attempt_at = now() where state = 'PENDING' and (attempts = 0 or last_error is not null)`,
  );
  open.service.jobs.wake('webhooks');
};

beforeEach(async () => {
  await open.service.db.query('delete from webhook_endpoints');
  hits = [];
  status = 200;
});

describe('an endpoint', () => {
  test('gets the events of its topics, signed, without personal data or secrets', async () => {
    const { secret, endpoint: { id } } = await endpoint(['order.*']); // prettier-ignore
    const event = delivered();
    const eventId = await open.deliver(event);
    await open.deliver({
      type: 'stock.low',
      aggregate: { type: 'Variant', id: newId() },
      data: { variantId: newId(), warehouseId: newId(), available: 1, safetyStock: 2 },
    });
    await sendNow();
    await expect
      .poll(() => deliveries(id), patience)
      .toMatchObject([
        {
          eventType: 'order.delivered',
          state: 'DELIVERED',
          attempts: 1,
          responseStatus: 200,
          nextAttemptAt: null,
        },
      ]);
    expect(hits).toHaveLength(1);
    const { headers, body } = hits[0] as Hit;
    const [, seconds, mac] = /^t=(\d+),v1=([\da-f]{64})$/.exec(String(headers['shop-signature'])) ?? [];
    expect(mac).toBe(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'));
    expect(headers).toMatchObject({
      'shop-event-id': eventId,
      'shop-event-type': 'order.delivered',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(JSON.parse(body)).toMatchObject({
      id: eventId,
      type: 'order.delivered',
      data: { orderId: event.data.orderId, number: 'A-1', recipient: '[redacted]', guestToken: '[redacted]' },
    });
    expect(body).not.toMatch(/ada|very-secret/i);
  });

  test('whose secret cannot be opened fails as others do, and holds up none', async () => {
    const { endpoint: { id } } = await endpoint(['order.delivered']); // prettier-ignore
    await endpoint(['order.delivered']);
    await open.service.db.query(
      `update webhook_endpoints set secret = decode(repeat('00', 60), 'hex') where id = ?`,
      [id],
    );
    await open.deliver(delivered());
    await sendNow();
    await expect
      .poll(async () => (await deliveries(id))[0], patience)
      .toMatchObject({ state: 'PENDING', attempts: 1, error: 'its secret cannot be opened' });
    await expect.poll(() => hits.length, patience).toBe(1);
  });

  test('gets an event once, however often it is told', async () => {
    await endpoint(['*']);
    const event = delivered();
    const id = await open.deliver(event);
    await open.deliver(event, id);
    await sendNow();
    await expect.poll(() => hits.length, patience).toBe(1);
    expect(await open.service.db.query('select 1 from webhook_deliveries')).toHaveLength(1);
  });

  test('that fails is asked again later, and by hand', async () => {
    const { endpoint: { id } } = await endpoint(['order.delivered']); // prettier-ignore
    status = 503;
    await open.deliver(delivered());
    await sendNow();
    await expect
      .poll(async () => (await deliveries(id))[0], patience)
      .toMatchObject({
        state: 'PENDING',
        attempts: 1,
        responseStatus: 503,
        error: 'the receiver answered 503',
      });
    const [waiting] = await deliveries(id);
    expect(new Date(waiting.nextAttemptAt).getTime()).toBeGreaterThan(Date.now() + 5_000);
    status = 200;
    const retry = await open.query(
      `mutation ($id: ID!) { webhookDeliveryRetry(id: $id) { id state } }`,
      { id: waiting.id },
      manager,
    );
    expect(retry.data).toEqual({ webhookDeliveryRetry: { id: waiting.id, state: 'PENDING' } });
    await expect
      .poll(async () => (await deliveries(id))[0], patience)
      .toMatchObject({
        state: 'DELIVERED',
        attempts: 2,
        responseStatus: 200,
        error: null,
      });
  });

  test('is given up after three days and switched off when nothing came through; a retry switches it on', async () => {
    const { endpoint: { id } } = await endpoint(['*']); // prettier-ignore
    status = 500;
    await open.deliver(delivered());
    await open.service.db.query(`update webhook_deliveries set tried_since = now() - interval '73 hours'`);
    await sendNow();
    await expect
      .poll(async () => (await deliveries(id))[0], patience)
      .toMatchObject({
        state: 'FAILED',
        nextAttemptAt: null,
      });
    const active = async () =>
      (await open.query(list, {}, manager)).data.webhookEndpoints[0].active as boolean;
    expect(await active()).toBe(false);
    await open.deliver(delivered());
    expect(await deliveries(id)).toHaveLength(1);
    status = 200;
    await open.query(
      `mutation ($id: ID!) { webhookDeliveryRetry(id: $id) { id } }`,
      { id: (await deliveries(id))[0].id },
      manager,
    );
    expect(await active()).toBe(true);
    await expect.poll(async () => (await deliveries(id))[0], patience).toMatchObject({ state: 'DELIVERED' });
  });

  test('that took something lately stays on when one delivery is given up', async () => {
    const { endpoint: { id } } = await endpoint(['*']); // prettier-ignore
    await open.deliver(delivered());
    await sendNow();
    await expect.poll(async () => (await deliveries(id))[0], patience).toMatchObject({ state: 'DELIVERED' });
    status = 500;
    await open.deliver(delivered());
    await open.service.db.query(`update webhook_deliveries set tried_since = now() - interval '73 hours'`);
    await sendNow();
    await expect.poll(async () => (await deliveries(id))[0], patience).toMatchObject({ state: 'FAILED' });
    expect((await open.query(list, {}, manager)).data.webhookEndpoints[0].active).toBe(true);
  });

  test('can be removed, with all its deliveries', async () => {
    const { endpoint: { id } } = await endpoint(['*']); // prettier-ignore
    await open.deliver(delivered());
    const remove = `mutation ($id: ID!) { webhookEndpointRemove(id: $id) }`;
    expect((await open.query(remove, { id }, manager)).data).toEqual({ webhookEndpointRemove: true });
    expect((await open.query(remove, { id }, manager)).data).toEqual({ webhookEndpointRemove: false });
    expect(await open.service.db.query('select 1 from webhook_deliveries')).toEqual([]);
  });

  test('keeps its secret to itself: sealed in the database and in no later answer', async () => {
    const { secret } = await endpoint(['*']);
    expect(secret).toMatch(/^whsec_.{43}$/);
    const [stored] = await open.service.db.query<{ secret: Buffer }>('select secret from webhook_endpoints');
    expect(stored?.secret.toString('latin1')).not.toContain(secret);
    expect(JSON.stringify((await open.query(list, {}, manager)).data)).not.toContain('whsec_');
  });

  test('the list costs the same for one endpoint and for many', async () => {
    await endpoint(['*']);
    const one = await open.query(list, {}, manager);
    for (let n = 0; n < 9; n += 1) await endpoint(['order.*']);
    const ten = await open.query(list, {}, manager);
    expect(ten.data.webhookEndpoints).toHaveLength(10);
    expect([one.statements, ten.statements]).toEqual([2, 2]);
  });
});

describe('registering', () => {
  test.each([
    [{ url: 'ftp://example.com', topics: ['*'] }, 'URL', ['url']],
    [{ url: 'https://example.com', topics: [] }, 'TOPICS_EMPTY', ['topics']],
    [{ url: 'https://example.com', topics: ['session.revoked'] }, 'TOPIC_UNKNOWN', ['topics']],
    [
      { url: 'https://example.com', topics: ['customer.password_reset_requested'] },
      'TOPIC_UNKNOWN',
      ['topics'],
    ],
    [{ url: 'https://example.com', topics: ['order.payment_requested'] }, 'TOPIC_UNKNOWN', ['topics']],
  ])('%j is refused', async (input, code, field) => {
    const answer = await open.query(create, input, manager);
    expect(answer.data.webhookEndpointCreate).toMatchObject({ __typename: 'ValidationError', code, field });
  });

  test.each([
    ['https://169.254.169.254/latest/meta-data', 'URL_PRIVATE'],
    ['https://[::1]:5432/', 'URL_PRIVATE'],
    ['https://0x7f.1/', 'URL_PRIVATE'],
    ['https://localhost/', 'URL_PRIVATE'],
    ['http://example.com/', 'URL'],
    ['gopher://example.com/', 'URL'],
  ])('%s is refused in production', async (address, code) => {
    const answer = await guarded.query(create, { url: address, topics: ['*'] }, manager);
    expect(answer.data.webhookEndpointCreate).toMatchObject({ __typename: 'ValidationError', code });
  });

  test.each([
    ['query', list],
    [
      'create',
      `mutation { webhookEndpointCreate(url: "https://example.com", topics: ["*"]) { __typename } }`,
    ],
    ['remove', `mutation { webhookEndpointRemove(id: "x") }`],
    ['retry', `mutation { webhookDeliveryRetry(id: "x") { id } }`],
  ])('%s needs the scope webhooks:manage', async (_name, document) => {
    expect((await open.query(document)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const stranger: Viewer = { kind: 'customer', id: newId(), sessionId: newId(), scopes: ['orders:read'] };
    expect((await open.query(document, {}, stranger)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

test('every event that reaches notifications has a handler, and none with a sign-in token leaves the shop', () => {
  const received = Object.entries(events).filter(([, { consumers }]) =>
    (consumers as readonly string[]).includes('notifications'),
  );
  expect(Object.keys(eventHandlers({ storefrontUrl: 'https://store.example' })).toSorted()).toEqual(
    received.map(([type]) => type).toSorted(),
  );
  expect(webhookTypes.filter(type => /session|api_key|snapshot|_requested/.test(type))).toEqual([]);
});

test('production has no mailbox', async () => {
  for (const path of ['/mailbox', '/mailbox.json', `/mailbox/${newId()}`])
    expect((await fetch(baseOf(guarded) + path)).status).toBe(404);
});
