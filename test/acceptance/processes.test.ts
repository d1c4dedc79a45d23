import { beforeAll, describe, expect, test } from 'vitest';

import { customers, staff } from '../../embedded/sample/accounts.ts';
import { loadSample } from '../../embedded/sample/load.ts';
import { type Client, createClient } from '../support/client.ts';
import { type Processes, type ServiceName, startProcesses } from '../support/processes.ts';
import { checkout, fillCart, findVariants, until } from '../support/shopping.ts';

// Each document has its own shape; a test names the paths that it looks at.
// oxlint-disable-next-line typescript/no-explicit-any
type Data = any;

let processes: Processes;
let client: Client;
let slug: string;
beforeAll(async () => {
  processes = await startProcesses();
  client = createClient(processes.url);
  await loadSample(processes.url, staff);
  slug = (await findVariants(client, 1))[0]?.slug ?? '';
}, 180_000);

const signIn = async (): Promise<string> => {
  const { data } = await client.run('SignIn', {
    email: customers[0]?.email,
    password: customers[0]?.password,
  });
  return data.signIn.tokens.accessToken as string;
};

describe('one process per service, on PostgreSQL, RabbitMQ and Redis', () => {
  test('an order is placed and paid', async () => {
    const [variant] = await findVariants(client, 1);
    const basket = await fillCart(client, { lines: [{ variantId: variant?.id ?? '', quantity: 2 }] });
    const { data } = await checkout(client, basket);
    expect(data.checkout).toMatchObject({ __typename: 'CheckoutCompleted', order: { status: 'PAID' } });
  });

  // What a page keeps when one subgraph is down: the path that must go, and one that must stay.
  test.each<[ServiceName, string, (data: Data) => unknown, (data: Data) => unknown]>([
    [
      'inventory',
      'ProductPage',
      (d: Data) => d.product.variants[0].availability,
      (d: Data) => d.product.name,
    ],
    [
      'users',
      'ProductPage',
      (d: Data) => d.product.reviews.edges[0]?.node.author ?? null,
      (d: Data) => d.product.name,
    ],
    [
      'payments',
      'OrderHistory',
      (d: Data) => d.me.orders.edges[0].node.paymentStatus,
      (d: Data) => d.me.orders.edges[0].node.number,
    ],
    ['notifications', 'MobileHome', (d: Data) => d.me.notifications, (d: Data) => d.me.displayName],
    ['orders', 'MobileHome', (d: Data) => d.me.cart, (d: Data) => d.me.displayName],
    [
      'products',
      'OrderHistory',
      (d: Data) => d.me.orders.edges[0].node.lines[0].variant?.product ?? null,
      (d: Data) => d.me.orders.totalCount,
    ],
  ])('without %s, %s answers in part, with a masked error', async (name, document, gone, kept) => {
    const token = await signIn();
    await processes.kill(name);
    const variables: Record<string, Record<string, unknown>> = {
      ProductPage: { slug, currency: 'EUR' },
      OrderHistory: { first: 5 },
    };
    const answer = await client.run(document, variables[document] ?? {}, token);
    expect(kept(answer.data)).toBeTruthy();
    if (!(name === 'users' && gone(answer.data) === null && !answer.errors)) {
      expect(gone(answer.data)).toBeNull();
      expect(answer.errors?.map(error => error.extensions.code)).toContain('SUBGRAPH_UNAVAILABLE');
    }
    expect(JSON.stringify(answer.errors ?? [])).not.toMatch(/127\.0\.0\.1|localhost|ECONN|:\d{4,5}/);
    if (name !== 'products') {
      const tree = await client.run('CategoryTree');
      expect(tree.errors).toBeUndefined();
      expect(tree.data.categories.length).toBeGreaterThan(0);
    }
    await processes.start(name);
    const healed = await until(
      () => client.run(document, variables[document] ?? {}, token),
      found => found.errors === undefined,
    );
    expect(kept(healed.data)).toBeTruthy();
  });

  test('a subscription outlives a restart of the subgraph behind it', async () => {
    const [variant] = await findVariants(client, 1);
    const basket = await fillCart(client, { lines: [{ variantId: variant?.id ?? '', quantity: 1 }] });
    processes.stripe.control.clear();
    const { data } = await checkout(client, basket, { method: 'pm_card_authenticationRequired' });
    const { guestToken, order, redirectUrl } = data.checkout;
    const seen: string[] = [];
    const leave = new AbortController();
    const updates = client.follow(
      'GuestOrderUpdates',
      { id: order.id, token: guestToken },
      undefined,
      leave.signal,
    );
    const watching = (async () => {
      for await (const update of updates) seen.push(update.data.orderUpdated.status);
    })();
    await until(
      async () => seen,
      all => all.includes('AWAITING_PAYMENT'),
    );
    await processes.kill('orders');
    await processes.start('orders');
    await fetch(redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ outcome: 'complete' }),
      redirect: 'manual',
    });
    await until(
      async () => seen,
      all => all.includes('PAID'),
      30_000,
    );
    leave.abort();
    await watching;
    expect(seen.filter((status, i) => status !== seen[i - 1])).toEqual(['AWAITING_PAYMENT', 'PAID']);
  }, 60_000);

  test('a subgraph asked directly answers 401', async () => {
    for (const name of ['USERS', 'PRODUCTS', 'INVENTORY', 'ORDERS', 'PAYMENTS', 'NOTIFICATIONS']) {
      const response = await fetch(processes.env[`${name}_SUBGRAPH_URL`] ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await signIn()}` },
        body: JSON.stringify({ query: '{ _service { sdl } }' }),
      });
      expect(response.status).toBe(401);
    }
  });

  test.each<ServiceName>(['orders', 'payments', 'inventory'])(
    '%s is killed in mid-saga: the order ends all the same',
    async name => {
      const staffToken = (await client.run('SignIn', staff)).data.signIn.tokens.accessToken as string;
      const [variant] = await findVariants(client, 1);
      const basket = await fillCart(client, { lines: [{ variantId: variant?.id ?? '', quantity: 1 }] });
      processes.stripe.control.add({ kind: 'delay', ms: 1_500, times: 1, match: 'POST /v1/payment_intents' });
      const key = `kill-${name}`;
      const email = `${key}@example.com`;
      const sent = checkout(client, basket, { key, email });
      await until(
        () => client.run('OrderQueue', { first: 1, filter: { email } }, staffToken),
        answer => answer.data?.orders.totalCount === 1,
      );
      await processes.kill(name, 'SIGKILL');
      await sent;
      await processes.start(name);
      const end = await until(
        () => checkout(client, basket, { key, email }),
        answer => answer.data?.checkout?.__typename === 'CheckoutCompleted',
        60_000,
      );
      expect(end.data.checkout.order.status).toBe('PAID');
      const captured = processes.stripe.ledger().filter(entry => entry.kind === 'captured');
      expect(new Set(captured.map(entry => entry.paymentIntent)).size).toBe(captured.length);
    },
    90_000,
  );
});
