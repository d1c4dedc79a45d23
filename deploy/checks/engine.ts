import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import process from 'node:process';

import { customers, staff } from '../../embedded/sample/accounts.ts';
import { type Answer, type Client, createClient } from '../../test/support/client.ts';
import { checkout, fillCart, findVariants } from '../../test/support/shopping.ts';
import { type Check } from '../check.ts';
import { type LiveShop, ada, startLiveShop } from '../support/live-shop.ts';
import { type OtherRouter, startOtherRouter } from '../support/other-router.ts';
import { using } from '../support/scope.ts';

async function signIn(
  url: string,
  { email, password }: { email: string; password: string },
): Promise<string> {
  const answer = await createClient(url).run('SignIn', { email, password });
  const token = answer.data?.signIn?.tokens?.accessToken;
  assert.ok(typeof token === 'string', `${email} cannot sign in at ${url}: ${JSON.stringify(answer)}`);
  return token;
}

const reads: readonly (readonly [
  name: string,
  variables: Record<string, unknown>,
  whose: 'all' | 'own' | 'staff',
])[] = [
  ['ProductList', { first: 5 }, 'all'],
  ['CategoryTree', {}, 'all'],
  ['MobileTiles', { first: 4 }, 'all'],
  ['MobileSearch', { text: 'shirt' }, 'all'],
  ['MobileHome', {}, 'own'],
  ['OrderHistory', { first: 3 }, 'own'],
  ['OrderQueue', { first: 5 }, 'staff'],
  ['LowStock', {}, 'staff'],
  ['Warehouses', {}, 'staff'],
  ['Customers', { first: 5 }, 'staff'],
  ['Webhooks', {}, 'staff'],
];

/** Whether nothing at all is shown: no data, or nothing but null below it. */
const isEmpty = ({ data }: Answer): boolean => Object.values(data ?? {}).every(value => value === null);

/** Runs the shop with Hive Gateway beside our router. */
function withOtherRouter(use: (shop: LiveShop, engine: OtherRouter) => Promise<void>): Promise<void> {
  return using(startLiveShop({ RATE_LIMIT_ENABLED: 'false' }), shop =>
    using(startOtherRouter(shop), engine => use(shop, engine)),
  );
}

export const checks: readonly Check[] = [
  {
    name: 'engine: another router before the identity proxy answers as ours does, and shows a stranger nothing',
    run: () => withOtherRouter(compare),
  },
  {
    name: 'engine: an order is followed through another router by whom it belongs to, until he signs out, and by nobody else',
    run: () => withOtherRouter(follow),
  },
];

async function compare(shop: LiveShop, engine: OtherRouter): Promise<void> {
  // Signing in is itself a mutation through the other router.
  const [customer, employee] = [await signIn(engine.url, ada), await signIn(engine.url, staff)];
  const viewers = [
    ['nobody', undefined],
    ['customer', customer],
    ['staff', employee],
  ] as const;
  const [ourClient, theirClient] = [createClient(shop.url), createClient(engine.url)];
  let compared = 0;
  for (const [name, variables, whose] of reads)
    for (const [viewer, token] of viewers) {
      const [ours, theirs] = [
        await ourClient.run(name, variables, token),
        await theirClient.run(name, variables, token),
      ];
      const what = `${name} as ${viewer}`;
      const said = `${what}\nours: ${JSON.stringify(ours)}\ntheirs: ${JSON.stringify(theirs)}`;
      const allowed = whose === 'all' || viewer === 'staff' || (whose === 'own' && viewer === 'customer');
      assert.equal(!isEmpty(ours), allowed, said);
      assert.equal(!isEmpty(theirs), allowed, said);
      if (allowed) assert.deepEqual(theirs.data, ours.data, said);
      assert.equal(theirs.errors !== undefined, ours.errors !== undefined, said);
      assert.ok(viewer !== 'nobody' || !JSON.stringify(theirs).includes(ada.email), said);
      compared += 1;
    }
  process.stdout.write(`     ${compared} answers compared\n`);

  const forged = `${customer.slice(0, -4)}AAAA`;
  for (const name of ['ProductList', 'MobileHome']) {
    const answer = await theirClient.run(name, { first: 5 }, forged);
    assert.ok(isEmpty(answer) && answer.errors, `with a forged token: ${JSON.stringify(answer)}`);
  }
  // The token that a subgraph would want, of the customer's own making: only the proxy's counts.
  const direct = await fetch(`${shop.env['ORDERS_SUBGRAPH_URL']}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${customer}` },
    body: '{"query":"{ __typename }"}',
  });
  assert.equal(direct.status, 401, 'a subgraph answers its router only');
  const signedOut = await theirClient.run('SignOut', {}, customer);
  assert.equal(signedOut.data?.['signOut'], true, JSON.stringify(signedOut));
}

type Update = {
  readonly status: string;
  readonly lines: readonly { variant: { product: { name: string } } }[];
};

/** The next that a stream says, or that it has ended in whatever way; fails when it does neither. */
async function next(stream: AsyncGenerator<Answer, void>): Promise<Answer | 'over'> {
  const late = new Promise<never>((_, fail) => {
    setTimeout(() => fail(new Error('a stream neither says anything nor ends')), 20_000).unref();
  });
  const read = stream.next().then(
    ({ value }) => value ?? ('over' as const),
    // Cut off.
    () => 'over' as const,
  );
  return Promise.race([read, late]);
}

async function follow(_shop: LiveShop, engine: OtherRouter): Promise<void> {
  const client = createClient(engine.url);
  const [owner, other] = [await signIn(engine.url, ada), await signIn(engine.url, customers[1] ?? staff)];
  const [variant] = await findVariants(client, 1);
  const lines = [{ variantId: variant?.id ?? '', quantity: 1 }];
  const bought = await checkout(client, await fillCart(client, { lines, token: owner }), { token: owner });
  const id = bought.data?.checkout?.order?.id;
  assert.ok(typeof id === 'string', `nothing is bought: ${JSON.stringify(bought)}`);

  const own = client.follow('OrderUpdates', { id }, owner);
  const now = await updateOf(own);
  assert.equal(now.status, 'PAID');
  // The name is another subgraph's than the event.
  assert.ok((now.lines[0]?.variant.product.name ?? '') !== '', JSON.stringify(now));

  await refused(client, id, [undefined, other, `${owner.slice(0, -4)}AAAA`]);

  const cancel = { id, reason: 'changed my mind', idempotencyKey: randomUUID() };
  await client.run('OrderCancel', cancel, owner);
  const seen: string[] = [];
  while (seen.at(-1) !== 'CANCELLED') seen.push((await updateOf(own)).status);

  await client.run('SignOut', {}, owner);
  // What was on its way may still come; Hive Gateway says its last update once more, with the error that the stream was cut off.
  while ((await next(own)) !== 'over');
  await refused(client, id, [owner]);
}

async function updateOf(stream: AsyncGenerator<Answer, void>): Promise<Update> {
  const said = await next(stream);
  assert.ok(said !== 'over' && said.data?.orderUpdated, `no update: ${JSON.stringify(said)}`);
  return said.data.orderUpdated as Update;
}

/** Whoever may not see the order is told nothing of it but that; his stream ends. */
async function refused(client: Client, id: string, tokens: readonly (string | undefined)[]): Promise<void> {
  for (const token of tokens) {
    const stream = client.follow('OrderUpdates', { id }, token);
    const first = await next(stream);
    assert.ok(first !== 'over' && isEmpty(first) && first.errors, `a stranger sees ${JSON.stringify(first)}`);
    assert.equal(await next(stream), 'over');
  }
}
