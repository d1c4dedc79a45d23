import { slugOf } from './categories.ts';
import { clothing } from './data/clothing.ts';
import { electronics } from './data/electronics.ts';
import { home } from './data/home.ts';
import { kitchen } from './data/kitchen.ts';
import { outdoor } from './data/outdoor.ts';
import { pantry } from './data/pantry.ts';
import { paper } from './data/paper.ts';
import { type SampleProduct } from './data/product.ts';

/** Everything that the sample sells. */
export const products: readonly SampleProduct[] = [
  ...home,
  ...kitchen,
  ...clothing,
  ...outdoor,
  ...electronics,
  ...paper,
  ...pantry,
];

/** The one variant of which there is one. */
export const lastOne = 'LAST-ONE';

type Money = { readonly amount: string; readonly currency: string };
type Row = {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly brand: string;
  readonly status: 'ACTIVE';
  readonly categorySlugs: readonly string[];
  readonly attributes: readonly { readonly slug: string; readonly value: string }[];
  readonly media: readonly {
    readonly url: string;
    readonly alt: string;
    readonly width: number;
    readonly height: number;
  }[];
  readonly variants: readonly {
    readonly sku: string;
    readonly options: readonly { readonly name: string; readonly value: string }[];
    readonly prices: readonly Money[];
    readonly compareAtPrices: readonly Money[];
    readonly costPrice: Money;
    readonly weightGrams: number;
    readonly taxClass: string;
  }[];
};

/** The product's slug. */
export function slugOfProduct(product: SampleProduct): string {
  return slugOf(product.name.replaceAll('’', '').normalize('NFD').replaceAll(/\p{M}/gu, ''));
}

/** All combinations of a product's options, in order; one empty combination where there are none. */
export function combinations(product: SampleProduct): readonly (readonly (readonly [string, string])[])[] {
  return Object.entries(product.options).reduce<(readonly [string, string])[][]>(
    (made, [name, values]) =>
      made.flatMap(before => values.map(value => [...before, [name, value] as const])),
    [[]],
  );
}

/** SKU of a combination: the product's code, then each value's letters and digits. */
export function skuOf(product: SampleProduct, combination: readonly (readonly [string, string])[]): string {
  if (product.code === 'LAST') return lastOne;
  const parts = combination.map(([, value]) => value.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
  return [product.code, ...(parts.length === 0 ? ['STD'] : parts)].join('-').slice(0, 64);
}

/** Euros, and what that is in dollars (to ten cents) and yen (to a hundred). */
function money(euros: number): Money[] {
  return [
    { amount: euros.toFixed(2), currency: 'EUR' },
    { amount: (Math.round(euros * 11.2) / 10).toFixed(2), currency: 'USD' },
    { amount: String(Math.round(euros * 1.65) * 100), currency: 'JPY' },
  ];
}

/** The product as a row of a catalogue import. */
export function rowOf(product: SampleProduct): Row {
  const slug = slugOfProduct(product);
  const colours = (product.options['Colour'] ?? []).slice(0, 4);
  const picture = (name: string, alt: string) => ({
    url: `/media/${name}.svg`,
    alt,
    width: 800,
    height: 800,
  });
  return {
    slug,
    name: product.name,
    description: product.description,
    brand: product.brand,
    status: 'ACTIVE',
    categorySlugs: [product.category],
    attributes: Object.entries(product.facts).map(([key, value]) => ({ slug: key, value })),
    media:
      colours.length === 0
        ? [picture(slug, product.name)]
        : colours.map(colour =>
            picture(`${slug}-${slugOf(colour)}`, `${product.name} in ${colour.toLowerCase()}`),
          ),
    variants: combinations(product).map(combination => {
      const extra = combination.reduce((sum, [, value]) => sum + (product.extra?.[value] ?? 0), 0);
      const kilos = combination.some(([, value]) => value === '1 kg');
      return {
        sku: skuOf(product, combination),
        options: combination.map(([name, value]) => ({ name, value })),
        prices: money(product.price + extra),
        compareAtPrices: product.was === undefined ? [] : money(product.was + extra),
        costPrice: { amount: ((product.price + extra) * 0.45).toFixed(2), currency: 'EUR' },
        weightGrams: kilos ? 1_050 : product.grams,
        taxClass: product.reducedTax === true ? 'reduced' : 'standard',
      };
    }),
  };
}

/** The whole catalogue as rows of an import. */
export const rows: readonly Row[] = products.map(rowOf);
