import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, test } from 'vitest';

import { type TestShop, openTestShop } from '../support/shop.ts';
import { address, checkout, fillCart, findVariants, until } from '../support/shopping.ts';

let shop: TestShop;
let staff: string;
beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.staffToken();
}, 120_000);

type Mail = { readonly subject: string; readonly text: string };

const mails = async (to: string): Promise<Mail[]> => {
  const response = await fetch(`${shop.client.url}/mailbox.json?to=${encodeURIComponent(to)}`);
  const all = (await response.json()) as Mail[];
  return all.map(({ subject, text }) => ({ subject, text }));
};

describe('a customer', () => {
  test('browses, buys, receives, returns one piece and gets that money back', async () => {
    const { client } = shop;
    const token = await shop.signIn();
    const [first, second] = await findVariants(client, 2);
    const basket = await fillCart(client, {
      token,
      lines: [
        { variantId: first?.id ?? '', quantity: 2 },
        { variantId: second?.id ?? '', quantity: 1 },
      ],
    });
    const bought = await checkout(client, basket, { token });
    expect(bought.errors).toBeUndefined();
    expect(bought.data.checkout).toMatchObject({
      __typename: 'CheckoutCompleted',
      guestToken: null,
      order: { status: 'PAID', total: basket.total },
    });
    const { order } = bought.data.checkout;
    expect(order.availableActions).toContain('CANCEL');
    expect(order.amountCaptured).toEqual(basket.total);

    const after = await client.run('ProductPage', { slug: first?.slug, currency: 'EUR' });
    const variant = after.data.product.variants.find((each: { id: string }) => each.id === first?.id);
    expect(variant.availability.quantity).toBe((first?.quantity ?? 0) - 2);

    const fulfil = (lines: unknown) =>
      client.run(
        'Fulfil',
        {
          input: { orderId: order.id, lines, carrier: 'DHL', trackingNumber: 'T1' },
          idempotencyKey: randomUUID(),
        },
        staff,
      );
    const [lineA, lineB] = order.lines;
    const part = await fulfil([{ orderLineId: lineA.id, quantity: 2 }]);
    expect(part.data.orderFulfil.order.status).toBe('PARTIALLY_FULFILLED');
    const rest = await fulfil([{ orderLineId: lineB.id, quantity: 1 }]);
    expect(rest.data.orderFulfil.order.status).toBe('FULFILLED');
    const tooMuch = await fulfil([{ orderLineId: lineB.id, quantity: 1 }]);
    expect(tooMuch.data.orderFulfil.__typename).toMatch(/ValidationError|OrderStateError/);
    let status = '';
    for (const fulfilment of rest.data.orderFulfil.order.fulfilments) {
      const delivered = await client.run('Deliver', { id: fulfilment.id }, staff);
      status = delivered.data.fulfilmentDeliver.order.status;
    }
    expect(status).toBe('DELIVERED');

    const lines = [{ orderLineId: lineA.id, quantity: 1 }];
    const asked = await client.run(
      'ReturnRequest',
      { orderId: order.id, lines, reason: 'too small', idempotencyKey: randomUUID() },
      token,
    );
    const [wanted] = asked.data.returnRequest.order.returns;
    expect(wanted).toMatchObject({ status: 'REQUESTED', lines });
    await client.run('ReturnApprove', { id: wanted.id }, staff);
    const received = await client.run(
      'ReturnReceive',
      { id: wanted.id, restock: true, idempotencyKey: randomUUID() },
      staff,
    );
    const refund = received.data.returnReceive.order.returns[0].refundAmount;
    expect(Number(refund.amount)).toBeGreaterThan(0);
    const settled = await until(
      () => client.run('OrderPage', { number: order.number }, token),
      answer => answer.data.order.status === 'PARTIALLY_RETURNED',
    );
    expect(settled.data.order.amountRefunded).toEqual(refund);
    expect(settled.data.order.returns[0].status).toBe('REFUNDED');

    const books = await client.run('Books', { orderId: order.id }, staff);
    const sum = (side: 'debit' | 'credit'): number =>
      books.data.ledger.reduce(
        (total: number, entry: Record<string, { amount: string } | null>) =>
          total + Number(entry[side]?.amount ?? 0),
        0,
      );
    expect(sum('debit')).toBeCloseTo(sum('credit'), 6);
    expect(sum('debit')).toBeGreaterThan(0);

    // Placed, shipped twice, delivered twice, returned, refunded: each has a mail, in whatever order they are sent.
    const about = (all: readonly Mail[]): Mail[] => all.filter(mail => mail.text.includes(order.number));
    const got = await until(
      () => mails('ada@example.com'),
      all => about(all).some(mail => /refund/i.test(mail.subject)) && about(all).length >= 4,
    );
    expect(about(got).map(mail => mail.subject)).toContain(`Your order ${order.number}`);
  });

  test('whose card is declined is told why, keeps the cart and can pay with another card', async () => {
    const { client } = shop;
    const token = await shop.signIn();
    const [variant] = await findVariants(client, 1);
    const basket = await fillCart(client, { token, lines: [{ variantId: variant?.id ?? '', quantity: 1 }] });
    const declined = await checkout(client, basket, {
      token,
      method: 'pm_card_chargeDeclinedInsufficientFunds',
    });
    expect(declined.data.checkout).toMatchObject({
      __typename: 'PaymentDeclinedError',
      declineCode: 'insufficient_funds',
    });
    const paid = await checkout(client, basket, { token });
    expect(paid.data.checkout).toMatchObject({ __typename: 'CheckoutCompleted', order: { status: 'PAID' } });
  });

  test.each(['complete', 'fail'] as const)(
    'who must confirm with 3-D Secure and lets it %s',
    async outcome => {
      const { client } = shop;
      const token = await shop.signIn();
      const [variant] = await findVariants(client, 1);
      const basket = await fillCart(client, {
        token,
        lines: [{ variantId: variant?.id ?? '', quantity: 1 }],
      });
      const answer = await checkout(client, basket, { token, method: 'pm_card_authenticationRequired' });
      expect(answer.data.checkout).toMatchObject({
        __typename: 'CheckoutRequiresAction',
        order: { status: 'AWAITING_PAYMENT' },
      });
      const { redirectUrl, order } = answer.data.checkout;
      const page = await fetch(redirectUrl);
      expect(await page.text()).toContain('complete');
      await fetch(redirectUrl, {
        method: 'POST',
        body: new URLSearchParams({ outcome }),
        redirect: 'manual',
      });
      const end = await until(
        () => client.run('OrderPage', { number: order.number }, token),
        found => ['PAID', 'FAILED'].includes(found.data.order.status),
      );
      expect(end.data.order.status).toBe(outcome === 'complete' ? 'PAID' : 'FAILED');
    },
  );

  test('cancels before shipping: the money goes back, the stock too', async () => {
    const { client } = shop;
    const token = await shop.signIn();
    const [variant] = await findVariants(client, 1);
    const basket = await fillCart(client, { token, lines: [{ variantId: variant?.id ?? '', quantity: 3 }] });
    const { order } = (await checkout(client, basket, { token })).data.checkout;
    const key = randomUUID();
    const cancel = () =>
      client.run('OrderCancel', { id: order.id, reason: 'changed my mind', idempotencyKey: key }, token);
    const cancelled = await cancel();
    expect(cancelled.data.orderCancel.order.status).toBe('CANCELLED');
    expect((await cancel()).data.orderCancel.order.id).toBe(order.id);
    await until(
      () => client.run('OrderPage', { number: order.number }, token),
      found => found.data.order.amountRefunded?.amount === basket.total.amount,
    );
    await until(
      () => client.run('Stock', { sku: variant?.sku }, staff),
      found => found.data.productVariant.availability.quantity === variant?.quantity,
    );
  });
});

describe('a guest', () => {
  test('buys without an account, follows, and cancels with the guest token', async () => {
    const { client } = shop;
    const [variant] = await findVariants(client, 1);
    const email = `guest-${randomUUID()}@example.com`;
    const basket = await fillCart(client, { email, lines: [{ variantId: variant?.id ?? '', quantity: 1 }] });
    const key = randomUUID();
    const bought = await checkout(client, basket, { email, key });
    const { guestToken, order } = bought.data.checkout;
    expect(guestToken).toMatch(/^[\w-]{40,}$/);
    expect((await checkout(client, basket, { email, key })).data.checkout.guestToken).toBe(guestToken);

    const followed = await client.run('GuestOrder', { number: order.number, token: guestToken });
    expect(followed.data.guestOrder).toMatchObject({ id: order.id, status: 'PAID', email });
    expect(
      (await client.run('GuestOrder', { number: order.number, token: `${guestToken}x` })).data.guestOrder,
    ).toBeNull();
    expect((await client.run('OrderPage', { number: order.number })).data?.order ?? null).toBeNull();

    const mail = await until(
      () => mails(email),
      all => all.some(each => each.text.includes(guestToken)),
    );
    expect(mail.length).toBeGreaterThan(0);

    const cancel = `mutation($id: ID!, $token: String) {
      orderCancel(id: $id, reason: "too late", idempotencyKey: "${randomUUID()}", guestToken: $token) {
        __typename ... on OrderSuccess { order { status } } } }`;
    expect((await client.send(cancel, { id: order.id, token: 'wrong' })).data.orderCancel.__typename).toBe(
      'NotFoundError',
    );
    expect(
      (await client.send(cancel, { id: order.id, token: guestToken })).data.orderCancel.order.status,
    ).toBe('CANCELLED');
  });

  test('sees the status move live, none skipped', async () => {
    const { client } = shop;
    const [variant] = await findVariants(client, 1);
    const basket = await fillCart(client, { lines: [{ variantId: variant?.id ?? '', quantity: 1 }] });
    const bought = await checkout(client, basket, { method: 'pm_card_authenticationRequired' });
    const { guestToken, order, redirectUrl } = bought.data.checkout;
    const seen: string[] = [];
    const updates = client.follow('GuestOrderUpdates', { id: order.id, token: guestToken });
    const watching = (async () => {
      for await (const update of updates) {
        seen.push(update.data.orderUpdated.status);
        if (update.data.orderUpdated.status === 'DELIVERED') return;
      }
    })();
    await until(
      async () => seen.length,
      n => n === 1,
    );
    await fetch(redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ outcome: 'complete' }),
      redirect: 'manual',
    });
    await until(
      async () => seen,
      all => all.includes('PAID'),
    );
    const lines = order.lines.map((line: { id: string; quantity: number }) => ({
      orderLineId: line.id,
      quantity: line.quantity,
    }));
    const shipped = await client.run(
      'Fulfil',
      { input: { orderId: order.id, lines }, idempotencyKey: randomUUID() },
      staff,
    );
    await client.run('Deliver', { id: shipped.data.orderFulfil.order.fulfilments[0].id }, staff);
    await watching;
    expect(seen).toEqual(['AWAITING_PAYMENT', 'PAID', 'FULFILLED', 'DELIVERED']);
  });
});

describe('races', () => {
  test('thirty guests want the last one: one gets it', async () => {
    const { client } = shop;
    const { data } = await client.run('Stock', { sku: 'LAST-ONE' }, staff);
    const lines = [{ variantId: data.productVariant.id, quantity: 1 }];
    const baskets = await Promise.all(Array.from({ length: 30 }, () => fillCart(client, { lines })));
    const answers = await Promise.all(baskets.map(basket => checkout(client, basket)));
    const kinds = answers.map(answer => answer.data?.checkout?.__typename ?? JSON.stringify(answer.errors));
    expect(kinds.filter(kind => kind === 'CheckoutCompleted')).toHaveLength(1);
    expect(kinds.filter(kind => kind === 'InsufficientStockError')).toHaveLength(29);
    const invariants = await client.run('Invariants', {}, staff);
    expect(invariants.data.inventoryInvariants.violations).toEqual([]);
  });

  test('a price that changes between cart and checkout is told, not charged', async () => {
    const { client } = shop;
    const [variant] = await findVariants(client, 1);
    const basket = await fillCart(client, { lines: [{ variantId: variant?.id ?? '', quantity: 1 }] });
    const cheaper = { ...basket, total: { ...basket.total, amount: '0.01' } };
    const answer = await checkout(client, cheaper);
    expect(answer.data.checkout).toMatchObject({
      __typename: 'PriceChangedError',
      oldTotal: cheaper.total,
      newTotal: basket.total,
    });
  });

  test('a voucher with three uses is used three times by ten shoppers at once', async () => {
    const { client } = shop;
    const code = `THREE${Date.now()}`;
    const input = {
      code,
      name: 'Three uses',
      discount: { kind: 'PERCENTAGE', percentage: '50' },
      usageLimit: 3,
      active: true,
    };
    expect((await client.run('VoucherUpsert', { input }, staff)).data.voucherUpsert.voucher).toMatchObject({
      code,
      usageLimit: 3,
      usageCount: 0,
    });
    const [variant] = await findVariants(client, 1);
    const baskets = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const basket = await fillCart(client, {
          lines: [{ variantId: variant?.id ?? '', quantity: 1 }],
          shipping: address,
        });
        const applied = await client.run('CartVoucherApply', { cartId: basket.cartId, code });
        return { ...basket, total: applied.data.cartVoucherApply.cart.total };
      }),
    );
    const answers = await Promise.all(baskets.map(basket => checkout(client, basket)));
    const kinds = answers.map(answer => answer.data?.checkout?.__typename ?? JSON.stringify(answer.errors));
    expect(kinds.filter(kind => kind === 'CheckoutCompleted')).toHaveLength(3);
    expect(kinds.filter(kind => kind === 'VoucherInvalidError')).toHaveLength(7);
  });
});
