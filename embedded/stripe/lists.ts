import { type Params, integer, nested, text, texts } from './form.ts';
import { badParam } from './problem.ts';
import { type Store } from './store.ts';

type Row = { readonly id: string; readonly created: number; readonly [field: string]: unknown };

/** A page in Stripe's list shape: newest first, `limit` 1–100, cursors by id, `created` ranges, equality filters. */
export function page(rows: readonly object[], url: string, params: Params, equals: readonly string[] = []) {
  const limit = integer(params, 'limit') ?? 10;
  if (!(limit >= 1 && limit <= 100)) throw badParam('This value must be between 1 and 100.', 'limit');
  const created = nested(params, 'created');
  const bound = (name: string, fallback: number): number => integer(created, name) ?? fallback;
  const types = texts(params, 'types');
  const matching = (rows as readonly Row[])
    .toReversed()
    .filter(
      row =>
        row.created >= bound('gte', 0) &&
        row.created > bound('gt', -1) &&
        row.created <= bound('lte', Infinity) &&
        row.created < bound('lt', Infinity) &&
        equals.every(name => text(params, name) === null || row[name] === text(params, name)) &&
        (types.length === 0 || types.includes(String(row['type']))),
    );
  const after = text(params, 'starting_after');
  const before = text(params, 'ending_before');
  const start = after === null ? 0 : matching.findIndex(row => row.id === after) + 1;
  const end = before === null ? start + limit : matching.findIndex(row => row.id === before);
  const from = before === null ? start : Math.max(0, end - limit);
  const more = before === null ? matching.length > end : from > 0;
  return { object: 'list', url, has_more: more, data: matching.slice(from, end) };
}

/** Search by metadata only: `metadata['key']:'value'`, several joined by AND. */
export function searchIntents(store: Store, params: Params) {
  const clauses = [
    ...(text(params, 'query') ?? '').matchAll(/metadata\[['"]([^'"]+)['"]\]:\s*['"]([^'"]*)['"]/g),
  ];
  if (clauses.length === 0) throw badParam("The stand-in searches by metadata['key']:'value' only.", 'query');
  const data = store
    .all('intents')
    .filter(intent => clauses.every(([, key, value]) => key !== undefined && intent.metadata[key] === value))
    .toReversed();
  return {
    object: 'search_result',
    url: '/v1/payment_intents/search',
    has_more: false,
    next_page: null,
    data: data.slice(0, 100),
  };
}

const tables = {
  payment_method: 'methods',
  latest_charge: 'charges',
  charge: 'charges',
  payment_intent: 'intents',
  customer: 'customers',
} as const;

/** Replaces ids by objects where `expand[]` asks: a top-level field, or `data.field` in a list. */
export function expand(store: Store, body: unknown, params: Params): unknown {
  let result = body;
  for (const path of texts(params, 'expand')) {
    const field = path.replace(/^data\./, '');
    const table = Object.hasOwn(tables, field) ? tables[field as keyof typeof tables] : null;
    if (table === null) throw badParam(`This property cannot be expanded (${path}).`, 'expand');
    const one = (object: unknown): unknown => {
      const id = (object as Record<string, unknown>)[field];
      return typeof id === 'string' ? { ...(object as object), [field]: store.get(table, id) ?? id } : object;
    };
    result = path.startsWith('data.')
      ? { ...(result as object), data: (result as { data: unknown[] }).data.map(one) }
      : one(result);
  }
  return result;
}
