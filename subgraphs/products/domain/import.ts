import { DomainError, invalid } from '#platform/errors.ts';

import { type ProductInput, type ProductStatus, productStatuses } from './product.ts';

export const maxLines = 10_000;

/** The lines of an import that hold something, with their numbers from 1. */
export function readLines(jsonl: string): { row: number; line: string }[] {
  const lines = jsonl
    .toWellFormed()
    .replaceAll('\0', '�')
    .split(/\r?\n/)
    .map((line, i) => ({ row: i + 1, line: line.trim() }))
    .filter(({ line }) => line !== '');
  if (lines.length > maxLines) throw invalid(`an import has at most ${maxLines} rows`, ['jsonl'], 'TOO_MANY');
  return lines;
}

type Shape = { readonly [field: string]: Check };
type Check = (value: unknown, path: string[]) => unknown;

function refuse(path: readonly string[], expected: string): never {
  throw invalid(`expected ${expected}`, ['input', ...path], 'SHAPE');
}

const text: Check = (value, path) => (typeof value === 'string' ? value : refuse(path, 'text'));
const whole: Check = (value, path) =>
  Number.isInteger(value) && Math.abs(value as number) < 2 ** 31 ? value : refuse(path, 'a whole number');
const decimal: Check = (value, path) =>
  typeof value === 'string' && /^-?\d{1,15}(\.\d{1,12})?$/.test(value)
    ? value
    : refuse(path, 'a decimal as text, such as "12.30"');
const status: Check = (value, path) =>
  productStatuses.includes(value as ProductStatus) ? value : refuse(path, productStatuses.join(', '));
const optional =
  (check: Check): Check =>
  (value, path) =>
    value === null ? null : check(value, path);
const list =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value) ? value.map((each, i) => check(each, [...path, String(i)])) : refuse(path, 'a list');

/** An object with these fields and no others; a name that ends in `!` is required. */
function object(shape: Shape): Check {
  const fields = new Map(
    Object.entries(shape).map(([name, check]) => [
      name.replace('!', ''),
      { check, required: name.endsWith('!') },
    ]),
  );
  return (value, path) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return refuse(path, 'an object');
    const given = new Map(Object.entries(value));
    for (const name of given.keys()) if (!fields.has(name)) refuse([...path, name], 'no such field');
    const missing = [...fields].find(([name, { required }]) => required && !given.has(name));
    if (missing) refuse([...path, missing[0]], 'a value');
    return Object.fromEntries(
      [...given].map(([name, each]) => [name, fields.get(name)?.check(each, [...path, name])]),
    );
  };
}

const money = object({ 'amount!': decimal, 'currency!': text });
const row = object({
  id: optional(text),
  'slug!': text,
  'name!': text,
  description: optional(text),
  brand: optional(text),
  status: optional(status),
  categorySlugs: optional(list(text)),
  attributes: optional(list(object({ 'slug!': text, 'value!': text }))),
  media: optional(
    list(object({ 'url!': text, alt: optional(text), width: optional(whole), height: optional(whole) })),
  ),
  variants: optional(
    list(
      object({
        'sku!': text,
        title: optional(text),
        options: optional(list(object({ 'name!': text, 'value!': text }))),
        'prices!': list(money),
        compareAtPrices: optional(list(money)),
        costPrice: optional(money),
        weightGrams: optional(whole),
        taxClass: optional(text),
      }),
    ),
  ),
  expectedVersion: optional(whole),
});

/** Reads one line of an import, which is a ProductUpsertInput as JSON. */
export function readRow(line: string): ProductInput {
  return row(parse(line), []) as ProductInput;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The parser's own words quote the line; the row number says enough.
    throw invalid('the line is not JSON', undefined, 'JSON');
  }
}

type Numbered = { readonly row: number; readonly line: string };

/** The ids of products that an import names. Unreadable lines name none. */
export function idsOf(lines: readonly Numbered[]): string[] {
  return lines.flatMap(({ line }) => readable(line)?.id ?? []);
}

/**
 * Which rows can get into each other's way, since they name the same product or SKU: row → the first row of its part.
 * `slugs`: what products are called now, by id, since a row that renames one sets its slug free.
 */
export function partsOf(
  lines: readonly Numbered[],
  slugs: ReadonlyMap<string, string>,
): ReadonlyMap<number, number> {
  const parents = new Map<number, number>();
  const first = (row: number): number => {
    const parent = parents.get(row) ?? row;
    return parent === row ? row : first(parent);
  };
  const firstWith = new Map<string, number>();
  for (const { row: number, line } of lines) {
    parents.set(number, number);
    for (const name of namesIn(line, slugs)) {
      const [a, b] = [first(firstWith.get(name) ?? number), first(number)];
      parents.set(Math.max(a, b), Math.min(a, b));
      firstWith.set(name, Math.min(a, b));
    }
  }
  return new Map(lines.map(({ row: number }) => [number, first(number)]));
}

function namesIn(line: string, slugs: ReadonlyMap<string, string>): string[] {
  const input = readable(line);
  if (!input) return [];
  const known = input.id ? slugs.get(input.id.toLowerCase()) : undefined;
  return [
    `slug ${input.slug}`,
    ...(known === undefined ? [] : [`slug ${known}`]),
    ...(input.id ? [`id ${input.id.toLowerCase()}`] : []),
    ...(input.variants ?? []).map(variant => `sku ${variant.sku.trim()}`),
  ];
}

function readable(line: string): ProductInput | null {
  try {
    return readRow(line);
  } catch (error) {
    // Such a row is refused whatever the others do.
    if (error instanceof DomainError) return null;
    throw error;
  }
}
