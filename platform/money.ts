import { invalid } from './errors.ts';
import { isCurrency } from './iso.ts';

/** An amount of money as stored: whole minor units (cents, yen, ten fils) of one currency. */
export type Minor = { readonly minor: bigint; readonly currency: string };
/** An amount of money as clients see it: a decimal string with exactly the currency's digits. */
export type MoneyText = { readonly amount: string; readonly currency: string };

// ISO 4217 minor units that differ from two; and MGA, whose fifths nobody can write as decimals.
const exponents: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, MGA: 0, PYG: 0, RWF: 0, UGX: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
}; // prettier-ignore

/** Digits after the decimal point: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217). */
export function exponent(currency: string): number {
  return exponents[currency] ?? 2;
}

// Stripe charges currencies of three decimals only in tens of their smallest unit (docs.stripe.com/currencies#special-cases): ten of
// it are the shop's minor unit, so that no tax, discount or refund can end between them.
const unit = (currency: string): bigint => (exponent(currency) === 3 ? 10n : 1n);

/** The largest amount that is taken: fits a PostgreSQL bigint and Stripe's 12 digits with room to spare. */
export const largestAmount = 999_999_999_999n;

/** Reads a decimal string such as "12.30" into minor units. No currency of ISO 4217: ValidationError beside `field`. More digits than the currency has, or a third one that is not 0, are refused, never rounded. */
export function parseAmount(
  amount: string,
  currency: string,
  field: string | readonly string[] = 'amount',
): bigint {
  if (!isCurrency(currency))
    throw invalid(`there is no currency ${currency.slice(0, 10)}`, currencyField(field), 'CURRENCY');
  const digits = exponent(currency);
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(amount);
  const fraction = match?.[3] ?? '';
  if (!match || fraction.length > digits) {
    throw invalid(
      `"${amount.slice(0, 40)}" is not an amount of ${currency} with at most ${digits} decimals`,
      field,
      'AMOUNT',
    );
  }
  const written = BigInt(match[2] + fraction.padEnd(digits, '0'));
  const minor = written / unit(currency);
  if (minor * unit(currency) !== written)
    throw invalid(`an amount of ${currency} ends with 0: no card is charged less than that`, field, 'AMOUNT');
  if (minor > largestAmount)
    throw invalid(`${currency} ${amount} is more than this shop handles`, field, 'AMOUNT');
  return match[1] === '-' ? -minor : minor;
}

// The currency stands beside the amount.
function currencyField(field: string | readonly string[]): readonly string[] {
  const path = typeof field === 'string' ? [field] : field;
  return path.at(-1) === 'amount' ? [...path.slice(0, -1), 'currency'] : path;
}

/** Writes minor units as a decimal string with exactly the currency's digits: 1230n EUR → "12.30", 500n JPY → "500", 123n KWD → "1.230". */
export function formatAmount(minor: bigint, currency: string): string {
  const digits = exponent(currency);
  const text = ((minor < 0n ? -minor : minor) * unit(currency)).toString().padStart(digits + 1, '0');
  const sign = minor < 0n ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Minor units → the SDL's Money. */
export function toMoney(minor: bigint, currency: string): MoneyText {
  return { amount: formatAmount(minor, currency), currency };
}

/** The SDL's MoneyInput → minor units. */
export function fromMoney(money: MoneyText, field?: string | readonly string[]): Minor {
  return { minor: parseAmount(money.amount, money.currency, field), currency: money.currency };
}

/** numerator / denominator, rounded half away from zero. The one rounding rule of the shop; denominator > 0. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const half = denominator / 2n;
  const shifted = numerator < 0n ? numerator - half : numerator + half;
  // An odd denominator has no exact half, so truncating half never rounds a true remainder up.
  return shifted / denominator;
}

/** A percentage such as "19" or "7.25" as a fraction of a million: exact for up to four decimals. */
export function parsePercent(percent: string, field: string | readonly string[] = 'percentage'): bigint {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(percent);
  const parts = match && BigInt(match[1] + (match[2] ?? '').padEnd(4, '0'));
  if (parts === null || parts > 1_000_000n)
    throw invalid(`"${percent.slice(0, 20)}" is not a percentage from 0 to 100`, field, 'PERCENTAGE');
  return parts;
}

/** `percent` of an amount, rounded by the one rule. */
export function percentOf(minor: bigint, percent: string): bigint {
  return divideRounded(minor * parsePercent(percent), 1_000_000n);
}

/**
 * Splits a total over weights so that the parts add up exactly (largest remainder; ties go to the earlier part).
 * All weights zero: everything goes to the first part. No weights: no parts (the total must then be zero).
 */
export function split(total: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.length === 0) {
    if (total !== 0n) throw new RangeError('cannot split an amount over nothing');
    return [];
  }
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return weights.map((_, i) => (i === 0 ? total : 0n));
  const sign = total < 0n ? -1n : 1n;
  const amount = total * sign;
  const shares = weights.map((weight, index) => ({
    index,
    whole: (amount * weight) / sum,
    rest: (amount * weight) % sum,
  }));
  let left = amount - shares.reduce((a, share) => a + share.whole, 0n);
  for (const share of shares.toSorted((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  )) {
    if (left === 0n) break;
    share.whole += 1n;
    left -= 1n;
  }
  return shares.map(share => share.whole * sign);
}
