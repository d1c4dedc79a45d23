import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

import { expect, test, vi } from 'vitest';

import { afterFile } from '#platform/testing/cleanup.ts';

import { type TestGraph, composeGraph, startGraph } from '../testing/graph.ts';

const shop = await startGraph({
  env: { SUPERGRAPH_POLL_MS: '50' },
  resolvers: {
    products: { Query: { products: () => [{ id: '1', name: 'Tea' }], broken: () => 'mended' } },
    orders: { Query: { echo: () => 'hi' } },
  },
});
afterFile(() => shop.close());
const original = readFileSync(shop.supergraphFile, 'utf8');

/** A supergraph in which a query is called otherwise. */
const renamed = (name: string): string =>
  `${original}\n# ${name}\n`.replace(/\bslow: String/, `${name}: String`);

/** As a careful deployment writes files: whole, or not at all. */
function write(text: string): void {
  writeFileSync(`${shop.supergraphFile}.new`, text);
  renameSync(`${shop.supergraphFile}.new`, shop.supergraphFile);
}

async function knows(graph: TestGraph, field: string): Promise<boolean> {
  const { body } = await graph.query(`{ __typename @skip(if: true) ${field} }`);
  return !body.errors?.some(({ extensions }) => extensions['code'] === 'GRAPHQL_VALIDATION_FAILED');
}

async function updates(result: string, graph = shop): Promise<number> {
  const text = await graph.router.metrics.registry.metrics();
  const [, count] =
    new RegExp(`gateway_supergraph_updates_total\\{result="${result}".*\\} (\\d+)`).exec(text) ?? [];
  return Number(count ?? 0);
}

test('a new supergraph is served without a failed request', async () => {
  let isOver = false;
  let asked = 0;
  const faults: unknown[] = [];
  const client = async (): Promise<void> => {
    while (!isOver) {
      const { status, body } = await shop.query('{ products { id name } }');
      asked += 1;
      if (status !== 200 || body.errors || !body.data) faults.push({ status, body });
    }
  };
  const clients = [client(), client(), client(), client()];
  for (const name of ['one', 'two', 'three', 'four', 'five']) {
    write(renamed(name));
    await vi.waitFor(async () => expect(await knows(shop, name)).toBe(true), {
      timeout: 20_000,
      interval: 50,
    });
  }
  isOver = true;
  await Promise.all(clients);
  expect(faults).toEqual([]);
  expect(asked).toBeGreaterThan(20);
  expect(await knows(shop, 'four')).toBe(false);
  expect(await updates('served')).toBe(5);
}, 120_000);

test.each([
  ['that cannot be read', 'type Query {'],
  ['that cannot be planned against', 'type Query { a: String }'],
  [
    'with security that nobody here enforces',
    original.replace('schema\n', 'schema @link(url: "https://example.com/secret/v1.0", for: SECURITY)\n'),
  ],
  [
    'with a subgraph that is nowhere',
    `${original}\n# nowhere\n`.replace(shop.subgraphs.orders.url, 'nowhere'),
  ],
  [
    'with a subgraph that speaks something else',
    original.replace(shop.subgraphs.orders.url, 'ftp://orders.example/graphql'),
  ],
])(
  'a supergraph %s changes nothing',
  async (_what, text) => {
    write(renamed('last'));
    await vi.waitFor(async () => expect(await knows(shop, 'last')).toBe(true), {
      timeout: 20_000,
      interval: 50,
    });
    const refused = await updates('refused');
    write(text);
    await vi.waitFor(async () => expect(await updates('refused')).toBe(refused + 1), {
      timeout: 20_000,
      interval: 50,
    });
    expect(await knows(shop, 'last')).toBe(true);
    expect((await shop.query('{ products { id } echo }')).body).toEqual({
      data: { products: [{ id: '1' }], echo: 'hi' },
    });
  },
  60_000,
);

test('what is under way may ask subgraphs that a new supergraph has no more; they are left when it is over', async () => {
  let letGo = (): void => undefined;
  const isAsked = vi.fn<() => void>();
  const larger = await startGraph({
    env: { SUPERGRAPH_POLL_MS: '50' },
    resolvers: {
      products: {
        Query: {
          products: () => {
            isAsked();
            return new Promise(resolve => (letGo = () => resolve([{ id: '1', name: 'Tea' }])));
          },
        },
      },
      orders: { Product: { __resolveReference: (key: object) => key, sold: () => 3 } },
    },
  });
  afterFile(() => larger.close());
  const asked = larger.query('{ products { name sold } }');
  await vi.waitFor(() => expect(isAsked).toHaveBeenCalled());
  writeFileSync(larger.supergraphFile, composeGraph(larger.subgraphs, ['users', 'products']));
  await vi.waitFor(async () => expect(await updates('served', larger)).toBe(1), { timeout: 20_000 });
  letGo();
  expect((await asked).body).toEqual({ data: { products: [{ name: 'Tea', sold: 3 }] } });
  expect(await knows(larger, 'echo')).toBe(false);
}, 60_000);

test('where the unauthorised are refused, a new supergraph may protect what was asked lately', async () => {
  const strict = await startGraph({
    env: { SUPERGRAPH_POLL_MS: '50', ROUTER_UNAUTHORIZED: 'refuse' },
    resolvers: { orders: { Query: { echo: () => 'hi' } } },
  });
  afterFile(() => strict.close());
  expect((await strict.query('{ echo }')).body).toEqual({ data: { echo: 'hi' } });
  const text = readFileSync(strict.supergraphFile, 'utf8');
  writeFileSync(strict.supergraphFile, text.replace(/\becho: String!/, '$& @authenticated'));
  await vi.waitFor(async () => expect(await updates('served', strict)).toBe(1), { timeout: 20_000 });
  expect((await strict.query('{ echo }')).body.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  writeFileSync(strict.supergraphFile, text);
  await vi.waitFor(async () => expect(await updates('served', strict)).toBe(2), { timeout: 20_000 });
  expect((await strict.query('{ echo }')).body).toEqual({ data: { echo: 'hi' } });
}, 60_000);

test('a supergraph whose file is gone is counted, and changes nothing', async () => {
  const unread = await updates('unread');
  renameSync(shop.supergraphFile, `${shop.supergraphFile}.away`);
  await vi.waitFor(async () => expect(await updates('unread')).toBeGreaterThan(unread));
  expect((await shop.query('{ products { id } }')).status).toBe(200);
  renameSync(`${shop.supergraphFile}.away`, shop.supergraphFile);
});

test('Uplink delivers the supergraph when a key is set; when it fails, that is counted', async () => {
  let isDown = false;
  const asked: { ref?: string; apiKey?: string }[] = [];
  const uplink = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += String(chunk)));
    request.on('end', () => {
      asked.push((JSON.parse(body) as { variables: { ref: string; apiKey: string } }).variables);
      if (isDown) {
        response.writeHead(500).end();
        return;
      }
      const routerConfig = {
        __typename: 'RouterConfigResult',
        id: '1',
        supergraphSdl: renamed('uplinked'),
        minDelaySeconds: 0.1,
      };
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ data: { routerConfig } }));
    });
  });
  await new Promise<void>(resolve => uplink.listen(0, '127.0.0.1', () => resolve()));
  const other = await startGraph({
    env: {
      SUPERGRAPH_PATH: undefined,
      APOLLO_KEY: 'service:shop:a-key',
      APOLLO_GRAPH_REF: 'shop@current',
      APOLLO_UPLINK_ENDPOINTS: `http://127.0.0.1:${(uplink.address() as AddressInfo).port}/`,
    },
  });
  afterFile(async () => {
    await other.close();
    uplink.close();
  });
  expect(asked[0]).toMatchObject({ ref: 'shop@current', apiKey: 'service:shop:a-key' });
  expect(await knows(other, 'uplinked')).toBe(true);
  isDown = true;
  await vi.waitFor(async () => expect(await updates('unread', other)).toBeGreaterThan(0), {
    timeout: 20_000,
  });
  expect(await knows(other, 'uplinked')).toBe(true);
}, 60_000);
