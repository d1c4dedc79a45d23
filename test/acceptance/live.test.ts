import { randomUUID } from 'node:crypto';

import { createClient as createWebSocketClient } from 'graphql-ws';
import { beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { documents } from '../support/documents.ts';
import { type TestShop, openTestShop } from '../support/shop.ts';
import { checkout, fillCart, findVariants, until } from '../support/shopping.ts';

let shop: TestShop;
let staff: string;
beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.staffToken();
}, 120_000);

type Update = {
  readonly status: string;
  readonly paymentStatus: string | null;
  readonly lines?: readonly { readonly variant: { readonly product: { readonly name: string } } }[];
};
type Watch = (
  name: string,
  variables: Record<string, unknown>,
  token: string | undefined,
  seen: Update[],
) => () => Promise<void>;

const overSse: Watch = (name, variables, token, seen) => {
  const leave = new AbortController();
  const updates = shop.client.follow(name, variables, token, leave.signal);
  void (async () => {
    for await (const { data } of updates) seen.push(data.orderUpdated);
  })();
  return async () => leave.abort();
};
const overWebSocket: Watch = (name, variables, token, seen) => {
  const socket = createWebSocketClient({
    url: `${shop.client.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  const end = socket.subscribe<{ orderUpdated: Update }>(
    { query: documents.get(name)?.text ?? '', variables },
    { next: ({ data }) => void (data && seen.push(data.orderUpdated)), error: () => {}, complete: () => {} },
  );
  return async () => {
    end();
    await socket.dispose();
  };
};

describe.each([
  ['SSE', overSse],
  ['graphql-ws', overWebSocket],
] as const)('an order followed over %s while the provider takes five seconds', (_transport, watch) => {
  test.each(['customer', 'guest'] as const)(
    'as a %s: every status, in order, none skipped, with fields of three subgraphs',
    async who => {
      const { client } = shop;
      const token = who === 'customer' ? await shop.signIn() : undefined;
      const [first, second] = await findVariants(client, 2);
      const lines = [first, second].map(variant => ({ variantId: variant?.id ?? '', quantity: 1 }));
      const basket = await fillCart(client, { lines, ...(token === undefined ? {} : { token }) });
      shop.shop.stripe.control.add({ kind: 'delay', ms: 5_000, times: 1, match: 'POST /v1/payment_intents' });
      const bought = await checkout(client, basket, token === undefined ? {} : { token });
      expect(bought.data.checkout.__typename).toBe('CheckoutPending');
      const { order, guestToken } = bought.data.checkout;
      const seen: Update[] = [];
      const [document, variables] =
        who === 'customer'
          ? ['OrderUpdates', { id: order.id }]
          : ['GuestOrderUpdates', { id: order.id, token: guestToken }];
      const stop = watch(document, variables, token, seen);
      await until(
        async () => seen.map(update => update.status),
        all => all.includes('PAID'),
      );
      const fulfil = async (index: number): Promise<string> => {
        const input = {
          orderId: order.id,
          lines: [{ orderLineId: order.lines[index].id, quantity: 1 }],
          trackingNumber: `T${index}`,
        };
        const { data } = await client.run('Fulfil', { input, idempotencyKey: randomUUID() }, staff);
        return data.orderFulfil.order.fulfilments.at(-1).id;
      };
      const parcels = [await fulfil(0), await fulfil(1)];
      for (const id of new Set(parcels)) await client.run('Deliver', { id }, staff);
      const detail = await client.run('OrderDetail', { id: order.id }, staff);
      expect(detail.data.order.status).toBe('DELIVERED');
      await until(
        async () => seen.map(update => update.status),
        all => all.includes('DELIVERED'),
      );
      await stop();
      const statuses = seen.map(update => update.status);
      expect(['PENDING', 'AWAITING_PAYMENT']).toContain(statuses[0]);
      const moves = statuses
        .filter((status, i) => status !== statuses[i - 1])
        .filter(status => !['PENDING', 'AWAITING_PAYMENT'].includes(status));
      expect(moves).toEqual(['PAID', 'PARTIALLY_FULFILLED', 'FULFILLED', 'DELIVERED']);
      expect(seen.at(-1)?.paymentStatus).toBe('CAPTURED');
      if (who === 'customer')
        expect(seen.at(-1)?.lines?.[0]?.variant.product.name).toEqual(expect.any(String));
    },
    60_000,
  );
});

test('a stranger is not told', async () => {
  const { client } = shop;
  const [variant] = await findVariants(client, 1);
  const basket = await fillCart(client, { lines: [{ variantId: variant?.id ?? '', quantity: 1 }] });
  const { order } = (await checkout(client, basket)).data.checkout;
  for (const token of [undefined, await shop.signIn()]) {
    const updates = client.follow('OrderUpdates', { id: order.id }, token);
    const first = await updates.next();
    await updates.return();
    expect(first.value?.data?.orderUpdated ?? null).toBeNull();
  }
});
