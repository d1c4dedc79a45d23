import { afterEach, expect, test } from 'vitest';

import { readForwardRules } from '../fetching/forwarded-headers.ts';
import { type Asked, type TestCache, customer, entityQuery, openTestCache } from '../testing/caching.ts';

let cache: TestCache;
afterEach(() => cache.close());

const prices = new Map<string, number>();
/** Products by id; what begins with `none` does not exist. */
const products = ({ variables }: Asked): object => ({
  data: {
    _entities: (variables.representations ?? []).map(({ id }) =>
      String(id).startsWith('none') ? null : { name: `name of ${id}`, price: prices.get(String(id)) ?? 1 },
    ),
  },
});
const open = async (options: Partial<Parameters<typeof openTestCache>[0]> = {}): Promise<void> => {
  prices.clear();
  cache = await openTestCache({ answer: products, ...options });
};
const idsAsked = (): unknown[] =>
  cache.asked.map(({ variables }) => variables.representations?.map(each => each['id']));
const dataOf = (reply: Awaited<ReturnType<TestCache['entities']>>): unknown =>
  'failure' in reply ? reply.failure.code : reply.answer.data?.['_entities'];

test('of a list, only the entities that are not kept are asked for, and all come in order', async () => {
  await open();
  await cache.entities(['a', 'b']);
  const names = ['c', 'a', 'd', 'b'].map(id => ({ name: `name of ${id}`, price: 1 }));
  expect(dataOf(await cache.entities(['c', 'a', 'd', 'b']))).toEqual(names);
  expect(dataOf(await cache.entities(['c', 'a', 'd', 'b']))).toEqual(names);
  expect(idsAsked()).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(await cache.metric('gateway_cache_requests_total', 'result="hit"')).toBe(6);
  expect(await cache.metric('gateway_cache_requests_total', 'result="miss"')).toBe(4);
  expect(await cache.metric('gateway_cache_saved_fetches_total')).toBe(1);
  expect(await cache.metric('gateway_cache_bytes')).toBeGreaterThan(1_000);
});

test('whoever changes an answer changes his own', async () => {
  await open();
  for (const reply of [await cache.entities(['a']), await cache.entities(['a'])]) {
    const [entity] = dataOf(reply) as { name: string }[];
    expect(entity).toEqual({ name: 'name of a', price: 1 });
    if (entity) entity.name = 'changed';
  }
  expect(dataOf(await cache.entities(['a']))).toEqual([{ name: 'name of a', price: 1 }]);
});

test('the operation’s name is no part of the question; text, variables and everything of a representation are', async () => {
  await open();
  await cache.entities(['a']);
  const representations = [{ __typename: 'Product', id: 'a' }];
  await cache.ask(entityQuery.replace('Shop__products__1', 'Other__products__0'), { representations });
  expect(cache.asked).toHaveLength(1);
  await cache.ask(entityQuery.replace('name price', 'name'), { representations });
  await cache.ask(entityQuery, { representations: [{ ...representations[0], weight: 3 }] });
  await cache.ask(entityQuery, { representations, currency: 'EUR' });
  await cache.ask(entityQuery, { representations, currency: 'USD' });
  expect(cache.asked).toHaveLength(5);
});

test('an entity that does not exist is known not to', async () => {
  await open();
  expect(dataOf(await cache.entities(['none', 'a']))).toEqual([null, { name: 'name of a', price: 1 }]);
  expect(dataOf(await cache.entities(['none']))).toEqual([null]);
  expect(cache.asked).toHaveLength(1);
});

test('of an answer with errors nothing is kept; errors stand at the places of the whole request', async () => {
  const fails = ({ variables }: Asked): object => {
    const ids = (variables.representations ?? []).map(({ id }) => id);
    if (!ids.includes('bad')) return products({ query: '', variables });
    return {
      data: { _entities: ids.map(id => (id === 'bad' ? null : { name: String(id), price: 1 })) },
      errors: [{ message: 'no', path: ['_entities', ids.indexOf('bad'), 'name'] }, { message: 'somewhere' }],
    };
  };
  await open({ answer: fails });
  await cache.entities(['a', 'b']);
  const partial = await cache.entities(['a', 'c', 'b', 'bad']);
  expect(dataOf(partial)).toEqual([
    { name: 'name of a', price: 1 },
    { name: 'c', price: 1 },
    { name: 'name of b', price: 1 },
    null,
  ]);
  expect('answer' in partial && partial.answer.errors).toEqual([
    { message: 'no', path: ['_entities', 3, 'name'] },
    { message: 'somewhere', path: ['_entities', 1] },
  ]);
  await cache.entities(['c']);
  expect(idsAsked()).toEqual([['a', 'b'], ['c', 'bad'], ['c']]);
});

test('a subgraph that fails fails whoever needs it; what is kept goes on being told', async () => {
  await open();
  await cache.entities(['a']);
  cache.subgraph.script = () => 'HTTP/1.1 500 no\r\ncontent-length: 0\r\n\r\n';
  expect(dataOf(await cache.entities(['a', 'b']))).toBe('SUBGRAPH_UNAVAILABLE');
  expect(dataOf(await cache.entities(['a']))).toEqual([{ name: 'name of a', price: 1 }]);
});

test.each(['private, max-age=60', 'max-age=60', 'no-store', 'public, max-age=0', 'public'])(
  '%s: nothing is kept',
  async cacheControl => {
    await open({ cacheControl });
    await cache.entities(['a']);
    await cache.entities(['a']);
    expect(cache.asked).toHaveLength(2);
  },
);

test('answers go off after max-age, and after the operator’s own limit', async () => {
  await open({ cacheControl: 'public, max-age=600', settings: { maxAgeSeconds: 120 } });
  await cache.entities(['a']);
  cache.pass(119_999);
  await cache.entities(['a']);
  expect(cache.asked).toHaveLength(1);
  cache.pass(1);
  await cache.entities(['a']);
  expect(cache.asked).toHaveLength(2);
});

test('other rights and other forwarded headers are other questions; other people with equal ones share', async () => {
  await open({ forward: readForwardRules('accept-language') });
  await cache.entities(['a'], customer('ada'));
  await cache.entities(['a'], customer('bob'));
  await cache.entities(['a']);
  expect(cache.asked).toHaveLength(1);
  await cache.entities(['a'], customer('eve', 'catalogue:write', 'a:b'));
  await cache.entities(['a'], customer('joe', 'a:b', 'catalogue:write'));
  expect(cache.asked).toHaveLength(2);
  await cache.entities(['a'], { forwarded: ['accept-language', 'de'] });
  expect(cache.asked).toHaveLength(3);
});

test('mutations are neither answered nor kept, and what a request asks after one is asked of the subgraph', async () => {
  await open({ answer: () => ({ data: { hello: 'you' } }) });
  await cache.mutate('mutation{hello}');
  await cache.mutate('mutation{hello}');
  await cache.ask('{hello}');
  await cache.ask('{hello}');
  expect(cache.asked).toHaveLength(3);
  await cache.mutateAndAsk('mutation{hello}', '{hello}');
  expect(cache.asked).toHaveLength(5);
});

test('parallel misses are one fetch; each gets an answer of its own', async () => {
  let go = (): void => undefined;
  const gate = new Promise<void>(resolve => (go = resolve));
  await open({ answer: asked => gate.then(() => products(asked)) });
  const replies = [cache.entities(['a', 'b']), cache.entities(['b', 'c']), cache.entities(['a'])];
  await expect.poll(() => cache.asked.length).toBe(2);
  go();
  const entity = (id: string): object => ({ name: `name of ${id}`, price: 1 });
  expect((await Promise.all(replies)).map(dataOf)).toEqual([
    [entity('a'), entity('b')],
    [entity('b'), entity('c')],
    [entity('a')],
  ]);
  expect(idsAsked()).toEqual([['a', 'b'], ['c']]);
  expect(await cache.metric('gateway_cache_requests_total', 'result="shared"')).toBe(2);
});

test('who waits for an answer that turns out to be for one alone asks himself', async () => {
  let go = (): void => undefined;
  const gate = new Promise<void>(resolve => (go = resolve));
  let count = 0;
  await open({
    cacheControl: 'private, max-age=60',
    answer: () => gate.then(() => ({ data: { hello: `answer ${(count += 1)}` } })),
  });
  const replies = [cache.ask('{hello}', {}, customer('ada')), cache.ask('{hello}', {}, customer('bob'))];
  await expect.poll(() => cache.asked.length).toBe(1);
  go();
  const told = (await Promise.all(replies)).map(reply => 'answer' in reply && reply.answer.data?.['hello']);
  expect(told).toEqual(['answer 1', 'answer 2']);
});

test('memory is bounded', async () => {
  await open({ settings: { bytes: 5_000 } });
  await cache.entities(Array.from({ length: 100 }, (_, index) => `p${index}`));
  expect(await cache.metric('gateway_cache_bytes')).toBeLessThanOrEqual(5_000);
});
