import { invalid } from '#platform/errors.ts';
import { formatAmount, largestAmount } from '#platform/money.ts';

/** Stripe's smallest charges in minor units (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). */
const minimum: Readonly<Record<string, bigint>> = {
  AED: 200n,
  AUD: 50n,
  BGN: 100n,
  BRL: 50n,
  CAD: 50n,
  CHF: 50n,
  CZK: 1500n,
  DKK: 250n,
  EUR: 50n,
  GBP: 30n,
  HKD: 400n,
  HUF: 17500n,
  INR: 50n,
  JPY: 50n,
  MXN: 1000n,
  MYR: 200n,
  NOK: 300n,
  NZD: 50n,
  PLN: 200n,
  RON: 200n,
  SEK: 300n,
  SGD: 50n,
  THB: 1000n,
  USD: 50n,
};

// Where Stripe names no figure it wants the equivalent of 50 US cents: never less than so many minor units.
const elsewhere = 50n;

/** Throws ValidationError for a total that no card can be charged with. Nothing at all is fine: then there is no payment. */
export function refuseTooLittle(total: bigint, currency: string): void {
  const least = minimum[currency] ?? elsewhere;
  if (total > 0n && total < least) {
    throw invalid(
      `the smallest payment is ${formatAmount(least, currency)} ${currency}`,
      'expectedTotal',
      'BELOW_MINIMUM',
    );
  }
}

/** Throws ValidationError for goods worth more than amounts are told and booked, whatever discounts leave of it. */
export function refuseTooMuch(subtotal: bigint, currency: string): void {
  if (subtotal > largestAmount) {
    throw invalid(
      `an order is worth at most ${formatAmount(largestAmount, currency)} ${currency}`,
      ['input', 'cartId'],
      'ABOVE_MAXIMUM',
    );
  }
}
