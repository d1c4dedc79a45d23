import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Discount, type DiscountRule, discountKinds } from './discount.ts';
import { type PricingInput, type PricingLine, priceCart } from './pricing.ts';
import { type ShippingMethod } from './shipping.ts';
import { type TaxRate } from './tax.ts';

const line = (more: Partial<PricingLine> = {}): PricingLine => ({
  id: 'l1',
  variantId: 'v1',
  productId: 'p1',
  sku: 'MUG',
  title: 'Mug',
  quantity: 1,
  unitPrice: 1_000n,
  taxClass: 'standard',
  weightGrams: 300,
  categorySlugs: ['kitchen'],
  ...more,
});

const discount = (more: Partial<Discount>): Discount => ({
  kind: 'PERCENTAGE',
  percentage: null,
  amounts: {},
  buy: null,
  get: null,
  categorySlugs: [],
  variantIds: [],
  minimumSubtotals: {},
  ...more,
});

const rule = (more: Partial<Discount>, code: string | null = null, id = 'r1'): DiscountRule => ({
  id,
  code,
  name: code ?? id,
  discount: discount(more),
});

const parcel: ShippingMethod = {
  id: 'parcel',
  name: 'Parcel',
  countries: ['DE', 'US'],
  prices: { EUR: '490', USD: '600' },
  freeFrom: { EUR: '5000' },
  maxWeightGrams: 10_000,
  minDays: 1,
  maxDays: 3,
};

const rate = (more: Partial<TaxRate>): TaxRate => ({
  country: 'DE',
  region: null,
  taxClass: 'standard',
  ratePercent: '19',
  pricesIncludeTax: true,
  ...more,
});

const cart = (more: Partial<PricingInput> = {}): PricingInput => ({
  currency: 'EUR',
  country: 'DE',
  region: null,
  lines: [line()],
  shippingMethods: [parcel],
  shippingMethodId: 'parcel',
  promotions: [],
  vouchers: [],
  taxRates: [rate({}), rate({ taxClass: 'reduced', ratePercent: '7' })],
  ...more,
});

describe('pricing a cart', () => {
  test('an empty cart costs nothing', () => {
    expect(priceCart(cart({ lines: [], shippingMethodId: null }))).toMatchObject({
      subtotal: 0n,
      taxTotal: 0n,
      total: 0n,
    });
  });

  test('where prices include tax, the tax is inside the total', () => {
    expect(priceCart(cart({ lines: [line({ quantity: 2, unitPrice: 1_190n })] }))).toMatchObject({
      subtotal: 2_380n,
      shippingTotal: 490n,
      taxTotal: 458n,
      shippingTax: 78n,
      total: 2_870n,
      pricesIncludeTax: true,
      weightGrams: 600,
    });
  });

  test('where prices exclude tax, the tax comes on top, shipping taxed at the standard class', () => {
    const taxRates = [rate({ country: 'US', region: 'CA', ratePercent: '7.25', pricesIncludeTax: false })];
    expect(priceCart(cart({ currency: 'USD', country: 'US', region: 'ca', taxRates }))).toMatchObject({
      subtotal: 1_000n,
      shippingTotal: 600n,
      taxTotal: 116n,
      total: 1_716n,
      pricesIncludeTax: false,
    });
  });

  test('each class of goods has its own rate', () => {
    const lines = [
      line({ unitPrice: 1_190n }),
      line({ id: 'l2', variantId: 'v2', unitPrice: 1_070n, taxClass: 'reduced' }),
    ];
    expect(priceCart(cart({ lines, shippingMethodId: null })).lines.map(each => each.tax)).toEqual([
      190n,
      70n,
    ]);
  });

  test('promotions come before vouchers, each on what is left', () => {
    const promotions = [rule({ percentage: '50' })];
    const vouchers = [
      rule({ kind: 'FIXED', amounts: { EUR: '200' } }, 'TWO'),
      rule({ percentage: '10' }, 'TEN'),
    ];
    const priced = priceCart(cart({ promotions, vouchers }));
    expect(priced.discounts).toEqual([
      { name: 'r1', code: null, amount: 500n },
      { name: 'TWO', code: 'TWO', amount: 200n },
      { name: 'TEN', code: 'TEN', amount: 30n },
    ]);
    expect(priced).toMatchObject({
      discountTotal: 730n,
      total: 270n + 490n,
      appliedVouchers: ['TWO', 'TEN'],
    });
  });

  test('a fixed amount never takes more than there is', () => {
    const vouchers = [rule({ kind: 'FIXED', amounts: { EUR: '99999' } }, 'ALL')];
    expect(priceCart(cart({ vouchers, shippingMethodId: null }))).toMatchObject({
      discountTotal: 1_000n,
      total: 0n,
      taxTotal: 0n,
    });
  });

  test.each([
    [{ minimumSubtotals: { EUR: '1001' } }, 0n],
    [{ minimumSubtotals: { EUR: '1000' } }, 100n],
    [{ minimumSubtotals: { USD: '1' } }, 0n],
    [{ categorySlugs: ['kitchen'] }, 100n],
    [{ categorySlugs: ['garden'] }, 0n],
    [{ categorySlugs: ['garden'], variantIds: ['v1'] }, 100n],
  ])('ten per cent restricted by %o takes off %i', (restriction, taken) => {
    const priced = priceCart(cart({ vouchers: [rule({ percentage: '10', ...restriction }, 'TEN')] }));
    expect(priced.discountTotal).toBe(taken);
    expect(priced.appliedVouchers).toEqual(taken === 0n ? [] : ['TEN']);
  });

  test.each([
    [1, 1, 0n, 500n],
    [2, 1, 500n, 500n],
    [3, 1, 500n, 1_000n],
    [4, 1, 1_000n, 1_000n],
    [1, 3, 0n, 1_400n],
  ])(
    'buy one get one with %i cheap and %i dear: %i off for the cheap ones, %i for all',
    (cheap, dear, some, all) => {
      const lines = [
        line({ quantity: dear, unitPrice: 900n }),
        line({ id: 'l2', variantId: 'v2', quantity: cheap, unitPrice: 500n }),
      ];
      const off = (variantIds: string[]): bigint =>
        priceCart(cart({ lines, promotions: [rule({ kind: 'BUY_X_GET_Y', buy: 1, get: 1, variantIds })] }))
          .discountTotal;
      expect([off(['v2']), off([])]).toEqual([some, all]);
    },
  );

  test('free shipping makes shipping cost nothing and leaves the goods alone', () => {
    const priced = priceCart(cart({ vouchers: [rule({ kind: 'FREE_SHIPPING' }, 'FREESHIP')] }));
    expect(priced).toMatchObject({
      shippingTotal: 0n,
      discountTotal: 0n,
      total: 1_000n,
      appliedVouchers: ['FREESHIP'],
    });
    expect(priced.shippingMethods).toEqual([
      { id: 'parcel', name: 'Parcel', price: 0n, minDays: 1, maxDays: 3 },
    ]);
  });

  test('the threshold for free shipping looks at the goods after discounts', () => {
    const lines = [line({ quantity: 5 })];
    expect(priceCart(cart({ lines })).shippingTotal).toBe(0n);
    expect(priceCart(cart({ lines, vouchers: [rule({ percentage: '1' }, 'ONE')] })).shippingTotal).toBe(490n);
  });

  test.each([[{ country: 'JP' }], [{ currency: 'JPY' }], [{ lines: [line({ weightGrams: 10_001 })] }]])(
    'a method that does not fit %o is neither offered nor charged',
    more => {
      expect(priceCart(cart(more))).toMatchObject({
        shippingMethods: [],
        shippingMethod: null,
        shippingTotal: 0n,
      });
    },
  );
});

const amounts = fc
  .option(fc.bigInt(1n, 9_000n), { nil: null })
  .map(n => (n === null ? {} : { EUR: n.toString() }));
const discounts = fc.record({
  kind: fc.constantFrom(...discountKinds),
  percentage: fc.integer({ min: 1, max: 1_000_000 }).map(n => (n / 10_000).toFixed(4)),
  amounts,
  buy: fc.integer({ min: 1, max: 4 }),
  get: fc.integer({ min: 1, max: 3 }),
  categorySlugs: fc.subarray(['kitchen', 'garden']),
  variantIds: fc.subarray(['v1', 'v2', 'v3']),
  minimumSubtotals: amounts,
});
const rules = (prefix: string) =>
  fc.array(discounts, { maxLength: 3 }).map(list =>
    list.map((each, at) => ({
      id: `${prefix}${at}`,
      code: prefix === 'v' ? `V${at}` : null,
      name: `${prefix}${at}`,
      discount: each,
    })),
  );
const lines = fc
  .uniqueArray(fc.constantFrom('v1', 'v2', 'v3', 'v4', 'v5', 'v6'), { maxLength: 6 })
  .chain(ids =>
    fc.tuple(
      ...ids.map(variantId =>
        fc
          .record({
            quantity: fc.integer({ min: 1, max: 999 }),
            unitPrice: fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, 999_999_999_999n)),
            taxClass: fc.constantFrom('standard', 'reduced', 'unheard-of'),
            categorySlugs: fc.subarray(['kitchen', 'garden']),
          })
          .map(more => line({ id: `line-${variantId}`, variantId, ...more })),
      ),
    ),
  );
const carts = fc
  .record({
    lines,
    promotions: rules('p'),
    vouchers: rules('v'),
    included: fc.boolean(),
    shippingMethodId: fc.constantFrom('parcel', null),
  })
  .map(({ included, ...more }) =>
    cart({
      ...more,
      taxRates: [
        rate({ pricesIncludeTax: included }),
        rate({ taxClass: 'reduced', ratePercent: '7.25', pricesIncludeTax: included }),
      ],
    }),
  );
const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);

describe('whatever is in the cart', () => {
  test('totals add up, shares sum exactly, and nothing is negative', () => {
    fc.assert(
      fc.property(carts, input => {
        const priced = priceCart(input);
        expect(sum(priced.lines.map(each => each.total))).toBe(priced.subtotal);
        expect(sum(priced.lines.map(each => each.discount))).toBe(priced.discountTotal);
        expect(sum(priced.discounts.map(each => each.amount))).toBe(priced.discountTotal);
        expect(sum(priced.lines.map(each => each.tax)) + priced.shippingTax).toBe(priced.taxTotal);
        expect(
          priced.subtotal -
            priced.discountTotal +
            priced.shippingTotal +
            (priced.pricesIncludeTax ? 0n : priced.taxTotal),
        ).toBe(priced.total);
        for (const each of priced.lines) {
          expect(each.total).toBe(each.unitPrice * BigInt(each.quantity));
          expect(each.discount >= 0n && each.discount <= each.total && each.tax >= 0n).toBe(true);
        }
        expect(
          priced.total >= 0n && priced.discountTotal <= priced.subtotal && priced.shippingTotal >= 0n,
        ).toBe(true);
      }),
    );
  });

  test('the order of the lines and of the promotions changes nothing', () => {
    fc.assert(
      fc.property(carts, fc.infiniteStream(fc.nat()), (input, random) => {
        const shuffled = <T>(items: readonly T[]): T[] =>
          items
            .map(item => [random.next().value ?? 0, item] as const)
            .toSorted(([a], [b]) => a - b)
            .map(([, item]) => item);
        const { lines: before, ...totals } = priceCart(input);
        const { lines: after, ...again } = priceCart({
          ...input,
          lines: shuffled(input.lines),
          promotions: shuffled(input.promotions),
        });
        expect(again).toEqual(totals);
        expect(new Set(after)).toEqual(new Set(before));
      }),
    );
  });
});
