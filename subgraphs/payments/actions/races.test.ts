import { expect, test, vi } from 'vitest';

import { newId } from '#platform/ids.ts';

import { startShop } from '../testing/shop.ts';

const shop = await startShop();
const { db } = shop.service;
const { control } = shop.stripe;

const many = 25;
const orders = (token = 'pm_card_visa') =>
  Promise.all(Array.from({ length: many }, () => shop.pay({ token })));
const moneyOf = (orderId: string) =>
  shop.stripe
    .ledger()
    .filter(entry => entry.metadata['order_id'] === orderId)
    .reduce(
      (sum, { kind, amount }) => sum + (kind === 'captured' ? amount : kind === 'refunded' ? -amount : 0),
      0,
    );

/** Our books equal the provider's, movement by movement, and balance. */
async function expectEqualBooks(): Promise<void> {
  const ours = await db.query<{ kind: string; sum: bigint }>(
    'select kind, sum(debit)::bigint as sum from ledger_entries group by kind order by kind',
  );
  const theirs = Map.groupBy(shop.stripe.ledger(), entry => entry.kind.toUpperCase());
  expect(ours.map(({ kind, sum }) => [kind, sum])).toEqual(
    [...theirs]
      .map(([kind, entries]) => [kind, BigInt(entries.reduce((sum, entry) => sum + entry.amount, 0))])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}

test('answers lost at every third write never charge, capture or refund twice', async () => {
  const lose = setInterval(() => control.add({ kind: 'commitThenDrop', match: 'POST /v1/', times: 1 }), 30);
  try {
    const orderIds = await orders();
    await Promise.all(orderIds.map(orderId => shop.ask('order.capture_requested', orderId)));
    const wish = { amount: '2000', currency: 'EUR', reason: 'return', returnId: null };
    await Promise.all(
      orderIds.map(orderId =>
        shop.ask('order.refund_requested', orderId, { ...wish, requestKey: `return:${orderId}` }),
      ),
    );
    for (const orderId of orderIds) expect(moneyOf(orderId)).toBe(3_000);
  } finally {
    clearInterval(lose);
    control.clear();
  }
  await expectEqualBooks();
});

test('capture and void in the same moment end paid back in full or never charged', async () => {
  const orderIds = await orders();
  await Promise.all(
    orderIds.flatMap(orderId => [
      // Other aggregates: as two processes would, the two are handled at once.
      shop.deliver({
        type: 'order.capture_requested',
        aggregate: { type: 'Order', id: newId() },
        data: { orderId },
      }),
      shop.deliver({
        type: 'order.payment_void_requested',
        aggregate: { type: 'Order', id: newId() },
        data: { orderId, reason: 'cancelled' },
      }),
    ]),
  );
  for (const orderId of orderIds) {
    expect(moneyOf(orderId)).toBe(0);
    const told = await shop.told(orderId);
    expect(told).toContain('payment.voided');
    const payment = await shop.payment(orderId);
    expect(payment['captured']).toBe(payment['refunded']);
  }
  await expectEqualBooks();
});

test('a refund asked for on top of a void that gave everything back has nothing to do and does not fail', async () => {
  const orderId = await shop.pay({});
  await shop.ask('order.capture_requested', orderId);
  await shop.ask('order.payment_void_requested', orderId, { reason: 'cancelled' });
  const wish = { amount: '5000', currency: 'EUR', reason: 'cancelled', returnId: null };
  await shop.ask('order.refund_requested', orderId, { ...wish, requestKey: `cancel:${orderId}` });
  expect(moneyOf(orderId)).toBe(0);
  expect(await shop.told(orderId)).not.toContain('payment.refund_failed');
});

test('the browser’s return, the webhook, the poll and the reconciliation at once authorise once', async () => {
  const orderIds = await orders('pm_card_authenticationRequired');
  control.add({ kind: 'duplicate', copies: 2 }, { kind: 'delay', on: 'webhook', ms: 5, times: many });
  const pages = control.store().all('challenges');
  shop.service.jobs.wake('follow-up');
  await Promise.all(
    pages.map(page =>
      fetch(`${shop.stripe.url}/stripe/3ds/${page.id}`, {
        method: 'POST',
        body: new URLSearchParams({ outcome: 'complete' }),
        redirect: 'manual',
      }),
    ),
  );
  shop.service.jobs.wake('reconciliation');
  for (const orderId of orderIds) {
    await vi.waitFor(
      async () => expect(await shop.payment(orderId)).toMatchObject({ state: 'AUTHORIZED' }),
      10_000,
    );
    expect(await shop.told(orderId)).toEqual(['payment.action_required', 'payment.authorized']);
  }
  control.clear();
  await expectEqualBooks();
});

test('of two intents of one payment, made because the first could not be found, only one holds money', async () => {
  const ada = newId();
  const orderId = newId();
  control.add({ kind: 'commitThenDrop', match: 'POST /v1/payment_intents', times: 3 });
  control.add({ kind: 'drop', on: 'webhook', times: 2, match: 'payment_intent' });
  const mine = () =>
    control
      .store()
      .all('intents')
      .filter(intent => intent.description === `Order N${orderId.slice(-6)}`);
  const paying = shop.pay({ orderId, customerId: ada, save: true });
  const first = await vi.waitFor(() => {
    const [intent] = mine();
    if (!intent) throw new Error('Stripe has made none yet');
    return intent;
  }, 10_000);
  // Stripe's search lags, and the request is not quite the same any more: the key is no help.
  control.store().put('intents', { ...first, metadata: {} });
  for (const known of control.store().all('customers')) {
    const { id } = control.store().put('customers', { ...known, id: `cus_${newId()}` });
    await db.query('update provider_customers set provider_id = ? where customer_id = ?', [id, ada]);
  }
  await paying;
  expect(mine()).toHaveLength(2);
  const before = await shop.payment(orderId);
  expect(before).toMatchObject({ state: 'AUTHORIZED', attempt: 2 });
  control.clear();
  control.store().put('intents', first);
  control.redeliver('all');
  await vi.waitFor(
    () => expect(mine().map(intent => intent.status)).toEqual(['canceled', 'requires_capture']),
    10_000,
  );
  await shop.ask('order.capture_requested', orderId);
  expect(await shop.payment(orderId)).toMatchObject({ state: 'CAPTURED', intent_id: before['intent_id'] });
  expect(moneyOf(orderId)).toBe(5_000);
});
