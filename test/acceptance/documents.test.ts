import { beforeAll, expect, test } from 'vitest';

import { documents } from '../support/documents.ts';
import { type TestShop, openTestShop } from '../support/shop.ts';
import { address } from '../support/shopping.ts';
import { type Tour, takeTour } from '../support/tour.ts';

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

test('the cost of a document is its own: the same for 10 items as for 100, within its budget', async () => {
  const few: Tour = await takeTour(shop.client, { lines: 2, first: 10 });
  const many: Tour = await takeTour(shop.client, { lines: 20, first: 100 });
  const table = few.costs.map(cost => ({
    ...cost,
    many: many.costs.find(other => other.document === cost.document),
  }));
  for (const { document, fetches: count, statements, many: other } of table) {
    if (fetches[document] !== undefined) expect(count, `${document}: fetches`).toBe(fetches[document]);
    // The wait of a checkout for its saga asks the database as often as it is woken.
    if (
      ['Checkout', 'CatalogueImport', 'OrderCancel', 'ReturnReceive', 'Refund', 'Reconcile'].includes(
        document,
      )
    )
      continue;
    expect({ document, fetches: other?.fetches, statements: other?.statements }).toEqual({
      document,
      fetches: count,
      statements,
    });
    const isQuery = documents.get(document)?.type === 'query';
    if (isQuery) expect(statements, `${document}: statements`).toBeLessThanOrEqual(6 + 3 * (count - 1));
  }
}, 180_000);
