import { readFileSync, renameSync, writeFileSync } from 'node:fs';

import { expect, test, vi } from 'vitest';

import { afterFile } from '#platform/testing/cleanup.ts';

import { allParts, askDeferred, readDeferred } from '../testing/deferred.ts';
import { startGraph } from '../testing/graph.ts';

const gate = Promise.withResolvers<void>();
const shop = await startGraph({
  env: { SUPERGRAPH_POLL_MS: '50', ROUTER_DEADLINE_MS: '30000' },
  resolvers: {
    products: { Query: { product: (_: unknown, { id }: { id: string }) => ({ id, name: 'Tea' }) } },
    orders: { Product: { sold: () => gate.promise.then(() => 7) } },
  },
});
afterFile(() => shop.close());

const metric = async (name: string): Promise<number> => {
  const text = await shop.router.metrics.registry.metrics();
  return Number(new RegExp(`^${name}[^}]*\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
};
const served = () => metric('gateway_supergraph_updates_total\\{result="served"');
const missed = () => metric('gateway_query_plan_cache_total\\{result="miss"');

test('parts under way come from the old supergraph; the new one has planned for them before it is served', async () => {
  const query = '{ product(id: "1") { name ... @defer(label: "sold") { sold } } }';
  const reader = readDeferred(await askDeferred(shop.router.url, { query }));
  expect((await reader.next()).value).toEqual({ data: { product: { name: 'Tea' } }, hasNext: true });
  const next = readFileSync(shop.supergraphFile, 'utf8').replace(/\bslow: String/, 'slower: String');
  writeFileSync(`${shop.supergraphFile}.new`, next);
  renameSync(`${shop.supergraphFile}.new`, shop.supergraphFile);
  await vi.waitFor(async () => expect(await served()).toBe(1), { timeout: 20_000, interval: 50 });
  gate.resolve();
  const part = { label: 'sold', data: { sold: 7 }, path: ['product'] };
  expect((await reader.next()).value).toEqual({ hasNext: false, incremental: [part] });
  const before = await missed();
  expect(before).toBeGreaterThan(0);
  expect((await allParts(shop.router.url, { query }))[1]).toEqual({ hasNext: false, incremental: [part] });
  expect(await missed()).toBe(before);
}, 60_000);
