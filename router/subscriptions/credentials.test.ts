import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { transports } from '../testing/followers.ts';
import { type TestGraph, startGraph } from '../testing/graph.ts';
import { type Result, subscribe } from '../testing/subscribers.ts';

type Exchanged = { readonly status: number; readonly scopes: readonly string[] };
let exchanged: Exchanged;
let shop: TestGraph;
beforeEach(async () => {
  exchanged = { status: 200, scopes: ['costs:read'] };
  async function* changes(): AsyncGenerator<object> {
    yield { secretChanged: { id: '1', name: 'Tea', related: [] } };
    await new Promise(() => undefined);
  }
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  shop = await startGraph({
    resolvers: { products: { Subscription: { secretChanged: { subscribe: changes } } } },
    usersRoute: ({ path }) =>
      path === '/internal/api-keys/exchange'
        ? {
            status: exchanged.status,
            body: JSON.stringify({ id: 'key-1', scopes: exchanged.scopes, expiresAt: null }),
          }
        : null,
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await shop.close();
});

const start = (transport: (typeof transports)[number]): AsyncIterableIterator<Result> =>
  subscribe(shop.router.url, transport, {
    query: 'subscription { secretChanged { name } }',
    headers: { authorization: 'Bearer shop_good' },
  });
const exchanges = () => shop.subgraphs.users.received.filter(({ path }) => path.endsWith('/exchange')).length;
/** Lets time pass until the key has been looked at so often. */
async function looks(count: number): Promise<void> {
  for (let seconds = 0; exchanges() < count; seconds += 1) {
    expect(seconds).toBeLessThan(100_000);
    vi.advanceTimersByTime(1_000);
    await new Promise(resolve => setImmediate(resolve));
  }
}

test.each(transports)(
  'over %s a key that is revoked opens nothing for long, though nobody was told',
  async transport => {
    const results = start(transport);
    expect((await results.next()).value).toEqual({ data: { secretChanged: { name: 'Tea' } } });
    await looks(2);
    exchanged = { status: 503, scopes: [] };
    // While users is away, nobody can say.
    await looks(4);
    exchanged = { status: 401, scopes: [] };
    const ended = results.next();
    await looks(5);
    expect((await ended).value).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect((await results.next()).done).toBe(true);
  },
);

test('a key with other rights than before begins anew', async () => {
  const results = start('sse');
  await results.next();
  exchanged = { status: 200, scopes: [] };
  const ended = results.next();
  ended.catch(() => undefined);
  await looks(2);
  await expect(ended).rejects.toBeDefined();
});
