export type SampleCategory = {
  readonly slug: string;
  readonly name: string;
  readonly parentSlug: string | null;
};

type Tree = { readonly [name: string]: { readonly [name: string]: readonly string[] } };

const tree: Tree = {
  'Home & Living': { Lighting: ['Table lamps', 'Pendant lights'], Textiles: ['Blankets', 'Cushions'], Decor: ['Vases', 'Planters'] },
  Kitchen: { Cookware: ['Pans', 'Knives'], Tableware: ['Mugs', 'Plates'], 'Coffee & tea gear': ['Brewers', 'Kettles'] },
  Clothing: { Tops: ['T-shirts', 'Knitwear', 'Shirts'], Bottoms: ['Trousers'], Accessories: ['Hats', 'Socks', 'Bags'] },
  Outdoor: { Camping: ['Tents', 'Sleeping', 'Camp kitchen'], Cycling: ['Bike bags', 'Bike lights'], Hiking: ['Bottles', 'Backpacks'] },
  Electronics: { Audio: ['Headphones', 'Speakers'], Desk: ['Keyboards', 'Chargers'] },
  'Books & Paper': { Books: ['Cookbooks', 'Design books', 'Travel books'], Stationery: ['Notebooks', 'Pens'] },
  Pantry: { Drinks: ['Coffee', 'Tea'], Sweets: ['Chocolate', 'Honey'] },
}; // prettier-ignore

/** "Coffee & tea gear" → "coffee-tea-gear". */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** The category tree, parents before children, three levels deep. */
export const categories: readonly SampleCategory[] = Object.entries(tree).flatMap(([top, groups]) => [
  { slug: slugOf(top), name: top, parentSlug: null },
  ...Object.entries(groups).flatMap(([group, kinds]) => [
    { slug: slugOf(group), name: group, parentSlug: slugOf(top) },
    ...kinds.map(kind => ({ slug: slugOf(kind), name: kind, parentSlug: slugOf(group) })),
  ]),
]);
