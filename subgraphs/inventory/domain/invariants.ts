/** A fact about the books that should be the same seen from both sides, and is not. */
export type Mismatch = {
  readonly rule: Rule;
  /** The level (sku in warehouse), order or variant. */
  readonly subject: string;
  readonly booked: number;
  readonly recomputed: number;
};

export type Rule =
  | 'ON_HAND'
  | 'RESERVED'
  | 'OVERSOLD'
  | 'SHIPPED'
  | 'OVERDUE'
  | 'AVAILABLE'
  | 'BACKORDER_LEFT';

const sentences: Record<Rule, (mismatch: Mismatch) => string> = {
  ON_HAND: m => `${m.subject}: ${m.booked} on hand, but the movements add up to ${m.recomputed}`,
  RESERVED: m => `${m.subject}: ${m.booked} reserved, but the live reservations hold ${m.recomputed}`,
  OVERSOLD: m => `${m.subject}: ${m.booked} reserved, but only ${m.recomputed} can be promised`,
  SHIPPED: m => `${m.subject}: ${m.booked} booked as sold, but the reservations have shipped ${m.recomputed}`,
  OVERDUE: m =>
    `order ${m.subject}: its reservation has been overdue for ${m.booked} seconds and still holds ${m.recomputed} units`,
  AVAILABLE: m => `${m.subject}: ${m.booked} told as available, but the levels add up to ${m.recomputed}`,
  BACKORDER_LEFT: m =>
    `${m.subject}: ${m.booked} told as left on backorder, but the levels add up to ${m.recomputed}`,
};

/** The mismatch in words, for the operator. */
export function sentence(mismatch: Mismatch): string {
  return sentences[mismatch.rule](mismatch);
}
