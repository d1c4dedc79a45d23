import { samePrices } from './prices.ts';
import { type Product, type Variant } from './product.ts';

/** What an edit changed, so that exactly that is told. */
export type Changes = {
  /** Anything at all: the product's version goes up. */
  readonly product: boolean;
  readonly told: 'product.published' | 'product.updated' | 'product.archived';
  /** Ids of variants whose told state (prices excepted) has changed. */
  readonly variants: ReadonlySet<string>;
  /** Ids of variants whose prices have changed. */
  readonly prices: ReadonlySet<string>;
};

/** Compares a product before (null: new) and after an edit. */
export function changes(before: Product | null, after: Product): Changes {
  const old = new Map(before?.variants.map(variant => [variant.id, variant]));
  const carried = before === null || told(before) !== told(after);
  const variants = new Set<string>();
  const prices = new Set<string>();
  let other = carried || before === null || rest(before) !== rest(after);
  for (const variant of after.variants) {
    const was = old.get(variant.id);
    if (carried || was === undefined || toldVariant(was) !== toldVariant(variant)) variants.add(variant.id);
    if (was === undefined || !samePrices(was.prices, variant.prices)) prices.add(variant.id);
    if (was !== undefined && restVariant(was) !== restVariant(variant)) other = true;
  }
  return {
    product: other || variants.size > 0 || prices.size > 0,
    told: fact(before, after),
    variants,
    prices,
  };
}

function fact(before: Product | null, after: Product): Changes['told'] {
  if (after.status === before?.status || after.status === 'DRAFT') return 'product.updated';
  return after.status === 'ACTIVE' ? 'product.published' : 'product.archived';
}

const told = (p: Product): string => JSON.stringify([p.name, p.slug, p.categorySlugs, p.status]);
const rest = (p: Product): string => JSON.stringify([p.description, p.brand, p.attributes, p.media]);
const toldVariant = (v: Variant): string =>
  JSON.stringify([v.sku, v.title, v.taxClass, v.weightGrams, v.archived]);
const restVariant = (v: Variant): string =>
  JSON.stringify([v.options, v.position, v.cost && [String(v.cost.amount), v.cost.currency]]);
