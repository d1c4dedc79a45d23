import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { freeShopPorts } from '../../embedded/ports.ts';
import { staff } from '../../embedded/sample/accounts.ts';
import { loadSample } from '../../embedded/sample/load.ts';
import { type Shop, startShop } from '../../embedded/shop.ts';
import { type Client, createClient } from '../../test/support/client.ts';

// Shows what the router's cache saves: the same requests of visitors to the sample shop, with the cache off, on, and on while
// prices change. Popular products are asked for more often (Zipf); what is asked is the same each time.
const REQUESTS = Number(process.env['BENCH_REQUESTS'] ?? 3_000);
const SIDE_BY_SIDE = 8;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const dir = await mkdtemp(join(tmpdir(), 'bench-cache-'));

const open = async (env: Record<string, string>): Promise<Shop> => {
  return startShop({
    dir: join(dir, 'shop'),
    ports: await freeShopPorts(),
    unsafe: true,
    env: { LOG_LEVEL: 'error', RATE_LIMIT_ENABLED: 'false', ...env },
  });
};

/** Numbers from 0 to 1 that only look random: every run is the same. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

type Counts = Readonly<Record<'fetches' | 'hit' | 'shared' | 'miss' | 'bypass' | 'saved', number>>;

async function count(shop: Shop): Promise<Counts> {
  const text = await (await fetch(`${shop.routerAdminUrl}/metrics`)).text();
  const sum = (name: string, label = ''): number =>
    text
      .split('\n')
      .filter(line => line.startsWith(`${name}{`) && line.includes(label))
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
  const result = (label: string): number => sum('gateway_cache_requests_total', `result="${label}"`);
  return {
    fetches: sum('gateway_subgraph_request_duration_seconds_count'),
    hit: result('hit'),
    shared: result('shared'),
    miss: result('miss'),
    bypass: result('bypass'),
    saved: sum('gateway_cache_saved_fetches_total'),
  };
}

/** Gives a product another price, as its editor does. */
async function changePrice(client: Client, slug: string, amount: string): Promise<void> {
  const signedIn = await client.run('SignIn', { email: staff.email, password: staff.password });
  const token = signedIn.data.signIn.tokens.accessToken as string;
  const found = await client.send(
    'query($slug: String) { product(slug: $slug) { id name version variants { sku title selectedOptions { name value } } } }',
    { slug },
    token,
  );
  const { id, name, version, variants } = found.data.product;
  const input = {
    id,
    slug,
    name,
    expectedVersion: version,
    variants: variants.map((each: { sku: string; title: string; selectedOptions: object[] }) => ({
      sku: each.sku,
      title: each.title,
      options: each.selectedOptions,
      prices: [{ amount, currency: 'EUR' }],
    })),
  };
  const { data, errors } = await client.run('ProductUpsert', { input, idempotencyKey: randomUUID() }, token);
  if (errors || !data.productUpsert.product) throw new Error(JSON.stringify(errors ?? data));
}

async function measure(name: string, env: Record<string, string>, changeEvery: number): Promise<string> {
  const shop = await open(env);
  try {
    const client = createClient(shop.url);
    const list = await client.send('{ products(first: 100, sort: NAME) { edges { node { slug } } } }');
    const slugs: string[] = list.data.products.edges.map(
      (edge: { node: { slug: string } }) => edge.node.slug,
    );
    const weights = slugs.map((_, index) => 1 / (index + 1));
    const whole = weights.reduce((total, weight) => total + weight, 0);
    const draw = draws(7);
    const popular = (): string => {
      let left = draw() * whole;
      return slugs[weights.findIndex(weight => (left -= weight) <= 0)] ?? slugs[0] ?? '';
    };
    let [sent, nth] = [0, 0];
    const before = await count(shop);
    const started = performance.now();
    const visit = async (): Promise<void> => {
      while (sent < REQUESTS) {
        sent += 1;
        const kind = draw();
        const slug = popular();
        if (changeEvery > 0 && sent % changeEvery === 0)
          await changePrice(client, slug, (20 + (nth += 1) / 100).toFixed(2));
        else if (kind < 0.7) await client.run('ProductPage', { slug, currency: 'EUR' });
        else if (kind < 0.9) await client.run('ProductList', { first: 24, sort: 'NEWEST' });
        else await client.run('CategoryTree');
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, visit));
    const seconds = (performance.now() - started) / 1_000;
    const after = await count(shop);
    const of = (key: keyof Counts): number => after[key] - before[key];
    const looked = of('hit') + of('shared') + of('miss') + of('bypass');
    const ratio = looked === 0 ? '–' : `${((100 * (of('hit') + of('shared'))) / looked).toFixed(1)} %`;
    return `| ${name} | ${(REQUESTS / seconds).toFixed(0)} | ${of('fetches')} | ${of('saved')} | ${ratio} |`;
  } finally {
    await shop.stop();
  }
}

try {
  const shop = await open({});
  await loadSample(shop.url, staff).finally(() => shop.stop());
  say(
    `${REQUESTS} requests, ${SIDE_BY_SIDE} at a time: 70 % product pages, 20 % lists, 10 % category trees\n`,
  );
  say('| cache | requests/s | fetches sent | fetches saved | kept or shared |');
  say('| --- | ---: | ---: | ---: | ---: |');
  say(await measure('off', {}, 0));
  say(await measure('memory', { ROUTER_CACHE: 'memory' }, 0));
  say(await measure('memory, every 200th request changes prices', { ROUTER_CACHE: 'memory' }, 200));
} finally {
  await rm(dir, { recursive: true, force: true });
}
