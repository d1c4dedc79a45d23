import { createHmac } from 'node:crypto';

import { describe, expect, test, vi } from 'vitest';

import { newId } from '#platform/ids.ts';

import { startShop, webhookSecret } from '../testing/shop.ts';

const shop = await startShop({ webhooks: false });
const { db } = shop.service;

const now = () => Math.floor(Date.now() / 1_000);
const sign = (body: string, secret = webhookSecret, time = now()) =>
  createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
const eventOf = (type: string, object: object, id = `evt_${newId()}`) =>
  JSON.stringify({
    id,
    object: 'event',
    type,
    created: now(),
    livemode: false,
    api_version: '2026-10-28.endive',
    data: { object },
  });
const send = (body: string, signature: string | null, headers: Record<string, string> = {}) =>
  fetch(shop.hookUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signature === null ? {} : { 'stripe-signature': signature }),
      ...headers,
    },
    body,
  });
const post = (body: string) => send(body, `t=${now()},v1=${sign(body)}`);
const stored = async (id: string) =>
  (
    await db.query<{ status: string; reason: string | null }>(
      'select status, reason from webhook_events where event_id = ?',
      [id],
    )
  )[0];
const settled = async (id: string) =>
  vi.waitFor(
    async () => {
      const hook = await stored(id);
      expect(hook?.status).not.toBe('RECEIVED');
      return hook;
    },
    { timeout: 5_000 },
  );
const intentOf = async (orderId: string) => {
  const { intent_id: id } = await shop.payment(orderId);
  const intent = shop.stripe.control.store().get('intents', String(id));
  if (!intent) throw new Error('no intent');
  return intent;
};

describe('forgeries', () => {
  const body = eventOf('payment_intent.succeeded', { id: 'pi_x', object: 'payment_intent' }, 'evt_forged');
  const other = eventOf('payment_intent.canceled', { id: 'pi_x', object: 'payment_intent' }, 'evt_forged');
  const time = now();
  test.each<readonly [string, string | null, (string | null)?]>([
    ['no signature', null],
    ['an empty signature', ''],
    ['another secret', `t=${time},v1=${sign(body, 'whsec_of_somebody', time)}`],
    ['the signature of another body', `t=${time},v1=${sign(other, webhookSecret, time)}`],
    ['another time than was signed', `t=${time + 1},v1=${sign(body, webhookSecret, time)}`],
    ['a time six minutes ago', `t=${time - 360},v1=${sign(body, webhookSecret, time - 360)}`],
    ['no time', `v1=${sign(body, webhookSecret, time)}`],
    ['a time that is no number', `t=now,v1=${sign(body, webhookSecret, time)}`],
    ['the old scheme only', `t=${time},v0=${sign(body, webhookSecret, time)}`],
    ['upper-case hex', `t=${time},v1=${sign(body, webhookSecret, time).toUpperCase()}`],
    ['a cut signature', `t=${time},v1=${sign(body, webhookSecret, time).slice(0, 40)}`],
    [
      'a changed body',
      `t=${time},v1=${sign(body, webhookSecret, time)}`,
      body.replace('succeeded', 'succeedeD'),
    ],
    ['a body with a space more', `t=${time},v1=${sign(body, webhookSecret, time)}`, `${body} `],
    ['no JSON', `t=${time},v1=${sign('}{', webhookSecret, time)}`, '}{'],
  ])('%s → 400, and nothing is stored', async (_what, signature, sent = null) => {
    expect((await send(sent ?? body, signature ?? null)).status).toBe(400);
    expect(await stored('evt_forged')).toBeUndefined();
  });

  test('two signatures of which one is right are taken, so is the secret of yesterday', async () => {
    const rotated = eventOf('customer.created', { id: 'cus_1' });
    expect(
      (
        await send(
          rotated,
          `t=${time},v1=${sign(rotated, 'whsec_of_somebody', time)},v1=${sign(rotated, webhookSecret, time)}`,
        )
      ).status,
    ).toBe(200);
    expect((await send(rotated, `t=${time},v1=${sign(rotated, 'whsec_of_yesterday', time)}`)).status).toBe(
      200,
    );
  });

  test('wrong types, encodings, methods and sizes are refused', async () => {
    expect((await send(body, 'x', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await send(body, 'x', { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await fetch(shop.hookUrl)).status).toBe(405);
    expect((await send(`"${'x'.repeat(262_144)}"`, 'x')).status).toBe(413);
  });
});

test('events in any order and five times each leave the same books as once in order', async () => {
  const orderIds = await Promise.all(Array.from({ length: 6 }, () => shop.pay()));
  for (const orderId of orderIds) await shop.ask('order.capture_requested', orderId);
  const bodies = shop.stripe.control
    .store()
    .all('events')
    .flatMap(event => Array.from({ length: 5 }, () => JSON.stringify(event)))
    .map((body, index) => [(index * 7_919) % 104_729, body] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, body]) => body);
  const answers = await Promise.all(bodies.map(post));
  expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]));
  await vi.waitFor(
    async () => expect(await db.query(`select 1 from webhook_events where status = 'RECEIVED'`)).toEqual([]),
    { timeout: 10_000 },
  );
  for (const orderId of orderIds) {
    expect(await shop.told(orderId)).toEqual(['payment.authorized', 'payment.captured']);
    expect(await db.query('select 1 from ledger_entries where order_id = ?', [orderId])).toHaveLength(4);
  }
});

describe('what does not fit is kept apart', () => {
  const quarantined = async (body: string) => {
    expect((await post(body)).status).toBe(200);
    return settled((JSON.parse(body) as { id: string }).id);
  };

  test('an intent that Stripe does not know', async () => {
    expect(
      await quarantined(eventOf('payment_intent.succeeded', { id: 'pi_none', object: 'payment_intent' })),
    ).toEqual({
      status: 'QUARANTINED',
      reason: 'UNKNOWN_INTENT',
    });
  });

  test('an intent of another shop', async () => {
    const intent = await intentOf(await shop.pay());
    const foreign = shop.stripe.control
      .store()
      .put('intents', { ...intent, id: 'pi_foreign', metadata: { payment_id: newId() } });
    expect(await quarantined(eventOf('payment_intent.succeeded', foreign))).toMatchObject({
      reason: 'UNKNOWN_PAYMENT',
    });
  });

  test.each([
    ['amount', { amount: 1 }, 'AMOUNT_MISMATCH'],
    ['currency', { currency: 'usd' }, 'CURRENCY_MISMATCH'],
    ['payment', { metadata: { payment_id: 'p-other' } }, 'PAYMENT_MISMATCH'],
  ])('another %s than was asked for changes nothing', async (_what, change, reason) => {
    const orderId = await shop.pay();
    const intent = await intentOf(orderId);
    shop.stripe.control.store().put('intents', {
      ...intent,
      ...change,
      status: 'succeeded',
      amount_received: 1,
      amount_capturable: 0,
    });
    expect(await quarantined(eventOf('payment_intent.succeeded', intent))).toEqual({
      status: 'QUARANTINED',
      reason,
    });
    expect(await shop.payment(orderId)).toMatchObject({ state: 'AUTHORIZED', captured: 0n });
  });

  test('live events with a test key', async () => {
    const live = eventOf('payment_intent.succeeded', { id: 'pi_x', object: 'payment_intent' }).replace(
      '"livemode":false',
      '"livemode":true',
    );
    expect(await quarantined(live)).toMatchObject({ reason: 'LIVEMODE' });
  });

  test.each(['invoice.paid', 'payment_intent.created', 'charge.succeeded'])(
    '%s, which we do without, is not even stored',
    async type => {
      expect((await post(eventOf(type, { id: 'in_1' }, `evt_${type}`))).status).toBe(200);
      expect(await stored(`evt_${type}`)).toBeUndefined();
    },
  );
});

test('a refund made in Stripe’s dashboard is taken into the books', async () => {
  const orderId = await shop.pay();
  await shop.ask('order.capture_requested', orderId);
  const intent = await intentOf(orderId);
  const made = await fetch(`${shop.stripe.url}/v1/refunds`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_tests', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ payment_intent: intent.id, amount: '700' }),
  });
  const refund = (await made.json()) as { id: string };
  await post(
    eventOf('charge.refunded', { id: intent.latest_charge, object: 'charge', payment_intent: intent.id }),
  );
  await post(eventOf('refund.created', { ...refund, object: 'refund', payment_intent: intent.id }));
  await vi.waitFor(async () => expect(await shop.payment(orderId)).toMatchObject({ refunded: 700n }));
  expect(await shop.told(orderId)).toEqual(['payment.authorized', 'payment.captured', 'payment.refunded']);
});

test('a dispute is told once and shows', async () => {
  const orderId = await shop.pay();
  await shop.ask('order.capture_requested', orderId);
  shop.stripe.control.dispute((await intentOf(orderId)).id);
  const dispute = shop.stripe.control.store().all('disputes').at(-1);
  for (const type of ['charge.dispute.created', 'charge.dispute.updated'])
    await post(eventOf(type, dispute ?? {}));
  await vi.waitFor(async () => expect(await shop.payment(orderId)).toMatchObject({ disputed: true }));
  expect((await shop.told(orderId)).filter(type => type === 'payment.disputed')).toHaveLength(1);
});
