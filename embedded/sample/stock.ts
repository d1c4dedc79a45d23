import { createHash } from 'node:crypto';

import { combinations, lastOne, products, skuOf } from './catalogue.ts';

export type SampleStock = {
  readonly sku: string;
  readonly warehouse: string;
  readonly onHand: number;
  readonly safetyStock: number;
  readonly backorderLimit: number;
};

/** Two warehouses; Leipzig serves first. */
export const warehouses = [
  { code: 'LEJ', name: 'Leipzig', country: 'DE', priority: 1 },
  { code: 'TYO', name: 'Tokyo', country: 'JP', priority: 2 },
] as const;

/** A number from 0 to `below` − 1 that always belongs to this text. */
function number(text: string, below: number): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) % below;
}

/**
 * What is on the shelves. The first variant of each product is always plentiful; of the others some are scarce, a few sold
 * out, and some can be bought before they arrive.
 */
export const stock: readonly SampleStock[] = products.flatMap(product =>
  combinations(product).flatMap((combination, index) => levels(skuOf(product, combination), index === 0)),
);

function levels(sku: string, plentiful: boolean): SampleStock[] {
  const level = (warehouse: string, onHand: number, safetyStock = 0, backorderLimit = 0): SampleStock => ({
    sku,
    warehouse,
    onHand,
    safetyStock,
    backorderLimit,
  });
  if (sku === lastOne) return [level('LEJ', 1)];
  if (plentiful)
    return [
      level('LEJ', 120 + number(sku, 180), number(sku, 3) === 0 ? 5 : 0),
      level('TYO', 60 + number(sku, 60)),
    ];
  const fate = number(`fate of ${sku}`, 20);
  if (fate === 0) return [level('LEJ', 0), level('TYO', 0)];
  if (fate <= 2) return [level('LEJ', 2 + number(sku, 3))];
  if (fate <= 5) return [level('LEJ', number(sku, 20), 0, 25), level('TYO', 10)];
  const leipzig = level('LEJ', 40 + number(sku, 160), fate === 8 ? 3 : 0);
  return fate % 2 === 0 ? [leipzig] : [leipzig, level('TYO', 15 + number(sku, 60))];
}
