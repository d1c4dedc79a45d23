import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import { type TestShop, openTestShop } from '../support/shop.ts';
import { checkout, fillCart, findVariants } from '../support/shopping.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, 120_000);

test.each(['customer', 'guest'] as const)(
  'one checkout of a %s sent 50 times in parallel: one order, one payment',
  async who => {
    const { client } = shop;
    const staff = await shop.staffToken();
    const token = who === 'customer' ? await shop.signIn() : undefined;
    const auth = token === undefined ? {} : { token };
    const [variant] = await findVariants(client, 1);
    const basket = await fillCart(client, {
      ...auth,
      lines: [{ variantId: variant?.id ?? '', quantity: 1 }],
    });
    const key = randomUUID();
    const captured = (): number =>
      shop.shop.stripe.ledger().filter(entry => entry.kind === 'captured').length;
    const before = captured();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => checkout(client, basket, { ...auth, key })),
    );
    const outcomes = answers.map(answer => answer.data?.checkout);
    expect(new Set(outcomes.map(outcome => outcome?.__typename))).toEqual(new Set(['CheckoutCompleted']));
    expect(new Set(outcomes.map(outcome => outcome.order.id)).size).toBe(1);
    expect(new Set(outcomes.map(outcome => outcome.guestToken)).size).toBe(1);
    const detail = await client.run('OrderDetail', { id: outcomes[0].order.id }, staff);
    expect(detail.data.order.payments).toHaveLength(1);
    expect(captured() - before).toBe(1);
    // Much later, the same answer; with another body, a refusal.
    expect((await checkout(client, basket, { ...auth, key })).data.checkout.order.id).toBe(
      outcomes[0].order.id,
    );
    const other = await checkout(
      client,
      { ...basket, total: { ...basket.total, amount: '1.00' } },
      { ...auth, key },
    );
    expect(other.data.checkout.__typename).toBe('IdempotencyMismatchError');
  },
);
