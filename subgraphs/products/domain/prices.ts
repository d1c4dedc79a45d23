import { invalid } from '#platform/errors.ts';
import { parseAmount } from '#platform/money.ts';

type MoneyInput = { readonly amount: string; readonly currency: string };

/** What a variant costs in one currency, in minor units. `compareAt` is the former or recommended price, above `amount`. */
export type Price = { readonly currency: string; readonly amount: bigint; readonly compareAt: bigint | null };
/** One price per currency, by currency. */
export type Prices = readonly Price[];

export type PricesInput = {
  readonly prices: readonly MoneyInput[];
  readonly compareAtPrices?: readonly MoneyInput[] | null | undefined;
  readonly costPrice?: MoneyInput | null | undefined;
};

/** The currency that is meant where none is asked for. */
export const defaultCurrency = 'EUR';
const maxCurrencies = 50;

/** Checks and reads the prices of one variant; `cost` is kept when none is sent. */
export function checkPrices(
  input: PricesInput,
  cost: { readonly amount: bigint; readonly currency: string } | null,
  path: readonly string[],
): { prices: Prices; cost: { readonly amount: bigint; readonly currency: string } | null } {
  const amounts = byCurrency(input.prices, [...path, 'prices']);
  const compareAt = byCurrency(input.compareAtPrices ?? [], [...path, 'compareAtPrices']);
  for (const [i, { currency }] of (input.compareAtPrices ?? []).entries()) {
    const price = amounts.get(currency);
    const before = compareAt.get(currency) ?? 0n;
    const field = [...path, 'compareAtPrices', String(i)];
    if (price === undefined)
      throw invalid(`there is no price in ${currency} to compare with`, field, 'COMPARE_AT');
    if (before <= price) throw invalid('a compare-at price is above the price', field, 'COMPARE_AT');
  }
  const prices = [...amounts]
    .map(([currency, amount]) => ({ currency, amount, compareAt: compareAt.get(currency) ?? null }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
  if (input.costPrice === undefined) return { prices, cost };
  if (input.costPrice === null) return { prices, cost: null };
  return {
    prices,
    cost: { amount: positive(input.costPrice, [...path, 'costPrice']), currency: input.costPrice.currency },
  };
}

function byCurrency(list: readonly MoneyInput[], path: readonly string[]): Map<string, bigint> {
  if (list.length > maxCurrencies)
    throw invalid(`at most ${maxCurrencies} currencies are allowed`, path, 'TOO_MANY');
  const found = new Map<string, bigint>();
  for (const [i, money] of list.entries()) {
    if (found.has(money.currency))
      throw invalid(`${money.currency} appears twice`, [...path, String(i), 'currency'], 'CURRENCY_TAKEN');
    found.set(money.currency, positive(money, [...path, String(i)]));
  }
  return found;
}

function positive(money: MoneyInput, path: readonly string[]): bigint {
  const amount = parseAmount(money.amount, money.currency, [...path, 'amount']);
  if (amount < 0n) throw invalid('a price is not negative', [...path, 'amount'], 'AMOUNT');
  return amount;
}

/** Whether two variants cost the same in every currency, compare-at included. */
export function samePrices(a: Prices, b: Prices): boolean {
  return (
    a.length === b.length &&
    a.every(
      (price, i) =>
        price.currency === b[i]?.currency &&
        price.amount === b[i]?.amount &&
        price.compareAt === b[i]?.compareAt,
    )
  );
}
