import { expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';

import { staff, startShop } from '../testing/shop.ts';

const shop = await startShop();

// docs.stripe.com/currencies#special-cases: krónur and shillings have no fraction, and Stripe wants two digits for it all the same;
// of a dinar's three digits the last must be 0.
test.each([
  ['JPY', 1],
  ['KWD', 10],
  ['ISK', 100],
  ['UGX', 100],
])('%s is charged, captured and given back in Stripe’s own units', async (currency, factor) => {
  const orderId = await shop.pay({ amount: '5000', currency });
  expect(await shop.payment(orderId)).toMatchObject({ state: 'AUTHORIZED', authorized: 5_000n });
  await shop.ask('order.capture_requested', orderId);
  const wish = {
    requestKey: `return:${newId()}`,
    amount: '1200',
    currency,
    reason: 'return',
    returnId: null,
  };
  await shop.ask('order.refund_requested', orderId, wish);
  expect(await shop.payment(orderId)).toMatchObject({ captured: 5_000n, refunded: 1_200n });
  const theirs = shop.stripe.ledger().filter(entry => entry.metadata['order_id'] === orderId);
  expect(theirs.map(({ kind, amount }) => [kind, amount / factor])).toEqual([
    ['authorized', 5_000],
    ['captured', 5_000],
    ['refunded', 1_200],
  ]);
  const period = {
    from: new Date(Date.now() - 60_000).toISOString(),
    to: new Date(Date.now() + 60_000).toISOString(),
  };
  const document = `query ($from: DateTime!, $to: DateTime!) { reconciliation(from: $from, to: $to) { amountMismatches missingLocally missingAtProvider } }`;
  const { data } = await shop.query(document, period, staff);
  expect(data.reconciliation).toEqual({ amountMismatches: 0, missingLocally: 0, missingAtProvider: 0 });
});
