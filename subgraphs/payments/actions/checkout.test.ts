import { expect, describe, test, vi } from 'vitest';

import { newId } from '#platform/ids.ts';

import { startShop } from '../testing/shop.ts';

const shop = await startShop();
const { db } = shop.service;
const { control } = shop.stripe;

const intents = async (orderId: string) => {
  const { id } = await shop.payment(orderId);
  return control
    .store()
    .all('intents')
    .filter(intent => intent.metadata['payment_id'] === id);
};
const booked = async (orderId: string) =>
  (
    await db.query<{ kind: string; account: string; debit: bigint; credit: bigint }>(
      'select kind, account, debit, credit from ledger_entries where order_id = ? order by at, transaction_id, position',
      [orderId],
    )
  ).map(({ kind, account, debit, credit }) => `${kind} ${account} ${debit - credit}`);

describe('authorising', () => {
  test('holds the money, books it and tells so', async () => {
    const orderId = await shop.pay();
    expect(await shop.payment(orderId)).toMatchObject({
      state: 'AUTHORIZED',
      authorized: 5_000n,
      captured: 0n,
      method: { kind: 'card', brand: 'visa', last4: '4242' },
    });
    expect(await shop.told(orderId)).toEqual(['payment.authorized']);
    expect(await booked(orderId)).toEqual(['AUTHORIZED receivable 5000', 'AUTHORIZED sales -5000']);
  });

  test.each([
    ['pm_card_chargeDeclined', 'generic_decline', false],
    ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds', true],
    ['pm_nonsense', 'resource_missing', false],
  ])('%s ends FAILED with %s and books nothing', async (token, declineCode, retryable) => {
    const orderId = await shop.pay({ token });
    expect(await shop.payment(orderId)).toMatchObject({ state: 'FAILED', decline_code: declineCode });
    const [failed] = (await shop.announced('payment.failed')).filter(
      each => (each.data as { orderId: string }).orderId === orderId,
    );
    expect(failed?.data).toMatchObject({ stage: 'AUTHORIZE', declineCode, retryable });
    expect(await booked(orderId)).toEqual([]);
    // Nobody can pay a refused order later with the secret of its intent.
    for (const intent of await intents(orderId)) expect(intent.status).toBe('canceled');
  });

  test('the same request twice, and a second request of the same order, make one payment', async () => {
    const eventId = newId();
    const orderId = await shop.pay({ eventId });
    await shop.pay({ orderId });
    expect(await intents(orderId)).toHaveLength(1);
    expect(await booked(orderId)).toHaveLength(2);
  });

  test('a request that is repeated after a decline is told of it again and tries no card again', async () => {
    const orderId = await shop.pay({ token: 'pm_card_chargeDeclined' });
    await shop.pay({ orderId });
    expect(await intents(orderId)).toHaveLength(1);
    expect(await db.query('select state from payments where order_id = ?', [orderId])).toEqual([
      { state: 'FAILED' },
    ]);
    expect(await shop.told(orderId)).toEqual(['payment.failed', 'payment.failed']);
  });

  test('a request that comes too late is refused without asking Stripe', async () => {
    const orderId = await shop.pay({ deadline: new Date(Date.now() - 1_000) });
    expect(await shop.payment(orderId)).toMatchObject({ state: 'FAILED', intent_id: null });
    expect(await intents(orderId)).toEqual([]);
  });
});

describe('when Stripe misbehaves', () => {
  test('an answer lost after the money was held does not hold it twice', async () => {
    control.add({ kind: 'commitThenDrop', match: 'POST /v1/payment_intents', times: 4 });
    const orderId = await shop.pay();
    expect(await shop.payment(orderId)).toMatchObject({ state: 'AUTHORIZED' });
    expect(await intents(orderId)).toHaveLength(1);
    control.clear();
  });

  test.each([429, 500, 503])('%i is tried again until it works', async status => {
    control.add({ kind: 'refuse', status, match: 'POST /v1/payment_intents', times: 3 });
    const orderId = await shop.pay();
    expect(await shop.payment(orderId)).toMatchObject({ state: 'AUTHORIZED' });
    expect(await shop.told(orderId)).toEqual(['payment.authorized']);
    control.clear();
  });

  test('a webhook that overtakes our own answer settles the payment once', async () => {
    control.add({ kind: 'commitThenDrop', match: 'POST /v1/payment_intents', times: 3 });
    const paying = shop.pay();
    const orderId = await paying;
    await vi.waitFor(async () => expect(await shop.told(orderId)).toEqual(['payment.authorized']));
    expect(await booked(orderId)).toHaveLength(2);
    control.clear();
  });

  test('a key that is older than Stripe keeps keys is not used again: the intent is found by our id', async () => {
    control.add({ kind: 'drop', match: 'POST /v1/payment_intents', times: 6 });
    const orderId = newId();
    const paying = shop.pay({ orderId });
    await vi.waitFor(async () => {
      const aged = await db.query(
        `update provider_calls set started_at = now() - interval '2 days' where payment_id = ? returning 1`,
        [(await shop.payment(orderId))['id']],
      );
      expect(aged).toHaveLength(1);
    });
    await paying;
    expect(await shop.payment(orderId)).toMatchObject({ state: 'AUTHORIZED', attempt: 2 });
    expect(await intents(orderId)).toHaveLength(1);
    control.clear();
  });
});

describe('capturing', () => {
  test('takes all of it, once, however often it is asked', async () => {
    const orderId = await shop.pay();
    await Promise.all([
      shop.ask('order.capture_requested', orderId),
      shop.ask('order.capture_requested', orderId),
    ]);
    expect(await shop.payment(orderId)).toMatchObject({
      state: 'CAPTURED',
      captured: 5_000n,
      in_saga: false,
    });
    expect(await shop.told(orderId)).toEqual(['payment.authorized', 'payment.captured']);
    expect(await booked(orderId)).toEqual([
      'AUTHORIZED receivable 5000',
      'AUTHORIZED sales -5000',
      'CAPTURED cash 5000',
      'CAPTURED receivable -5000',
    ]);
  });

  test('a refused capture is told and the payment stays authorised, for staff to decide', async () => {
    const orderId = await shop.pay();
    control.add({
      kind: 'refuse',
      status: 402,
      code: 'card_declined',
      declineCode: 'generic_decline',
      match: 'POST /v1/payment_intents/',
      times: 1,
    });
    await shop.ask('order.capture_requested', orderId);
    expect(await shop.payment(orderId)).toMatchObject({ state: 'AUTHORIZED', in_saga: false, attempt: 2 });
    const told = (await shop.announced('payment.failed')).map(each => each.data);
    expect(told).toContainEqual(
      expect.objectContaining({ orderId, stage: 'CAPTURE', declineCode: 'generic_decline' }),
    );
  });
});

describe('giving up', () => {
  test('an authorised payment is voided and its books are closed', async () => {
    const orderId = await shop.pay();
    await shop.ask('order.payment_void_requested', orderId);
    expect(await shop.payment(orderId)).toMatchObject({ state: 'VOIDED' });
    expect((await intents(orderId)).map(intent => intent.status)).toEqual(['canceled']);
    expect(await shop.told(orderId)).toEqual(['payment.authorized', 'payment.voided']);
    expect(await booked(orderId)).toEqual([
      'AUTHORIZED receivable 5000',
      'AUTHORIZED sales -5000',
      'RELEASED sales 5000',
      'RELEASED receivable -5000',
    ]);
  });

  test('a captured payment is given back in full', async () => {
    const orderId = await shop.pay();
    await shop.ask('order.capture_requested', orderId);
    await shop.ask('order.payment_void_requested', orderId);
    expect(await shop.payment(orderId)).toMatchObject({ state: 'CAPTURED', refunded: 5_000n });
    expect(await shop.told(orderId)).toEqual([
      'payment.authorized',
      'payment.captured',
      'payment.refunded',
      'payment.voided',
    ]);
  });

  test('captured money that cannot be given back yet is not called voided until it is', async () => {
    const orderId = await shop.pay();
    await shop.ask('order.capture_requested', orderId);
    control.add({ kind: 'refuse', status: 400, match: 'POST /v1/refunds', times: 1 });
    await shop.ask('order.payment_void_requested', orderId);
    expect(await shop.payment(orderId)).toMatchObject({ refunded: 5_000n });
    expect(await shop.told(orderId)).toEqual([
      'payment.authorized',
      'payment.captured',
      'payment.refund_failed',
      'payment.refunded',
      'payment.voided',
    ]);
  });

  test('a void whose request was lost on the way is finished by the follow-up', async () => {
    const orderId = await shop.pay();
    await db.query('update payments set void_requested_at = now() where order_id = ?', [orderId]);
    await vi.waitFor(async () => {
      shop.service.jobs.wake('follow-up');
      expect(await shop.payment(orderId)).toMatchObject({ state: 'VOIDED' });
    });
  });

  test('money that turns out to be held or taken once Stripe is back is not kept', async () => {
    const [held, taken] = [newId(), await shop.pay()];
    const orderIds = [held, taken];
    control.add({ kind: 'drop', on: 'webhook' });
    control.add({ kind: 'drop', match: 'GET ' });
    control.add({ kind: 'commitThenDrop', match: 'POST ' });
    const parked = async (asked: readonly Promise<string>[]): Promise<void> => {
      for (const { status } of await Promise.allSettled(asked)) expect(status).toBe('rejected');
    };
    await parked([shop.pay({ orderId: held }), shop.ask('order.capture_requested', taken)]);
    await parked(orderIds.map(orderId => shop.ask('order.payment_void_requested', orderId)));
    // Nobody knows yet: a repeated request must not be told that there is no money.
    await shop.pay({ orderId: held });
    expect(await shop.told(held)).not.toContain('payment.failed');
    control.clear();
    await vi.waitFor(
      async () => {
        shop.service.jobs.wake('follow-up');
        expect((await shop.payment(held))['state']).toBe('VOIDED');
        expect((await shop.payment(taken))['state']).toBe('CAPTURED');
      },
      { timeout: 10_000 },
    );
    expect((await intents(held)).map(intent => intent.status)).toEqual(['canceled']);
    // Orders, which hears of captured money, asks for it back; or for the void once more.
    await shop.ask('order.payment_void_requested', taken);
    expect(await shop.payment(taken)).toMatchObject({ captured: 5_000n, refunded: 5_000n });
    for (const orderId of orderIds) expect((await shop.told(orderId)).at(-1)).toBe('payment.voided');
  });

  test('a void that overtakes the request refuses it, and Stripe is never asked', async () => {
    const orderId = newId();
    await shop.ask('order.payment_void_requested', orderId);
    await shop.pay({ orderId });
    await expect(shop.payment(orderId)).rejects.toThrow('no payment');
    expect(await shop.told(orderId)).toEqual(['payment.voided', 'payment.failed']);
  });

  test('a void in the very moment of authorising ends without money', async () => {
    control.add({ kind: 'delay', match: 'POST /v1/payment_intents', ms: 300, times: 1 });
    const orderId = newId();
    const paying = shop.pay({ orderId });
    await vi.waitFor(async () => expect(await shop.payment(orderId)).toMatchObject({ state: 'CREATED' }));
    await shop.ask('order.payment_void_requested', orderId);
    await paying;
    expect(await shop.payment(orderId)).toMatchObject({ state: 'VOIDED' });
    expect((await intents(orderId)).map(intent => intent.status)).toEqual(['canceled']);
  });
});

describe('refunds of the checkout', () => {
  const refund = (orderId: string, requestKey: string, amount: string) =>
    shop.ask('order.refund_requested', orderId, {
      requestKey,
      amount,
      currency: 'EUR',
      reason: 'return',
      returnId: null,
    });

  test('happen once per request key, and never above what was captured', async () => {
    const orderId = await shop.pay();
    await shop.ask('order.capture_requested', orderId);
    await Promise.all([
      refund(orderId, `return:${orderId}:1`, '3000'),
      refund(orderId, `return:${orderId}:1`, '3000'),
    ]);
    await refund(orderId, `return:${orderId}:2`, '2001');
    expect(await shop.payment(orderId)).toMatchObject({ refunded: 3_000n, refund_reserved: 3_000n });
    expect(await shop.told(orderId)).toEqual([
      'payment.authorized',
      'payment.captured',
      'payment.refunded',
      'payment.refund_failed',
    ]);
    await refund(orderId, `return:${orderId}:3`, '2000');
    expect(await shop.payment(orderId)).toMatchObject({ refunded: 5_000n });
  });

  test('an answer lost after the refund was made does not give it back twice', async () => {
    const orderId = await shop.pay();
    await shop.ask('order.capture_requested', orderId);
    control.add({ kind: 'commitThenDrop', match: 'POST /v1/refunds', times: 4 });
    await refund(orderId, `return:${orderId}`, '1000');
    control.clear();
    expect(await shop.payment(orderId)).toMatchObject({ refunded: 1_000n });
    expect(
      shop.stripe
        .ledger()
        .filter(entry => entry.kind === 'refunded' && entry.metadata['order_id'] === orderId),
    ).toHaveLength(1);
  });

  test('refused by Stripe it is told, and asked again it is tried again', async () => {
    const orderId = await shop.pay();
    await shop.ask('order.capture_requested', orderId);
    control.add({ kind: 'refuse', status: 400, match: 'POST /v1/refunds', times: 1 });
    await refund(orderId, `cancel:${orderId}`, '5000');
    expect(await shop.told(orderId)).toContain('payment.refund_failed');
    await refund(orderId, `cancel:${orderId}`, '5000');
    await refund(orderId, `cancel:${orderId}`, '5000');
    expect(await shop.payment(orderId)).toMatchObject({ refunded: 5_000n });
    expect((await shop.told(orderId)).filter(type => type === 'payment.refunded')).toHaveLength(1);
  });

  test('a refund that the bank sends back is booked back and told', async () => {
    const orderId = await shop.pay({ token: 'pm_card_refundFail' });
    await shop.ask('order.capture_requested', orderId);
    await refund(orderId, `return:${orderId}`, '1000');
    await vi.waitFor(async () => expect(await shop.told(orderId)).toContain('payment.refund_failed'));
    expect(await shop.payment(orderId)).toMatchObject({ refunded: 0n, refund_reserved: 0n });
    expect((await booked(orderId)).slice(-4)).toEqual([
      'REFUNDED refunds 1000',
      'REFUNDED cash -1000',
      'REFUND_RETURNED cash 1000',
      'REFUND_RETURNED refunds -1000',
    ]);
  });
});

test('our books and the stand-in’s say the same, and every movement balances', async () => {
  const ours = await db.query<{ kind: string; sum: bigint }>(
    `select kind, sum(debit)::bigint as sum from ledger_entries group by kind`,
  );
  const theirs: Record<string, bigint> = {};
  for (const { kind, amount } of shop.stripe.ledger())
    theirs[kind.toUpperCase()] = (theirs[kind.toUpperCase()] ?? 0n) + BigInt(amount);
  expect(Object.fromEntries(ours.map(({ kind, sum }) => [kind, sum]))).toEqual(theirs);
  const [sums] = await db.query<{ debit: bigint; credit: bigint }>(
    'select sum(debit)::bigint as debit, sum(credit)::bigint as credit from ledger_entries',
  );
  expect(sums?.debit).toBe(sums?.credit);
});
