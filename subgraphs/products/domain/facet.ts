import { humanize } from './product.ts';

/** A facet value as stored with the product: `brand=Acme`, `attribute.material=Wool`, `option.size=XL`, `category=shoes`. */
export function facetValue(key: string, value: string): string {
  return `${key}=${value}`;
}

/** The key and the value of a stored facet value. */
export function splitFacet(stored: string): { key: string; value: string } {
  const at = stored.indexOf('=');
  return { key: stored.slice(0, at), value: stored.slice(at + 1) };
}

/** How a facet is called: "Brand", "Size", "Material". */
export function facetLabel(key: string): string {
  return humanize(key.replace(/^(attribute|option)\./, ''));
}

export type Count = { readonly stored: string; readonly count: number };
export type Facet = {
  readonly key: string;
  readonly label: string;
  readonly values: readonly {
    readonly value: string;
    readonly label: string;
    readonly count: number;
    readonly selected: boolean;
  }[];
};

const maxValues = 50;
const rank = (key: string): number =>
  ['category', 'brand'].indexOf(key) + (key.startsWith('option.') ? 3 : key.startsWith('attribute.') ? 4 : 0);

/** Facets in order: category, brand, options, attributes; values by count, the 50 largest and whatever is selected. */
export function facetsOf(
  counts: readonly Count[],
  selected: ReadonlySet<string>,
  categoryName: (slug: string) => string,
): Facet[] {
  const byKey = new Map<string, Facet['values'][number][]>();
  const seen = new Set(counts.map(count => count.stored));
  const zero = [...selected].filter(stored => !seen.has(stored)).map(stored => ({ stored, count: 0 }));
  for (const { stored, count } of [...counts, ...zero]) {
    const { key, value } = splitFacet(stored);
    const entry = {
      value,
      label: key === 'category' ? categoryName(value) : value,
      count,
      selected: selected.has(stored),
    };
    byKey.set(key, [...(byKey.get(key) ?? []), entry]);
  }
  return [...byKey]
    .toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([key, values]) => {
      const sorted = values.toSorted((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
      return {
        key,
        label: facetLabel(key),
        values: sorted.filter((value, i) => i < maxValues || value.selected),
      };
    });
}
