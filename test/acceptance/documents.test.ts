import { readFileSync } from 'node:fs';

import { beforeAll, expect, test } from 'vitest';

import { documents } from '../support/documents.ts';
import { type TestShop, openTestShop } from '../support/shop.ts';
import { address } from '../support/shopping.ts';
import { type Cost, type Tour, takeTour } from '../support/tour.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, 120_000);

const elsewhere = {
  EUR: address,
  USD: { ...address, city: 'Seattle', postalCode: '98101', country: 'US', region: 'WA' },
  JPY: { ...address, city: 'Kyoto', postalCode: '600-8001', country: 'JP' },
};

/** Fetches that each document may cost, exactly (as today's planner plans them over our schema). */
const fetches: Readonly<Record<string, number>> = {
  ProductList: 2,
  ProductPage: 3,
  CartPage: 4,
  Checkout: 3,
  OrderHistory: 4,
  OrderQueue: 3,
  OrderDetail: 6,
  MobileHome: 3,
  Account: 3,
};

test.each(Object.entries(elsewhere))(
  'every document answers in a story paid in %s',
  async (currency, shipping) => {
    const { costs } = await takeTour(shop.client, {
      lines: currency === 'EUR' ? 3 : 2,
      first: 10,
      currency,
      shipping,
    });
    const sent = new Set(costs.map(cost => cost.document));
    const wanted = [...documents.values()]
      .filter(document => document.type !== 'subscription')
      .map(document => document.name);
    expect(wanted.filter(name => !sent.has(name))).toEqual([]);
  },
  120_000,
);

/** docs/budgets.md: what every document costs; the ones with a remark vary with the data. */
const written = [
  ...readFileSync('docs/budgets.md', 'utf8').matchAll(/^\| (\w+) +\| +(\d+) \| +(\d+) \| +\|$/gm),
].map(([, document = '', count, statements]): Cost => ({
  document,
  fetches: Number(count),
  statements: Number(statements),
}));

test('the cost of a document is the one written down: the same for 10 items as for 100, within its budget', async () => {
  // Afterwards there are reviews to show, whichever tests have run before this one.
  await takeTour(shop.client, { lines: 2, first: 10 });
  const few: Tour = await takeTour(shop.client, { lines: 2, first: 10 });
  const many: Tour = await takeTour(shop.client, { lines: 20, first: 100 });
  const steady = ({ costs }: Tour): Cost[] =>
    costs.filter(cost => written.some(each => each.document === cost.document));
  expect(written.length).toBeGreaterThan(45);
  expect(steady(few)).toEqual(written);
  expect(steady(many)).toEqual(written);
  for (const { document, fetches: count, statements } of [...few.costs, ...many.costs]) {
    if (fetches[document] !== undefined) expect(count, `${document}: fetches`).toBe(fetches[document]);
    if (documents.get(document)?.type !== 'query' || document === 'Reconcile') continue;
    // At most 6 for the root fetch and 3 for each fetch of entities.
    expect(statements, `${document}: statements`).toBeLessThanOrEqual(6 + 3 * (count - 1));
  }
}, 180_000);
