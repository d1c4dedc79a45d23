import { request } from 'node:http';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestGraph, startGraph } from '../testing/graph.ts';

const resolvers = {
  products: { Query: { product: (_: unknown, { id }: { id: string }) => ({ id, name: 'p', related: [] }) } },
  orders: { Query: { echo: () => 'hi' } },
};
let shop: TestGraph;
let production: TestGraph;
beforeAll(async () => {
  shop = await startGraph({ resolvers, env: { CORS_ORIGINS: 'https://shop.example' } });
  production = await startGraph({
    resolvers,
    env: {
      ENVIRONMENT: 'production',
      CORS_ORIGINS: 'https://shop.example',
      ROUTER_FORWARD_HEADERS: 'x-tenant',
    },
  });
});
afterAll(() => Promise.all([shop.close(), production.close()]));

type Options = { method?: string; headers?: Record<string, string>; body?: string | Buffer };
const send = async (path: string, { method = 'POST', headers = {}, body }: Options = {}, graph = shop) => {
  const response = await fetch(new URL(path, graph.router.url), {
    method,
    headers,
    ...(body === undefined ? {} : { body: body as string }),
    redirect: 'manual',
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, code: /"code":"(\w+)"/.exec(text)?.[1] };
};
const json = { 'content-type': 'application/json' };
const echo = JSON.stringify({ query: '{ echo }' });

describe('requests that are refused before anything runs', () => {
  test.each<[string, number, Options & { path?: string }]>([
    ['GET without a preflight header', 400, { method: 'GET', path: '/graphql?query={echo}' }],
    [
      'GET of a mutation',
      405,
      {
        method: 'GET',
        path: '/graphql?query=mutation{signOut}',
        headers: { 'apollo-require-preflight': '1' },
      },
    ],
    ['text/plain', 400, { headers: { 'content-type': 'text/plain' }, body: echo }],
    [
      'text/plain with a preflight header',
      400,
      { headers: { 'content-type': 'text/plain', 'apollo-require-preflight': '1' }, body: echo },
    ],
    [
      'form data',
      400,
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query={echo}' },
    ],
    ['PUT', 405, { method: 'PUT', headers: json, body: echo }],
    ['DELETE', 405, { method: 'DELETE' }],
    ['half a body', 400, { headers: json, body: '{' }],
    ['null', 400, { headers: json, body: 'null' }],
    ['text', 400, { headers: json, body: '"x"' }],
    ['an empty body', 400, { headers: json, body: '' }],
    ['a batch', 400, { headers: json, body: `[${echo},${echo}]` }],
    ['a query that is a number', 400, { headers: json, body: '{"query":5}' }],
    ['variables that are text', 400, { headers: json, body: '{"query":"{echo}","variables":"x"}' }],
    ['variables that are a list', 400, { headers: json, body: '{"query":"{echo}","variables":[]}' }],
    [
      'an unknown operation',
      400,
      { headers: json, body: '{"query":"query A{echo} query B{echo}","operationName":"C"}' },
    ],
    ['two operations and no name', 400, { headers: json, body: '{"query":"query A{echo} query B{echo}"}' }],
    [
      'more than 100 KB',
      413,
      { headers: json, body: JSON.stringify({ query: `#${'x'.repeat(102_400)}\n{ echo }` }) },
    ],
    ['a compressed body', 415, { headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(echo) }],
    [
      'bytes that are not UTF-8',
      400,
      { headers: json, body: Buffer.from([...Buffer.from('{"query":"{ echo } # '), 0xff, 0x22, 0x7d]) },
    ],
    ['NUL in a variable', 400, { headers: json, body: '{"query":"{ echo }","variables":{"a":"x\\u0000"}}' }],
    [
      'NUL as an escape',
      400,
      { headers: json, body: JSON.stringify({ query: '{ product(id: "\\u0000") { id } }' }) },
    ],
    [
      'NUL in a default value',
      400,
      {
        headers: json,
        body: JSON.stringify({ query: 'query($id: ID! = "\\u{0}") { product(id: $id) { id } }' }),
      },
    ],
    [
      'deeply nested JSON',
      400,
      { headers: json, body: `{"query":"{echo}","variables":${'['.repeat(40_000)}` },
    ],
    [
      'a subscription without a stream',
      400,
      { headers: json, body: '{"query":"subscription{priceChanged(id:1){id}}"}' },
    ],
    ['_service', 400, { headers: json, body: '{"query":"{_service{sdl}}"}' }],
    ['_entities', 400, { headers: json, body: '{"query":"{_entities(representations:[]){__typename}}"}' }],
    [
      'too many tokens',
      400,
      { headers: json, body: JSON.stringify({ query: `{ product(id: 1) { ${'id '.repeat(2_001)} } }` }) },
    ],
    [
      '31 aliases',
      400,
      {
        headers: json,
        body: JSON.stringify({
          query: `{ product(id: 1) { ${Array.from({ length: 31 }, (_, n) => `a${n}: id`).join(' ')} } }`,
        }),
      },
    ],
    [
      '21 root fields',
      400,
      {
        headers: json,
        body: JSON.stringify({
          query: `{ ${Array.from({ length: 21 }, (_, n) => `a${n}: echo`).join(' ')} }`,
        }),
      },
    ],
    [
      'nesting of 16',
      400,
      {
        headers: json,
        body: JSON.stringify({
          query: `{ product(id: 1) ${'{ related '.repeat(15)} { id } ${'}'.repeat(15)} }`,
        }),
      },
    ],
    [
      '51 directives',
      400,
      { headers: json, body: JSON.stringify({ query: `{ echo ${'@skip(if: false) '.repeat(51)} }` }) },
    ],
    ['fragments that double', 400, { headers: json, body: JSON.stringify({ query: doubling(12) }) }],
    ['fragments that double often', 400, { headers: json, body: JSON.stringify({ query: doubling(22) }) }],
    [
      'a fragment in a circle',
      400,
      { headers: json, body: '{"query":"{product(id:1){...A}} fragment A on Product{related{...A}}"}' },
    ],
    ['an alias that pollutes', 400, { headers: json, body: '{"query":"{__proto__: product(id:1){id}}"}' }],
    ['an unknown path', 404, { path: '/graphql/', headers: json, body: echo }],
    ['metrics', 404, { path: '/metrics', method: 'GET' }],
  ])('%s: %i', async (_name, status, { path = '/graphql', ...options }) => {
    for (const subgraph of Object.values(shop.subgraphs)) subgraph.received.length = 0;
    const started = performance.now();
    const answer = await send(path, options);
    expect(answer.status).toBe(status);
    expect(performance.now() - started).toBeLessThan(1_000);
    const body = JSON.parse(answer.text) as { data?: unknown; errors: { message: string }[] };
    expect(body.data).toBeUndefined();
    expect(body.errors.length).toBeGreaterThan(0);
    expect(body.errors.length).toBeLessThanOrEqual(10);
    expect(answer.text).not.toMatch(/node_modules|\.ts:|127\.0\.0\.1/);
    expect(Object.values(shop.subgraphs).flatMap(subgraph => subgraph.received)).toEqual([]);
  });
  test('too many headers', async () => {
    const status = await new Promise(resolve => {
      const sent = request(
        shop.router.url,
        {
          method: 'POST',
          headers: Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`x-${n}`, '1'])),
        },
        response => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      sent.on('error', resolve);
      sent.end();
    });
    expect(status).toBe(431);
  });
});

function doubling(levels: number): string {
  const fragments = Array.from(
    { length: levels },
    (_, n) => `fragment F${n} on Product { related { ...F${n + 1} } b: related { ...F${n + 1} } }`,
  );
  return `{ product(id: 1) { ...F0 } } ${fragments.join(' ')} fragment F${levels} on Product { id }`;
}

describe('headers', () => {
  test('security headers and a correlation id on every answer, no server name', async () => {
    for (const path of ['/graphql', '/nothing', '/health']) {
      const { headers } = await send(path, { method: 'GET' });
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-powered-by')).toBeNull();
    }
    const { headers } = await send('/graphql', { headers: json, body: echo }, production);
    expect(headers.get('strict-transport-security')).toContain('max-age');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-subgraph-fetches')).toBeNull();
  });
  test.each([
    ['https://shop.example', 'https://shop.example'],
    ['https://evil.example', null],
    ['https://shop.example.evil.com', null],
    ['http://shop.example', null],
    ['null', null],
  ])('CORS: %s is answered with %s', async (origin, allowed) => {
    const preflight = await send(
      '/graphql',
      { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } },
      production,
    );
    const simple = await send('/graphql', { headers: { ...json, origin }, body: echo }, production);
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, allowed]);
    expect(simple.headers.get('access-control-allow-origin')).toBe(allowed);
    expect(simple.headers.get('access-control-allow-credentials')).toBeNull();
  });
  test('CORS: what the router reads may be sent, and what it tells may be read', async () => {
    const origin = 'https://shop.example';
    const preflight = await send('/graphql', { method: 'OPTIONS', headers: { origin } }, production);
    const asked = preflight.headers.get('access-control-allow-headers')?.split(', ');
    expect(asked).toEqual(
      expect.arrayContaining([
        'authorization',
        'apollographql-client-name',
        'apollographql-client-version',
        'x-tenant',
      ]),
    );
    expect(preflight.headers.get('access-control-expose-headers')?.split(', ')).toEqual(
      expect.arrayContaining(['retry-after', 'etag', 'age']),
    );
  });
  test('of the client, none reaches a subgraph; the router writes its own', async () => {
    shop.subgraphs.orders.received.length = 0;
    const own = {
      cookie: 'a=b',
      'x-user-id': 'root',
      'x-client-ip': '1.2.3.4',
      'x-correlation-id': 'mine',
      traceparent: '00-1',
      'x-forwarded-for': '9.9.9.9',
      'apollo-federation-include-trace': 'ftv1',
      'user-agent': 'phone/1',
    };
    await send('/graphql', { headers: { ...json, ...own }, body: echo });
    const [received] = shop.subgraphs.orders.received;
    expect(received?.headers).toMatchObject({
      'x-client-ip': '127.0.0.1',
      'x-client-agent': 'phone/1',
    });
    expect(received?.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    const stopped = [
      'cookie',
      'x-user-id',
      'x-forwarded-for',
      'apollo-federation-include-trace',
      'traceparent',
    ];
    for (const name of stopped) expect(received?.headers).not.toHaveProperty(name);
    expect(received?.viewer).toEqual({ kind: 'anonymous', id: null, sessionId: null, scopes: [] });
  });
  test('x-forwarded-for counts as far as proxies are trusted', async () => {
    const behind = await startGraph({ resolvers, env: { TRUSTED_PROXIES: '1' } });
    await send(
      '/graphql',
      { headers: { ...json, 'x-forwarded-for': '6.6.6.6, 9.9.9.9' }, body: echo },
      behind,
    );
    expect(behind.subgraphs.orders.received[0]?.headers['x-client-ip']).toBe('9.9.9.9');
    await behind.close();
  });
});

describe('production', () => {
  test('has no introspection and no pages', async () => {
    for (const query of [
      '{__schema{types{name}}}',
      'query{x:__schema{queryType{name}}}',
      '{...F} fragment F on Query{__type(name:"A"){name}}',
    ]) {
      const answer = await send('/graphql', { headers: json, body: JSON.stringify({ query }) }, production);
      expect([answer.status, answer.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    }
    expect(
      (await send('/graphql', { method: 'GET', headers: { accept: 'text/html' } }, production)).headers.get(
        'content-type',
      ),
    ).toContain('json');
    for (const page of ['/', '/graphiql']) {
      expect((await send(page, { method: 'GET' }, production)).status).toBe(404);
    }
    expect(
      (await send('/graphql', { headers: json, body: '{"query":"{ ecoh }"}' }, production)).text,
    ).not.toContain('Did you mean');
  });
  test('development has both', async () => {
    expect((await send('/graphql', { method: 'GET', headers: { accept: 'text/html' } })).text).toContain(
      'Apollo Sandbox',
    );
    const page = await send('/graphiql', { method: 'GET' });
    expect(page.status).toBe(200);
    expect(page.text.length).toBeGreaterThan(1_000_000);
    expect(page.text).toContain('"endpoint":"/graphql"');
  });
});

describe('health and metrics', () => {
  test('are there', async () => {
    for (const path of [
      '/health',
      '/health/live',
      '/health/ready',
      '/services/status',
      '/api/v1/orders/health',
    ]) {
      expect([path, (await send(path, { method: 'GET' })).status]).toEqual([path, 200]);
    }
    await send('/graphql', { headers: json, body: '{"query":"query Known { echo }"}' });
    const metrics = await (await fetch(`${shop.router.adminUrl}/metrics`)).text();
    expect(metrics).toMatch(
      /graphql_request_duration_seconds_count\{[^}]*operation_type="query",operation_name="Known",outcome="ok"\} 1/,
    );
    expect(metrics).toMatch(
      /gateway_subgraph_request_duration_seconds_count\{[^}]*subgraph="orders",outcome="ok"\} \d+/,
    );
  });
});

describe('budgets', () => {
  test('per address, and per kind of operation for every alias', async () => {
    const small = await startGraph({
      resolvers: { users: { Mutation: { signIn: () => 'x' } }, ...resolvers },
      env: { RATE_LIMIT_REQUESTS_PER_MINUTE: '4', RATE_LIMIT_SIGN_INS_PER_MINUTE: '3' },
    });
    const first = await send('/graphql', { headers: json, body: echo }, small);
    expect(first.headers.get('ratelimit-remaining')).toBe('3');
    const many = JSON.stringify({
      query: `mutation { ${[1, 2, 3, 4].map(n => `a${n}: signIn(email: "x")`).join(' ')} }`,
    });
    const refused = await send('/graphql', { headers: json, body: many }, small);
    expect([refused.status, refused.code, Number(refused.headers.get('retry-after')) > 0]).toEqual([
      429,
      'RATE_LIMITED',
      true,
    ]);
    expect(small.subgraphs.users.received).toHaveLength(0);
    // Of the two budgets that speak of it, the answer names the one that is spent.
    expect(refused.headers.get('ratelimit-limit')).toBe('3');
    const streamed = await send('/graphql/stream', { headers: json, body: many }, small);
    expect([streamed.status, Number(streamed.headers.get('retry-after')) > 0]).toEqual([429, true]);
    await send('/graphql', { headers: json, body: echo }, small);
    const last = await send('/graphql', { headers: json, body: echo }, small);
    expect([last.status, last.code]).toEqual([429, 'RATE_LIMITED']);
    await small.close();
  });
});
