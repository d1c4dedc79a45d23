import { beforeAll, expect, test } from 'vitest';

import { subgraphs } from '#schema/events.ts';

import { metricsTable } from './support/metrics-table.ts';
import { type TestShop, openTestShop } from './support/shop.ts';
import { checkout, fillCart, findVariants, until } from './support/shopping.ts';

let shop: TestShop;
beforeAll(async () => {
  // With the cache on, so that its metrics are there.
  shop = await openTestShop({ ROUTER_CACHE: 'memory', ADMIN_PROFILING: 'true' });
  const token = await shop.signIn();
  const [variant] = await findVariants(shop.client, 1);
  const basket = await fillCart(shop.client, {
    token,
    lines: [{ variantId: variant?.id ?? '', quantity: 1 }],
  });
  await checkout(shop.client, basket, { token });
}, 120_000);

const scrape = async (adminUrl: string): Promise<string> => {
  const response = await fetch(`${adminUrl}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  return response.text();
};
const names = (text: string): string[] =>
  [...text.matchAll(/^# TYPE (\S+) /gm)]
    .map(([, name = '']) => name)
    .filter(name => !/^(process|nodejs)_/.test(name));

// What boards and alerts are built on: a name that goes away breaks them silently.
const everySubgraph = [
  'build_info',
  'cache_requests_total',
  'dataloader_batch_size',
  'db_connection_pool_size',
  'db_query_duration_seconds',
  'db_transaction_retries_total',
  'entity_resolutions_total',
  'event_publish_failures_total',
  'events_published_total',
  'http_request_duration_seconds',
  'http_requests_total',
  'job_duration_seconds',
  'job_runs_total',
  'migration_version',
  'outbox_oldest_seconds',
  'outbox_pending',
  'request_sql_statements',
];
// Users handles no events.
const everyConsumer = [
  'dead_letters_parked',
  'dead_letters_total',
  'event_handling_duration_seconds',
  'event_lag_seconds',
  'events_consumed_total',
];
const router = [
  'build_info',
  'gateway_cache_bytes',
  'gateway_cache_requests_total',
  'gateway_cache_saved_fetches_total',
  'gateway_operations_cached',
  'gateway_overhead_duration_seconds',
  'gateway_query_plan_cache_size',
  'gateway_query_plan_cache_total',
  'gateway_query_plan_duration_seconds',
  'gateway_subgraph_breaker_state',
  'gateway_subgraph_rejected_total',
  'gateway_subgraph_request_duration_seconds',
  'gateway_subgraph_requests_in_flight',
  'gateway_subgraph_retries_total',
  'gateway_supergraph_info',
  'graphql_errors_total',
  'graphql_request_duration_seconds',
  'graphql_requests_total',
  'http_request_duration_seconds',
  'http_requests_total',
  'operation_cost',
  'rate_limited_total',
];

test.each(subgraphs)('%s says how it does on its admin port', async name => {
  const text = await scrape(shop.shop.services[name].adminUrl);
  expect(names(text)).toEqual(expect.arrayContaining(everySubgraph));
  if (name !== 'users') expect(names(text)).toEqual(expect.arrayContaining(everyConsumer));
  expect(text).toMatch(new RegExp(`^migration_version\\{service="${name}"\\} 20\\d{12}$`, 'm'));
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds/m);
  expect(value(text, 'memory_limit_bytes')).toBeGreaterThan(value(text, 'process_resident_memory_bytes'));
});

test('the router too, and not on the public port', async () => {
  expect(names(await scrape(shop.shop.routerAdminUrl))).toEqual(expect.arrayContaining(router));
  expect((await fetch(`${shop.client.url}/metrics`)).status).toBe(404);
});

test('profiles are handed out on the admin ports, and on no other', async () => {
  const status = async (url: string): Promise<number> => (await fetch(`${url}/debug/handles`)).status;
  const { orders } = shop.shop.services;
  expect(await status(shop.shop.routerAdminUrl)).toBe(200);
  expect(await status(orders.adminUrl)).toBe(200);
  expect(await status(shop.client.url)).toBe(404);
  expect(await status(`http://127.0.0.1:${orders.port}`)).toBe(404);
});

test('docs/metrics.md names every metric of every service, and no other', async () => {
  await expect(metricsTable(shop.shop.metrics)).toMatchFileSnapshot('../docs/metrics.md');
});

/** The value of the first series with that name and, if given, that label. */
const value = (text: string, name: string, label = ''): number => {
  const line = text.split('\n').find(each => each.startsWith(`${name}{`) && each.includes(label));
  return Number(line?.split(' ').at(-1) ?? Number.NaN);
};

test('what alerts look for is zero from the start: a counter born with its first event shows no increase', async () => {
  const { services, routerAdminUrl } = shop.shop;
  expect(value(await scrape(routerAdminUrl), 'gateway_supergraph_updates_total', 'result="refused"')).toBe(0);
  expect(value(await scrape(routerAdminUrl), 'gateway_subgraph_rejected_total', 'reason="breaker"')).toBe(0);
  expect(value(await scrape(routerAdminUrl), 'rate_limited_total', 'rule="requests"')).toBe(0);
  expect(value(await scrape(routerAdminUrl), 'gateway_query_plan_stopped_total')).toBe(0);
  const orders = await scrape(services.orders.adminUrl);
  expect(value(orders, 'dead_letters_total', 'type="stock.reserved"')).toBe(0);
  expect(value(orders, 'job_runs_total', 'name="sweep",outcome="failed"')).toBe(0);
  const payments = await scrape(services.payments.adminUrl);
  expect(value(payments, 'stripe_webhooks_total', 'outcome="forged"')).toBe(0);
  expect(value(await scrape(services.notifications.adminUrl), 'webhook_deliveries_total')).toBe(0);
});

test('a checkout shows: requests, statements, entities, events, their lag', async () => {
  const inventory = await until(
    () => scrape(shop.shop.services.inventory.adminUrl),
    text => value(text, 'events_consumed_total', 'type="order.stock_commit_requested"') === 1,
  );
  expect(value(inventory, 'event_lag_seconds_count', 'type="order.reservation_requested"')).toBe(1);
  expect(value(inventory, 'events_published_total', 'type="stock.reserved"')).toBe(1);
  expect(value(inventory, 'db_query_duration_seconds_count')).toBeGreaterThan(5);
  const orders = await scrape(shop.shop.services.orders.adminUrl);
  expect(value(orders, 'dataloader_batch_size_count')).toBeGreaterThan(0);
  const products = await scrape(shop.shop.services.products.adminUrl);
  expect(value(products, 'entity_resolutions_total', 'type="ProductVariant"')).toBeGreaterThan(0);
  const front = await scrape(shop.shop.routerAdminUrl);
  expect(value(front, 'graphql_requests_total', 'operation_type="mutation"')).toBeGreaterThanOrEqual(4);
  for (const secret of ['ada@example.com', 'pm_card', 'eyJ'])
    expect(front + inventory + products).not.toContain(secret);
});
