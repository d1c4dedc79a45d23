import { readFileSync, readdirSync } from 'node:fs';

import { Kind, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createMetrics } from '#platform/metrics.ts';

import { loadSupergraph } from '../supergraph/supergraph.ts';
import { createFairQueue } from './fair-queue.ts';
import { createPlanOperation } from './plan-operation.ts';
import { type Planner, createPlanner } from './planner.ts';

const folder = new URL('../../schema/', import.meta.url);
const sdl = readFileSync(new URL('supergraph.graphql', folder), 'utf8').replaceAll(', for: SECURITY', '');
const given = { sdl, apiSchema: (await loadSupergraph(sdl)).apiSchema, hidesSchema: true };
const fine = '{ products(first: 3) { edges { node { name } } } }';
const tooComplex = { extensions: { code: 'QUERY_TOO_EXPENSIVE', http: { status: 400 } } };
const overloaded = { extensions: { code: 'OVERLOADED', http: { status: 503 } } };

/** Doubling fragments: exponential work for a planner, 20 levels of it. */
const explosion = (levels: number) =>
  `{ categories { ...F0 } } ${Array.from({ length: levels }, (_, i) => `fragment F${i} on Category { parent { ...F${i + 1} } b: parent { ...F${i + 1} } }`).join(' ')} fragment F${levels} on Category { id }`;

let planner: Planner;
const metrics = createMetrics('router');
beforeAll(async () => {
  planner = await createPlanner({ ...given, deadlineMs: 1_000, metrics });
});
afterAll(() => planner.close());

test('every client document gets the plan that planning in this thread gives', async () => {
  const planHere = createPlanOperation(sdl);
  for (const file of readdirSync(new URL('clients/', folder))) {
    const source = readFileSync(new URL(`clients/${file}`, folder), 'utf8');
    for (const each of parse(source).definitions) {
      if (each.kind !== Kind.OPERATION_DEFINITION) continue;
      const name = each.name?.value;
      const plain: unknown = JSON.parse(JSON.stringify(planHere(source, name)));
      expect(await planner.plan(source, name)).toEqual(plain);
    }
  }
});

describe('a document that takes too long', () => {
  test('is stopped, remembered, and the next ones are planned by the spare thread', async () => {
    const strict = await createPlanner({ ...given, deadlineMs: 150, metrics });
    const before = await stopped('deadline');
    const [bad, good] = await Promise.allSettled([
      strict.plan(explosion(14), undefined, 'bad'),
      strict.plan(fine, undefined, 'good'),
    ]);
    expect(bad).toMatchObject({ status: 'rejected', reason: tooComplex });
    expect(good).toMatchObject({ status: 'fulfilled', value: { kind: 'QueryPlan' } });
    expect((await stopped('deadline')) - before).toBe(1);
    const known = await stopped('known');
    await expect(strict.plan(explosion(14))).rejects.toMatchObject(tooComplex);
    expect((await stopped('known')) - known).toBe(1);
    await strict.close();
  });
  test('several in a row leave a planner that works', async () => {
    const strict = await createPlanner({ ...given, deadlineMs: 100, metrics });
    const all = await Promise.allSettled([14, 15, 16].map(levels => strict.plan(explosion(levels))));
    expect(all.map(each => each.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await strict.plan(fine)).toMatchObject({ kind: 'QueryPlan' });
    await strict.close();
  });
});

describe('validation', () => {
  test('tells what is wrong and where, and nothing that the schema holds', async () => {
    expect(await planner.validate(fine)).toEqual([]);
    expect(await planner.validate('{\n  produkts { id }\n}')).toEqual([
      { message: 'Cannot query field "produkts" on type "Query".', locations: [{ line: 2, column: 3 }] },
    ]);
    expect(await planner.validate('{ __schema { types { name } } }')).toMatchObject([
      { message: 'Introspection is not available.' },
    ]);
    expect(await planner.validate('{ product(slug: "\\u0000") { id } }')).toMatchObject([
      { message: 'Text must not contain NUL.' },
    ]);
  });
  test('outside production it helps', async () => {
    const open = await createPlanner({ ...given, hidesSchema: false, deadlineMs: 1_000, metrics });
    expect(await open.validate('{ produkts { id } }')).toMatchObject([
      { message: 'Cannot query field "produkts" on type "Query". Did you mean "products" or "product"?' },
    ]);
    expect(await open.validate('{ __schema { types { name } } }')).toEqual([]);
    await open.close();
  });
  test('at most ten faults', async () => {
    const faults = await planner.validate(`{ ${Array.from({ length: 30 }, (_, n) => `no${n}`).join(' ')} }`);
    expect(faults).toHaveLength(10);
    expect(faults.at(-1)?.message).toMatch(/Too many validation errors/);
  });
});

test('a document that the planner itself refuses is the client’s fault; a fault of ours is not', async () => {
  await expect(planner.plan('{ nothingLikeThis }')).rejects.toThrow(/planning failed/);
  expect(await planner.plan(fine)).toMatchObject({ kind: 'QueryPlan' });
});

test('equal documents at once are planned once', async () => {
  const [one, two] = await Promise.all([planner.plan(fine), planner.plan(fine)]);
  expect(one).toBe(two);
});

test('more waiting than there is room for is refused', async () => {
  const small = await createPlanner({
    ...given,
    deadlineMs: 1_000,
    metrics,
    waiting: { all: 3, perClient: 2 },
  });
  const ask = (n: number, client: string) => small.plan(`{ a${n}: __typename }`, undefined, client);
  const all = await Promise.allSettled([
    ask(1, 'ada'), ask(2, 'ada'), ask(3, 'ada'), ask(4, 'ada'), ask(5, 'bob'), ask(6, 'eve'),
  ]); // prettier-ignore
  expect(all.map(each => each.status)).toEqual([
    'fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected',
  ]); // prettier-ignore
  expect(all[3]).toMatchObject({ reason: overloaded });
  await small.close();
});

test('who waits when the planner closes is refused, and so is who comes later', async () => {
  const brief = await createPlanner({ ...given, deadlineMs: 1_000, metrics });
  const waiting = Promise.allSettled([brief.plan(fine), brief.plan('{ __typename }')]);
  await brief.close();
  expect(await waiting).toMatchObject([{ reason: overloaded }, { reason: overloaded }]);
  await expect(brief.plan(fine)).rejects.toMatchObject(overloaded);
});

test('a text that is no supergraph stops the start', async () => {
  await expect(
    createPlanner({ ...given, sdl: 'type Query { a: Int }', deadlineMs: 100, metrics }),
  ).rejects.toThrow(/planner’s thread|supergraph|core/i);
});

test('clients take turns', () => {
  const queue = createFairQueue<string>({ all: 10, perClient: 4 });
  for (const work of ['a1', 'a2', 'a3', 'a4']) expect(queue.add('a', work)).toBe(true);
  expect(queue.add('a', 'a5')).toBe(false);
  expect([queue.add('b', 'b1'), queue.add('c', 'c1')]).toEqual([true, true]);
  expect(Array.from({ length: 7 }, () => queue.take())).toEqual(['a1', 'b1', 'c1', 'a2', 'a3', 'a4', null]);
});

async function stopped(reason: string): Promise<number> {
  const { values } = (await metrics.registry.getSingleMetric('gateway_query_plan_stopped_total')?.get()) ?? {
    values: [],
  };
  return values.find(each => each.labels['reason'] === reason)?.value ?? 0;
}
