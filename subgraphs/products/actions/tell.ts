import { type Transaction } from '#platform/database.ts';
import { announceAll } from '#platform/outbox.ts';
import { type NewEvent, event } from '#schema/events.ts';

import { type ToldVariant } from '../store/told.ts';

/** variant.upserted: the variant's whole state, prices excepted. */
export function upserted(variant: ToldVariant): NewEvent {
  const { prices: _prices, priceVersion: _version, ...state } = variant;
  return event(
    'variant.upserted',
    { type: 'ProductVariant', id: variant.variantId },
    { ...state, categorySlugs: [...state.categorySlugs] },
  );
}

/** price.changed: all prices of the variant. */
export function priced(variant: ToldVariant): NewEvent {
  const { variantId, priceVersion: version, prices } = variant;
  return event(
    'price.changed',
    { type: 'ProductVariant', id: variantId },
    { variantId, prices: [...prices], version },
  );
}

type Told = {
  readonly product: NewEvent | null;
  readonly variants: readonly ToldVariant[];
  readonly changed: { readonly variants: ReadonlySet<string>; readonly prices: ReadonlySet<string> };
};

/** Tells a change of the catalogue in one statement: the product, then per variant its state and its prices. */
export function tell(tx: Transaction, { product, variants, changed }: Told): Promise<void> {
  return announceAll(tx, [
    ...(product ? [product] : []),
    ...variants.flatMap(variant => [
      ...(changed.variants.has(variant.variantId) ? [upserted(variant)] : []),
      ...(changed.prices.has(variant.variantId) ? [priced(variant)] : []),
    ]),
  ]);
}
