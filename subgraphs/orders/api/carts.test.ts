import { describe, expect, test } from 'vitest';

import { newId, randomToken } from '#platform/ids.ts';
import { testSubgraph } from '#platform/testing/subgraph.ts';
import { type Viewer } from '#platform/viewer.ts';
import { catalogue } from '#schema/catalogue.ts';

import { startOrders } from '../service.ts';

const orders = await testSubgraph({
  name: 'orders',
  catalogue,
  start: (settings, shared) =>
    startOrders(
      {
        ...settings,
        guestTokenSecret: randomToken(32),
        reservationMs: 900_000,
        retryMs: 10_000,
        currency: 'EUR',
        country: 'DE',
      },
      shared,
    ),
});

const cartParts = `fragment CartParts on Cart {
  id version currency email customer { id }
  lines { id quantity unitPrice { amount currency } total { amount currency } variantId variant { id } }
  shippingMethods { id name price { amount currency } minDays maxDays }
  shippingMethod { id name }
  vouchers discounts { name amount { amount currency } }
  subtotal { amount currency } discountTotal { amount currency } shippingTotal { amount currency }
  taxTotal { amount currency } total { amount currency }
  expiresAt shippingAddress { name country } billingAddress { name }
}`;
const problem = 'fragment Problem on UserError { __typename code message field }';
const mutation = (name: string, args: string, call: string): string =>
  `${cartParts} ${problem} mutation ${name}(${args}) { ${call} { __typename ... on CartSuccess { cart { ...CartParts } } ...Problem } }`;
const create = mutation('CartCreate', '$input: CartCreateInput!', 'cartCreate(input: $input)');
const setLines = mutation(
  'CartLinesSet',
  '$cartId: ID!, $lines: [CartLineInput!]!, $expectedVersion: Int',
  'cartLinesSet(cartId: $cartId, lines: $lines, expectedVersion: $expectedVersion)',
);
const setAddress = mutation(
  'CartAddressSet',
  '$cartId: ID!, $shipping: OrderAddressInput!',
  'cartAddressSet(cartId: $cartId, shipping: $shipping)',
);
const setMethod = mutation(
  'CartShippingMethodSet',
  '$cartId: ID!, $shippingMethodId: ID!',
  'cartShippingMethodSet(cartId: $cartId, shippingMethodId: $shippingMethodId)',
);
const applyVoucher = mutation(
  'CartVoucherApply',
  '$cartId: ID!, $code: String!',
  'cartVoucherApply(cartId: $cartId, code: $code)',
);
const merge = mutation('CartMerge', '$cartId: ID!', 'cartMerge(cartId: $cartId)');
const page = `${cartParts} query CartPage($id: ID!) { cart(id: $id) { ...CartParts } }`;
const customerCart = `query ($id: ID!) { _entities(representations: [{ __typename: "Customer", id: $id }]) { ... on Customer { id cart { id total { amount } lines { id quantity } } } } }`;

const ada: Viewer = { kind: 'customer', id: newId(), sessionId: newId(), scopes: [] };
const staff: Viewer = {
  kind: 'customer',
  id: newId(),
  sessionId: newId(),
  scopes: ['promotions:read', 'promotions:write', 'shipping:write', 'taxes:write'],
};

async function variant(
  prices: Record<string, string>,
  more: { readonly variantId?: string; readonly sellable?: boolean; readonly version?: number } = {},
): Promise<string> {
  const { variantId = newId(), sellable = true, version = 1 } = more;
  const aggregate = { type: 'ProductVariant', id: variantId };
  await orders.deliver({
    type: 'variant.upserted',
    aggregate,
    data: {
      variantId,
      productId: newId(),
      sku: 'SKU',
      title: 'Blue',
      productName: 'Mug',
      productSlug: 'mug',
      categorySlugs: [],
      taxClass: 'standard',
      weightGrams: 100,
      sellable,
      version,
    },
  });
  await tellPrices(variantId, prices, version);
  return variantId;
}

async function tellPrices(variantId: string, prices: Record<string, string>, version: number): Promise<void> {
  const list = Object.entries(prices).map(([currency, amount]) => ({ currency, amount, compareAt: null }));
  await orders.deliver({
    type: 'price.changed',
    aggregate: { type: 'ProductVariant', id: variantId },
    data: { variantId, prices: list, version },
  });
}

const eur = (amount: string) => ({ amount, currency: 'EUR' });

test('a new database asks products for the catalogue', async () => {
  expect(await orders.announced('products.snapshot_requested')).toHaveLength(1);
});

describe('a guest shops', () => {
  test('from an empty cart to a price with tax, shipping and voucher', async () => {
    const mug = await variant({ EUR: '1190', JPY: '2000' });
    const configure = `mutation ($voucher: VoucherUpsertInput!, $method: ShippingMethodUpsertInput!, $rate: TaxRateUpsertInput!) {
      voucherUpsert(input: $voucher) { ... on VoucherSuccess { voucher { id code usageLimit usageCount active discount { kind percentage minimumSubtotals { amount } } } } }
      shippingMethodUpsert(input: $method) { ... on ShippingMethodSuccess { shippingMethod { id name price { amount } } } }
      taxRateUpsert(input: $rate) { ... on TaxRateSuccess { taxRate { id country taxClass ratePercent pricesIncludeTax } } }
    }`;
    const configured = await orders.query(
      configure,
      {
        voucher: {
          code: 'WELCOME10',
          name: 'Welcome',
          discount: { kind: 'PERCENTAGE', percentage: '10', minimumSubtotals: [eur('5')] },
        },
        method: { name: 'Parcel', countries: ['DE'], prices: [eur('4.90')], minDays: 1, maxDays: 3 },
        rate: { country: 'DE', taxClass: 'standard', ratePercent: '19', pricesIncludeTax: true },
      },
      staff,
    );
    expect(configured.errors).toBeUndefined();
    expect(configured.data).toMatchObject({
      voucherUpsert: {
        voucher: {
          code: 'WELCOME10',
          usageCount: 0,
          active: true,
          discount: { percentage: '10', minimumSubtotals: [{ amount: '5.00' }] },
        },
      },
      shippingMethodUpsert: { shippingMethod: { name: 'Parcel', price: { amount: '4.90' } } },
      taxRateUpsert: { taxRate: { country: 'DE', ratePercent: '19', pricesIncludeTax: true } },
    });

    const created = await orders.query(create, {
      input: { currency: 'EUR', lines: [{ variantId: mug, quantity: 2 }] },
    });
    const { cart } = created.data.cartCreate;
    expect(cart).toMatchObject({
      version: 1,
      customer: null,
      lines: [{ quantity: 2, variant: { id: mug }, unitPrice: eur('11.90'), total: eur('23.80') }],
      taxTotal: eur('3.80'),
      total: eur('23.80'),
    });
    expect(cart.shippingMethods).toMatchObject([
      { name: 'Parcel', price: eur('4.90'), minDays: 1, maxDays: 3 },
    ]);

    await orders.query(setAddress, {
      cartId: cart.id,
      shipping: { name: 'Ada', line1: 'Weg 1', city: 'Ulm', postalCode: '89073', country: 'DE' },
    });
    await orders.query(setMethod, { cartId: cart.id, shippingMethodId: cart.shippingMethods[0].id });
    const applied = await orders.query(applyVoucher, { cartId: cart.id, code: 'welcome10' });
    expect(applied.data.cartVoucherApply.cart).toMatchObject({
      version: 4,
      vouchers: ['WELCOME10'],
      discounts: [{ name: 'Welcome', amount: eur('2.38') }],
      subtotal: eur('23.80'),
      discountTotal: eur('2.38'),
      shippingTotal: eur('4.90'),
      taxTotal: eur('4.20'),
      total: eur('26.32'),
      shippingAddress: { name: 'Ada' },
    });

    await tellPrices(mug, { EUR: '1000' }, 2);
    const read = await orders.query(page, { id: cart.id });
    expect(read.data.cart).toMatchObject({ subtotal: eur('20.00'), total: eur('22.90'), version: 4 });

    const yen = await orders.query(create, {
      input: { currency: 'JPY', lines: [{ variantId: mug, quantity: 1 }] },
    });
    expect(yen.data.cartCreate).toMatchObject({
      __typename: 'ValidationError',
      code: 'VARIANT_NO_PRICE',
      field: ['input', 'lines', '0', 'variantId'],
    });
  });

  test('refusals are members of the union', async () => {
    const mug = await variant({ EUR: '100' });
    const { data } = await orders.query(create, { input: { lines: [{ variantId: mug, quantity: 1 }] } });
    const cartId = data.cartCreate.cart.id as string;
    const lines = [{ variantId: mug, quantity: 2 }];
    const late = await orders.query(setLines, { cartId, lines, expectedVersion: 9 });
    expect(late.data.cartLinesSet).toMatchObject({ __typename: 'ConflictError', code: 'VERSION' });
    const unknown = await orders.query(applyVoucher, { cartId, code: 'NOPE' });
    expect(unknown.data.cartVoucherApply).toMatchObject({
      __typename: 'VoucherInvalidError',
      code: 'VOUCHER_UNKNOWN',
      field: ['code'],
    });
    const nobody = await orders.query(setLines, { cartId: 'no-such-cart', lines });
    expect(nobody.data.cartLinesSet).toMatchObject({ __typename: 'NotFoundError', field: ['cartId'] });
  });
});

test('a line whose variant is sold no more, or has lost its price, says so', async () => {
  const [mug, cup, bowl] = [
    await variant({ EUR: '100' }),
    await variant({ EUR: '100' }),
    await variant({ EUR: '100' }),
  ];
  const lines = [mug, cup, bowl].map(variantId => ({ variantId, quantity: 1 }));
  const { data } = await orders.query(create, { input: { lines } });
  const problems = async () => {
    const read = await orders.query('query ($id: ID!) { cart(id: $id) { lines { problem } } }', {
      id: data.cartCreate.cart.id,
    });
    return read.data.cart.lines.map((line: { problem: string | null }) => line.problem);
  };
  expect(await problems()).toEqual([null, null, null]);
  await variant({ EUR: '100' }, { variantId: mug, sellable: false, version: 2 });
  await tellPrices(cup, { USD: '100' }, 2);
  expect(await problems()).toEqual(['NOT_SELLABLE', 'NO_PRICE', null]);
});

test.each([
  ['cartCreate(input: { currency: "XXQ" })', ['input', 'currency'], 'CURRENCY'],
  [
    'cartAddressSet(cartId: "-", shipping: { name: "A", line1: "B", city: "C", postalCode: "1", country: "XX" })',
    ['shipping', 'country'],
    'COUNTRY',
  ],
  [
    'voucherUpsert(input: { code: "Q", name: "Q", discount: { kind: FIXED, amounts: [{ amount: "1", currency: "XXQ" }] } })',
    ['input', 'discount', 'amounts', '0', 'currency'],
    'CURRENCY',
  ],
  [
    'promotionUpsert(input: { name: "Q", discount: { kind: FREE_SHIPPING, minimumSubtotals: [{ amount: "1", currency: "XXQ" }] } })',
    ['input', 'discount', 'minimumSubtotals', '0', 'currency'],
    'CURRENCY',
  ],
  [
    'shippingMethodUpsert(input: { name: "P", countries: ["DE", "XX"], prices: [{ amount: "1", currency: "EUR" }] })',
    ['input', 'countries', '1'],
    'COUNTRY',
  ],
  [
    'shippingMethodUpsert(input: { name: "P", countries: [], prices: [{ amount: "1", currency: "XXQ" }] })',
    ['input', 'prices', '0', 'currency'],
    'CURRENCY',
  ],
  [
    'taxRateUpsert(input: { country: "XX", taxClass: "standard", ratePercent: "19", pricesIncludeTax: true })',
    ['input', 'country'],
    'COUNTRY',
  ],
] as const)('%s names no country or currency that there is', async (call, field, code) => {
  const { data } = await orders.query(
    `mutation { answer: ${call} { __typename ... on UserError { code field } } }`,
    {},
    staff,
  );
  expect(data.answer).toEqual({ __typename: 'ValidationError', code, field });
});

describe('whose cart', () => {
  test('a guest cart becomes the customer cart, which nobody else sees', async () => {
    const mug = await variant({ EUR: '100' });
    const guest = await orders.query(create, { input: { lines: [{ variantId: mug, quantity: 3 }] } });
    const merged = await orders.query(merge, { cartId: guest.data.cartCreate.cart.id }, ada);
    const { cart } = merged.data.cartMerge;
    expect(cart).toMatchObject({ customer: { id: ada.id }, lines: [{ quantity: 3 }] });
    expect((await orders.query(customerCart, { id: ada.id }, ada)).data._entities).toEqual([
      {
        id: ada.id,
        cart: { id: cart.id, total: { amount: '3.00' }, lines: [{ id: cart.lines[0].id, quantity: 3 }] },
      },
    ]);
    expect((await orders.query(customerCart, { id: ada.id }, staff)).data._entities).toEqual([
      { id: ada.id, cart: null },
    ]);
    expect((await orders.query(page, { id: cart.id })).data.cart).toBeNull();
    expect((await orders.query(page, { id: cart.id }, staff)).data.cart).toBeNull();
    expect((await orders.query(page, { id: guest.data.cartCreate.cart.id }, ada)).data.cart).toBeNull();
    const foreign = await orders.query(setLines, { cartId: cart.id, lines: [] }, staff);
    expect(foreign.data.cartLinesSet.__typename).toBe('NotFoundError');
  });

  test.each([
    '{ vouchers { id } }',
    '{ promotions { id } }',
    '{ taxRates { id } }',
    '{ shippingRules { id } }',
    'mutation { voucherUpsert(input: { code: "X", name: "X", discount: { kind: FREE_SHIPPING } }) { __typename } }',
  ])('%s is for staff', async document => {
    expect((await orders.query(document)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await orders.query(document, {}, ada)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('staff read back what they configured', async () => {
    const { data, errors } = await orders.query(
      '{ vouchers { code discount { kind } } promotions { id } taxRates { country ratePercent } shippingRules { name countries prices { amount currency } freeFrom { amount } } }',
      {},
      staff,
    );
    expect(errors).toBeUndefined();
    expect(data.shippingRules).toEqual([
      { name: 'Parcel', countries: ['DE'], prices: [eur('4.90')], freeFrom: [] },
    ]);
  });
});

describe('what a cart costs the database', () => {
  test.each([1, 60])('two statements for a cart of %i lines', async count => {
    const ids = await Promise.all(Array.from({ length: count }, () => variant({ EUR: '100' })));
    const lines = ids.map(variantId => ({ variantId, quantity: 1 }));
    const created = await orders.query(create, { input: { lines } }, ada);
    expect(created.statements).toBe(3);
    const { id } = created.data.cartCreate.cart;
    expect((await orders.query(page, { id }, ada)).statements).toBe(2);
    expect((await orders.query(customerCart, { id: ada.id }, ada)).statements).toBe(2);
    expect((await orders.query(setLines, { cartId: id, lines }, ada)).statements).toBe(4);
  });
});
