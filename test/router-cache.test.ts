import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { type TestCache, openTestCache } from '../router/testing/caching.ts';
import { type Server, startRedis } from './servers.ts';

let redis: Server;
let shared: Redis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const opened: TestCache[] = [];
const clock = { time: 0 };
let price = 1;
beforeEach(async () => {
  shared = new Redis(redis.url);
  await shared.flushdb();
  clock.time = Date.now();
  price = 1;
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map(each => each.close()));
  shared.disconnect();
});

/** One router process with a memory and a bus of its own, and the Redis of all. */
async function router(settings = {}): Promise<TestCache> {
  const cache = await openTestCache({
    redis: shared,
    settings,
    clock,
    answer: ({ variables }) => ({
      data: { _entities: (variables.representations ?? []).map(({ id }) => ({ name: id, price })) },
    }),
  });
  opened.push(cache);
  return cache;
}

const keysIn = (): Promise<string[]> => shared.keys('cache:*');
const pricesOf = async (cache: TestCache, ids: readonly string[]): Promise<unknown> => {
  const reply = await cache.entities(ids);
  return 'answer' in reply
    ? ((reply.answer.data ?? {})['_entities'] as { price: number }[]).map(each => each.price)
    : reply.failure.code;
};
const product = { productId: 'a', slug: 's', name: 'n', version: 1 };

test('what one router has fetched, another one finds, and asks for the rest', async () => {
  const [first, second] = [await router(), await router()];
  await first.entities(['a', 'b']);
  await expect.poll(async () => (await keysIn()).length).toBe(2);
  expect(await pricesOf(second, ['b', 'c', 'a'])).toEqual([1, 1, 1]);
  expect(second.asked.map(({ variables }) => variables.representations)).toEqual([
    [{ __typename: 'Product', id: 'c' }],
  ]);
  // From now on it has them itself.
  await shared.flushdb();
  await second.entities(['a', 'b']);
  expect(second.asked).toHaveLength(1);
});

test('what one has heard of, a router that was not there yet knows', async () => {
  const first = await router();
  await first.entities(['a', 'b']);
  await expect.poll(async () => (await keysIn()).length).toBe(2);
  price = 2;
  first.tell('product.updated', product);
  await expect.poll(() => shared.exists('changed:products/Product:a')).toBe(1);
  expect(await pricesOf(await router(), ['a', 'b'])).toEqual([2, 1]);
});

test('it knows, too, of changes of what an answer holds without having been asked for it', async () => {
  const open = async (): Promise<TestCache> => {
    const cache = await openTestCache({
      redis: shared,
      clock,
      answer: () => ({ data: { product: { id: 'a', price } } }),
    });
    opened.push(cache);
    return cache;
  };
  const priceBySlug = async (cache: TestCache): Promise<unknown> => {
    const reply = await cache.ask('{product(slug:"s"){id price}}');
    return 'answer' in reply ? reply.answer.data : reply.failure.code;
  };
  const first = await open();
  await priceBySlug(first);
  await expect.poll(async () => (await keysIn()).length).toBe(1);
  price = 2;
  first.tell('product.updated', { ...product, productId: 'b' });
  await expect.poll(() => shared.exists('changed:products/Product:b')).toBe(1);
  expect(await priceBySlug(await open())).toEqual({ product: { id: 'a', price: 1 } });
  first.tell('product.updated', product);
  await expect.poll(() => shared.exists('changed:products/Product:a')).toBe(1);
  expect(await priceBySlug(await open())).toEqual({ product: { id: 'a', price: 2 } });
});

test('what went off in Redis is gone there as well', async () => {
  const first = await router();
  await first.entities(['a']);
  await expect.poll(async () => (await keysIn()).length).toBe(1);
  const [key = ''] = await keysIn();
  expect(await shared.pttl(key)).toBeLessThanOrEqual(60_000);
  clock.time += 60_000;
  price = 2;
  expect(await pricesOf(await router(), ['a'])).toEqual([2]);
});

test.each([
  ['no text of ours', () => 'hello'],
  ['JSON', () => '{"name":"evil","price":0}'],
  ['an unsigned entry', (was: string) => `${'A'.repeat(43)}${was.slice(43)}`],
  ['a changed entry', (was: string) => was.replace('"price":1', '"price":0')],
  ['a longer life', (was: string) => was.replace(' 60 ', ' 99999999 ')],
  ['nothing', () => ''],
])('%s in place of an entry is a miss', async (_name, poison) => {
  await (await router()).entities(['a']);
  await expect.poll(async () => (await keysIn()).length).toBe(1);
  const key = (await keysIn())[0] ?? '';
  const was = (await shared.get(key)) ?? '';
  expect(was).toContain('"price":1');
  await shared.set(key, poison(was));
  price = 2;
  expect(await pricesOf(await router(), ['a'])).toEqual([2]);
});

test('the entry of one thing is not taken for that of another one', async () => {
  await (await router()).entities(['a', 'b']);
  await expect.poll(async () => (await keysIn()).length).toBe(2);
  const [one = '', other = ''] = await keysIn();
  const [first, second] = await Promise.all([shared.get(one), shared.get(other)]);
  await shared.mset(one, second ?? '', other, first ?? '');
  const fresh = await router();
  await fresh.entities(['a', 'b']);
  expect(fresh.asked).toHaveLength(1);
});

test('a Redis that does not answer is done without, and after some tries not asked any more', async () => {
  const cache = await router({ redisTimeoutMs: 20 });
  await shared.config('RESETSTAT');
  // It keeps the connection and answers nothing for a while.
  await shared.call('CLIENT', 'PAUSE', '1500', 'ALL');
  for (let index = 0; index < 60; index += 1) expect(await pricesOf(cache, [`p${index}`])).toEqual([1]);
  const stats = await shared.info('commandstats');
  const looks = Number(/cmdstat_mget:calls=(\d+)/.exec(stats)?.[1]);
  expect(looks).toBeGreaterThan(0);
  expect(looks).toBeLessThanOrEqual(5);
});
