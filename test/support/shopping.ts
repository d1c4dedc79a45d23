import { randomUUID } from 'node:crypto';

import { type Answer, type Client } from './client.ts';

export type Variant = {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly price: string;
  readonly slug: string;
};

/** Somewhere to send parcels to. */
export const address = {
  name: 'Grace Hopper',
  line1: '1 Compiler Street',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
};

/** Variants that can be bought: `units` or more in stock and no backorders, of different products, with a price in the currency. */
export async function findVariants(
  client: Client,
  count: number,
  units = 20,
  currency = 'EUR',
): Promise<Variant[]> {
  const found: Variant[] = [];
  let after: string | null = null;
  while (found.length < count) {
    const list: Answer = await client.run('ProductList', {
      first: 24,
      after,
      sort: 'NAME',
      search: { inStockOnly: true },
    });
    const { edges, pageInfo } = list.data.products;
    for (const edge of edges) {
      if (found.length >= count) break;
      const { data } = await client.run('ProductPage', { slug: edge.node.slug, currency });
      const variant = data.product.variants.find(
        (each: { price: unknown; availability: { quantity: number; backorderable: boolean } }) =>
          each.price !== null && each.availability.quantity >= units && !each.availability.backorderable,
      );
      if (variant) {
        const { id, sku, price, availability } = variant;
        found.push({ id, sku, quantity: availability.quantity, price: price.amount, slug: edge.node.slug });
      }
    }
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  if (found.length < count) throw new Error(`only ${found.length} of ${count} variants are in stock`);
  return found;
}

export type Basket = {
  readonly cartId: string;
  readonly total: { readonly amount: string; readonly currency: string };
};

type Fill = {
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
  readonly token?: string;
  readonly currency?: string;
  readonly shipping?: typeof address & { readonly region?: string };
  readonly email?: string;
};

/** A cart with lines, address and the first shipping method, ready for checkout. */
export async function fillCart(
  client: Client,
  { lines, token, currency = 'EUR', shipping = address, email }: Fill,
): Promise<Basket> {
  const input = { currency, lines, ...(email === undefined ? {} : { email }) };
  const created = cartOf(await client.run('CartCreate', { input }, token), 'cartCreate');
  const placed = cartOf(
    await client.run('CartAddressSet', { cartId: created.id, shipping }, token),
    'cartAddressSet',
  );
  const [method] = placed.shippingMethods;
  if (!method) throw new Error('no shipping method reaches this address');
  const ready = cartOf(
    await client.run('CartShippingMethodSet', { cartId: created.id, shippingMethodId: method.id }, token),
    'cartShippingMethodSet',
  );
  return { cartId: ready.id, total: ready.total };
}

// oxlint-disable-next-line typescript/no-explicit-any -- the cart is whatever the document selects
function cartOf(answer: Answer, field: string): any {
  const cart = answer.data?.[field]?.cart;
  if (!cart) throw new Error(`${field}: ${JSON.stringify(answer)}`);
  return cart;
}

type Pay = {
  readonly token?: string;
  readonly method?: string;
  readonly key?: string;
  readonly email?: string;
};

/** Sends the Checkout document for a cart. */
export function checkout(client: Client, basket: Basket, pay: Pay = {}): Promise<Answer> {
  const input = {
    cartId: basket.cartId,
    expectedTotal: basket.total,
    // A customer's mail goes to his account's address.
    ...(pay.token === undefined || pay.email !== undefined
      ? { email: pay.email ?? 'guest@example.com' }
      : {}),
    payment: { token: pay.method ?? 'pm_card_visa' },
  };
  return client.run('Checkout', { input, idempotencyKey: pay.key ?? randomUUID() }, pay.token);
}

/** Asks again until the condition holds; fails after `ms`. For states that arrive as events. */
export async function until<T>(
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
  ms = 15_000,
): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > deadline)
      throw new Error(`it never came to be: ${JSON.stringify(answer)?.slice(0, 2_000)}`);
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}
