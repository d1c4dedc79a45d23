import { type DiscountRule, refusalOf, sharesOf } from './discount.ts';
import { type ShippingMethod, type ShippingOffer, shippingOffers } from './shipping.ts';
import { type TaxRate, pricesIncludeTax, rateFor, standardClass, taxShares } from './tax.ts';

/** One line to price. Money is in minor units of the cart's currency. */
export type PricingLine = {
  readonly id: string;
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly unitPrice: bigint;
  readonly taxClass: string;
  readonly weightGrams: number;
  readonly categorySlugs: readonly string[];
};

export type PricingInput = {
  readonly currency: string;
  /** Where the goods go: decides tax and shipping methods. */
  readonly country: string;
  readonly region: string | null;
  readonly lines: readonly PricingLine[];
  /** All methods there are; the result offers those that fit. */
  readonly shippingMethods: readonly ShippingMethod[];
  /** The chosen one; without effect when it is not among those that fit. */
  readonly shippingMethodId: string | null;
  /** Running promotions, in any order. */
  readonly promotions: readonly DiscountRule[];
  /** Valid vouchers in the order in which they were applied. */
  readonly vouchers: readonly DiscountRule[];
  readonly taxRates: readonly TaxRate[];
};

/** A line with its sums: `total` is unit price × quantity before any discount, in the price's own tax mode. */
export type PricedLine = PricingLine & {
  readonly total: bigint;
  readonly discount: bigint;
  readonly tax: bigint;
};

/** `code` is set for vouchers. Free shipping takes nothing off the goods: its amount is zero. */
type PricedDiscount = { readonly name: string; readonly code: string | null; readonly amount: bigint };

export type PricedCart = {
  readonly currency: string;
  readonly lines: readonly PricedLine[];
  readonly discounts: readonly PricedDiscount[];
  /** Codes of the vouchers that do something for this cart: those to redeem. */
  readonly appliedVouchers: readonly string[];
  readonly shippingMethods: readonly ShippingOffer[];
  readonly shippingMethod: ShippingOffer | null;
  readonly subtotal: bigint;
  readonly discountTotal: bigint;
  readonly shippingTotal: bigint;
  /** The part of `taxTotal` that is for shipping. */
  readonly shippingTax: bigint;
  readonly taxTotal: bigint;
  readonly total: bigint;
  readonly pricesIncludeTax: boolean;
  readonly weightGrams: number;
};

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);
const byKey = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/**
 * What the cart costs. Promotions first (by id), then vouchers (as applied), each on what the ones before have left;
 * minimum subtotals look at the subtotal before any discount. total = subtotal − discountTotal + shippingTotal,
 * plus taxTotal only where the country's prices exclude tax.
 */
export function priceCart(input: PricingInput): PricedCart {
  // Lines are priced in an order of their own, so that ties never depend on how the customer filled the cart.
  const lines = input.lines.toSorted((a, b) => byKey(a.variantId, b.variantId) || byKey(a.id, b.id));
  const totals = lines.map(line => line.unitPrice * BigInt(line.quantity));
  const subtotal = sum(totals);
  const reduced = discount(input, lines, totals);
  const discountTotal = sum(reduced.shares);
  const weightGrams = lines.reduce((grams, line) => grams + line.weightGrams * line.quantity, 0);
  const shippingMethods = shippingOffers(input.shippingMethods, {
    country: input.country,
    currency: input.currency,
    weightGrams,
    goods: subtotal - discountTotal,
    freeShipping: reduced.freeShipping,
  });
  const shippingMethod = shippingMethods.find(method => method.id === input.shippingMethodId) ?? null;
  const shippingTotal = shippingMethod?.price ?? 0n;

  const included = pricesIncludeTax(input.taxRates, input.country);
  const taxes = taxShares(
    [
      ...lines.map((line, at) => ({
        amount: (totals[at] ?? 0n) - (reduced.shares[at] ?? 0n),
        ratePercent: rateFor(input.taxRates, input, line.taxClass),
      })),
      { amount: shippingTotal, ratePercent: rateFor(input.taxRates, input, standardClass) },
    ],
    included,
  );
  const taxTotal = sum(taxes);
  const priced = new Map(
    lines.map((line, at) => [
      line,
      { ...line, total: totals[at] ?? 0n, discount: reduced.shares[at] ?? 0n, tax: taxes[at] ?? 0n },
    ]),
  );
  return {
    currency: input.currency,
    lines: input.lines.flatMap(line => priced.get(line) ?? []),
    discounts: reduced.discounts,
    appliedVouchers: reduced.discounts.flatMap(each => each.code ?? []),
    shippingMethods,
    shippingMethod,
    subtotal,
    discountTotal,
    shippingTotal,
    shippingTax: taxes.at(-1) ?? 0n,
    taxTotal,
    total: subtotal - discountTotal + shippingTotal + (included ? 0n : taxTotal),
    pricesIncludeTax: included,
    weightGrams,
  };
}

function discount(
  { currency, promotions, vouchers }: PricingInput,
  lines: readonly PricingLine[],
  totals: readonly bigint[],
): { shares: readonly bigint[]; discounts: readonly PricedDiscount[]; freeShipping: boolean } {
  let left = [...totals];
  let freeShipping = false;
  const discounts: PricedDiscount[] = [];
  for (const { code, name, discount: rule } of [
    ...promotions.toSorted((a, b) => byKey(a.id, b.id)),
    ...vouchers,
  ]) {
    if (refusalOf(rule, lines, { currency, subtotal: sum(totals) }) !== null) continue;
    const open = lines.map((line, at) => ({ ...line, left: left[at] ?? 0n }));
    const shares = sharesOf(rule, open, currency);
    const amount = sum(shares);
    if (rule.kind === 'FREE_SHIPPING') freeShipping = true;
    else if (amount === 0n) continue;
    left = left.map((rest, at) => rest - (shares[at] ?? 0n));
    discounts.push({ name, code, amount });
  }
  return { shares: totals.map((total, at) => total - (left[at] ?? 0n)), discounts, freeShipping };
}
