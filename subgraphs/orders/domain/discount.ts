import { percentOf, split } from '#platform/money.ts';

export const discountKinds = ['PERCENTAGE', 'FIXED', 'FREE_SHIPPING', 'BUY_X_GET_Y'] as const;
export type DiscountKind = (typeof discountKinds)[number];

/** Currency → minor units as a decimal integer string, as stored. */
export type Amounts = Readonly<Record<string, string>>;

/** What a promotion or voucher takes off, and of what. */
export type Discount = {
  readonly kind: DiscountKind;
  /** PERCENTAGE: "10" is a tenth. */
  readonly percentage: string | null;
  /** FIXED: at most this much; no effect in a currency that is not listed. */
  readonly amounts: Amounts;
  /** BUY_X_GET_Y: of every buy + get units the `get` cheapest are free. */
  readonly buy: number | null;
  readonly get: number | null;
  /** Which lines it is about: those in one of the categories or one of the variants; all when both are empty. */
  readonly categorySlugs: readonly string[];
  readonly variantIds: readonly string[];
  /** The cart's subtotal that it takes; where given, no effect in a currency that is not listed. */
  readonly minimumSubtotals: Amounts;
};

/** A promotion (code null) or a voucher that may apply now. */
export type DiscountRule = {
  readonly id: string;
  readonly code: string | null;
  readonly name: string;
  readonly discount: Discount;
};

/** A line as discounts see it; `left` is its total after the discounts before. */
type DiscountableLine = {
  readonly variantId: string;
  readonly quantity: number;
  readonly unitPrice: bigint;
  readonly categorySlugs: readonly string[];
  readonly left: bigint;
};

export type DiscountRefusal = 'VOUCHER_CURRENCY' | 'VOUCHER_MINIMUM' | 'VOUCHER_NOT_APPLICABLE';

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

/** The amount in a currency, or null where there is none. */
export function amountIn(amounts: Amounts, currency: string): bigint | null {
  const minor = Object.hasOwn(amounts, currency) ? amounts[currency] : undefined;
  return minor === undefined ? null : BigInt(minor);
}

/** Whether the discount is about this line. */
function concerns(discount: Discount, line: Pick<DiscountableLine, 'variantId' | 'categorySlugs'>): boolean {
  if (discount.categorySlugs.length === 0 && discount.variantIds.length === 0) return true;
  return (
    discount.variantIds.includes(line.variantId) ||
    line.categorySlugs.some(slug => discount.categorySlugs.includes(slug))
  );
}

/** Why the discount does nothing for these lines, or null when it applies. */
export function refusalOf(
  discount: Discount,
  lines: readonly Pick<DiscountableLine, 'variantId' | 'categorySlugs'>[],
  cart: { readonly currency: string; readonly subtotal: bigint },
): DiscountRefusal | null {
  if (discount.kind === 'FIXED' && amountIn(discount.amounts, cart.currency) === null)
    return 'VOUCHER_CURRENCY';
  if (Object.keys(discount.minimumSubtotals).length > 0) {
    const minimum = amountIn(discount.minimumSubtotals, cart.currency);
    if (minimum === null) return 'VOUCHER_CURRENCY';
    if (cart.subtotal < minimum) return 'VOUCHER_MINIMUM';
  }
  return lines.some(line => concerns(discount, line)) ? null : 'VOUCHER_NOT_APPLICABLE';
}

/** What the discount takes off each line: never more than is left of it. The caller has asked `refusalOf` before. */
export function sharesOf(discount: Discount, lines: readonly DiscountableLine[], currency: string): bigint[] {
  const bases = lines.map(line => (concerns(discount, line) ? line.left : 0n));
  const base = sum(bases);
  switch (discount.kind) {
    case 'PERCENTAGE':
      return split(percentOf(base, discount.percentage ?? '0'), bases);
    case 'FIXED': {
      const amount = amountIn(discount.amounts, currency) ?? 0n;
      return split(amount < base ? amount : base, bases);
    }
    case 'BUY_X_GET_Y':
      return cheapestFree(discount, lines);
    case 'FREE_SHIPPING':
      return lines.map(() => 0n);
  }
}

function cheapestFree(discount: Discount, lines: readonly DiscountableLine[]): bigint[] {
  const [buy, get] = [discount.buy ?? 1, discount.get ?? 0];
  const mine = [...lines.entries()].filter(([, line]) => concerns(discount, line));
  let free = Math.floor(mine.reduce((units, [, line]) => units + line.quantity, 0) / (buy + get)) * get;
  const shares = lines.map(() => 0n);
  for (const [index, line] of mine.toSorted(([, a], [, b]) => cheaperFirst(a, b))) {
    const units = Math.min(free, line.quantity);
    // Of what is left, so that earlier discounts are not given twice.
    shares[index] = (line.left * BigInt(units)) / BigInt(line.quantity);
    free -= units;
  }
  return shares;
}

function cheaperFirst(a: DiscountableLine, b: DiscountableLine): number {
  if (a.unitPrice !== b.unitPrice) return a.unitPrice < b.unitPrice ? -1 : 1;
  return a.variantId < b.variantId ? -1 : 1;
}
