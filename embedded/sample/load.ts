import { rows } from './catalogue.ts';
import { categories } from './categories.ts';
import { type Client, createClient, inBatches } from './client.ts';
import { loadHistory } from './load-history.ts';
import { promotions, vouchers } from './offers.ts';
import { shippingMethods } from './shipping.ts';
import { stock, warehouses } from './stock.ts';
import { taxRates } from './taxes.ts';

/** Keeps every request well below the router's limit of 100 kB. */
const importBytes = 60_000;
const patienceMs = 30_000;

/**
 * Enters the sample through the front door: everything goes through the GraphQL API at `url` (the router's address, without
 * /graphql), as staff and as customers. Running it again changes nothing; once it has finished it is skipped.
 */
export async function loadSample(
  url: string,
  staff: { readonly email: string; readonly password: string },
): Promise<void> {
  const client = await createClient(url).signIn(staff);
  if (await isLoaded(client)) return;
  const [ids] = await Promise.all([loadCatalogue(client), loadTaxes(client), loadShipping(client)]);
  await Promise.all([loadStock(client, ids), loadOffers(client)]);
  await loadHistory(url, client, ids);
  // The very last step is the mark that all others are done.
  await upsertVoucher(client, vouchers.length - 1);
}

async function isLoaded(client: Client): Promise<boolean> {
  const { vouchers: known } = await client.ask<{ vouchers: { code: string }[] }>('{ vouchers { code } }');
  return known.some(voucher => voucher.code === vouchers.at(-1)?.code);
}

/** Categories, then products. Answers variant ids by SKU. */
async function loadCatalogue(client: Client): Promise<ReadonlyMap<string, string>> {
  // Parents before children: level by level, and in order within a request.
  const depth = new Map<string, number>();
  for (const { slug, parentSlug } of categories)
    depth.set(slug, parentSlug === null ? 0 : (depth.get(parentSlug) ?? 0) + 1);
  for (const level of [0, 1, 2]) {
    await inBatches(
      categories.filter(category => depth.get(category.slug) === level),
      batch =>
        client.change(
          'categoryUpsert',
          'CategoryUpsertInput!',
          batch.map(category => ({ input: category })),
        ),
    );
  }
  await Promise.all(chunks().map((jsonl, index) => runImport(client, jsonl, `sample-catalogue-${index}`)));
  return variantIds(client);
}

function chunks(): string[] {
  const made: string[] = [];
  for (const line of rows.map(row => JSON.stringify(row))) {
    const last = made.at(-1);
    if (last !== undefined && Buffer.byteLength(last) + Buffer.byteLength(line) < importBytes)
      made[made.length - 1] = `${last}\n${line}`;
    else made.push(line);
  }
  return made;
}

type Job = {
  readonly id: string;
  readonly status: string;
  readonly failed: number;
  readonly errors: readonly { readonly row: number; readonly message: string }[];
};
const jobFields = '{ id status failed errors { row message } }';

async function runImport(client: Client, jsonl: string, idempotencyKey: string): Promise<void> {
  const { catalogueImport: started } = await client.ask<{ catalogueImport: Job }>(
    `mutation($jsonl: String!, $idempotencyKey: ID!) { catalogueImport(jsonl: $jsonl, idempotencyKey: $idempotencyKey) ${jobFields} }`,
    { jsonl, idempotencyKey },
  );
  const job = await client.until(async () => {
    const { importJob } = await client.ask<{ importJob: Job | null }>(
      `query($id: ID!) { importJob(id: $id) ${jobFields} }`,
      { id: started.id },
    );
    return importJob?.status === 'COMPLETED' || importJob?.status === 'FAILED' ? importJob : null;
  }, patienceMs);
  if (job.failed > 0 || job.status === 'FAILED') {
    throw new Error(
      `the sample catalogue was refused: ${job.errors.map(error => `row ${error.row}: ${error.message}`).join('; ')}`,
    );
  }
}

type Page = {
  readonly products: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly edges: readonly {
      readonly node: { readonly variants: readonly { readonly id: string; readonly sku: string }[] };
    }[];
  };
};

async function variantIds(client: Client): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (let after: string | null = null; ;) {
    const { products }: Page = await client.ask<Page>(
      'query($after: String) { products(first: 50, after: $after, sort: NAME) { pageInfo { hasNextPage endCursor } edges { node { variants { id sku } } } } }',
      { after },
    );
    for (const { node } of products.edges) for (const { id, sku } of node.variants) ids.set(sku, id);
    if (!products.pageInfo.hasNextPage) return ids;
    after = products.pageInfo.endCursor;
  }
}

async function loadTaxes(client: Client): Promise<void> {
  await inBatches(taxRates, batch =>
    client.change(
      'taxRateUpsert',
      'TaxRateUpsertInput!',
      batch.map(rate => ({ input: rate })),
    ),
  );
}

async function loadShipping(client: Client): Promise<void> {
  const { shippingRules } = await client.ask<{ shippingRules: { name: string }[] }>(
    '{ shippingRules { name } }',
  );
  const known = new Set(shippingRules.map(rule => rule.name));
  const missing = shippingMethods.filter(method => !known.has(method.name));
  await inBatches(missing, batch =>
    client.change(
      'shippingMethodUpsert',
      'ShippingMethodUpsertInput!',
      batch.map(method => ({ input: method })),
    ),
  );
}

async function loadOffers(client: Client): Promise<void> {
  const { promotions: known } = await client.ask<{ promotions: { name: string }[] }>(
    '{ promotions { name } }',
  );
  const missing = promotions.filter(promotion => !known.some(each => each.name === promotion.name));
  // Orders hears of the categories' products by events.
  await inBatches(missing, batch =>
    client.changeSoon(
      'promotionUpsert',
      { input: 'PromotionUpsertInput!' },
      batch.map(promotion => ({ input: promotion })),
    ),
  );
  for (const index of vouchers.keys()) if (index < vouchers.length - 1) await upsertVoucher(client, index);
}

async function upsertVoucher(client: Client, index: number): Promise<void> {
  await client.change('voucherUpsert', 'VoucherUpsertInput!', [{ input: vouchers[index] }]);
}

/** Warehouses, levels and their policies, and then waits until inventory has all of it on the shelves. */
async function loadStock(client: Client, ids: ReadonlyMap<string, string>): Promise<void> {
  await client.change(
    'warehouseUpsert',
    'WarehouseUpsertInput!',
    warehouses.map(warehouse => ({ input: warehouse })),
  );
  const { warehouses: known } = await client.ask<{ warehouses: { id: string; code: string }[] }>(
    '{ warehouses { id code } }',
  );
  const warehouseIds = new Map(known.map(warehouse => [warehouse.code, warehouse.id]));
  const levels = stock.map(level => ({
    ...level,
    place: { variantId: idOf(ids, level.sku), warehouseId: idOf(warehouseIds, level.warehouse) },
  }));
  await inBatches(
    levels.filter(level => level.onHand > 0),
    // Inventory hears of the variants by events, so the first tries may come too early.
    batch =>
      client.changeSoon(
        'stockAdjust',
        { input: 'StockAdjustInput!', idempotencyKey: 'ID!' },
        batch.map(({ sku, warehouse, onHand, place }) => ({
          input: { ...place, delta: onHand, reason: 'Opening stock' },
          idempotencyKey: `sample-stock-${sku}-${warehouse}`,
        })),
      ),
  );
  await inBatches(
    levels.filter(level => level.safetyStock > 0 || level.backorderLimit > 0),
    batch =>
      client.changeSoon(
        'stockPolicySet',
        { variantId: 'ID!', warehouseId: 'ID!', safetyStock: 'Int', backorderLimit: 'Int' },
        batch.map(({ place, safetyStock, backorderLimit }) => ({ ...place, safetyStock, backorderLimit })),
      ),
  );
}

function idOf(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`the sample needs ${name}, which the shop does not have`);
  return id;
}
