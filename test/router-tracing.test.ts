import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { type TestGraph, startGraph } from '../router/testing/graph.ts';
import { type Collector, type ReceivedSpan, startCollector } from './support/collector.ts';
import { until } from './support/shopping.ts';

let collector: Collector;
let shop: TestGraph;
async function* twoPrices(): AsyncGenerator<object> {
  for (const cost of [1, 2]) yield { priceChanged: { id: '1', name: `costs ${cost}` } };
}
beforeAll(async () => {
  collector = await startCollector();
  shop = await startGraph({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    resolvers: {
      orders: {
        Query: { echo: () => 'hi' },
        Product: { __resolveReference: (key: object) => key, sold: () => 7 },
      },
      products: {
        Query: {
          product: (_: unknown, { id }: { id: string }) => ({ id, name: `secret ${id}`, related: [] }),
        },
        Subscription: { priceChanged: { subscribe: () => twoPrices() } },
      },
    },
  });
});
afterAll(async () => {
  await collector.close();
  await shop.close();
});

/** The spans of the trace that has the named one, when that has come. */
const traceOf = async (name: string): Promise<readonly ReceivedSpan[]> => {
  const found = await until(
    async () => collector.spans.find(span => span.name === name),
    span => span !== undefined,
  );
  return collector.spans.filter(span => span.traceId === found?.traceId);
};
/** Each step with the one that it is part of. */
const treeOf = (spans: readonly ReceivedSpan[]): string[] =>
  spans
    .map(({ name, parentSpanId }) => {
      const parent = spans.find(span => span.spanId === parentSpanId);
      return parent ? `${parent.name} > ${name}` : name;
    })
    .toSorted();
const attributesOf = (spans: readonly ReceivedSpan[], name: string): ReceivedSpan['attributes'] =>
  spans.find(span => span.name === name)?.attributes ?? {};

describe('a request', () => {
  const query = (name: string) => `query ${name}($id: ID!) { product(id: $id) { name sold } }`;
  test('shows planning when it is planned, its fetches and its projection; never a variable', async () => {
    const variables = { id: 'a-very-private-id' };
    expect((await shop.query(query('Planned'), { variables })).body.data).toEqual({
      product: { name: 'secret a-very-private-id', sold: 7 },
    });
    const spans = await traceOf('query Planned');
    expect(treeOf(spans)).toEqual([
      'query Planned',
      'query Planned > fetch orders',
      'query Planned > fetch products',
      'query Planned > plan',
      'query Planned > project',
    ]);
    expect(attributesOf(spans, 'query Planned')).toMatchObject({
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Planned',
      'graphql.plan_cache': 'miss',
      'graphql.cost': expect.any(Number) as number,
      'graphql.fetches': 2,
      'http.response.status_code': 200,
    });
    expect(JSON.stringify(spans)).not.toContain('private');
  });
  test('that was asked before is not planned', async () => {
    const twice = query('Twice');
    await shop.query(twice, { variables: { id: '1' } });
    const first = await traceOf('query Twice');
    await shop.query(twice, { variables: { id: '2' } });
    const second = await until(
      async () => collector.spans.find(span => span.name === 'query Twice' && !first.includes(span)),
      span => span !== undefined,
    );
    expect(second?.attributes['graphql.plan_cache']).toBe('hit');
    expect(
      collector.spans.filter(span => span.traceId === second?.traceId).map(span => span.name),
    ).not.toContain('plan');
  });
});

describe('over a socket or a stream', () => {
  const clients = {
    ws: () =>
      createWsClient({ url: shop.router.url.replace('http', 'ws'), webSocketImpl: WebSocket, lazy: true }),
    sse: () => createSseClient({ url: `${shop.router.url}/stream` }),
  };
  const runAll = async (transport: keyof typeof clients, document: string): Promise<unknown[]> => {
    const client = clients[transport]();
    const results: unknown[] = [];
    for await (const result of client.iterate({ query: document })) results.push(result);
    await client.dispose();
    return results;
  };
  test('a subscription over a socket begins a trace; each event is a part of it, with its fetches', async () => {
    const document = 'subscription Prices { priceChanged(id: "1") { name sold } }';
    expect(await runAll('ws', document)).toEqual([
      { data: { priceChanged: { name: 'costs 1', sold: 7 } } },
      { data: { priceChanged: { name: 'costs 2', sold: 7 } } },
    ]);
    await until(
      async () => collector.spans.filter(span => span.name === 'event').length,
      count => count === 2,
    );
    const spans = await traceOf('subscription Prices');
    expect(treeOf(spans)).toEqual([
      'event > fetch orders',
      'event > fetch orders',
      'subscription Prices',
      'subscription Prices > event',
      'subscription Prices > event',
      'subscription Prices > plan',
    ]);
    expect(attributesOf(spans, 'subscription Prices')).toMatchObject({
      'graphql.transport': 'ws',
      'graphql.plan_cache': 'miss',
      'graphql.cost': expect.any(Number) as number,
    });
    // The subgraph's stream goes on with it.
    const source = shop.subgraphs.products.received.find(
      ({ headers }) => headers.accept === 'text/event-stream',
    );
    expect(source?.headers['traceparent']).toContain(spans[0]?.traceId);
  });
  test('two queries over one socket are two traces', async () => {
    const client = clients.ws();
    for (const name of ['One', 'Two'])
      for await (const result of client.iterate({ query: `query ${name} { echo }` }))
        expect(result).toEqual({ data: { echo: 'hi' } });
    await client.dispose();
    const [one, two] = [await traceOf('query One'), await traceOf('query Two')];
    expect(one[0]?.traceId).not.toBe(two[0]?.traceId);
    expect(treeOf(one)).toContain('query One > fetch orders');
  });
  test('over a stream, the operation is a part of its request', async () => {
    expect(await runAll('sse', 'query Streamed { echo }')).toEqual([{ data: { echo: 'hi' } }]);
    const spans = await until(
      () => traceOf('query Streamed'),
      found => found.some(span => span.name === 'stream'),
    );
    expect(treeOf(spans)).toContain('stream > query Streamed');
    expect(attributesOf(spans, 'query Streamed')['graphql.transport']).toBe('sse');
  });
  test('what is refused is marked with its code', async () => {
    await expect(runAll('ws', 'query Unknown { nothing }')).rejects.toBeDefined();
    const refused = await until(
      async () => collector.spans.find(span => span.name === 'ws'),
      span => span !== undefined,
    );
    expect(refused).toMatchObject({
      failed: true,
      attributes: { 'error.type': 'GRAPHQL_VALIDATION_FAILED' },
    });
  });
});
