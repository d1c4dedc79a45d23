import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { type Federation, findIn, startFederation } from '../testing/federation.ts';
import { bearer } from '../testing/tokens.ts';

const cups = [{ id: '1', a: 'of a', b: 'of b', handle: 'old' }];
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override", "@requiresScopes"])`;
const random = vi.spyOn(Math, 'random');
let graph: Federation;
beforeAll(async () => {
  graph = await startFederation({
    old: {
      sdl: `${link} type Query { cup: Cup }
        type Cup @key(fields: "id") { id: ID! handle: String a: String @requiresScopes(scopes: [["a"]]) b: String @requiresScopes(scopes: [["b"]]) }`,
      resolvers: { Query: { cup: () => cups[0] }, Cup: findIn(cups) },
    },
    fresh: {
      sdl: `${link} type Cup @key(fields: "id") { id: ID! handle: String @override(from: "old", label: "percent(50)") }`,
      resolvers: { Cup: { handle: () => 'fresh' } },
    },
  });
});
afterAll(async () => {
  random.mockRestore();
  await graph.close();
});

const ask = async (scopes: string[], query = '{ cup { a b handle } }'): Promise<unknown> => {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await bearer({ scopes })) },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: unknown }).data;
};

test('a plan of one step of a rollout and one set of rights is not that of another step and other rights', async () => {
  // Rights that are missing, and the step, are numbers both.
  random.mockReturnValue(0.1);
  expect(await ask(['b'])).toEqual({ cup: { a: null, b: 'of b', handle: 'fresh' } });
  random.mockReturnValue(0.9);
  expect(await ask([])).toEqual({ cup: { a: null, b: null, handle: 'old' } });
  expect(await ask(['b'])).toEqual({ cup: { a: null, b: 'of b', handle: 'old' } });
});
