import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import { type TestShop, openTestShop } from '../support/shop.ts';
import { checkout, fillCart, findVariants, until } from '../support/shopping.ts';

let shop: TestShop;
let staff: string;
beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.staffToken();
}, 120_000);

type Mail = { readonly subject: string; readonly links: readonly string[] };
const mailTo = (email: string, subject: RegExp) =>
  until(
    async () => {
      const response = await fetch(`${shop.shop.url}/mailbox.json?to=${encodeURIComponent(email)}`);
      return ((await response.json()) as Mail[]).find(mail => subject.test(mail.subject));
    },
    mail => mail !== undefined,
  );

const password = 'a-long-enough-passphrase';
async function register() {
  const email = `life-${randomUUID()}@example.com`;
  const { data } = await shop.client.run('Register', { input: { email, password } });
  const { tokens, customer } = data.register;
  return { email, id: customer.id as string, token: tokens.accessToken as string };
}

/** Whether the router still takes the access token; it hears of the end of a session by an event. */
const shutOut = (token: string) =>
  until(
    async () => (await shop.client.send('{ me { id } }', {}, token)).errors?.[0]?.extensions.code ?? null,
    code => code === 'UNAUTHENTICATED',
  );

test('a suspended customer is out at once, everywhere, until staff let them in again', async () => {
  const { client } = shop;
  const ada = await register();
  const suspend = await client.send(
    'mutation ($id: ID!) { customerSuspend(id: $id, reason: "chargebacks") { ... on CustomerSuccess { customer { status } } } }',
    { id: ada.id },
    staff,
  );
  expect(suspend.data.customerSuspend.customer.status).toBe('SUSPENDED');
  await shutOut(ada.token);
  const credentials = { email: ada.email, password };
  expect((await client.run('SignIn', credentials)).data.signIn.code).toBe('ACCOUNT_SUSPENDED');
  await client.send(
    'mutation ($id: ID!) { customerReinstate(id: $id) { __typename } }',
    { id: ada.id },
    staff,
  );
  expect((await client.run('SignIn', credentials)).data.signIn.customer.id).toBe(ada.id);
});

test('a new address is confirmed from its mail; orders placed before are still there', async () => {
  const { client } = shop;
  const ada = await register();
  const [variant] = await findVariants(client, 1);
  const lines = [{ variantId: variant?.id ?? '', quantity: 1 }];
  const { token } = ada;
  const bought = await checkout(client, await fillCart(client, { lines, token }), { token });
  const { number } = bought.data.checkout.order;
  const newEmail = `new-${randomUUID()}@example.com`;
  await client.send(
    'mutation ($newEmail: String!, $currentPassword: String!) { emailChangeRequest(newEmail: $newEmail, currentPassword: $currentPassword) { __typename } }',
    { newEmail, currentPassword: password },
    token,
  );
  const asked = await mailTo(newEmail, /new e-mail address/);
  expect((await fetch(asked?.links[0] ?? '', { method: 'POST' })).status).toBe(200);
  await mailTo(ada.email, /was changed/);
  await shutOut(token);
  const again = await shop.signIn(newEmail, password);
  expect((await client.run('OrderPage', { number }, again)).data.order.number).toBe(number);
  // What is written from now on goes to the new address.
  const next = await checkout(client, await fillCart(client, { lines, token: again }), { token: again });
  await mailTo(newEmail, new RegExp(next.data.checkout.order.number));
});

test('a deleted account leaves its orders to the shop, and nobody can be reached by it', async () => {
  const { client } = shop;
  const ada = await register();
  const { token } = ada;
  const [variant] = await findVariants(client, 1);
  const lines = [{ variantId: variant?.id ?? '', quantity: 1 }];
  const bought = await checkout(client, await fillCart(client, { lines, token }), { token });
  const { id, number } = bought.data.checkout.order;
  await mailTo(ada.email, new RegExp(number));
  const gone = await client.send(
    'mutation ($currentPassword: String!) { accountDelete(currentPassword: $currentPassword) { ... on AccountDeleted { customerId } } }',
    { currentPassword: password },
    token,
  );
  expect(gone.data.accountDelete.customerId).toBe(ada.id);
  await mailTo(ada.email, /was deleted/);
  await shutOut(token);
  const seen = await client.send(
    'query ($id: ID!) { order(id: $id) { number email customer { status email firstName notifications { edges { node { id } } } } } }',
    { id },
    staff,
  );
  expect(seen.data.order).toMatchObject({
    number,
    email: ada.email,
    customer: { status: 'ERASED', email: `${ada.id}@erased.invalid`, notifications: { edges: [] } },
  });
  expect((await client.run('SignIn', { email: ada.email, password })).data.signIn.code).toBe(
    'INVALID_CREDENTIALS',
  );
});
