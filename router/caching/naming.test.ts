import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { type TestCache, entityQuery, openTestCache } from '../testing/caching.ts';

const [mug, bowl, jug, red, blue] = ['a', 'b', 'c', 'd', 'e'].map(
  digit => `${digit}0000000-0000-4000-8000-000000000000`,
) as [string, string, string, string, string];
const updated = (productId: string) => ({ productId, slug: 's', name: 'n', version: 1 });
const repriced = (variantId: string) => ({ variantId, prices: [], version: 1 });

let cache: TestCache;
let data: object;
let gate: Promise<void> | null;
beforeEach(async () => {
  gate = null;
  cache = await openTestCache({
    answer: async () => {
      const read = data;
      await gate;
      return { data: read };
    },
  });
});
afterEach(() => cache.close());

/** Whether what is kept of a query outlives an event. */
async function outlives(query: string, type: string, change: unknown): Promise<boolean> {
  // What an event before this one has unsettled.
  cache.pass(2_000);
  await cache.ask(query);
  const before = cache.asked.length;
  await cache.ask(query);
  expect(cache.asked.length).toBe(before);
  cache.tell(type, change);
  await cache.ask(query);
  return cache.asked.length === before;
}

describe('an answer to a question for one product', () => {
  const query = '{product(slug:"mug"){id name variants{key:id price} related{id price variants{id}}}}';
  beforeEach(() => {
    data = {
      product: {
        id: mug,
        name: 'Mug',
        variants: [{ key: red, price: 1 }],
        related: [{ id: bowl, price: 2, variants: [{ id: blue }] }],
      },
    };
  });
  test('outlives changes of what it does not name', async () => {
    expect(await outlives(query, 'product.updated', updated(jug))).toBe(true);
    expect(await outlives(query, 'price.changed', repriced(jug))).toBe(true);
  });
  test.each([
    ['itself', 'product.updated', updated(mug)],
    ['one of its variants', 'price.changed', repriced(red)],
    ['a product beside it', 'product.archived', updated(bowl)],
    ['a variant of that', 'price.changed', repriced(blue)],
  ])('is dropped with %s', async (_what, type, change) => {
    expect(await outlives(query, type, change)).toBe(false);
  });
  test('is dropped with any, when there was none', async () => {
    data = { product: null };
    expect(await outlives(query, 'product.updated', updated(jug))).toBe(false);
    expect(await outlives(query, 'price.changed', repriced(jug))).toBe(true);
  });
  test('is dropped with any, when something in it has no id to name', async () => {
    const nameless = '{product(slug:"mug"){id name variants{price}}}';
    expect(await outlives(nameless, 'product.updated', updated(jug))).toBe(true);
    expect(await outlives(nameless, 'price.changed', repriced(jug))).toBe(false);
  });
  test('names what stands in fragments', async () => {
    const spread =
      'query{product(slug:"mug"){...on Product{...P}id}}fragment P on Product{name variants{key:id}}';
    expect(await outlives(spread, 'price.changed', repriced(jug))).toBe(true);
    expect(await outlives(spread, 'price.changed', repriced(red))).toBe(false);
  });
  test('is not shared, while it is under way, with whoever asks after any change', async () => {
    let go = (): void => undefined;
    gate = new Promise<void>(resolve => (go = resolve));
    const early = cache.ask(query);
    await expect.poll(() => cache.asked.length).toBe(1);
    cache.tell('product.updated', updated(jug));
    const late = cache.ask(query);
    await expect.poll(() => cache.asked.length).toBe(2);
    go();
    await Promise.all([early, late]);
  });
});

test('an answer to a question for products is dropped with any: another one may belong there now', async () => {
  data = { products: [{ id: mug, name: 'Mug' }] };
  expect(await outlives('{products{id name}}', 'product.updated', updated(jug))).toBe(false);
});

test('an entity is dropped with those that it names, and not with others', async () => {
  data = {
    _entities: [
      { name: 'Mug', variants: [{ id: red }] },
      { name: 'Bowl', variants: [{ id: blue }] },
    ],
  };
  const query = entityQuery.replace('name price', 'name variants{id}');
  const representations = [mug, bowl].map(id => ({ __typename: 'Product', id }));
  const ask = () => cache.ask(query, { representations });
  await ask();
  cache.tell('price.changed', repriced(blue));
  data = { _entities: [{ name: 'Bowl', variants: [{ id: blue }] }] };
  await ask();
  expect(cache.asked.map(({ variables }) => variables.representations)).toEqual([
    representations,
    representations.slice(1),
  ]);
  cache.tell('price.changed', repriced(jug));
  cache.pass(1_001);
  await ask();
  await ask();
  expect(cache.asked).toHaveLength(3);
});
