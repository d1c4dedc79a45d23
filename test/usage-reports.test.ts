import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { composeServices } from '@apollo/composition';
import { Report, type Trace } from '@apollo/usage-reporting-protobuf';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { type RequestContext } from '#platform/context.ts';
import { type HttpServer, listen, readBody, sendJson } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { createGraphqlEndpoint } from '#platform/subgraph-server.ts';
import { noTracing } from '#platform/tracing.ts';
import { createViewerReader } from '#platform/viewer.ts';

import { readConfig } from '../router/config.ts';
import { type Router, startRouter } from '../router/service.ts';
import { secrets } from '../router/testing/graph.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
/** Whether `held` has been asked, and what ends it. */
let isHeld = false;
let letGo = (): void => undefined;
const parts = {
  products: {
    sdl: `${link} type Query { product(id: ID!): Product refused: String held: String } type Product @key(fields: "id") { id: ID! name: String! }`,
    resolvers: {
      Query: {
        product: (_: unknown, { id }: { id: string }) => ({ id, name: 'Mug' }),
        refused: () => {
          throw new Error('ada@example.com is unknown');
        },
        held: () => {
          isHeld = true;
          return new Promise<string>(resolve => (letGo = () => resolve('let go')));
        },
      },
    },
  },
  stock: {
    sdl: `${link} type Query { depots: Int } type Product @key(fields: "id") { id: ID! left: Int }`,
    resolvers: { Product: { __resolveReference: (key: object) => key, left: () => 3 } },
  },
} as const;

const stops: (() => Promise<void>)[] = [];
const askedFor: (string | undefined)[] = [];
async function startSubgraph(name: keyof typeof parts): Promise<string> {
  const endpoint = await createGraphqlEndpoint({
    typeDefs: parts[name].sdl,
    resolvers: parts[name].resolvers,
    log: createLog(name, 'silent'),
    readViewer: createViewerReader(name, secrets.internal),
    context: request => request as RequestContext,
    metrics: createMetrics(name),
    tracing: noTracing,
  });
  const http = await listen('127.0.0.1', 0, (request, response) => {
    const asked = request.headers['apollo-federation-include-trace'];
    askedFor.push(typeof asked === 'string' ? asked : undefined);
    return endpoint.handle(request, response);
  });
  stops.push(() => http.stop(100), endpoint.stop);
  return `http://127.0.0.1:${http.port}/graphql`;
}

type Received = { readonly key: string; readonly report: Report };
const received: Received[] = [];
let studio: HttpServer;
let folder: string;
let supergraphPath: string;
beforeAll(async () => {
  studio = await listen('127.0.0.1', 0, async (request, response) => {
    if (request.url !== '/api/ingress/traces') return sendJson(response, 404, {});
    const body = gunzipSync(await readBody(request, 10_000_000));
    received.push({ key: String(request.headers['x-api-key']), report: Report.decode(body) });
    sendJson(response, 200, {});
  });
  const services = await Promise.all(
    (['products', 'stock'] as const).map(async name => ({
      name,
      url: await startSubgraph(name),
      typeDefs: parse(parts[name].sdl),
    })),
  );
  const composed = composeServices(services);
  if (composed.errors) throw new Error(composed.errors.map(error => error.message).join('\n'));
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  supergraphPath = join(folder, 'supergraph.graphql');
  writeFileSync(supergraphPath, composed.supergraphSdl);
});
afterAll(async () => {
  await studio.stop(100);
  await Promise.all(stops.map(stop => stop()));
  rmSync(folder, { recursive: true });
});

const env = () => ({
  SUPERGRAPH_PATH: supergraphPath,
  ROUTER_PORT: '0',
  ROUTER_ADMIN_PORT: '0',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'silent',
  JWT_SECRET: secrets.access,
  INTERNAL_TOKEN_SECRET: secrets.internal,
  APOLLO_KEY: 'service:shop:key-of-the-tests',
  APOLLO_GRAPH_REF: 'shop@tests',
  APOLLO_USAGE_REPORTING_ENDPOINT: `http://127.0.0.1:${studio.port}`,
});
/** Runs requests against a router, and answers what Studio was told when it had stopped. */
async function reported(
  more: Record<string, string>,
  run: (router: Router) => Promise<void>,
): Promise<Received[]> {
  received.length = askedFor.length = 0;
  const router = await startRouter(readConfig({ ...env(), ...more }));
  try {
    await run(router);
  } finally {
    await router.stop();
  }
  return [...received];
}
const ask = async (router: Router, query: string, variables: object = {}): Promise<unknown> => {
  const response = await fetch(router.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'apollographql-client-name': 'web shop',
      'apollographql-client-version': '1.4.2',
      'x-secret': 'never to be told',
    },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
};
const shelf = 'query Shelf($id: ID!) { product(id: $id) { name left } }';
const answer = { data: { product: { name: 'Mug', left: 3 } } };
const tracesOf = (told: readonly Received[]): Trace[] =>
  told.flatMap(({ report }) => Object.values(report.tracesPerQuery).flatMap(({ trace }) => trace as Trace[]));

describe('usage reports', () => {
  test('tell Studio of every operation: its shape, its client, and the times of its fields by subgraph', async () => {
    const told = await reported({ APOLLO_FIELD_LEVEL_INSTRUMENTATION: '1' }, async router => {
      for (const id of ['a-private-id', 'b']) expect(await ask(router, shelf, { id })).toEqual(answer);
    });
    expect(told.map(({ key }) => key)).toEqual(told.map(() => 'service:shop:key-of-the-tests'));
    expect(told.reduce((count, { report }) => count + Number(report.operationCount), 0)).toBe(2);
    const [report] = told.map(each => each.report);
    expect(report?.header?.graphRef).toBe('shop@tests');
    expect(Object.keys(report?.tracesPerQuery ?? {})).toEqual([
      '# Shelf\nquery Shelf($id:ID!){product(id:$id){left name}}',
    ]);

    const [trace] = tracesOf(told);
    expect(trace).toMatchObject({ clientName: 'web shop', clientVersion: '1.4.2' });
    const [products, flatten] = trace?.queryPlan?.sequence?.nodes ?? [];
    expect(products?.fetch).toMatchObject({ serviceName: 'products', traceParsingFailed: false });
    expect(products?.fetch?.trace?.root?.child?.[0]).toMatchObject({
      responseName: 'product',
      parentType: 'Query',
    });
    expect(flatten?.flatten?.responsePath).toMatchObject([{ fieldName: 'product' }]);
    const stock = flatten?.flatten?.node?.fetch;
    expect(stock?.serviceName).toBe('stock');
    expect(JSON.stringify(stock?.trace?.root)).toContain('"left"');
    expect(JSON.stringify(told)).not.toMatch(/a-private-id|never to be told/);
  });

  test('count operations whose fields are not timed; subgraphs are not asked then', async () => {
    const told = await reported({ APOLLO_FIELD_LEVEL_INSTRUMENTATION: '0' }, async router => {
      expect(await ask(router, shelf, { id: '1' })).toEqual(answer);
    });
    expect(told.reduce((count, { report }) => count + Number(report.operationCount), 0)).toBe(1);
    expect(tracesOf(told)).toEqual([]);
    expect(askedFor).toEqual([undefined, undefined]);
  });

  test('tell that there were errors, not what they say', async () => {
    const told = await reported({ APOLLO_FIELD_LEVEL_INSTRUMENTATION: '1' }, async router => {
      await ask(router, 'query Refused { refused }');
    });
    const text = JSON.stringify(told);
    expect(text).toContain('<masked>');
    expect(text).not.toContain('ada@example.com');
  });

  test('tell of what ends on a supergraph that is served no more', async () => {
    const original = readFileSync(supergraphPath, 'utf8');
    const told = await reported({ SUPERGRAPH_POLL_MS: '50' }, async router => {
      const held = ask(router, 'query Held { held }');
      await vi.waitUntil(() => isHeld);
      writeFileSync(supergraphPath, `${original}\n# another one`);
      await vi.waitUntil(
        async () => /updates_total\{result="served".*\} 1/.test(await router.metrics.registry.metrics()),
        10_000,
      );
      letGo();
      expect(await held).toEqual({ data: { held: 'let go' } });
    });
    writeFileSync(supergraphPath, original);
    expect(told.reduce((count, { report }) => count + Number(report.operationCount), 0)).toBe(1);
  });

  test('what subgraphs say of their fields goes to no client', async () => {
    await reported({ APOLLO_FIELD_LEVEL_INSTRUMENTATION: '1' }, async router => {
      expect(await ask(router, shelf, { id: '1' })).not.toHaveProperty('extensions.ftv1');
      expect(askedFor).toEqual(['ftv1', 'ftv1']);
    });
  });

  test.each([{ APOLLO_USAGE_REPORTING: 'off' }, { APOLLO_KEY: '' }, { APOLLO_GRAPH_REF: '' }])(
    'are off with %o',
    async more => {
      const told = await reported(more, async router => {
        expect(await ask(router, shelf, { id: '1' })).toEqual(answer);
      });
      expect(told).toEqual([]);
    },
  );
});
