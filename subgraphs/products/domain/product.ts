import { conflict, invalid } from '#platform/errors.ts';

import { type Prices, type PricesInput, checkPrices } from './prices.ts';
import { type Media, type MediaInput, checkMedia, checkSlug, checkText } from './texts.ts';

export const productStatuses = ['DRAFT', 'ACTIVE', 'ARCHIVED'] as const;
export type ProductStatus = (typeof productStatuses)[number];

export type Option = { readonly name: string; readonly value: string };
export type Attribute = { readonly slug: string; readonly name: string; readonly value: string };
export type Cost = { readonly amount: bigint; readonly currency: string };

export type Variant = {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly options: readonly Option[];
  readonly prices: Prices;
  readonly cost: Cost | null;
  readonly weightGrams: number | null;
  readonly taxClass: string;
  readonly position: number;
  /** No longer offered; kept so that old orders and carts still find it. */
  readonly archived: boolean;
};

export type Product = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly brand: string | null;
  readonly status: ProductStatus;
  readonly categorySlugs: readonly string[];
  readonly attributes: readonly Attribute[];
  readonly media: readonly Media[];
  /** Archived ones included. */
  readonly variants: readonly Variant[];
};

/** What may be sent for a product: left out keeps what is there, null clears it. Shape of the SDL's ProductUpsertInput. */
export type ProductInput = {
  readonly id?: string | null | undefined;
  readonly slug: string;
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly brand?: string | null | undefined;
  readonly status?: ProductStatus | null | undefined;
  readonly categorySlugs?: readonly string[] | null | undefined;
  readonly attributes?: readonly { readonly slug: string; readonly value: string }[] | null | undefined;
  readonly media?: readonly MediaInput[] | null | undefined;
  readonly variants?: readonly VariantInput[] | null | undefined;
  readonly expectedVersion?: number | null | undefined;
};
export type VariantInput = PricesInput & {
  readonly sku: string;
  readonly title?: string | null | undefined;
  readonly options?: readonly Option[] | null | undefined;
  readonly weightGrams?: number | null | undefined;
  readonly taxClass?: string | null | undefined;
};

const maxVariants = 250;
const maxAttributes = 100;
const maxMedia = 50;
const maxCategories = 20;

/** Refuses when somebody else has changed the product since the client read it. 0 or null: no version was read. */
export function checkVersion(
  current: { readonly version: number } | null,
  expected: number | null | undefined,
): void {
  if (expected === null || expected === undefined) return;
  if ((current?.version ?? 0) !== expected) {
    throw conflict('the product was changed meanwhile', current?.version ?? null, 'VERSION_CONFLICT');
  }
}

/** The product after the input: the current one (null: a new one) with what was sent. Refuses whatever breaks a rule. */
export function applyInput(current: Product | null, input: ProductInput, newId: () => string): Product {
  const slug = checkSlug(input.slug, ['input', 'slug']);
  const name = checkText(input.name, 200, ['input', 'name']);
  const brand = kept(input.brand, current?.brand ?? null, text => checkText(text, 100, ['input', 'brand']));
  return {
    id: current?.id ?? newId(),
    slug,
    name,
    description: kept(input.description, current?.description ?? null, text =>
      checkText(text, 20_000, ['input', 'description']),
    ),
    brand,
    status: input.status ?? current?.status ?? 'ACTIVE',
    categorySlugs:
      input.categorySlugs === undefined
        ? (current?.categorySlugs ?? [])
        : categories(input.categorySlugs ?? []),
    attributes:
      input.attributes === undefined ? (current?.attributes ?? []) : attributes(input.attributes ?? []),
    media: input.media === undefined ? (current?.media ?? []) : media(input.media ?? []),
    variants:
      input.variants === undefined
        ? (current?.variants ?? [])
        : variants(current?.variants ?? [], input.variants ?? [], name, newId),
  };
}

function kept(
  sent: string | null | undefined,
  before: string | null,
  check: (text: string) => string,
): string | null {
  if (sent === undefined) return before;
  return sent === null || sent.trim() === '' ? null : check(sent);
}

function atMost(list: readonly unknown[], max: number, field: string): void {
  if (list.length > max) throw invalid(`at most ${max} ${field} are allowed`, ['input', field], 'TOO_MANY');
}

function categories(slugs: readonly string[]): readonly string[] {
  atMost(slugs, maxCategories, 'categorySlugs');
  return [...new Set(slugs.map((slug, i) => checkSlug(slug, ['input', 'categorySlugs', String(i)])))];
}

/** "room-height" → "Room height": how an attribute or facet key reads. */
export function humanize(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function attributes(
  list: readonly { readonly slug: string; readonly value: string }[],
): readonly Attribute[] {
  atMost(list, maxAttributes, 'attributes');
  return list.map((attribute, i) => {
    const path = ['input', 'attributes', String(i)];
    const slug = checkSlug(attribute.slug, [...path, 'slug']);
    return { slug, name: humanize(slug), value: checkText(attribute.value, 500, [...path, 'value']) };
  });
}

function media(list: readonly MediaInput[]): readonly Media[] {
  atMost(list, maxMedia, 'media');
  return list.map((each, i) => checkMedia(each, ['input', 'media', String(i)]));
}

function variants(
  before: readonly Variant[],
  list: readonly VariantInput[],
  productName: string,
  newId: () => string,
): readonly Variant[] {
  atMost(list, maxVariants, 'variants');
  const known = new Map(before.map(variant => [variant.sku, variant]));
  const skus = new Set<string>();
  const combinations = new Set<string>();
  const sent = list.map((input, position): Variant => {
    const path = ['input', 'variants', String(position)];
    const sku = checkText(input.sku, 64, [...path, 'sku']);
    if (/\s/.test(sku)) throw invalid('a SKU has no spaces', [...path, 'sku'], 'SKU');
    if (skus.has(sku)) throw invalid(`the SKU ${sku} appears twice`, [...path, 'sku'], 'SKU_TAKEN');
    skus.add(sku);
    const old = known.get(sku);
    const options = checkOptions(
      input.options === undefined ? (old?.options ?? []) : (input.options ?? []),
      path,
    );
    const combination = JSON.stringify(options.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
    if (options.length > 0 && combinations.has(combination)) {
      throw invalid('two variants have the same options', [...path, 'options'], 'OPTIONS_TAKEN');
    }
    combinations.add(combination);
    const weight = input.weightGrams === undefined ? (old?.weightGrams ?? null) : input.weightGrams;
    if (weight !== null && (weight < 0 || weight > 10_000_000)) {
      throw invalid('a weight is from 0 to 10,000,000 grams', [...path, 'weightGrams'], 'WEIGHT');
    }
    const title = input.title ?? (options.map(option => option.value).join(' / ') || productName);
    return {
      id: old?.id ?? newId(),
      sku,
      title: checkText(title.slice(0, input.title ? undefined : 200), 200, [...path, 'title']),
      options,
      ...checkPrices(input, old?.cost ?? null, path),
      weightGrams: weight,
      taxClass: checkSlug(input.taxClass ?? old?.taxClass ?? 'standard', [...path, 'taxClass']),
      position,
      archived: false,
    };
  });
  const gone = before
    .filter(variant => !skus.has(variant.sku))
    .map((variant, i) => ({ ...variant, archived: true, position: sent.length + i }));
  return [...sent, ...gone];
}

function checkOptions(options: readonly Option[], path: readonly string[]): readonly Option[] {
  if (options.length > 10) throw invalid('at most 10 options are allowed', [...path, 'options'], 'TOO_MANY');
  const names = new Set<string>();
  return options.map((option, i) => {
    const at = [...path, 'options', String(i)];
    const name = checkText(option.name, 50, [...at, 'name']);
    if (names.has(name.toLowerCase()))
      throw invalid(`the option ${name} appears twice`, [...at, 'name'], 'OPTIONS_TAKEN');
    names.add(name.toLowerCase());
    return { name, value: checkText(option.value, 100, [...at, 'value']) };
  });
}
