import { mkdtempSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { type StripeStandIn, startStripe } from './server.ts';

const secretKey = 'sk_test_standin';
const webhookSecret = 'whsec_standin';
let standIn: StripeStandIn;
let stripe: Stripe;
let hook: Server;
let received: Stripe.Event[];
let failing: number;

const client = (port: number, key = secretKey, maxNetworkRetries = 0): Stripe =>
  new Stripe(key, {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries,
    timeout: 2_000,
  });
const manual = (method: string) => ({
  amount: 1_999,
  currency: 'eur',
  capture_method: 'manual' as const,
  confirm: true,
  payment_method: method,
  return_url: 'https://shop.example/done',
  metadata: { payment_id: 'p1' },
});
const types = (): string[] => received.map(event => event.type);

beforeEach(async () => {
  received = [];
  failing = 0;
  hook = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (failing > 0) {
        failing -= 1;
        return response.writeHead(500).end();
      }
      received.push(
        stripe.webhooks.constructEvent(
          Buffer.concat(chunks),
          request.headers['stripe-signature'] ?? '',
          webhookSecret,
          300,
        ),
      );
      return response.writeHead(200).end();
    });
  });
  await new Promise<void>(resolve => void hook.listen(0, '127.0.0.1', resolve));
  const webhookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/webhooks/stripe`;
  standIn = await startStripe({ port: 0, webhookUrl, webhookSecret, secretKey, retryDelays: [10] });
  stripe = client(standIn.port);
});
afterEach(async () => {
  await standIn.stop();
  hook.closeAllConnections();
  await new Promise(resolve => hook.close(resolve));
});

describe('paying', () => {
  test('a visa is authorised, captured in part and refunded, and the books say so', async () => {
    const intent = await stripe.paymentIntents.create({
      ...manual('pm_card_visa'),
      expand: ['latest_charge'],
    });
    expect(intent).toMatchObject({
      status: 'requires_capture',
      amount_capturable: 1_999,
      latest_charge: { payment_method_details: { card: { last4: '4242' } } },
    });
    const captured = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 1_500 });
    expect(captured).toMatchObject({ status: 'succeeded', amount_received: 1_500, amount_capturable: 0 });
    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 500 });
    expect(refund).toMatchObject({ status: 'succeeded', amount: 500 });
    await expect(stripe.refunds.create({ payment_intent: intent.id, amount: 1_001 })).rejects.toMatchObject({
      statusCode: 400,
    });
    expect(standIn.ledger().map(entry => [entry.kind, entry.amount])).toEqual([
      ['authorized', 1_999],
      ['captured', 1_500],
      ['released', 499],
      ['refunded', 500],
    ]);
    expect((await stripe.balance.retrieve()).available).toMatchObject([{ amount: 1_000, currency: 'eur' }]);
    await vi.waitFor(() =>
      expect(types().toSorted()).toEqual([
        'charge.captured',
        'charge.refunded',
        'charge.succeeded',
        'payment_intent.amount_capturable_updated',
        'payment_intent.created',
        'payment_intent.succeeded',
        'refund.created',
      ]),
    );
  });

  test.each([
    ['pm_card_chargeDeclined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
  ])('%s is declined with %s and leaves an intent behind', async (method, declineCode) => {
    const error = await stripe.paymentIntents.create(manual(method)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error).toMatchObject({
      decline_code: declineCode,
      code: 'card_declined',
      payment_intent: { status: 'requires_payment_method' },
    });
    expect(standIn.ledger()).toEqual([]);
  });

  test('dinars are taken, captured and given back in tens only', async () => {
    const refused = expect.objectContaining({ code: 'invalid_charge_amount' });
    const create = (amount: number) =>
      stripe.paymentIntents.create({ ...manual('pm_card_visa'), amount, currency: 'kwd' });
    await expect(create(5_001)).rejects.toThrow(refused);
    const intent = await create(5_000);
    const capture = (amount: number) =>
      stripe.paymentIntents.capture(intent.id, { amount_to_capture: amount });
    await expect(capture(4_999)).rejects.toThrow(refused);
    await capture(4_990);
    const refund = (amount: number) => stripe.refunds.create({ payment_intent: intent.id, amount });
    await expect(refund(1)).rejects.toThrow(refused);
    await expect(refund(10)).resolves.toMatchObject({ status: 'succeeded' });
  });

  test('an intent without a method is confirmed later, by a browser that knows its secret', async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 500,
      currency: 'jpy',
      capture_method: 'manual',
    });
    expect(intent.status).toBe('requires_payment_method');
    const browser = client(standIn.port, 'pk_test_x');
    await expect(browser.paymentIntents.capture(intent.id)).rejects.toMatchObject({ statusCode: 401 });
    // The SDK types leave client_secret to Stripe.js.
    const browserParams = { payment_method: 'pm_card_mastercard', client_secret: intent.client_secret ?? '' };
    const confirmed = await browser.paymentIntents.confirm(intent.id, browserParams);
    expect(confirmed.status).toBe('requires_capture');
  });

  test('a cancelled intent cannot be captured and frees what was held', async () => {
    const intent = await stripe.paymentIntents.create(manual('pm_card_visa'));
    expect((await stripe.paymentIntents.cancel(intent.id)).status).toBe('canceled');
    await expect(stripe.paymentIntents.capture(intent.id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    expect(standIn.ledger().at(-1)).toMatchObject({ kind: 'released', amount: 1_999 });
  });
});

describe('3-D Secure', () => {
  test.each([
    ['complete', 'requires_capture', 'succeeded'],
    ['fail', 'requires_payment_method', 'failed'],
  ])('the bank page posts %s and the intent becomes %s', async (outcome, status, redirectStatus) => {
    const intent = await stripe.paymentIntents.create(manual('pm_card_authenticationRequired'));
    expect(intent.status).toBe('requires_action');
    const url = intent.next_action?.redirect_to_url?.url ?? '';
    expect(await (await fetch(url)).text()).toContain('value="complete"');
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ outcome }),
      redirect: 'manual',
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(
      `https://shop.example/done?payment_intent=${intent.id}&redirect_status=${redirectStatus}`,
    );
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe(status);
  });
});

describe('idempotency keys', () => {
  test('the same key gives the same answer, a decline included', async () => {
    const options = { idempotencyKey: 'k1' };
    const first = await stripe.paymentIntents.create(manual('pm_card_visa'), options);
    expect((await stripe.paymentIntents.create(manual('pm_card_visa'), options)).id).toBe(first.id);
    const declined = () =>
      stripe.paymentIntents.create(manual('pm_card_chargeDeclined'), { idempotencyKey: 'k2' }).then(
        () => null,
        (reason: Stripe.errors.StripeCardError) => reason.payment_intent?.id,
      );
    const intentId = await declined();
    expect(intentId).toMatch(/^pi_/);
    expect(await declined()).toBe(intentId);
    expect((await stripe.paymentIntents.list()).data).toHaveLength(2);
  });

  test('another request under the key is refused', async () => {
    await stripe.paymentIntents.create(manual('pm_card_visa'), { idempotencyKey: 'k1' });
    await expect(
      stripe.paymentIntents.create({ ...manual('pm_card_visa'), amount: 2_000 }, { idempotencyKey: 'k1' }),
    ).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });

  test('a request that comes while the first still runs gets 409', async () => {
    standIn.control.add({ kind: 'delay', ms: 200, times: 1 });
    const slow = stripe.paymentIntents.create(manual('pm_card_visa'), { idempotencyKey: 'k1' });
    await vi.waitFor(() =>
      expect(
        stripe.paymentIntents.create(manual('pm_card_visa'), { idempotencyKey: 'k1' }),
      ).rejects.toMatchObject({ statusCode: 409 }),
    );
    await slow;
    expect(standIn.ledger()).toHaveLength(1);
  });
});

describe('saved methods', () => {
  test('setup_future_usage attaches the method once the payment is authorised; detach takes it off', async () => {
    const customer = await stripe.customers.create({
      email: 'a@example.com',
      metadata: { customer_id: 'c1' },
    });
    const intent = await stripe.paymentIntents.create({
      ...manual('pm_card_visa'),
      customer: customer.id,
      setup_future_usage: 'on_session',
    });
    const { data } = await stripe.customers.listPaymentMethods(customer.id);
    expect(data.map(method => method.id)).toEqual([intent.payment_method]);
    const again = await stripe.paymentIntents.create({
      ...manual(String(intent.payment_method)),
      customer: customer.id,
    });
    expect(again.status).toBe('requires_capture');
    await stripe.paymentMethods.detach(String(intent.payment_method));
    expect((await stripe.paymentMethods.list({ customer: customer.id, type: 'card' })).data).toEqual([]);
  });
});

describe('being told to misbehave', () => {
  test('commit, then drop the socket: the SDK gets the kept answer by the same key', async () => {
    standIn.control.add({ kind: 'commitThenDrop', match: 'POST /v1/payment_intents', times: 1 });
    const intent = await client(standIn.port, secretKey, 1).paymentIntents.create(manual('pm_card_visa'), {
      idempotencyKey: 'k1',
    });
    expect(intent.status).toBe('requires_capture');
    expect(standIn.ledger()).toHaveLength(1);
  });

  test('POST /control takes the same orders, and refuses nonsense', async () => {
    const send = (body: unknown) =>
      fetch(`${standIn.url}/control`, { method: 'POST', body: JSON.stringify(body) });
    expect((await send({ faults: [{ kind: 'refuse', status: 429, times: 1 }] })).status).toBe(200);
    await expect(stripe.balance.retrieve()).rejects.toBeInstanceOf(Stripe.errors.StripeRateLimitError);
    expect((await stripe.balance.retrieve()).object).toBe('balance');
    expect((await send({ faults: [{ kind: 'explode' }] })).status).toBe(400);
  });

  test('webhooks are retried, duplicated, dropped and turned round', async () => {
    failing = 2;
    standIn.control.add({ kind: 'duplicate', match: 'customer.', times: 1 });
    await stripe.customers.create({});
    await vi.waitFor(() => expect(types()).toEqual(['customer.created', 'customer.created']));
    expect(new Set(received.map(event => event.id)).size).toBe(1);
    received = [];
    standIn.control.add(
      { kind: 'drop', on: 'webhook', match: 'payment_intent.created' },
      { kind: 'reorder', window: 2 },
    );
    await stripe.paymentIntents.create(manual('pm_card_visa'));
    await vi.waitFor(() =>
      expect(types().toSorted()).toEqual(['charge.succeeded', 'payment_intent.amount_capturable_updated']),
    );
    received = [];
    standIn.control.clear();
    expect(standIn.control.redeliver('all')).toBe(4);
    await vi.waitFor(() => expect(received).toHaveLength(4));
  });
});

test('lists are paged by the SDK, and intents are found by metadata', async () => {
  for (let n = 0; n < 5; n += 1)
    await stripe.paymentIntents.create({
      amount: 100 + n,
      currency: 'eur',
      metadata: { payment_id: `p${n}` },
    });
  const all = await stripe.paymentIntents.list({ limit: 2 }).autoPagingToArray({ limit: 100 });
  expect(all.map(intent => intent.amount)).toEqual([104, 103, 102, 101, 100]);
  const { data } = await stripe.paymentIntents.search({ query: "metadata['payment_id']:'p3'" });
  expect(data.map(intent => intent.amount)).toEqual([103]);
});

test('a second start on the same file knows the first one’s payments and keys', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'stripe-')), 'stripe.jsonl');
  const first = await startStripe({ port: 0, webhookSecret, secretKey, file });
  const intent = await client(first.port).paymentIntents.create(manual('pm_card_visa'), {
    idempotencyKey: 'k1',
  });
  await first.stop();
  const second = await startStripe({ port: 0, webhookSecret, secretKey, file });
  expect(
    (await client(second.port).paymentIntents.create(manual('pm_card_visa'), { idempotencyKey: 'k1' })).id,
  ).toBe(intent.id);
  expect(second.ledger()).toEqual(first.ledger());
  await second.stop();
});

test('a wrong key and an unknown intent are refused as Stripe refuses them', async () => {
  await expect(client(standIn.port, 'sk_test_other').balance.retrieve()).rejects.toBeInstanceOf(
    Stripe.errors.StripeAuthenticationError,
  );
  await expect(stripe.paymentIntents.retrieve('pi_none')).rejects.toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
  });
});
