import { type Random, idOf, seeded } from './random.ts';

export type Category = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly path: readonly string[];
};

export type Variant = {
  readonly id: string;
  readonly productId: string;
  readonly sku: string;
  readonly title: string;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  /** Minor units, by currency. */
  readonly prices: readonly {
    readonly currency: string;
    readonly amount: number;
    readonly compareAt: number | null;
  }[];
  readonly weightGrams: number;
  readonly position: number;
  readonly onHand: number;
};

export type Product = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly brand: string;
  readonly category: Category;
  readonly attributes: readonly { readonly slug: string; readonly name: string; readonly value: string }[];
  readonly media: readonly {
    readonly url: string;
    readonly alt: string;
    readonly width: number;
    readonly height: number;
  }[];
  readonly variants: readonly Variant[];
};

const materials = ['Oak', 'Walnut', 'Steel', 'Linen', 'Cotton', 'Wool', 'Leather', 'Ceramic', 'Glass', 'Cork', 'Copper', 'Bamboo']; // prettier-ignore
const manners = ['Nordic', 'Classic', 'Modern', 'Rustic', 'Compact', 'Folding', 'Everyday', 'Heritage', 'Light', 'Grand', 'Quiet', 'Bright']; // prettier-ignore
const things = ['lamp', 'chair', 'table', 'kettle', 'mug', 'shirt', 'jacket', 'backpack', 'notebook', 'speaker', 'blanket', 'knife', 'tent', 'vase', 'bottle', 'clock', 'basket', 'mirror', 'pillow', 'planter']; // prettier-ignore
const brands = ['Lehm', 'Kaldi', 'Nordlicht', 'Fjell', 'Halden', 'Mistral', 'Orme', 'Sato', 'Weber', 'Brook', 'Alder', 'Quill', 'Tidal', 'Ember', 'Vela', 'Rowan']; // prettier-ignore
const colours = ['Chalk', 'Sky', 'Moss', 'Rust', 'Ink', 'Sand', 'Berry', 'Steel'];
const sizes = ['S', 'M', 'L', 'XL'];
const sentences = [
  'Made to be used every day and mended when it must be.',
  'Designed with people who know what they want from it.',
  'Packed without plastic and sent within two days.',
  'Ages well, and is easy to clean with a damp cloth.',
  'Comes with a guarantee of ten years on all its parts.',
  'Finished by hand in a workshop that still answers letters.',
];

/** The race's product: `raceUnits` units of its one variant, and no more. */
export const raceUnits = 20;
/** Prime, so that products wander over all categories and brands in no order. */
const categoryStride = 7;

/** Five departments with four groups of five: 125 categories on three levels. */
export function makeCategories(): Category[] {
  const made: Category[] = [];
  const add = (name: string, parent: Category | null): Category => {
    const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    const path = [...(parent?.path ?? []), slug];
    const category = { id: idOf(1, made.length), slug, name, parentId: parent?.id ?? null, path };
    made.push(category);
    return category;
  };
  for (const department of ['Home', 'Kitchen', 'Clothing', 'Outdoor', 'Office']) {
    const root = add(department, null);
    for (const group of manners.slice(0, 4)) {
      const middle = add(`${department} ${group}`, root);
      for (const thing of things.slice(0, 5)) add(`${department} ${group} ${thing}s`, middle);
    }
  }
  return made;
}

/** The same catalogue for the same seed, product by product: 2, 3, 4 and 5 variants in turn; the last product is the race's. */
export function* makeProducts(
  variants: number,
  seed: number,
  categories: readonly Category[],
): Generator<Product> {
  const random = seeded(seed);
  const leaves = categories.filter(category => category.path.length === 3);
  for (let index = 0, made = 0; made < variants; index += 1) {
    const wanted = made + 1 === variants ? 1 : Math.min(2 + (index % 4), variants - made - 1);
    const race = made + wanted === variants;
    const category = leaves[(index * categoryStride) % leaves.length];
    if (!category) throw new Error('there are no categories of the third level');
    yield makeProduct({ index, first: made, wanted, race, category, random });
    made += wanted;
  }
}

type Plan = {
  readonly index: number;
  /** Variants made before. */
  readonly first: number;
  readonly wanted: number;
  readonly race: boolean;
  readonly category: Category;
  readonly random: Random;
};

function makeProduct({ index, first, wanted, race, category, random }: Plan): Product {
  const id = idOf(2, index);
  const [manner, material, thing] = [random.pick(manners), random.pick(materials), random.pick(things)];
  const name = `${manner} ${material.toLowerCase()} ${thing} ${index + 1}`;
  const slug = name.toLowerCase().replaceAll(' ', '-');
  const euros = 500 + random.number(20_000);
  const reduced = random.number(5) === 0;
  const picture = (n: number) => ({ url: `/media/${slug}-${n}.svg`, alt: `${name}, view ${n}`, width: 800, height: 800 });
  return {
    id,
    slug,
    name,
    description: [`A ${manner.toLowerCase()} ${thing} of ${material.toLowerCase()}.`, random.pick(sentences), random.pick(sentences)].join(' '),
    brand: random.pick(brands),
    category,
    attributes: [
      { slug: 'material', name: 'Material', value: material },
      { slug: 'manner', name: 'Manner', value: manner },
      { slug: 'made-in', name: 'Made in', value: random.pick(['Germany', 'Portugal', 'Japan', 'Italy', 'Estonia']) },
    ],
    media: [picture(1), picture(2)],
    variants: Array.from({ length: wanted }, (_, position) => {
      const options = [
        { name: 'Colour', value: colours[(index + position) % colours.length] ?? '' },
        { name: 'Size', value: sizes[position % sizes.length] ?? '' },
      ];
      const amount = euros + position * 250;
      const price = (currency: string, factor: number) => ({
        currency,
        amount: Math.round(amount * factor),
        compareAt: reduced ? Math.round(amount * factor * 1.25) : null,
      });
      return {
        id: idOf(3, first + position),
        productId: id,
        sku: `B-${String(index + 1).padStart(7, '0')}-${position + 1}`,
        title: options.map(option => option.value).join(' / '),
        options,
        prices: [price('EUR', 1), price('JPY', 1.65), price('USD', 1.12)],
        weightGrams: 50 + random.number(3_000),
        position,
        onHand: race ? raceUnits : position > 0 && random.number(12) === 0 ? 0 : 100_000,
      };
    }),
  };
} // prettier-ignore
