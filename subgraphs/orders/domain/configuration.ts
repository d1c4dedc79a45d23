import { invalid } from '#platform/errors.ts';
import { fromMoney, parsePercent } from '#platform/money.ts';

import { countryCode, optionalText, text } from './address.ts';
import { type Amounts, type Discount, type DiscountKind } from './discount.ts';
import { type ShippingMethod } from './shipping.ts';
import { type TaxRate, regionCode } from './tax.ts';

type Optional<T> = T | null | undefined;
type MoneyText = { readonly amount: string; readonly currency: string };
type Field = readonly string[];

/** A discount as staff send it. */
export type DiscountInput = {
  readonly kind: DiscountKind;
  readonly percentage?: Optional<string>;
  readonly amounts?: Optional<readonly MoneyText[]>;
  readonly buy?: Optional<number>;
  readonly get?: Optional<number>;
  readonly categorySlugs?: Optional<readonly string[]>;
  readonly variantIds?: Optional<readonly string[]>;
  readonly minimumSubtotals?: Optional<readonly MoneyText[]>;
};

/** A shipping method as staff send it. */
export type ShippingMethodInput = {
  readonly name: string;
  readonly countries: readonly string[];
  readonly prices: readonly MoneyText[];
  readonly freeFrom?: Optional<readonly MoneyText[]>;
  readonly maxWeightGrams?: Optional<number>;
  readonly minDays?: Optional<number>;
  readonly maxDays?: Optional<number>;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text is a UUID, of whatever version: ids of clients are checked before SQL sees them. */
export function isUuid(id: string): boolean {
  return uuid.test(id);
}

/** Amounts by currency; throws ValidationError for a negative one, or below `least`, or two of one currency. */
export function amounts(input: Optional<readonly MoneyText[]>, field: Field, least = 0n): Amounts {
  const byCurrency: Record<string, string> = {};
  for (const [index, money] of (input ?? []).entries()) {
    const path = [...field, String(index)];
    const { minor, currency } = fromMoney(money, [...path, 'amount']);
    if (minor < least) throw invalid('this amount is too small', [...path, 'amount'], 'AMOUNT');
    if (currency in byCurrency)
      throw invalid(`there are two amounts in ${currency}`, [...path, 'currency'], 'DUPLICATE');
    byCurrency[currency] = minor.toString();
  }
  return byCurrency;
}

/** Checks a discount: each kind needs its own figures and takes no others. Throws ValidationError. */
export function discount(input: DiscountInput, field: Field): Discount {
  const at = (name: string): Field => [...field, name];
  const { kind } = input;
  only(
    input,
    kind === 'PERCENTAGE'
      ? ['percentage']
      : kind === 'FIXED'
        ? ['amounts']
        : kind === 'BUY_X_GET_Y'
          ? ['buy', 'get']
          : [],
    field,
  );
  if (kind === 'PERCENTAGE' && parsePercent(input.percentage ?? '', at('percentage')) === 0n) {
    throw invalid('a percentage is more than 0', at('percentage'), 'PERCENTAGE');
  }
  if (kind === 'FIXED' && (input.amounts ?? []).length === 0)
    throw invalid('an amount is needed', at('amounts'), 'REQUIRED');
  return {
    kind,
    percentage: kind === 'PERCENTAGE' ? (input.percentage ?? null) : null,
    amounts: amounts(input.amounts, at('amounts'), 1n),
    buy: kind === 'BUY_X_GET_Y' ? units(input.buy, at('buy')) : null,
    get: kind === 'BUY_X_GET_Y' ? units(input.get, at('get')) : null,
    categorySlugs: (input.categorySlugs ?? []).map((slug, index) =>
      text(slug, [...at('categorySlugs'), String(index)]),
    ),
    variantIds: (input.variantIds ?? []).map((id, index) => {
      if (!isUuid(id))
        throw invalid('this is not the id of a variant', [...at('variantIds'), String(index)], 'ID');
      return id.toLowerCase();
    }),
    minimumSubtotals: amounts(input.minimumSubtotals, at('minimumSubtotals')),
  };
}

function only(input: DiscountInput, wanted: readonly string[], field: Field): void {
  for (const name of ['percentage', 'amounts', 'buy', 'get'] as const) {
    const given = input[name] !== null && input[name] !== undefined;
    if (given && !wanted.includes(name))
      throw invalid(`${input.kind} takes no ${name}`, [...field, name], 'NOT_FOR_KIND');
    if (!given && wanted.includes(name))
      throw invalid(`${input.kind} needs ${name}`, [...field, name], 'REQUIRED');
  }
}

function units(value: Optional<number>, field: Field): number {
  return whole(value, field, 1) ?? 1;
}

/** A whole number from `least` to 2³¹−1, or null. */
export function whole(value: Optional<number>, field: Field, least: number): number | null {
  if (value === null || value === undefined) return null;
  if (!Number.isInteger(value) || value < least)
    throw invalid(`this must be ${least} or more`, field, 'TOO_SMALL');
  return value;
}

/** Checks when something counts. */
export function period(
  input: { readonly startsAt?: Optional<Date>; readonly endsAt?: Optional<Date> },
  field: Field,
): { startsAt: Date | null; endsAt: Date | null } {
  const [startsAt, endsAt] = [input.startsAt ?? null, input.endsAt ?? null];
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt) {
    throw invalid('the end comes after the start', [...field, 'endsAt'], 'PERIOD');
  }
  return { startsAt, endsAt };
}

/** Checks a shipping method. */
export function shippingMethod(input: ShippingMethodInput, field: Field): Omit<ShippingMethod, 'id'> {
  const at = (name: string): Field => [...field, name];
  if (input.prices.length === 0) throw invalid('a price is needed', at('prices'), 'REQUIRED');
  const [minDays, maxDays] = [whole(input.minDays, at('minDays'), 0), whole(input.maxDays, at('maxDays'), 0)];
  if (minDays !== null && maxDays !== null && maxDays < minDays) {
    throw invalid('the longest time is not shorter than the shortest', at('maxDays'), 'PERIOD');
  }
  return {
    name: text(input.name, at('name')),
    countries: [
      ...new Set(
        input.countries.map((code, index) => countryCode(code, [...at('countries'), String(index)])),
      ),
    ],
    prices: amounts(input.prices, at('prices')),
    freeFrom: amounts(input.freeFrom, at('freeFrom')),
    maxWeightGrams: whole(input.maxWeightGrams, at('maxWeightGrams'), 1),
    minDays,
    maxDays,
  };
}

/** Checks a tax rate: classes are compared in lower case, regions by their ISO 3166-2 code without the country. */
export function taxRate(
  input: Omit<TaxRate, 'region'> & { readonly region?: Optional<string> },
  field: Field,
): TaxRate {
  parsePercent(input.ratePercent, [...field, 'ratePercent']);
  return {
    country: countryCode(input.country, [...field, 'country']),
    region: regionCode(optionalText(input.region, [...field, 'region'], 10), input.country),
    taxClass: text(input.taxClass, [...field, 'taxClass'], 60).toLowerCase(),
    ratePercent: input.ratePercent,
    pricesIncludeTax: input.pricesIncludeTax,
  };
}
