import { beforeAll, expect, test } from 'vitest';

import { type TestShop, openTestShop } from '../support/shop.ts';
import { checkout, fillCart, findVariants, until } from '../support/shopping.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, 120_000);

test('300 guests at once over 20 units: 20 paid, 280 told that nothing is left, and all books agree', async () => {
  const { client } = shop;
  const staff = await shop.staffToken();
  const [variant] = await findVariants(client, 1, 50);
  const stock = await client.run('Stock', { sku: variant?.sku }, staff);
  // Leaves 20 sellable units over all warehouses.
  let surplus = stock.data.productVariant.availability.quantity - 20;
  for (const level of stock.data.productVariant.stockLevels) {
    const delta = -Math.min(surplus, level.available);
    if (delta === 0) continue;
    surplus += delta;
    const input = { variantId: variant?.id, warehouseId: level.warehouse.id, delta, reason: 'counted' };
    const adjusted = await client.run('StockAdjust', { input, idempotencyKey: `race-${level.id}` }, staff);
    expect(adjusted.data.stockAdjust.level).toBeDefined();
  }
  const ledgerBefore = shop.shop.stripe.ledger().length;
  const baskets = [];
  for (let i = 0; i < 300; i += 25) {
    const lines = [{ variantId: variant?.id ?? '', quantity: 1 }];
    baskets.push(...(await Promise.all(Array.from({ length: 25 }, () => fillCart(client, { lines })))));
  }
  const answers = await Promise.all(baskets.map(basket => checkout(client, basket)));
  const kinds = Object.groupBy(
    answers,
    answer => answer.data?.checkout?.__typename ?? JSON.stringify(answer.errors),
  );
  expect(kinds['InsufficientStockError']?.length).toBe(280);
  const orders = answers.filter(answer => answer.data?.checkout?.order).map(answer => answer.data.checkout);
  expect(orders).toHaveLength(20);
  for (const { order, guestToken } of orders) {
    const paid = await until(
      () => client.run('GuestOrder', { number: order.number, token: guestToken }),
      found => found.data.guestOrder.status === 'PAID',
    );
    expect(paid.data.guestOrder.amountCaptured).toEqual(order.total);
    const books = await client.run('Books', { orderId: order.id }, staff);
    const total = (side: 'debit' | 'credit'): number =>
      books.data.ledger.reduce(
        (sum: number, entry: Record<string, { amount: string } | null>) =>
          sum + Math.round(Number(entry[side]?.amount ?? 0) * 100),
        0,
      );
    expect(total('debit')).toBe(total('credit'));
  }
  const left = await client.run('Stock', { sku: variant?.sku }, staff);
  expect(left.data.productVariant.availability).toEqual({ inStock: false, quantity: 0 });
  const invariants = await client.run('Invariants', {}, staff);
  expect(invariants.data.inventoryInvariants.violations).toEqual([]);
  const captured = shop.shop.stripe
    .ledger()
    .slice(ledgerBefore)
    .filter(entry => entry.kind === 'captured');
  expect(captured).toHaveLength(20);
  const theirs = captured.reduce((sum, entry) => sum + entry.amount, 0);
  const ours = orders.reduce((sum, { order }) => sum + Math.round(Number(order.total.amount) * 100), 0);
  expect(theirs).toBe(ours);
  const day = 86_400_000;
  const range = {
    from: new Date(Date.now() - day).toISOString(),
    to: new Date(Date.now() + day).toISOString(),
  };
  const reconciled = await client.run('Reconcile', range, staff);
  expect(reconciled.data.reconciliation).toMatchObject({
    missingLocally: 0,
    missingAtProvider: 0,
    amountMismatches: 0,
  });
}, 180_000);
