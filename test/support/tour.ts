import { randomUUID } from 'node:crypto';

import { customers, staff } from '../../embedded/sample/accounts.ts';
import { type Answer, type Client } from './client.ts';
import { address, findVariants, until } from './shopping.ts';

/** What one document cost. */
export type Cost = { readonly document: string; readonly fetches: number; readonly statements: number };

export type Tour = { readonly costs: readonly Cost[]; readonly answers: ReadonlyMap<string, Answer> };

type Choice = {
  /** Lines in the cart. */
  readonly lines: number;
  /** Items of every list that a document asks for. */
  readonly first: number;
  readonly currency?: string;
  readonly shipping?: typeof address & { readonly region?: string };
};

/**
 * Sends every query and mutation of the client documents once, in a story: browse, buy as customer and as guest, ship, return,
 * refund, and all that the back office does. Throws when one of them answers an error or a refusal.
 */
export async function takeTour(
  client: Client,
  { lines, first, currency = 'EUR', shipping = address }: Choice,
): Promise<Tour> {
  const costs: Cost[] = [];
  const answers = new Map<string, Answer>();
  const send = async (
    document: string,
    variables: Record<string, unknown> = {},
    token?: string,
  ): Promise<Answer> => {
    const answer = await client.run(document, variables, token);
    const [outcome] = Object.values(answer.data ?? {}) as ({ __typename?: string; code?: string } | null)[];
    if (answer.errors || (outcome?.code !== undefined && outcome.__typename?.endsWith('Error'))) {
      throw new Error(`${document}: ${JSON.stringify(answer).slice(0, 2_000)}`);
    }
    if (!answers.has(document))
      costs.push({ document, fetches: answer.fetches, statements: answer.statements });
    answers.set(document, answer);
    return answer;
  };
  const key = (): string => randomUUID();
  const run = randomUUID().slice(0, 8);

  const back = (await send('SignIn', staff)).data.signIn.tokens.accessToken as string;
  const ada = (await client.run('SignIn', { email: customers[0]?.email, password: customers[0]?.password }))
    .data.signIn.tokens;
  const token = ada.accessToken as string;

  const variants = await findVariants(client, Math.min(lines, 40), 10, currency);
  await send('ProductList', { first, sort: 'NAME' });
  await send('ProductPage', { slug: variants[0]?.slug, currency });
  await send('CategoryTree');
  await send('MobileTiles', { first });
  await send('MobileSearch', {
    text: String(answers.get('ProductPage')?.data.product.name).split(' ')[0],
  });

  const wanted = variants.map(variant => ({ variantId: variant.id, quantity: 1 }));
  const created = await send('CartCreate', { input: { currency, lines: wanted.slice(0, 1) } });
  const cartId = created.data.cartCreate.cart.id as string;
  await send('CartLinesSet', {
    cartId,
    lines: wanted,
    expectedVersion: created.data.cartCreate.cart.version,
  });
  const placed = await send('CartAddressSet', { cartId, shipping });
  await send('CartMerge', { cartId }, token);
  const merged = answers.get('CartMerge')?.data.cartMerge.cart.id as string;
  await send('CartAddressSet', { cartId: merged, shipping }, token);
  await send(
    'CartShippingMethodSet',
    { cartId: merged, shippingMethodId: placed.data.cartAddressSet.cart.shippingMethods[0].id },
    token,
  );
  await send('CartVoucherApply', { cartId: merged, code: 'WELCOME10' }, token);
  const page = await send('CartPage', { id: merged }, token);
  const input = { cartId: merged, expectedTotal: page.data.cart.total, payment: { token: 'pm_card_visa' } };
  const bought = await send('Checkout', { input, idempotencyKey: key() }, token);
  const order = bought.data.checkout.order;

  const guestCart = (
    await client.run('CartCreate', {
      input: { currency, lines: wanted.slice(0, 1), email: `${run}@example.com` },
    })
  ).data.cartCreate.cart;
  const there = (await client.run('CartAddressSet', { cartId: guestCart.id, shipping })).data.cartAddressSet
    .cart;
  const ready = (
    await client.run('CartShippingMethodSet', {
      cartId: guestCart.id,
      shippingMethodId: there.shippingMethods[0].id,
    })
  ).data.cartShippingMethodSet.cart;
  const guest = (
    await client.run('Checkout', {
      input: { cartId: ready.id, expectedTotal: ready.total, payment: { token: 'pm_card_visa' } },
      idempotencyKey: key(),
    })
  ).data.checkout;
  await send('GuestOrder', { number: guest.order.number, token: guest.guestToken });

  await send('OrderPage', { number: order.number }, token);
  await send('OrderHistory', { first }, token);
  await send('MobileHome', {}, token);
  await send('MobileOrder', { id: order.id }, token);
  await send('OrderQueue', { first }, back);
  await send('OrderDetail', { id: order.id }, back);
  const all = order.lines.map((line: { id: string; quantity: number }) => ({
    orderLineId: line.id,
    quantity: line.quantity,
  }));
  const shipped = await send(
    'Fulfil',
    { input: { orderId: order.id, lines: all, carrier: 'DHL', trackingNumber: run }, idempotencyKey: key() },
    back,
  );
  await send('Deliver', { id: shipped.data.orderFulfil.order.fulfilments[0].id }, back);
  const asked = await send(
    'ReturnRequest',
    { orderId: order.id, lines: all.slice(0, 1), reason: 'too small', idempotencyKey: key() },
    token,
  );
  const returnId = asked.data.returnRequest.order.returns[0].id as string;
  await send('ReturnApprove', { id: returnId }, back);
  await send('ReturnReceive', { id: returnId, restock: true, idempotencyKey: key() }, back);
  await until(
    () => client.run('OrderPage', { number: order.number }, token),
    answer => answer.data.order.returns[0].status === 'REFUNDED',
  );
  const guestDetail = await client.run('OrderDetail', { id: guest.order.id }, back);
  const [payment] = guestDetail.data.order.payments;
  const amount = { amount: currency === 'JPY' ? '1' : '0.50', currency };
  await send('Refund', { paymentId: payment.id, amount, reason: 'goodwill', idempotencyKey: key() }, back);
  await send('Books', { orderId: order.id }, back);
  const second = (await client.run('CartCreate', { input: { currency, lines: wanted.slice(0, 1) } }, token))
    .data.cartCreate.cart;
  await client.run('CartAddressSet', { cartId: second.id, shipping }, token);
  const again = (
    await client.run(
      'CartShippingMethodSet',
      { cartId: second.id, shippingMethodId: there.shippingMethods[0].id },
      token,
    )
  ).data.cartShippingMethodSet.cart;
  const toCancel = await client.run(
    'Checkout',
    {
      input: { cartId: second.id, expectedTotal: again.total, payment: { token: 'pm_card_visa' } },
      idempotencyKey: key(),
    },
    token,
  );
  await send(
    'OrderCancel',
    { id: toCancel.data.checkout.order.id, reason: 'changed my mind', idempotencyKey: key() },
    token,
  );

  const stock = await send('Stock', { sku: variants[0]?.sku }, back);
  const [level] = stock.data.productVariant.stockLevels;
  await send(
    'StockAdjust',
    {
      input: { variantId: variants[0]?.id, warehouseId: level.warehouse.id, delta: 1, reason: 'found one' },
      idempotencyKey: key(),
    },
    back,
  );
  await send('LowStock', {}, back);
  await send('Warehouses', {}, back);
  await send('Invariants', {}, back);
  const day = 86_400_000;
  await send(
    'Reconcile',
    { from: new Date(Date.now() - day).toISOString(), to: new Date(Date.now() + day).toISOString() },
    back,
  );
  await send('Customers', { first, search: 'a' }, back);
  await send('Audit', { first }, back);
  await send('Webhooks', {}, back);
  await send('CategoryUpsert', { input: { slug: `tour-${run}`, name: 'Tour' } }, back);
  const product = {
    slug: `tour-${run}`,
    name: 'Tour product',
    status: 'DRAFT',
    categorySlugs: [`tour-${run}`],
    variants: [{ sku: `TOUR-${run}`, prices: [{ amount: '1.00', currency: 'EUR' }] }],
  };
  await send('ProductUpsert', { input: product, idempotencyKey: key() }, back);
  await send(
    'CatalogueImport',
    {
      jsonl: JSON.stringify({ ...product, slug: `import-${run}`, variants: [] }),
      dryRun: true,
      idempotencyKey: key(),
    },
    back,
  );
  await send('ApiKeyCreate', { name: `tour ${run}`, scopes: ['orders:read'] }, back);
  await send('WebhookEndpointCreate', { url: `http://127.0.0.1:9/${run}`, topics: ['order.placed'] }, back);
  await send(
    'VoucherUpsert',
    {
      input: {
        code: `TOUR${run}`.toUpperCase(),
        name: 'Tour',
        discount: { kind: 'PERCENTAGE', percentage: '5' },
        active: true,
      },
    },
    back,
  );
  await send(
    'ShippingMethodUpsert',
    { input: { name: `Tour ${run}`, countries: ['AQ'], prices: [{ amount: '99.00', currency: 'EUR' }] } },
    back,
  );
  await send(
    'TaxRateUpsert',
    { input: { country: 'AQ', taxClass: 'standard', ratePercent: '0', pricesIncludeTax: true } },
    back,
  );

  const registered = await send('Register', {
    input: { email: `tour-${run}@example.com`, password: 'a-long-enough-passphrase' },
  });
  const { tokens, customer } = registered.data.register;
  await send('Account', {}, tokens.accessToken);
  await send('AddressAdd', { input: shipping, defaultShipping: true }, tokens.accessToken);
  await send('StaffRolesSet', { customerId: customer.id, roleIds: [] }, back);
  await send(
    'ReviewCreate',
    {
      productId: answers.get('ProductPage')?.data.product.id,
      rating: 5,
      title: 'Good',
      body: 'Does what it says.',
    },
    tokens.accessToken,
  );
  await send('MobileMarkRead', { ids: [] }, tokens.accessToken);
  const renewed = await send('RefreshTokens', { refreshToken: tokens.refreshToken });
  await send('SignOut', { everywhere: true }, renewed.data.refreshTokens.tokens.accessToken);
  return { costs, answers };
}
