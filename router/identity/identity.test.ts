import { readFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse } from 'node:http';

import { buildASTSchema, parse } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { type Envelope, type EventBus } from '#platform/bus.ts';
import { type HttpServer, listen, readBody } from '#platform/http.ts';
import { type Viewer, createViewerReader } from '#platform/viewer.ts';

import { readConfig, subgraphNames } from '../config.ts';
import { loadSupergraph } from '../supergraph/supergraph.ts';
import { secrets } from '../testing/graph.ts';
import { bearer } from '../testing/tokens.ts';
import { composedAddresses, engineSupergraph } from './engine-supergraph.ts';
import { type IdentityService, startIdentity } from './service.ts';

type Seen = { readonly request: IncomingMessage; readonly body: string; readonly viewer: Viewer | null };
type Answer = (seen: Seen, response: ServerResponse) => void;

let listener: ((envelope: Envelope) => void) | null = null;
const bus = {
  observe: async (_types: readonly string[], told: (envelope: Envelope) => void) => {
    listener = told;
    return async () => void (listener = null);
  },
  healthy: () => true,
} as unknown as EventBus;

const usual: Answer = (_seen, response) => {
  response.writeHead(200, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-secret': '1',
  });
  response.end('{"data":{"a":1}}');
};
const behind = new Map<string, HttpServer>();
let seen: Seen[] = [];
let answer = usual;
let identity: IdentityService;

beforeAll(async () => {
  for (const name of subgraphNames) {
    const readViewer = createViewerReader(name, secrets.internal);
    const server = await listen('127.0.0.1', 0, async (request, response) => {
      const body = (await readBody(request, 1e6)).toString();
      const all = { request, body, viewer: await readViewer(request.headers.authorization) };
      seen.push(all);
      if (request.url === '/internal/api-keys/exchange') {
        const good = (JSON.parse(body) as { key: string }).key === 'shop_good';
        response.writeHead(good ? 200 : 401).end('{"id":"key-1","scopes":["orders:read"],"expiresAt":null}');
      } else answer(all, response);
    });
    behind.set(name, server);
  }
  const config = readConfig({
    ENVIRONMENT: 'development',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent',
    JWT_SECRET: secrets.access,
    INTERNAL_TOKEN_SECRET: secrets.internal,
    ROUTER_PORT: '0',
    ROUTER_ADMIN_PORT: '0',
    ROUTER_IDENTITY_PORT: '0',
    ROUTER_CHECKOUT_DEADLINE_MS: '300',
    TRUSTED_PROXIES: '1',
    SHUTDOWN_GRACE_MS: '0',
    ...Object.fromEntries(
      [...behind].map(([name, { port }]) => [
        `${name.toUpperCase()}_SUBGRAPH_URL`,
        `http://127.0.0.1:${port}/graphql`,
      ]),
    ),
  });
  identity = await startIdentity(config, bus);
});
beforeEach(() => {
  seen = [];
  answer = usual;
});
afterAll(async () => {
  await identity.stop();
  for (const server of behind.values()) await server.stop(0);
});

const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> =>
  fetch(`${identity.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"query":"{ a }"}',
    ...init,
  });
const codeOf = async (response: Response): Promise<string> => {
  const { errors } = (await response.json()) as { errors: [{ extensions: { code: string } }] };
  return `${response.status} ${errors[0].extensions.code}`;
};

describe('the identity proxy', () => {
  test.each(subgraphNames)('%s gets a token of its own, and the request as it is', async name => {
    const response = await ask(`/${name}`, await bearer({ scopes: ['orders:read'] }));
    expect(await response.text()).toBe('{"data":{"a":1}}');
    expect(seen.map(({ viewer, body, request }) => [viewer, body, request.url])).toEqual([
      [
        { kind: 'customer', id: 'ada', sessionId: 'session-1', scopes: ['orders:read'] },
        '{"query":"{ a }"}',
        '/graphql',
      ],
    ]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-secret')).toBeNull();
    const other = createViewerReader(name === 'users' ? 'orders' : 'users', secrets.internal);
    expect(await other(seen[0]?.request.headers.authorization)).toBeNull();
  });

  test('without credentials, the viewer is nobody', async () => {
    expect((await ask('/orders')).status).toBe(200);
    expect(seen[0]?.viewer).toEqual({ kind: 'anonymous', id: null, sessionId: null, scopes: [] });
  });

  test('an API key is exchanged once, and a wrong one is refused', async () => {
    const good = { authorization: 'Bearer shop_good' };
    expect([(await ask('/orders', good)).status, (await ask('/orders', good)).status]).toEqual([200, 200]);
    expect(seen.map(({ request }) => request.url)).toEqual([
      '/internal/api-keys/exchange',
      '/graphql',
      '/graphql',
    ]);
    expect(seen[1]?.viewer).toMatchObject({ kind: 'apiKey', id: 'key-1', scopes: ['orders:read'] });
    expect(await codeOf(await ask('/orders', { authorization: 'Bearer shop_bad' }))).toBe(
      '401 UNAUTHENTICATED',
    );
  });

  test.each([
    ['expired', () => bearer({ seconds: -60 })],
    ['of another shop', () => bearer({ issuer: 'elsewhere' })],
    ['for somebody else', () => bearer({ audience: 'elsewhere' })],
    ['signed with another key', () => bearer({ secret: 'another-secret-of-the-tests-0123456789' })],
    ['of another kind', () => bearer({ typ: 'internal+jwt' })],
    ['no token at all', async () => ({ authorization: 'Basic YTpi' })],
    ['empty', async () => ({ authorization: '' })],
  ])('a token that is %s gets 401 and never comes to a subgraph', async (_what, make) => {
    expect(await codeOf(await ask('/orders', await make()))).toBe('401 UNAUTHENTICATED');
    expect(seen).toEqual([]);
  });

  test('an internal token of a subgraph opens nothing', async () => {
    await ask('/orders', await bearer());
    const { authorization = '' } = seen[0]?.request.headers ?? {};
    seen = [];
    expect(await codeOf(await ask('/orders', { authorization }))).toBe('401 UNAUTHENTICATED');
    expect(seen).toEqual([]);
  });

  test('no header of the client gets through but what the proxy itself says', async () => {
    const forged = {
      'x-client-ip': '6.6.6.6',
      'x-client-agent': 'forged',
      'x-correlation-id': 'forged',
      'x-user-id': 'admin',
      'x-internal-viewer': 'admin',
      'apollo-federation-include-trace': 'ftv1',
      cookie: 'a=b',
      traceparent: '00-00000000000000000000000000000001-0000000000000001-01',
      'x-forwarded-for': '6.6.6.6, 203.0.113.7',
      'user-agent': 'browser',
    };
    await ask('/orders', forged);
    const headers = seen[0]?.request.headers ?? {};
    expect(headers).toMatchObject({ 'x-client-ip': '203.0.113.7', 'x-client-agent': 'browser' });
    expect(Object.values(headers).join(' ')).not.toMatch(/forged|admin|6\.6\.6\.6|ftv1|a=b|00-0000/);
    expect(Object.keys(headers).toSorted()).toEqual(
      ['accept', 'authorization', 'connection', 'content-length', 'content-type', 'host']
        .concat(['x-client-agent', 'x-client-ip', 'x-correlation-id'])
        .toSorted(),
    );
  });

  test('it reaches GraphQL of the six and nothing else', async () => {
    const paths = ['/', '/audit', '/orders/', '/orders/../internal', '/users/internal/api-keys/exchange'];
    for (const path of paths) expect(await codeOf(await ask(path)), path).toBe('404 NOT_FOUND');
    // As some routers ask for subscriptions, unless they are told to use POST.
    for (const path of ['/orders', '/orders?query=subscription'])
      expect((await fetch(`${identity.url}${path}`)).status, path).toBe(405);
    expect(seen).toEqual([]);
  });

  test('a subgraph that is late, away or refuses our token is 502, not the client’s fault', async () => {
    answer = () => {};
    expect(await codeOf(await ask('/orders'))).toBe('502 SUBGRAPH_UNAVAILABLE');
    answer = (_seen, response) => response.destroy();
    expect(await codeOf(await ask('/orders'))).toBe('502 SUBGRAPH_UNAVAILABLE');
    answer = (_seen, response) => response.writeHead(401).end('{}');
    expect(await codeOf(await ask('/orders'))).toBe('502 SUBGRAPH_UNAVAILABLE');
  });

  test('beside GraphQL: health and webhooks on the public port, no GraphQL there', async () => {
    const at = (path: string): string => `${identity.publicUrl}${path}`;
    expect((await fetch(at('/health/ready'))).status).toBe(200);
    await fetch(at('/webhooks/stripe'), { method: 'POST', body: '{}', headers: { 'stripe-signature': 's' } });
    expect(seen.map(({ request, viewer }) => [request.url, viewer])).toEqual([['/webhooks/stripe', null]]);
    for (const path of ['/graphql', '/orders'])
      expect((await fetch(at(path), { method: 'POST' })).status).toBe(404);
  });
});

describe('a subscription through the identity proxy', () => {
  const open: Answer = ({ request }, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`event: next\ndata: {"accept":"${request.headers.accept}"}\n\n`);
  };
  const live = { accept: 'text/event-stream' };
  /** Reads until it breaks off. */
  const restOf = async (reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> => {
    for (;;) {
      const read = await reader.read().catch(() => 'cut off' as const);
      if (read === 'cut off') return read;
      if (read.done) return 'complete';
    }
  };

  test('is passed on event by event, beyond the deadline of queries, until its session is revoked', async () => {
    let feed: ServerResponse | null = null;
    answer = (all, response) => {
      open(all, response);
      feed = response;
    };
    const reader = (await ask('/orders', { ...live, ...(await bearer({ sid: 'ended' })) })).body?.getReader();
    if (!reader) throw new Error('no body');
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('"accept":"text/event-stream"');
    answer = () => {};
    // A query that came later has met its deadline by now.
    expect((await ask('/orders')).status).toBe(502);
    (feed as ServerResponse | null)?.write('data: later\n\n');
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('later');
    listener?.({ type: 'session.revoked', data: { sessionIds: ['ended'] } } as unknown as Envelope);
    expect(await restOf(reader)).toBe('cut off');
    expect((await ask('/orders', await bearer({ sid: 'ended' }))).status).toBe(401);
  });

  test('ends with its token', async () => {
    answer = open;
    // Five seconds of tolerance are part of its life.
    const reader = (await ask('/orders', { ...live, ...(await bearer({ seconds: -4 })) })).body?.getReader();
    if (!reader) throw new Error('no body');
    await reader.read();
    expect(await restOf(reader)).toBe('cut off');
  });

  test('is what a router means that mentions event streams beside JSON only when it asks for one', async () => {
    await ask('/orders', { accept: 'application/json, text/event-stream' });
    expect(seen[0]?.request.headers.accept).toBe('application/json');
    const body = JSON.stringify({ query: '\n subscription Live { a }' });
    await ask('/orders', { accept: 'application/json, text/event-stream' }, { body });
    expect(seen[1]?.request.headers.accept).toBe('text/event-stream');
  });

  test('ends at the subgraph when the client leaves', async () => {
    const left = Promise.withResolvers<void>();
    answer = (all, response) => {
      open(all, response);
      response.once('close', () => left.resolve());
    };
    const leaving = new AbortController();
    await ask('/orders', live, { signal: leaving.signal });
    leaving.abort();
    await expect(left.promise).resolves.toBeUndefined();
  });
});

describe('the supergraph for another router', () => {
  const text = readFileSync('schema/supergraph.graphql', 'utf8');

  test('points at the proxy and leaves rights to the subgraphs; the graph is the same', async () => {
    const made = engineSupergraph(text, 'http://127.0.0.1:4100');
    expect([...composedAddresses(text).keys()].toSorted()).toEqual([...subgraphNames].toSorted());
    expect(Object.fromEntries(composedAddresses(made))).toEqual(
      Object.fromEntries(subgraphNames.map(name => [name, `http://127.0.0.1:4100/${name}`])),
    );
    expect(made).not.toMatch(/authenticated|requiresScopes|for: SECURITY/);
    expect(text).toMatch(/@authenticated[\s\S]*@requiresScopes/);
    const [before, after] = await Promise.all([loadSupergraph(text), loadSupergraph(made)]);
    expect(Object.keys(after.apiSchema.getTypeMap())).toEqual(Object.keys(before.apiSchema.getTypeMap()));
    expect(() => buildASTSchema(parse(made))).not.toThrow();
  });

  test('directives that have another name there go as well, what is inaccessible stays', () => {
    const made = engineSupergraph(
      `schema
        @link(url: "https://specs.apollo.dev/link/v1.0")
        @link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY)
        @link(url: "https://specs.apollo.dev/policy/v0.1", as: "rule", for: SECURITY)
        @link(url: "https://specs.apollo.dev/authenticated/v0.1", import: [{ name: "@authenticated", as: "@signedIn" }], for: SECURITY)
      { query: Query }
      directive @signedIn on FIELD_DEFINITION
      directive @rule(policies: [[rule__Policy!]!]!) on FIELD_DEFINITION
      scalar rule__Policy
      type Query { a: Int @signedIn b: Int @rule(policies: [["x"]]) c: Int @inaccessible }`,
      'http://127.0.0.1:1',
    );
    expect(made).not.toMatch(/signedIn|rule|policy/);
    expect(made).toMatch(/inaccessible\/v0.2", for: SECURITY[\s\S]*c: Int @inaccessible/);
  });
});
