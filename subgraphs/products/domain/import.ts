import { invalid } from '#platform/errors.ts';

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
