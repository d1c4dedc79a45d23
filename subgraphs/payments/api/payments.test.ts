import { describe, expect, test, vi } from 'vitest';

import { newId, sha256 } from '#platform/ids.ts';
import { anonymous } from '#platform/viewer.ts';

import { customer, staff, startShop } from '../testing/shop.ts';

const shop = await startShop();
const { db } = shop.service;
const { control } = shop.stripe;

const order = (fields: string) =>
  `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Order { id ${fields} } } }`;
const ask = async (orderIds: readonly string[], fields: string, viewer = anonymous) => {
  const answer = await shop.query(
    order(fields),
    { ids: orderIds.map(id => ({ __typename: 'Order', id })) },
    viewer,
  );
  return { ...answer, orders: answer.data?._entities };
};
const money = (amount: string, currency = 'EUR') => ({ amount, currency });
const captured = async () => {
  const orderId = await shop.pay();
  await shop.ask('order.capture_requested', orderId);
  return { orderId, id: String((await shop.payment(orderId))['id']) };
};
const parked = async () => {
  const orderId = await shop.pay();
  await db.query('update payments set in_saga = false where order_id = ?', [orderId]);
  return { orderId, id: String((await shop.payment(orderId))['id']) };
};

describe('an order’s money', () => {
  test('is answered for any number of orders with the same two statements', async () => {
    const paid = await captured();
    const fields =
      'paymentStatus amountAuthorized { amount } amountCaptured { amount currency } amountRefunded { amount } payments { id status amount { amount currency } method { kind brand last4 } refunds { id } }';
    const nothing = newId();
    const one = await ask([paid.orderId], fields);
    expect(one.orders[0]).toEqual({
      id: paid.orderId,
      paymentStatus: 'CAPTURED',
      amountAuthorized: { amount: '50.00' },
      amountCaptured: money('50.00'),
      amountRefunded: { amount: '0.00' },
      payments: [
        {
          id: paid.id,
          status: 'CAPTURED',
          amount: money('50.00'),
          method: { kind: 'card', brand: 'visa', last4: '4242' },
          refunds: [],
        },
      ],
    });
    const many = await ask([paid.orderId, nothing, ...Array.from({ length: 98 }, newId)], fields);
    expect(many.orders[1]).toEqual({
      id: nothing,
      paymentStatus: 'NONE',
      amountAuthorized: null,
      amountCaptured: null,
      amountRefunded: null,
      payments: [],
    });
    expect(one.statements).toBe(2);
    expect(many.statements).toBe(2);
  });

  test('the provider’s reference needs payments:read, the client secret its owner', async () => {
    const owner = customer(newId());
    const orderId = await shop.pay({ token: null, customerId: owner.id });
    const secret = 'payments { status clientSecret }';
    expect((await ask([orderId], secret, owner)).orders[0].payments[0]).toMatchObject({
      status: 'REQUIRES_ACTION',
      clientSecret: expect.stringMatching(/^pi_.*_secret_/),
    });
    for (const viewer of [anonymous, staff, customer(newId())])
      expect((await ask([orderId], secret, viewer)).orders[0].payments[0].clientSecret).toBeNull();
    const reference = 'payments { providerReference }';
    expect((await ask([orderId], reference, owner)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await ask([orderId], reference, staff)).orders[0].payments[0].providerReference).toMatch(/^pi_/);
  });

  test('a payment by reference is its owner’s or staff’s', async () => {
    const owner = customer(newId());
    const { id } = await shop.payment(await shop.pay({ customerId: owner.id }));
    const query = 'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Payment { id } } }';
    const seen = async (viewer = anonymous) =>
      (await shop.query(query, { ids: [{ __typename: 'Payment', id }] }, viewer)).data._entities[0];
    expect([await seen(owner), await seen(staff), await seen(), await seen(customer(newId()))]).toEqual([
      { id },
      { id },
      null,
      null,
    ]);
  });
});

describe('staff', () => {
  const capture = `mutation ($id: ID!, $amount: MoneyInput, $key: ID!) { paymentCapture(id: $id, amount: $amount, idempotencyKey: $key) {
    ... on PaymentSuccess { payment { id status captured { amount } } } ... on AmountExceededError { maximum { amount } } ... on UserError { __typename code } } }`;
  const voiding = `mutation ($id: ID!, $key: ID!) { paymentVoid(id: $id, idempotencyKey: $key) { ... on PaymentSuccess { payment { status } } ... on UserError { __typename code } } }`;

  test('capture part of a parked payment, and a repetition answers the same', async () => {
    const { id, orderId } = await parked();
    const variables = { id, amount: money('30.00'), key: 'k' };
    const expected = { payment: { id, status: 'PARTIALLY_CAPTURED', captured: { amount: '30.00' } } };
    expect((await shop.query(capture, variables, staff)).data.paymentCapture).toEqual(expected);
    expect((await shop.query(capture, variables, staff)).data.paymentCapture).toEqual(expected);
    expect(
      (await shop.query(capture, { ...variables, amount: null }, staff)).data.paymentCapture,
    ).toMatchObject({ __typename: 'IdempotencyMismatchError' });
    const books = await db.query<{ kind: string; debit: bigint }>(
      'select kind, debit from ledger_entries where order_id = ? and debit > 0 order by debit',
      [orderId],
    );
    expect(books).toEqual([
      { kind: 'RELEASED', debit: 2_000n },
      { kind: 'CAPTURED', debit: 3_000n },
      { kind: 'AUTHORIZED', debit: 5_000n },
    ]);
  });

  test('may not touch what the checkout still decides', async () => {
    const { id } = await shop.payment(await shop.pay());
    for (const [document, field] of [
      [capture, 'paymentCapture'],
      [voiding, 'paymentVoid'],
    ] as const) {
      const { data } = await shop.query(document, { id, key: newId() }, staff);
      expect(data[field]).toEqual({ __typename: 'ConflictError', code: 'CHECKOUT_RUNNING' });
    }
  });

  test('void a parked payment once; a captured one is refused', async () => {
    const { id } = await parked();
    expect((await shop.query(voiding, { id, key: 'v' }, staff)).data.paymentVoid).toEqual({
      payment: { status: 'VOIDED' },
    });
    expect((await shop.query(voiding, { id, key: 'v' }, staff)).data.paymentVoid).toEqual({
      payment: { status: 'VOIDED' },
    });
    const done = await captured();
    expect((await shop.query(voiding, { id: done.id, key: 'w' }, staff)).data.paymentVoid).toMatchObject({
      code: 'PAYMENT_STATE',
    });
  });

  test('are told what is wrong', async () => {
    const { id } = await parked();
    const codes = async (variables: object) =>
      (await shop.query(capture, { key: newId(), ...variables }, staff)).data.paymentCapture;
    expect(await codes({ id, amount: money('50.01') })).toEqual({
      __typename: 'AmountExceededError',
      code: 'AMOUNT_EXCEEDED',
      maximum: { amount: '50.00' },
    });
    expect(await codes({ id, amount: money('1.00', 'USD') })).toMatchObject({
      __typename: 'ValidationError',
      code: 'CURRENCY',
    });
    expect(await codes({ id: newId() })).toMatchObject({ __typename: 'NotFoundError' });
    expect(await codes({ id: 'x' })).toMatchObject({ __typename: 'NotFoundError' });
    expect(
      (await shop.query(capture, { id, key: 'k' }, customer(newId()))).errors?.[0]?.extensions.code,
    ).toBe('FORBIDDEN');
    expect((await shop.query(capture, { id, key: 'k' })).errors?.[0]?.extensions.code).toBe(
      'UNAUTHENTICATED',
    );
  });
});

describe('refunds by hand', () => {
  const document = `mutation Refund($paymentId: ID!, $amount: MoneyInput!, $reason: String, $idempotencyKey: ID!) { refundCreate(paymentId: $paymentId, amount: $amount, reason: $reason, idempotencyKey: $idempotencyKey) { ... on RefundSuccess { refund { id status amount { amount currency } } payment { id status refunded { amount currency } } } ... on AmountExceededError { maximum { amount currency } } ... on UserError { __typename code message field } } }`;
  const refund = async (paymentId: string, amount: object, key: string = newId()) =>
    (await shop.query(document, { paymentId, amount, reason: 'scratched', idempotencyKey: key }, staff)).data
      .refundCreate;

  test('ten at once over the money for three give back three', async () => {
    const { id, orderId } = await captured();
    const answers = await Promise.all(Array.from({ length: 10 }, () => refund(id, money('16.00'))));
    expect(answers.filter(answer => answer.refund)).toHaveLength(3);
    expect(answers.filter(answer => answer.__typename === 'AmountExceededError')).toHaveLength(7);
    expect(await shop.payment(orderId)).toMatchObject({ refunded: 4_800n });
    expect(await refund(id, money('3.00'))).toMatchObject({
      maximum: money('2.00'),
      code: 'AMOUNT_EXCEEDED',
    });
  });

  test('the same key gives back once', async () => {
    const { id } = await captured();
    const answers = await Promise.all(Array.from({ length: 5 }, () => refund(id, money('10.00'), 'same')));
    expect(new Set(answers.map(answer => answer.refund.id)).size).toBe(1);
    expect(await refund(id, money('11.00'), 'same')).toMatchObject({
      __typename: 'IdempotencyMismatchError',
    });
    expect(await refund(id, money('1.00', 'USD'))).toMatchObject({
      __typename: 'ValidationError',
      code: 'CURRENCY',
      field: ['amount', 'currency'],
    });
  });

  test('stay PENDING while Stripe cannot be reached, and go on by themselves', async () => {
    const { id, orderId } = await captured();
    control.add({ kind: 'drop', match: 'POST /v1/refunds' });
    expect(await refund(id, money('10.00'))).toMatchObject({ refund: { status: 'PENDING' } });
    control.clear();
    await vi.waitFor(async () => {
      shop.service.jobs.wake('follow-up');
      expect(await shop.payment(orderId)).toMatchObject({ refunded: 1_000n });
    });
    expect((await ask([orderId], 'paymentStatus payments { refunds { status } }')).orders[0]).toMatchObject({
      paymentStatus: 'PARTIALLY_REFUNDED',
      payments: [{ refunds: [{ status: 'SUCCEEDED' }] }],
    });
  });

  test('refused by Stripe they fail and the money can be promised again', async () => {
    const { id, orderId } = await captured();
    control.add({
      kind: 'refuse',
      status: 400,
      code: 'charge_disputed',
      match: 'POST /v1/refunds',
      times: 1,
    });
    expect(await refund(id, money('50.00'))).toMatchObject({
      refund: { status: 'FAILED' },
      payment: { status: 'CAPTURED' },
    });
    expect(await shop.payment(orderId)).toMatchObject({ refund_reserved: 0n });
    expect(await refund(id, money('50.00'))).toMatchObject({
      refund: { status: 'SUCCEEDED' },
      payment: { status: 'REFUNDED' },
    });
  });
});

describe('3-D Secure', () => {
  const answer = async (orderId: string, outcome: string) => {
    const [told] = (await shop.announced('payment.action_required')).filter(
      each => (each.data as { orderId: string }).orderId === orderId,
    );
    if (!told) throw new Error('no action was asked for');
    const { redirectUrl } = told.data as { redirectUrl: string };
    return fetch(redirectUrl, { method: 'POST', body: new URLSearchParams({ outcome }), redirect: 'manual' });
  };

  test('passed, the payment is authorised by the webhook', async () => {
    const orderId = await shop.pay({ token: 'pm_card_authenticationRequired' });
    expect(await shop.payment(orderId)).toMatchObject({ state: 'REQUIRES_ACTION' });
    const page = await answer(orderId, 'complete');
    expect(page.headers.get('location')).toMatch(/^https:\/\/shop\.example\/orders\/N/);
    await vi.waitFor(async () => expect(await shop.payment(orderId)).toMatchObject({ state: 'AUTHORIZED' }));
    expect(await shop.told(orderId)).toEqual(['payment.action_required', 'payment.authorized']);
  });

  test('failed, the payment fails and its intent is closed', async () => {
    const orderId = await shop.pay({ token: 'pm_card_authenticationRequired' });
    await answer(orderId, 'fail');
    await vi.waitFor(async () =>
      expect(await shop.payment(orderId)).toMatchObject({ state: 'FAILED', provider_closed: true }),
    );
    expect(await shop.told(orderId)).toEqual(['payment.action_required', 'payment.failed']);
  });

  test('with every webhook lost, asking finds it', async () => {
    control.add({ kind: 'drop', on: 'webhook' });
    const orderId = await shop.pay({ token: 'pm_card_authenticationRequired' });
    await answer(orderId, 'complete');
    await vi.waitFor(async () => {
      shop.service.jobs.wake('follow-up');
      expect(await shop.payment(orderId)).toMatchObject({ state: 'AUTHORIZED' });
    });
    control.clear();
  });

  test('given up before the bank answers, a late success holds no money', async () => {
    const orderId = await shop.pay({ token: 'pm_card_authenticationRequired' });
    await shop.ask('order.payment_void_requested', orderId);
    await answer(orderId, 'complete');
    expect(await shop.payment(orderId)).toMatchObject({ state: 'VOIDED' });
    expect(shop.stripe.ledger().filter(entry => entry.metadata['order_id'] === orderId)).toEqual([]);
  });
});

test('a saved method is kept, shown to its owner, used again and forgotten', async () => {
  const owner = customer(newId());
  const list = async (viewer = owner) =>
    (
      await shop.query(
        'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Customer { paymentMethods { id isDefault details { brand last4 } } } } }',
        { ids: [{ __typename: 'Customer', id: owner.id }] },
        viewer,
      )
    ).data._entities[0].paymentMethods;
  await shop.pay({ customerId: owner.id, save: true });
  await shop.pay({ customerId: owner.id, save: true, token: 'pm_card_mastercard' });
  await shop.pay({ customerId: owner.id, token: 'pm_card_amex' });
  const [first, second] = await list();
  expect([first, second]).toMatchObject([
    { isDefault: true, details: { brand: 'visa', last4: '4242' } },
    { isDefault: false, details: { brand: 'mastercard' } },
  ]);
  expect([await list(staff), await list(customer(newId()))]).toEqual([null, null]);

  const again = await shop.pay({ customerId: owner.id, savedMethodId: second.id });
  expect(await shop.payment(again)).toMatchObject({ state: 'AUTHORIZED', method: { brand: 'mastercard' } });
  const stolen = await shop.pay({ customerId: newId(), savedMethodId: second.id });
  expect(await shop.payment(stolen)).toMatchObject({ state: 'FAILED', decline_code: 'saved_method_missing' });

  const remove = async (id: string, viewer = owner) =>
    (await shop.query('mutation ($id: ID!) { paymentMethodRemove(id: $id) }', { id }, viewer)).data
      .paymentMethodRemove;
  expect([
    await remove(first.id, customer(newId())),
    await remove(first.id),
    await remove(first.id),
    await remove('x'),
  ]).toEqual([false, true, false, false]);
  expect(await list()).toMatchObject([{ id: second.id, isDefault: true }]);
  expect(
    control
      .store()
      .all('methods')
      .filter(method => method.customer !== null),
  ).toHaveLength(1);

  const recipient = { email: 'ada@example.com', name: 'Ada', locale: 'en' };
  const aggregate = { type: 'Customer', id: owner.id ?? '' };
  await shop.deliver({
    type: 'customer.erased',
    aggregate,
    data: { customerId: owner.id, recipient, version: 2 },
  });
  expect(await list()).toEqual([]);
  const kept = await shop.service.db.query(
    `select 1 from saved_methods where customer_id = ? and (removed_at is null or details <> '{}')`,
    [owner.id],
  );
  expect(kept).toEqual([]);
});

test('what is confirmed at the bank after the account was deleted is paid, and not kept as a method', async () => {
  const owner = newId();
  const known = new Set(control.store().all('challenges'));
  const orderId = await shop.pay({ customerId: owner, save: true, token: 'pm_card_authenticationRequired' });
  await shop.deliver({
    type: 'customer.erased',
    aggregate: { type: 'Customer', id: owner },
    data: { customerId: owner, recipient: { email: 'a@example.com', name: 'A', locale: 'en' }, version: 2 },
  });
  for (const page of control.store().all('challenges'))
    if (!known.has(page))
      await fetch(`${shop.stripe.url}/stripe/3ds/${page.id}`, {
        method: 'POST',
        body: new URLSearchParams({ outcome: 'complete' }),
        redirect: 'manual',
      });
  await expect.poll(async () => (await shop.payment(orderId))['state']).toBe('AUTHORIZED');
  expect(await db.query('select details from saved_methods where customer_id = ?', [owner])).toEqual([]);
});

test('whoever deletes the account is deleted at Stripe too, once nothing is to be paid any more', async () => {
  const owner = newId();
  const known = () =>
    control
      .store()
      .all('customers')
      .filter(({ metadata }) => metadata['customer_id'] === owner);
  const erase = (id: string) =>
    shop.deliver({
      type: 'customer.erased',
      aggregate: { type: 'Customer', id },
      data: { customerId: id, recipient: { email: 'a@example.com', name: 'A', locale: 'en' }, version: 2 },
    });
  const runs = async (outcome: string): Promise<number> => {
    const told = await shop.service.metrics.registry.getSingleMetric('job_runs_total')?.get();
    const run = told?.values.find(
      ({ labels }) => labels['name'] === 'follow-up' && labels['outcome'] === outcome,
    );
    return run?.value ?? 0;
  };
  /** One run of the job from its beginning to its end; the one that may be under way comes before. */
  const followUp = async (outcome = 'done') => {
    for (const before of [await runs(outcome), (await runs(outcome)) + 1]) {
      shop.service.jobs.wake('follow-up');
      await expect.poll(() => runs(outcome), { timeout: 10_000 }).toBeGreaterThan(before);
    }
  };
  const orderId = await shop.pay({ customerId: owner, save: true });
  await erase(owner);
  await followUp();
  expect(known()).toHaveLength(1);

  await shop.ask('order.capture_requested', orderId);
  control.add({ kind: 'drop', match: 'DELETE /v1/customers' });
  await followUp('failed');
  expect(known()).toHaveLength(1);
  control.clear();
  await followUp();
  expect(known()).toEqual([]);
  expect(
    await shop.service.db.query('select 1 from provider_customers where customer_id = ?', [owner]),
  ).toEqual([]);

  // What was ordered before and is paid only now makes nobody known again; what was paid can be given back.
  const late = await shop.pay({ customerId: owner, save: true });
  expect(await shop.payment(late)).toMatchObject({ state: 'AUTHORIZED' });
  expect(known()).toEqual([]);
  const refund = { requestKey: `return:${newId()}`, amount: '100', currency: 'EUR', reason: 'scratched' };
  await shop.ask('order.refund_requested', orderId, { ...refund, returnId: null });
  await expect.poll(async () => (await shop.payment(orderId))['refunded']).toBe(100n);
});

describe('following an order’s payments', () => {
  const document =
    'subscription ($orderId: ID!, $guestToken: String) { paymentUpdated(orderId: $orderId, guestToken: $guestToken) { status clientSecret captured { amount } } }';
  const next = async (updates: AsyncGenerator<{ data: { paymentUpdated: unknown } }>) =>
    (await updates.next()).value?.data.paymentUpdated;

  test('a guest with the token sees the state at once and each change in order', async () => {
    const orderId = await shop.pay({ token: null, guestTokenHash: sha256('the token') });
    const updates = shop.subscribe(document, { orderId, guestToken: 'the token' });
    expect(await next(updates)).toMatchObject({
      status: 'REQUIRES_ACTION',
      clientSecret: expect.any(String),
    });
    const { intent_id: intent, client_secret: secret } = await shop.payment(orderId);
    await fetch(`${shop.stripe.url}/v1/payment_intents/${String(intent)}/confirm`, {
      method: 'POST',
      headers: { authorization: 'Bearer pk_test_browser' },
      body: new URLSearchParams({ payment_method: 'pm_card_visa', client_secret: String(secret) }),
    });
    expect(await next(updates)).toMatchObject({ status: 'AUTHORIZED' });
    await shop.ask('order.capture_requested', orderId);
    expect(await next(updates)).toEqual({
      status: 'CAPTURED',
      captured: { amount: '50.00' },
      clientSecret: null,
    });
    await updates.return(undefined);
  });

  test('a stranger sees the same as for an order that is not there', async () => {
    const orderId = await shop.pay({ customerId: newId(), guestTokenHash: null });
    for (const [id, viewer] of [
      [orderId, customer(newId())],
      [orderId, anonymous],
      [newId(), anonymous],
      ['x', anonymous],
    ] as const) {
      const updates = shop.subscribe(document, { orderId: id, guestToken: 'guess' }, viewer);
      expect(await next(updates)).toBeNull();
      await updates.return(undefined);
    }
  });
});

describe('the books', () => {
  test('are shown line by line', async () => {
    const { orderId, id } = await captured();
    const { data } = await shop.query(
      'query Books($orderId: ID!) { ledger(orderId: $orderId) { at account debit { amount currency } credit { amount currency } reference } }',
      { orderId },
      staff,
    );
    expect(data.ledger).toMatchObject([
      { account: 'receivable', debit: money('50.00'), credit: null, reference: id },
      { account: 'sales', debit: null, credit: money('50.00') },
      { account: 'cash', debit: money('50.00') },
      { account: 'receivable', credit: money('50.00') },
    ]);
  });

  test('refuse to be changed, emptied or left out of balance', async () => {
    const { id, orderId } = await captured();
    for (const sql of [
      'update ledger_entries set debit = debit',
      'delete from ledger_entries',
      'truncate ledger_entries',
    ]) {
      await expect(db.query(sql)).rejects.toThrow('append-only');
    }
    const line = `insert into ledger_entries (id, transaction_id, position, order_id, payment_id, kind, reference, account, debit, credit, currency)
      values (?, ?, 1, ?, ?, 'REFUNDED', ?, 'cash', 5, 0, 'EUR')`;
    await expect(db.query(line, [newId(), newId(), orderId, id, newId()])).rejects.toThrow(
      'does not balance',
    );
  });
});

test('a reference whose key can be nobody’s id answers nothing, and no fault', async () => {
  const ids = ['Order', 'Payment', 'Refund', 'Customer'].map(__typename => ({ __typename, id: 'x' }));
  const query = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Order { paymentStatus payments { id } amountCaptured { amount } }
    ... on Payment { id } ... on Refund { id } ... on Customer { paymentMethods { id } } } }`;
  const { data, errors } = await shop.query(query, { ids }, { ...staff, scopes: ['payments:read'] });
  expect(errors).toBeUndefined();
  expect(data._entities).toEqual([
    { paymentStatus: 'NONE', payments: [], amountCaptured: null },
    null,
    null,
    { paymentMethods: null },
  ]);
});

describe('reconciliation', () => {
  const query =
    'query Reconcile($from: DateTime!, $to: DateTime!) { reconciliation(from: $from, to: $to) { matched missingLocally missingAtProvider amountMismatches } }';
  const hour = () => ({
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 5_000).toISOString(),
  });

  test('finds and applies what lost webhooks would have said', async () => {
    control.add({ kind: 'drop', on: 'webhook' });
    const waiting = await Promise.all(Array.from({ length: 5 }, () => shop.pay({ token: null })));
    for (const orderId of waiting) {
      const { intent_id: intent } = await shop.payment(orderId);
      const confirmed = await fetch(`${shop.stripe.url}/v1/payment_intents/${String(intent)}/confirm`, {
        method: 'POST',
        headers: { authorization: 'Bearer sk_test_tests' },
        body: new URLSearchParams({ payment_method: 'pm_card_visa' }),
      });
      expect(confirmed.status).toBe(200);
    }
    control.clear();
    const { data } = await shop.query(query, hour(), staff);
    expect(data.reconciliation).toMatchObject({
      missingLocally: 0,
      missingAtProvider: 0,
      amountMismatches: 0,
    });
    expect(data.reconciliation.matched).toBeGreaterThanOrEqual(5);
    for (const orderId of waiting) expect(await shop.payment(orderId)).toMatchObject({ state: 'AUTHORIZED' });
  });

  test('costs as many statements for many payments that agree as for few', async () => {
    const refunded = async (): Promise<void> => {
      const { orderId } = await captured();
      const more = { requestKey: `return:${newId()}`, amount: '100', currency: 'EUR', reason: 'scratched' };
      await shop.ask('order.refund_requested', orderId, { ...more, returnId: null });
    };
    const settled = async () => {
      await shop.query(query, hour(), staff);
      return shop.query(query, hour(), staff);
    };
    await refunded();
    const few = await settled();
    await Promise.all(Array.from({ length: 10 }, () => shop.pay()));
    await Promise.all(Array.from({ length: 5 }, refunded));
    const many = await settled();
    expect(many.data.reconciliation.matched).toBe(few.data.reconciliation.matched + 20);
    expect(many.statements).toBe(few.statements);
    expect(many.statements).toBeLessThanOrEqual(6);
  });

  test('counts what is on one side only, and what differs', async () => {
    const { orderId } = await captured();
    const store = control.store();
    const intent = store.get('intents', String((await shop.payment(orderId))['intent_id']));
    if (!intent) throw new Error('no intent');
    store.put('intents', { ...intent, id: 'pi_foreign', metadata: {} });
    store.put('intents', { ...intent, amount_received: 4_999 });
    const gone = await captured();
    store.remove('intents', String((await shop.payment(gone.orderId))['intent_id']));
    const { data } = await shop.query(query, hour(), staff);
    expect(data.reconciliation).toMatchObject({
      missingLocally: 1,
      missingAtProvider: 1,
      amountMismatches: 1,
    });
  });

  test('takes a period of at most 31 days', async () => {
    const { errors } = await shop.query(
      query,
      { from: '2026-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' },
      staff,
    );
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
