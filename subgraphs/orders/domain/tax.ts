import { divideRounded, parsePercent, split } from '#platform/money.ts';

/** The share that a place takes of one class of goods. `region` null: everywhere in the country. */
export type TaxRate = {
  readonly country: string;
  readonly region: string | null;
  readonly taxClass: string;
  /** Percent with at most four decimals, as text: "19", "7.25". */
  readonly ratePercent: string;
  readonly pricesIncludeTax: boolean;
};

/** Where goods are taxed. */
type TaxPlace = { readonly country: string; readonly region: string | null };

/** The class of shipping, and of goods whose own class has no rate where they go. */
export const standardClass = 'standard';

/** Whether prices in this country are shown with tax inside. A country without rates has no tax, so either is true. */
export function pricesIncludeTax(rates: readonly TaxRate[], country: string): boolean {
  return rates.find(rate => rate.country === country)?.pricesIncludeTax ?? true;
}

/** "ca", "US-CA" and " CA " are all CA of US: ISO 3166-2 with or without the country in front. */
export function regionCode(region: string | null | undefined, country: string): string | null {
  const code = (region ?? '').trim().toUpperCase();
  const short = code.startsWith(`${country}-`) ? code.slice(country.length + 1) : code;
  return short === '' ? null : short;
}

/**
 * The percentage for a class of goods at a place: the region's rate before the country's, the class's own before the
 * standard one, zero where nothing is known.
 */
export function rateFor(rates: readonly TaxRate[], place: TaxPlace, taxClass: string): string {
  const region = regionCode(place.region, place.country);
  const here = rates.filter(rate => rate.country === place.country);
  const find = (wanted: string, where: string | null): TaxRate | undefined =>
    here.find(rate => rate.taxClass === wanted.toLowerCase() && rate.region === where);
  for (const wanted of [taxClass, standardClass]) {
    const rate = (region === null ? undefined : find(wanted, region)) ?? find(wanted, null);
    if (rate) return rate.ratePercent;
  }
  return '0';
}

/** The tax on, or inside, an amount; rounded once. */
export function taxOf(amount: bigint, ratePercent: string, included: boolean): bigint {
  const parts = parsePercent(ratePercent);
  return divideRounded(amount * parts, included ? 1_000_000n + parts : 1_000_000n);
}

/**
 * The tax of each part, rounded once per rate over the sum of its parts and shared out by largest remainder, so that
 * many small lines are not taxed differently from one big one.
 */
export function taxShares(
  parts: readonly { readonly amount: bigint; readonly ratePercent: string }[],
  included: boolean,
): bigint[] {
  const shares = parts.map(() => 0n);
  const byRate = Map.groupBy(parts.keys(), index => parts[index]?.ratePercent ?? '0');
  for (const [ratePercent, indexes] of byRate) {
    const amounts = indexes.map(index => parts[index]?.amount ?? 0n);
    const tax = taxOf(
      amounts.reduce((a, b) => a + b, 0n),
      ratePercent,
      included,
    );
    for (const [at, share] of split(tax, amounts).entries()) shares[indexes[at] ?? 0] = share;
  }
  return shares;
}
