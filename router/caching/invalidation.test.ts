import { afterEach, beforeEach, expect, test } from 'vitest';

import { event, events } from '#schema/events.ts';

import { type Asked, type TestCache, entityQuery, openTestCache } from '../testing/caching.ts';
import { changesOf, changingEvents, changingTypes } from './changes.ts';
import { createInvalidation, tagOfAny, tagsOfOne } from './invalidation.ts';

const [a, b, variant] = ['a', 'b', 'c'].map(digit => `${digit}0000000-0000-4000-8000-000000000000`) as [
  string,
  string,
  string,
];
const updated = (productId: string) => ({ productId, slug: 's', name: 'n', version: 1 });

let cache: TestCache;
let price = 1;
let gate: Promise<void> | null = null;
beforeEach(async () => {
  price = 1;
  gate = null;
  cache = await openTestCache({
    answer: async ({ query, variables }: Asked) => {
      const read = price;
      await gate;
      return query.includes('_entities')
        ? { data: { _entities: (variables.representations ?? []).map(() => ({ name: 'x', price: read })) } }
        : { data: { product: { name: 'x', variants: [{ price: read }] } } };
    },
  });
});
afterEach(() => cache.close());

const pricesOf = async (ids: readonly string[]): Promise<unknown> => {
  const reply = await cache.entities(ids);
  return 'answer' in reply
    ? ((reply.answer.data ?? {})['_entities'] as { price: number }[]).map(each => each.price)
    : reply.failure.code;
};
/** Asks, changes the price, tells of it, and answers what is shown then. */
const shownAfter = async (query: string, type: string, data: unknown): Promise<string> => {
  await cache.ask(query);
  price = 2;
  cache.tell(type, data);
  const reply = await cache.ask(query);
  return 'answer' in reply ? JSON.stringify(reply.answer.data) : reply.failure.code;
};

test('an event drops the entity that it names, and no other one', async () => {
  await pricesOf([a, b]);
  price = 2;
  cache.tell('product.updated', updated(a));
  expect(await pricesOf([a, b])).toEqual([2, 1]);
});

test('what was found by another key than the id, and what holds such entities somewhere, is dropped with any of them', async () => {
  const query = 'query($slug:String){product(slug:$slug){name variants{price}}}';
  expect(await shownAfter(query, 'price.changed', { variantId: variant, prices: [], version: 1 })).toContain(
    '"price":2',
  );
  price = 1;
  cache.pass(2_000);
  const bySlug = { representations: [{ __typename: 'Product', slug: 'mug' }] };
  await cache.ask(entityQuery, bySlug);
  price = 3;
  cache.tell('product.updated', updated(b));
  const reply = await cache.ask(entityQuery, bySlug);
  expect('answer' in reply && reply.answer.data).toEqual({ _entities: [{ name: 'x', price: 3 }] });
});

test('stock of inventory drops nothing of products', async () => {
  const query = '{product{name variants{price}}}';
  const data = { variantId: variant, quantity: 1, inStock: true, version: 1 };
  expect(await shownAfter(query, 'stock.availability_changed', data)).toContain('"price":1');
});

test('what is asked within a second of a change is not kept: the subgraph may know of it later than we do', async () => {
  cache.tell('product.updated', updated(a));
  await pricesOf([a]);
  price = 2;
  expect(await pricesOf([a])).toEqual([2]);
  cache.pass(1_001);
  await pricesOf([a]);
  price = 3;
  expect(await pricesOf([a])).toEqual([2]);
});

test('an answer that was under way when something changed is neither kept nor shared from then on', async () => {
  let go = (): void => undefined;
  gate = new Promise<void>(resolve => (go = resolve));
  const early = pricesOf([a]);
  await expect.poll(() => cache.asked.length).toBe(1);
  price = 2;
  cache.tell('product.updated', updated(a));
  const late = pricesOf([a]);
  await expect.poll(() => cache.asked.length).toBe(2);
  go();
  expect(await early).toEqual([1]);
  expect(await late).toEqual([2]);
  expect(await pricesOf([a])).toEqual([2]);
});

test('after a time without the bus, nothing from before is trusted', async () => {
  await pricesOf([a]);
  price = 2;
  cache.hears(false);
  expect(await pricesOf([a])).toEqual([1]);
  cache.hears(true);
  expect(await pricesOf([a])).toEqual([2]);
});

test('every event that changes something is one of the shop’s, and every type has a rule', () => {
  const id = '00000000-0000-4000-8000-000000000001';
  const payloads: Record<string, object> = {
    'customer.updated': { customerId: id, recipient: { email: 'a', name: 'b', locale: 'c' }, version: 1 },
    'customer.erased': { customerId: id, recipient: { email: 'a', name: 'b', locale: 'c' }, version: 1 },
    'stock.availability_changed': { variantId: id, quantity: 1, inStock: true, version: 1 },
    'price.changed': { variantId: id, prices: [], version: 1 },
    'review.hidden': { reviewId: id, productId: id },
    'review.published': { reviewId: id, productId: id, rating: 1 },
    'variant.upserted': {
      variantId: id,
      productId: id,
      sku: 's',
      title: 't',
      productName: 'n',
      productSlug: 's',
      categorySlugs: [],
      taxClass: 'standard',
      weightGrams: null,
      sellable: true,
      version: 1,
    },
  };
  const changed = changingEvents.flatMap(type => {
    expect(Object.keys(events)).toContain(type);
    const data = payloads[type] ?? updated(id);
    return changesOf(type, event(type, { type: 'X', id }, data as never).data);
  });
  expect(new Set(changed.map(change => `${change.subgraph}/${change.type}`))).toEqual(changingTypes);
});

test('more changes than can be remembered count as a change of everything', () => {
  let time = 1_000;
  const invalidation = createInvalidation(() => time);
  const change = (id: string) => ({ subgraph: 'products', type: 'Product', id });
  time = 5_000;
  for (let index = 0; index < 100_001; index += 1) invalidation.note([change(String(index))]);
  expect(invalidation.holds(tagsOfOne('products', 'Product', 'other'), 4_000, false)).toBe(false);
  expect(invalidation.holds(tagsOfOne('products', 'Product', 'other'), 6_001, true)).toBe(true);
  expect(invalidation.holds([tagOfAny('products', 'Product')], 5_500, true)).toBe(false);
});
