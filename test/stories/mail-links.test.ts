import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import { type TestShop, openTestShop } from '../support/shop.ts';
import { checkout, fillCart, findVariants, until } from '../support/shopping.ts';

// Every link of every mail leads somewhere in the embedded shop, and does there what the mail promises.
let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, 120_000);

type Mail = { readonly subject: string; readonly links: readonly string[] };

/** The link in the newest mail to an address whose path begins so. */
async function linkTo(email: string, path: string, mails = 1): Promise<string> {
  const found = await until(
    async () => {
      const response = await fetch(`${shop.shop.url}/mailbox.json?to=${encodeURIComponent(email)}`);
      return ((await response.json()) as Mail[]).flatMap(mail =>
        mail.links.filter(link => new URL(link).pathname.startsWith(path)),
      );
    },
    links => links.length >= mails,
  );
  return found[0] ?? '';
}

const post = (url: string, fields: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
const open = async (url: string) => {
  const response = await fetch(url);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  return { status: response.status, html: await response.text() };
};

const password = 'a-long-enough-passphrase';
async function register(): Promise<{ email: string; token: string }> {
  const email = `links-${randomUUID()}@example.com`;
  const { data } = await shop.client.run('Register', { input: { email, password } });
  return { email, token: data.register.tokens.accessToken };
}
const verified = async (token: string) =>
  (await shop.client.send('{ me { emailVerified } }', {}, token)).data.me.emailVerified as boolean;

test('an address is confirmed by the button, not by opening the page', async () => {
  const { email, token } = await register();
  const link = await linkTo(email, '/verify-email');
  expect(await open(link)).toMatchObject({ status: 200, html: expect.stringContaining('<button>Confirm') });
  expect(await verified(token)).toBe(false);
  expect((await post(link)).status).toBe(200);
  expect(await verified(token)).toBe(true);
  const again = await post(link);
  expect(again.status).toBe(400);
  expect(await again.text()).toContain('This link does not work any more');
});

test('a password is set by the form, and only a good one', async () => {
  const { email } = await register();
  await shop.client.send('mutation ($email: String!) { passwordResetRequest(email: $email) }', { email });
  const link = await linkTo(email, '/reset-password');
  expect((await open(link)).html).toContain('type="password"');
  const weak = await post(link, { password: 'short' });
  expect(weak.status).toBe(400);
  expect(await weak.text()).toContain('at least 12 characters');
  expect((await post(link, { password: 'another-long-passphrase' })).status).toBe(200);
  const token = await shop.signIn(email, 'another-long-passphrase');
  // The page itself has not stayed signed in.
  const { data } = await shop.client.send('{ me { sessions { current } } }', {}, token);
  expect(data.me.sessions).toEqual([{ current: true }]);
});

test('a guest opens the order from the mails, also from the one about the cancellation', async () => {
  const { client } = shop;
  const [variant] = await findVariants(client, 1);
  const email = `guest-${randomUUID()}@example.com`;
  const basket = await fillCart(client, { lines: [{ variantId: variant?.id ?? '', quantity: 1 }] });
  const { order, guestToken } = (await checkout(client, basket, { email })).data.checkout;
  const link = await linkTo(email, '/orders/');
  expect(await open(link)).toMatchObject({
    status: 200,
    html: expect.stringContaining(`Order ${order.number}`),
  });
  expect((await open(link.replace(/token=.*/, 'token=wrong'))).status).toBe(404);
  await client.send(
    'mutation ($id: ID!, $token: String, $key: ID!) { orderCancel(id: $id, reason: "x", guestToken: $token, idempotencyKey: $key) { __typename } }',
    { id: order.id, token: guestToken, key: randomUUID() },
  );
  const later = await linkTo(email, '/orders/', 2);
  expect(new URL(later).searchParams.get('token')).toBe(guestToken);
  await until(
    () => open(later),
    ({ html }) => html.includes('cancelled'),
  );
  const unsubscribe = await linkTo(email, '/unsubscribe');
  expect((await open(unsubscribe)).status).toBe(200);
  expect((await post(unsubscribe)).status).toBe(200);
});

test('a customer signs in to see the order; another one does not see it', async () => {
  const { client } = shop;
  const [mine, other] = [await register(), await register()];
  const [variant] = await findVariants(client, 1);
  const lines = [{ variantId: variant?.id ?? '', quantity: 1 }];
  const basket = await fillCart(client, { lines, token: mine.token });
  const { order } = (await checkout(client, basket, { token: mine.token })).data.checkout;
  const url = `${shop.shop.url}/orders/${order.number}`;
  expect((await open(url)).html).toContain('type="email"');
  const seen = await post(url, { email: mine.email, password });
  expect(await seen.text()).toContain(`Order ${order.number}`);
  expect((await post(url, { email: mine.email, password: 'wrong' })).status).toBe(400);
  expect((await post(url, { email: other.email, password })).status).toBe(404);
});
