import { type SampleAccount, customers } from './accounts.ts';
import { products, rows } from './catalogue.ts';
import { type Client, createClient, inParallel } from './client.ts';
import { type SampleOrder, addresses, orders, reviews } from './history.ts';

type Refusable = { readonly __typename: string; readonly message?: string };

const patienceMs = 30_000;

/** Customers with addresses, their orders as far as staff have got with them, and what they say about what they bought. */
export async function loadHistory(
  url: string,
  staff: Client,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  await inParallel(customers, async customer => {
    const client = await registered(url, customer);
    await keepAddress(client, customer);
    for (const order of orders.filter(each => each.email === customer.email))
      await placeOrder(client, staff, order, ids);
  });
  // Once all orders are in, products knows who has bought what.
  await inParallel(customers, async customer => {
    const client = await createClient(url).signIn(customer);
    await writeReviews(client, customer);
  });
}

async function registered(
  url: string,
  { email, password, firstName, lastName, locale }: SampleAccount,
): Promise<Client> {
  const anybody = createClient(url);
  const { register } = await anybody.ask<{ register: Refusable }>(
    'mutation($input: RegisterInput!) { register(input: $input) { __typename ... on UserError { message } } }',
    { input: { email, password, firstName, lastName, locale } },
  );
  if (register.__typename !== 'SignInSuccess' && register.__typename !== 'ConflictError')
    throw new Error(`${email} cannot register: ${register.message ?? ''}`);
  return anybody.signIn({ email, password });
}

async function keepAddress(client: Client, { email }: SampleAccount): Promise<void> {
  const { me } = await client.ask<{ me: { addresses: { id: string }[] } }>('{ me { addresses { id } } }');
  if (me.addresses.length > 0) return;
  const { addressAdd } = await client.ask<{ addressAdd: Refusable }>(
    'mutation($input: AddressInput!) { addressAdd(input: $input, defaultShipping: true, defaultBilling: true) { __typename ... on UserError { message } } }',
    { input: addresses[email] },
  );
  if (addressAdd.__typename !== 'CustomerSuccess')
    throw new Error(`the address of ${email} was refused: ${addressAdd.message ?? ''}`);
}

type Cart = {
  readonly id: string;
  readonly total: { readonly amount: string; readonly currency: string };
  readonly shippingMethods: readonly { readonly id: string }[];
};
const cartFields =
  '{ ... on CartSuccess { cart { id total { amount currency } shippingMethods { id } } } ... on UserError { __typename message } }';

async function cartStep(
  client: Client,
  field: string,
  declared: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Cart | null> {
  const given = Object.keys(variables)
    .map(name => `${name}: $${name}`)
    .join(', ');
  const answer = await client.ask<Record<string, { cart?: Cart; message?: string }>>(
    `mutation(${declared}) { ${field}(${given}) ${cartFields} }`,
    variables,
  );
  return answer[field]?.cart ?? null;
}

/** Fills a cart, pays with the test card, and lets staff ship and deliver. An order that is there already is left alone. */
async function placeOrder(
  client: Client,
  staff: Client,
  order: SampleOrder,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const { me } = await client.ask<{ me: { orders: { edges: { node: { lines: { sku: string }[] } }[] } } }>(
    '{ me { orders(first: 20) { edges { node { lines { sku } } } } } }',
  );
  const wanted = order.lines
    .map(([sku]) => sku)
    .toSorted()
    .join();
  if (
    me.orders.edges.some(
      ({ node }) =>
        node.lines
          .map(line => line.sku)
          .toSorted()
          .join() === wanted,
    )
  )
    return;

  const lines = order.lines.map(([sku, quantity]) => ({ variantId: ids.get(sku) ?? '', quantity }));
  // Orders hears of variants, prices and methods by events: the first try may come too early.
  const cart = await client.until(
    () =>
      cartStep(client, 'cartCreate', '$input: CartCreateInput!', {
        input: { currency: order.currency, lines },
      }),
    patienceMs,
  );
  const addressed = await sure(
    cartStep(client, 'cartAddressSet', '$cartId: ID!, $shipping: OrderAddressInput!', {
      cartId: cart.id,
      shipping: addresses[order.email],
    }),
    order,
  );
  const shippingMethodId = addressed.shippingMethods[0]?.id;
  let ready = await sure(
    cartStep(client, 'cartShippingMethodSet', '$cartId: ID!, $shippingMethodId: ID!', {
      cartId: cart.id,
      shippingMethodId,
    }),
    order,
  );
  if (order.voucher !== undefined)
    ready = await sure(
      cartStep(client, 'cartVoucherApply', '$cartId: ID!, $code: String!', {
        cartId: cart.id,
        code: order.voucher,
      }),
      order,
    );

  const { checkout } = await client.ask<{ checkout: Refusable & { order?: { id: string } } }>(
    `mutation($input: CheckoutInput!, $key: ID!) { checkout(input: $input, idempotencyKey: $key) { __typename
      ... on CheckoutCompleted { order { id } } ... on CheckoutPending { order { id } } ... on UserError { message } } }`,
    {
      input: {
        cartId: cart.id,
        expectedTotal: ready.total,
        email: order.email,
        payment: { token: 'pm_card_visa' },
      },
      key: `sample-${order.key}-${cart.id}`,
    },
  );
  if (!checkout.order)
    throw new Error(
      `the sample's order ${order.key} was refused: ${checkout.message ?? checkout.__typename}`,
    );
  if (order.until !== 'PAID') await fulfil(staff, checkout.order.id, order);
}

async function sure(step: Promise<Cart | null>, order: SampleOrder): Promise<Cart> {
  const cart = await step;
  if (!cart) throw new Error(`the cart of the sample's order ${order.key} was refused`);
  return cart;
}

type Shipped = Refusable & { readonly order?: { readonly fulfilments: readonly { readonly id: string }[] } };

async function fulfil(staff: Client, orderId: string, order: SampleOrder): Promise<void> {
  const lines = await staff.until(async () => {
    const { order: found } = await staff.ask<{
      order: { status: string; lines: { id: string; quantity: number }[] } | null;
    }>('query($id: ID!) { order(id: $id) { status lines { id quantity } } }', { id: orderId });
    return found?.status === 'PAID' ? found.lines : null;
  }, patienceMs);
  const input = {
    orderId,
    lines: lines.map(line => ({ orderLineId: line.id, quantity: line.quantity })),
    carrier: 'DHL',
    trackingNumber: `SAMPLE-${order.key.toUpperCase()}`,
  };
  const { orderFulfil } = await staff.ask<{ orderFulfil: Shipped }>(
    'mutation($input: FulfilInput!, $key: ID!) { orderFulfil(input: $input, idempotencyKey: $key) { __typename ... on OrderSuccess { order { fulfilments { id } } } ... on UserError { message } } }',
    { input, key: `sample-${order.key}-shipped-${orderId}` },
  );
  const fulfilment = orderFulfil.order?.fulfilments[0];
  if (!fulfilment)
    throw new Error(`the sample's order ${order.key} could not be shipped: ${orderFulfil.message ?? ''}`);
  if (order.until !== 'DELIVERED') return;
  await staff.change('fulfilmentDeliver', { id: 'ID!' }, [{ id: fulfilment.id }]);
}

async function writeReviews(client: Client, { email }: SampleAccount): Promise<void> {
  for (const { code, rating, title, body } of reviews.filter(review => review.email === email)) {
    const slug = rows[products.findIndex(product => product.code === code)]?.slug;
    const { product } = await client.ask<{ product: { id: string } | null }>(
      'query($slug: String) { product(slug: $slug) { id } }',
      { slug },
    );
    const { reviewCreate } = await client.ask<{ reviewCreate: Refusable }>(
      'mutation($productId: ID!, $rating: Int!, $title: String, $body: String) { reviewCreate(productId: $productId, rating: $rating, title: $title, body: $body) { __typename ... on UserError { message } } }',
      { productId: product?.id, rating, title, body },
    );
    // One review per customer and product: the rest of a sample that was cut short is there already.
    if (reviewCreate.__typename !== 'ReviewSuccess' && reviewCreate.__typename !== 'ConflictError')
      throw new Error(`a review was refused: ${reviewCreate.message ?? ''}`);
  }
}
