import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { customers } from '../embedded/sample/accounts.ts';
import { type Collector, type ReceivedSpan, startCollector } from './support/collector.ts';
import { type TestShop, openTestShop } from './support/shop.ts';
import { address, checkout, fillCart, findVariants, until } from './support/shopping.ts';

let collector: Collector;
let shop: TestShop;
beforeAll(async () => {
  collector = await startCollector();
  shop = await openTestShop({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` });
}, 120_000);
// Runs before the shop stops: from here on its last spans have nowhere to go, which must not keep it from stopping.
afterAll(() => collector.close());

const foreignTrace = '4bf92f3577b34da6a3ce929d0e0e4736';

/** Sends one request as a client that traces too, and answers the trace that the router began for it. */
async function ask(query: string, enough: (trace: readonly ReceivedSpan[]) => boolean) {
  const response = await fetch(`${shop.client.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      traceparent: `00-${foreignTrace}-00f067aa0ba902b7-01`,
    },
    body: JSON.stringify({ query }),
  });
  expect(response.status).toBe(200);
  const traceId = response.headers.get('x-correlation-id')?.replaceAll('-', '');
  return until(async () => collector.spans.filter(span => span.traceId === traceId), enough);
}

const named = (spans: readonly ReceivedSpan[], service: string, name: string | RegExp): ReceivedSpan => {
  const found = spans.find(
    span =>
      span.service === service && (typeof name === 'string' ? span.name === name : name.test(span.name)),
  );
  if (!found)
    throw new Error(
      `no span ${name} of ${service} in ${spans.map(s => `${s.service}: ${s.name}`).join(', ')}`,
    );
  return found;
};

/** Names from the root down to the span. */
const lineOf = (spans: readonly ReceivedSpan[], span: ReceivedSpan): string[] => {
  const parent = spans.find(each => each.spanId === span.parentSpanId);
  return [...(parent ? lineOf(spans, parent) : []), `${span.service}: ${span.name}`];
};

describe('a query', () => {
  test('is one trace from the router to the statements', async () => {
    const spans = await ask('query Shelf { products(first: 2) { edges { node { name } } } }', found =>
      found.some(span => span.service === 'router' && span.name === 'query Shelf'),
    );
    const root = named(spans, 'router', 'query Shelf');
    expect(root.parentSpanId).toBeUndefined();
    expect(root.links).toEqual([foreignTrace]);
    expect(root.attributes).toMatchObject({
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Shelf',
      'http.response.status_code': 200,
      'graphql.fetches': 1,
    });
    const all = await until(
      async () => collector.spans.filter(span => span.traceId === root.traceId),
      found => found.some(span => span.name.endsWith('_db') && span.service === 'products'),
    );
    const statement = named(all, 'products', / .*products_db|^\w+ /);
    expect(statement.attributes['db.system']).toBe('postgresql');
    expect(lineOf(all, statement)).toEqual([
      'router: query Shelf',
      'router: fetch products',
      expect.stringMatching(/^products: query Shelf/) as string,
      expect.stringMatching(/^products: (SELECT|WITH) /) as string,
    ]);
  });

  test('that fails is marked, without what it said', async () => {
    const spans = await ask('query Wrong { customers(first: 1) { edges { node { email } } } }', found =>
      found.some(span => span.name === 'query Wrong'),
    );
    const root = named(spans, 'router', 'query Wrong');
    expect(root.failed).toBe(true);
    expect(root.attributes['error.type']).toBe('UNAUTHENTICATED');
  });
});

describe('a checkout', () => {
  let spans: readonly ReceivedSpan[];
  let token: string;
  beforeAll(async () => {
    token = await shop.signIn();
    const [variant] = await findVariants(shop.client, 1);
    const basket = await fillCart(shop.client, {
      token,
      lines: [{ variantId: variant?.id ?? '', quantity: 1 }],
    });
    const bought = await checkout(shop.client, basket, { token });
    if (bought.data?.checkout.__typename !== 'CheckoutCompleted') throw new Error(JSON.stringify(bought));
    spans = await until(
      async () => {
        const root = collector.spans.find(span => span.name === 'mutation Checkout');
        return root ? collector.spans.filter(span => span.traceId === root.traceId) : [];
      },
      trace =>
        [
          'orders: mutation Checkout__orders__0',
          'inventory: consume order.reservation_requested',
          'payments: consume order.payment_requested',
          'orders: consume payment.captured',
          'payments: stripe POST /v1/payment_intents/{id}/capture',
          'notifications: consume order.placed',
        ].every(step => trace.some(span => `${span.service}: ${span.name}` === step)),
    );
  }, 60_000);

  test('is one trace, announced here and handled there', () => {
    const type = 'order.reservation_requested';
    const consumed = named(spans, 'inventory', `consume ${type}`);
    expect(lineOf(spans, consumed)).toEqual([
      'router: mutation Checkout',
      'router: fetch orders',
      'orders: mutation Checkout__orders__0',
      `orders: announce ${type}`,
      `orders: publish ${type}`,
      `inventory: consume ${type}`,
    ]);
    const ids = ['announce', 'publish'].map(
      step => named(spans, 'orders', `${step} ${type}`).attributes['messaging.message.id'],
    );
    expect(ids).toEqual([
      consumed.attributes['messaging.message.id'],
      consumed.attributes['messaging.message.id'],
    ]);
    // The saga goes on in the same trace: inventory answers, orders asks payments, payments answers.
    expect(lineOf(spans, named(spans, 'payments', 'consume order.payment_requested'))).toEqual([
      ...lineOf(spans, consumed),
      'inventory: announce stock.reserved',
      'inventory: publish stock.reserved',
      'orders: consume stock.reserved',
      'orders: announce order.payment_requested',
      'orders: publish order.payment_requested',
      'payments: consume order.payment_requested',
    ]);
    const effect = spans.find(
      span => span.parentSpanId === consumed.spanId && 'db.system' in span.attributes,
    );
    expect(effect?.attributes['db.namespace']).toBe('inventory_db');
  });

  test('shows what was asked of Stripe, and not about which payment', () => {
    const asked = named(spans, 'payments', 'stripe POST /v1/payment_intents');
    expect(asked.attributes).toMatchObject({
      'http.request.method': 'POST',
      'url.template': '/v1/payment_intents',
      'http.response.status_code': 200,
    });
    expect(lineOf(spans, asked)).toContain('payments: consume order.payment_requested');
    expect(spans.filter(span => span.name.startsWith('stripe ')).map(span => span.name)).not.toContainEqual(
      expect.stringMatching(/_[A-Za-z0-9]{10}/),
    );
  });

  test('goes on with the mail about it, which a job sends', async () => {
    const mailed = await until(
      async () => collector.spans.filter(span => span.traceId === spans[0]?.traceId),
      trace => trace.some(({ name }) => name === 'announce notification.sent'),
    );
    expect(lineOf(mailed, named(mailed, 'notifications', 'announce notification.sent'))).toEqual([
      ...lineOf(mailed, named(mailed, 'notifications', 'consume order.placed')),
      'notifications: announce notification.sent',
    ]);
  });

  test('no span holds a token, a password, an address or a parameter', () => {
    const text = JSON.stringify(collector.spans);
    const secrets = [
      token,
      customers[0]?.email,
      customers[0]?.password,
      'guest@example.com',
      'pm_card_visa',
      address.line1,
      address.name,
      'Bearer',
      'sk_test_',
      'whsec_',
    ];
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/[\w.]+@example\.com/);
    expect(text).not.toMatch(/eyJ[\w-]{10}/);
    expect(text).not.toMatch(/\$argon2/);
  });
});

test('what polls and waits begins no trace', () => {
  const roots = collector.spans.filter(span => span.parentSpanId === undefined);
  expect(new Set(roots.map(span => span.service))).not.toContain('relay');
  expect(roots.filter(span => 'db.system' in span.attributes)).toEqual([]);
});
