import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { readConfig } from '../config.ts';
import { type Router, startRouter } from '../service.ts';
import { type Follower, follow, sources, transports } from '../testing/followers.ts';
import { type TestGraph, secrets, startGraph } from '../testing/graph.ts';

/** What each product costs, and who waits for it to change: the present first, then every change. */
const costs = new Map<string, number>();
const waiting = new Map<string, Set<() => void>>();
async function* changesOf(id: string): AsyncGenerator<object> {
  for (let told = 0; ;) {
    const cost = costs.get(id) ?? 1;
    if (told === 0) told = cost - 1;
    while (told < cost) yield { priceChanged: { id, name: String((told += 1)), related: [] } };
    if ((costs.get(id) ?? 1) > told) continue;
    await new Promise<void>(resolve => waiting.set(id, (waiting.get(id) ?? new Set()).add(resolve)));
  }
}
const change = (id: string): void => {
  costs.set(id, (costs.get(id) ?? 1) + 1);
  for (const wake of waiting.get(id) ?? []) wake();
  waiting.delete(id);
};

/** Products that the subgraph, just started, cannot tell of when it is asked first. */
const notYet = new Set<string>();
const clients = 200;

describe.each(['events', 'socket'] as const)('from a subgraph over %s', source => {
  let shop: TestGraph;
  let other: Router | null = null;
  let followers: Follower[];
  beforeAll(async () => {
    costs.clear();
    shop = await startGraph({
      env: sources[source],
      resolvers: {
        products: {
          Subscription: {
            priceChanged: {
              subscribe: (_: unknown, { id }: { id: string }) => {
                if (notYet.delete(id))
                  throw new GraphQLError('no database yet', {
                    extensions: { code: 'INTERNAL_SERVER_ERROR' },
                  });
                return changesOf(id);
              },
            },
          },
        },
      },
    });
    const query = 'subscription ($id: ID!) { priceChanged(id: $id) { version: name } }';
    const url = () => other?.url ?? shop.router.url;
    followers = await Promise.all(
      Array.from({ length: clients }, (_, id) =>
        follow({ url, query, variables: { id: String(id) } }, transports[id % transports.length] ?? 'sse'),
      ),
    );
  });
  afterAll(async () => {
    for (const follower of followers) follower.leave();
    await other?.stop();
    await shop.close();
  });

  const streams = () => shop.subgraphs.products.streams();
  const changeAll = (): void => followers.forEach((_, id) => change(String(id)));
  const allHaveSeen = (version: number) =>
    vi.waitUntil(() => followers.every(({ seen }) => seen.has(version)), { timeout: 10_000 });
  const faults = () =>
    followers.map(({ doubled, skipped, errors }) => doubled + skipped + errors).filter(count => count > 0);

  test('every client sees every change once, its own alone', async () => {
    for (let version = 2; version <= 5; version += 1) {
      changeAll();
      await allHaveSeen(version);
    }
    const some = followers.filter((_, id) => id % 2 === 1);
    followers.forEach((_, id) => id % 2 === 1 && change(String(id)));
    await vi.waitUntil(() => some.every(({ seen }) => seen.has(6)), { timeout: 10_000 });
    expect(followers.filter(({ seen }) => seen.has(6))).toEqual(some);
    followers.forEach((_, id) => id % 2 === 0 && change(String(id)));
    await allHaveSeen(6);
    expect([faults(), followers.every(({ connections }) => connections === 1)]).toEqual([[], true]);
  });

  test('a subgraph that restarts is asked again; no client notices more than a pause', async () => {
    for (let id = 0; id < clients; id += 2) notYet.add(String(id));
    shop.subgraphs.products.cut();
    changeAll();
    await allHaveSeen(7);
    shop.subgraphs.products.cut();
    await vi.waitUntil(() => shop.subgraphs.products.received.length >= 3.5 * clients, {
      timeout: 10_000,
    });
    changeAll();
    await allHaveSeen(8);
    expect([faults(), followers.filter(({ connections }) => connections > 1)]).toEqual([[], []]);
  });

  test('from a router that stops clients go to the next one and get the present state first', async () => {
    const before = followers.reduce((sum, { connections }) => sum + connections, 0);
    other = await startRouter(
      readConfig({
        SUPERGRAPH_PATH: shop.supergraphFile,
        ROUTER_PORT: '0',
        ROUTER_ADMIN_PORT: '0',
        HOST: '127.0.0.1',
        LOG_LEVEL: 'silent',
        JWT_SECRET: secrets.access,
        INTERNAL_TOKEN_SECRET: secrets.internal,
        ...sources[source],
      }),
    );
    changeAll();
    const stopping = shop.router.stop();
    changeAll();
    await stopping;
    await allHaveSeen(10);
    await vi.waitUntil(() => streams() === clients, { timeout: 10_000 });
    changeAll();
    await allHaveSeen(11);
    expect([
      followers.reduce((sum, { connections }) => sum + connections, 0) - before,
      followers.filter(({ errors, skipped }) => errors + skipped > 0),
    ]).toEqual([clients, []]);
  });
});
