import { type Amounts, amountIn } from './discount.ts';

/** A way of sending parcels, as staff configured it. */
export type ShippingMethod = {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2; empty: everywhere. */
  readonly countries: readonly string[];
  /** Only offered in currencies that have a price. */
  readonly prices: Amounts;
  /** From this value of the goods, after discounts, it costs nothing. */
  readonly freeFrom: Amounts;
  readonly maxWeightGrams: number | null;
  readonly minDays: number | null;
  readonly maxDays: number | null;
};

/** What is to be sent where. */
export type Parcel = {
  readonly country: string;
  readonly currency: string;
  readonly weightGrams: number;
  /** Subtotal less discounts, in minor units. */
  readonly goods: bigint;
  readonly freeShipping: boolean;
};

/** A method with its price for one cart, in minor units. */
export type ShippingOffer = {
  readonly id: string;
  readonly name: string;
  readonly price: bigint;
  readonly minDays: number | null;
  readonly maxDays: number | null;
};

/** The methods that reach the country and carry the weight, cheapest first. */
export function shippingOffers(methods: readonly ShippingMethod[], parcel: Parcel): ShippingOffer[] {
  return methods
    .flatMap(method => {
      const price = amountIn(method.prices, parcel.currency);
      return price !== null && carries(method, parcel) ? [offer(method, price, parcel)] : [];
    })
    .toSorted((a, b) => (a.price === b.price ? order(a.id, b.id) : a.price < b.price ? -1 : 1));
}

function carries(method: ShippingMethod, parcel: Parcel): boolean {
  return (
    (method.countries.length === 0 || method.countries.includes(parcel.country)) &&
    (method.maxWeightGrams === null || parcel.weightGrams <= method.maxWeightGrams)
  );
}

function offer(method: ShippingMethod, price: bigint, parcel: Parcel): ShippingOffer {
  const threshold = amountIn(method.freeFrom, parcel.currency);
  const free = parcel.freeShipping || (threshold !== null && parcel.goods >= threshold);
  return {
    id: method.id,
    name: method.name,
    price: free ? 0n : price,
    minDays: method.minDays,
    maxDays: method.maxDays,
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : 1);
