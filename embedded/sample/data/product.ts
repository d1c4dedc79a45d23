/** What a picture shows. */
export type Motif =
  | 'lamp' | 'pendant' | 'textile' | 'vase' | 'planter' | 'pan' | 'knife' | 'mug' | 'plate' | 'brewer' | 'kettle' | 'shirt' | 'knit'
  | 'trousers' | 'hat' | 'socks' | 'bag' | 'tent' | 'sleeping' | 'stove' | 'light' | 'bottle' | 'backpack' | 'headphones' | 'speaker'
  | 'keyboard' | 'charger' | 'book' | 'notebook' | 'pen' | 'pouch' | 'bar' | 'jar'; // prettier-ignore

/** A product of the sample as it is written down here; everything else is worked out. */
export type SampleProduct = {
  /** Start of its SKUs; unique. */
  readonly code: string;
  readonly name: string;
  readonly brand: string;
  /** Slug of a category of the third level. */
  readonly category: string;
  readonly motif: Motif;
  /** Euros; dollars and yen follow. */
  readonly price: number;
  /** Euros before a reduction. */
  readonly was?: number;
  readonly grams: number;
  readonly description: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** Euros on top for some option values. */
  readonly extra?: Readonly<Record<string, number>>;
  /** Books and food. */
  readonly reducedTax?: boolean;
};
