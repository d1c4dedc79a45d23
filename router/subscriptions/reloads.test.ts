import { readFileSync, writeFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { type Transport, transports } from '../testing/followers.ts';
import { type TestGraph, startGraph } from '../testing/graph.ts';
import { type Result, subscribe } from '../testing/subscribers.ts';
import { bearer } from '../testing/tokens.ts';

// What `sold` needs of products is asked for too: whether it is shown changes nothing in what products is asked.
const document = 'subscription { priceChanged(id: "1") { __typename id name sold } }';

let shop: TestGraph;
let original: string;
let change = (_name: string): void => undefined;
beforeEach(async () => {
  const waiting = new Set<(name: string) => void>();
  change = name => {
    for (const wake of waiting) wake(name);
    waiting.clear();
  };
  async function* changes(): AsyncGenerator<object> {
    for (let name = 'Tea'; ; name = await new Promise<string>(resolve => waiting.add(resolve)))
      yield { priceChanged: { id: '1', name, related: [] } };
  }
  shop = await startGraph({
    env: { SUPERGRAPH_POLL_MS: '50' },
    resolvers: {
      products: { Subscription: { priceChanged: { subscribe: changes } } },
      orders: { Product: { __resolveReference: (key: object) => key, sold: () => 3 } },
    },
  });
  original = readFileSync(shop.supergraphFile, 'utf8');
});
afterEach(() => shop.close());

const start = (transport: Transport, headers?: Record<string, string>) =>
  subscribe(shop.router.url, transport, { query: document, ...(headers ? { headers } : {}) });
const next = async (results: AsyncIterator<Result>): Promise<Result> =>
  (await results.next()).value as Result;

/** Serves another supergraph, and waits until it is served. */
async function serve(changed: (text: string) => string): Promise<void> {
  writeFileSync(shop.supergraphFile, changed(`${original}\n# another\n`));
  await vi.waitUntil(
    async () => /updates_total\{result="served".*\} 1/.test(await shop.router.metrics.registry.metrics()),
    { timeout: 20_000 },
  );
}
/** How often products has been asked for changes. */
const sources = () =>
  shop.subgraphs.products.received.filter(({ body }) => body.includes('priceChanged')).length;

describe.each(transports)('over %s', transport => {
  test('a subscription goes on by the new supergraph: what it protects is told no more', async () => {
    const [stranger, customer] = [start(transport), start(transport, await bearer())];
    const whole = (name: string) => ({
      data: { priceChanged: { __typename: 'Product', id: '1', name, sold: 3 } },
    });
    expect([await next(stranger), await next(customer)]).toEqual([whole('Tea'), whole('Tea')]);
    await serve(text => text.replace(/\bsold: Int/, '$& @authenticated'));
    change('Coffee');
    expect(await next(stranger)).toMatchObject({
      data: { priceChanged: { name: 'Coffee', sold: null } },
      errors: [{ path: ['priceChanged', 'sold'], extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(await next(customer)).toEqual(whole('Coffee'));
    expect(sources()).toBe(2);
    await Promise.all([stranger.return?.(), customer.return?.()]);
  });

  test('one that the new supergraph does not answer any more is broken off; its client is told why when it comes back', async () => {
    const results = start(transport);
    await next(results);
    const ended = results.next();
    ended.catch(() => undefined);
    await serve(text => text.replace(/\bsold: Int/, 'amount: Int'));
    await expect(ended).rejects.toBeDefined();
    await expect(next(start(transport))).rejects.toBeDefined();
    await vi.waitUntil(() => shop.subgraphs.products.streams() === 0);
  });

  test('one whose source is asked something else now is broken off, to begin anew', async () => {
    const results = start(transport);
    await next(results);
    const ended = results.next();
    ended.catch(() => undefined);
    await serve(text => text.replace('name: String! @join__field(graph: PRODUCTS)', '$& @authenticated'));
    await expect(ended).rejects.toBeDefined();
    const again = start(transport);
    expect(await next(again)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    await again.return?.();
  });
});
