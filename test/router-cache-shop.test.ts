import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import { documents } from './support/documents.ts';
import { type TestShop, openTestShop } from './support/shop.ts';
import { findVariants } from './support/shopping.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ ROUTER_CACHE: 'memory' });
}, 120_000);

const saved = async (): Promise<number> => {
  const text = await (await fetch(`${shop.shop.routerAdminUrl}/metrics`)).text();
  return Number(/^gateway_cache_saved_fetches_total\{.*\} (\d+)$/m.exec(text)?.[1]);
};

test('a product page is kept, and a new price is on it, and in the list, within a second', async () => {
  const [variant] = await findVariants(shop.client, 1);
  const { slug = '', sku = '' } = variant ?? {};
  const page = async (): Promise<{
    id: string;
    version?: number;
    variants: { sku: string; price: { amount: string } }[];
  }> => (await shop.client.run('ProductPage', { slug, currency: 'EUR' })).data.product;
  const priceOnPage = async (): Promise<string | undefined> =>
    (await page()).variants.find(each => each.sku === sku)?.price.amount;
  const rangeText =
    '{ products(first: 100) { edges { node { slug priceRange { min { amount } max { amount } } } } } }';
  const priceInList = async (): Promise<string> => {
    const { data } = await shop.client.send(rangeText);
    return JSON.stringify(
      data.products.edges.find((edge: { node: { slug: string } }) => edge.node.slug === slug),
    );
  };
  // Whatever was loaded with the sample has settled.
  await expect
    .poll(
      async () => {
        const before = await saved();
        await page();
        return (await saved()) - before;
      },
      { timeout: 10_000 },
    )
    .toBeGreaterThanOrEqual(2);
  expect(await priceInList()).not.toContain('123.45');

  const { data } = await shop.client.send(
    'query($slug: String) { product(slug: $slug) { id slug name version variants { sku title selectedOptions { name value } price { amount currency } } } }',
    { slug },
    await shop.staffToken(),
  );
  const { product } = data;
  const input = {
    id: product.id,
    slug,
    name: product.name,
    expectedVersion: product.version,
    variants: product.variants.map(
      (each: { sku: string; title: string; selectedOptions: object[]; price: object }) => ({
        sku: each.sku,
        title: each.title,
        options: each.selectedOptions,
        prices: [each.sku === sku ? { amount: '123.45', currency: 'EUR' } : each.price],
      }),
    ),
  };
  const upserted = await shop.client.run(
    'ProductUpsert',
    { input, idempotencyKey: randomUUID() },
    await shop.staffToken(),
  );
  expect(upserted.data.productUpsert.product.slug).toBe(slug);
  await expect.poll(priceOnPage, { timeout: 1_000, interval: 20 }).toBe('123.45');
  await expect.poll(priceInList, { timeout: 1_000, interval: 20 }).toContain('123.45');
});

test('all documents of the clients that a visitor may send answer the same when they are kept', async () => {
  expect(documents.size).toBeGreaterThan(20);
  const variables = { slug: (await findVariants(shop.client, 1))[0]?.slug, currency: 'EUR', first: 12 };
  for (const name of ['ProductPage', 'ProductList', 'CategoryTree']) {
    const first = await shop.client.run(name, variables);
    expect(first.errors).toBeUndefined();
    expect((await shop.client.run(name, variables)).data).toEqual(first.data);
  }
});
