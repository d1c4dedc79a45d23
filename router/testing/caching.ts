import { buildSchema } from 'graphql';
import { type Redis } from 'ioredis';
import { z } from 'zod';

import { type Envelope, type EventBus } from '#platform/bus.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { noTracing } from '#platform/tracing.ts';
import { type Viewer, anonymous } from '#platform/viewer.ts';

import { createCaching } from '../caching/caching.ts';
import { type CacheSettings } from '../caching/settings.ts';
import { type Reply } from '../fetching/exchange.ts';
import { type ForwardRules } from '../fetching/forwarded-headers.ts';
import { createInternalTokens } from '../fetching/internal-token.ts';
import { fetchSettingsOf, fetchShape } from '../fetching/settings.ts';
import { type RequestFacts, connectSubgraphs } from '../fetching/subgraph-request.ts';
import { type RawSubgraph, httpAnswer, startRawSubgraph } from './raw-subgraph.ts';

const secret = 'internal-secret-of-the-tests-01234567';

/** The types of products that events speak of, and one value type. */
const schema = buildSchema(`
  type Query { product(slug: String): Product products: [Product!]! hello: String }
  type Product { id: ID! name: String price: Int variants: [ProductVariant!] related: [Product!] rating: Rating }
  type ProductVariant { id: ID! price: Int product: Product }
  type Rating { count: Int }
`);

export type Representation = Readonly<Record<string, unknown>>;
/** What a subgraph got. */
export type Asked = {
  readonly query: string;
  readonly variables: { readonly representations?: readonly Representation[] } & Readonly<
    Record<string, unknown>
  >;
};

/** The router's side of one subgraph, `products`, with the cache in front of it and a clock and a bus in the test's hands. */
export type TestCache = {
  readonly subgraph: RawSubgraph;
  /** What reached the subgraph, in turn. */
  readonly asked: readonly Asked[];
  /** One request of its own: `facts` say whose. */
  ask(query: string, variables?: object, facts?: Partial<RequestFacts>): Promise<Reply>;
  /** A fetch of entities in a request of its own. */
  entities(ids: readonly string[], facts?: Partial<RequestFacts>): Promise<Reply>;
  mutate(query: string): Promise<Reply>;
  /** A mutation, and a query that belongs to the same request. */
  mutateAndAsk(mutation: string, query: string): Promise<Reply>;
  tell(type: string, data: unknown): void;
  /** Moves the clock. */
  pass(milliseconds: number): void;
  hears(healthy: boolean): void;
  metric(name: string, ...labels: string[]): Promise<number>;
  close(): Promise<void>;
};

type Options = {
  /** Answers what was asked, after the headers. */
  readonly answer: (asked: Asked) => object | Promise<object>;
  readonly cacheControl?: string;
  readonly settings?: Partial<CacheSettings>;
  readonly forward?: ForwardRules;
  readonly redis?: Redis;
  readonly clock?: { time: number };
};

export const entityQuery =
  'query Shop__products__1($representations:[_Any!]!){_entities(representations:$representations){...on Product{name price}}}';

export async function openTestCache(options: Options): Promise<TestCache> {
  const {
    cacheControl = 'public, max-age=60',
    forward = new Map(),
    clock = { time: 1_700_000_000_000 },
  } = options;
  const asked: Asked[] = [];
  const subgraph = await startRawSubgraph(async ({ body }) => {
    const request = JSON.parse(body) as Asked;
    asked.push(request);
    const text = JSON.stringify(await options.answer(request));
    return httpAnswer(text, '200 OK', `content-type: application/json\r\ncache-control: ${cacheControl}`);
  });
  const metrics = createMetrics('router');
  const log = createLog('router', 'silent');
  const { bus, tell, hears } = listeningBus();
  const bare = connectSubgraphs({
    urls: new Map([['products', subgraph.url]]),
    tokens: createInternalTokens(secret),
    settings: { ...fetchSettingsOf(z.object(fetchShape).parse({})), forward },
    metrics,
    tracing: noTracing,
    log,
  });
  const caching = await createCaching({
    settings: {
      where: options.redis ? 'redis' : 'memory',
      bytes: 1_000_000,
      redisTimeoutMs: 5_000,
      maxAgeSeconds: 300,
      clientMaxAgeSeconds: 0,
      ...options.settings,
    },
    forward,
    secret,
    redis: options.redis ?? null,
    bus,
    metrics,
    log,
    now: () => clock.time,
  });
  const subgraphs = caching.around(bare, schema);
  const request = (facts: Partial<RequestFacts> = {}): RequestFacts => {
    const opened: RequestFacts = {
      viewer: anonymous,
      client: { ip: '203.0.113.9', agent: 'test' },
      correlationId: 'c1',
      ...facts,
    };
    caching.open(opened);
    return opened;
  };
  const call = (body: object, repeatable: boolean, facts: RequestFacts): Promise<Reply> =>
    subgraphs.call(
      { subgraph: 'products', body: JSON.stringify(body), deadlineMs: 5_000, repeatable },
      facts,
    );
  const ask: TestCache['ask'] = (query, variables = {}, facts = {}) =>
    call({ query, variables }, true, request(facts));
  return {
    subgraph,
    asked,
    ask,
    entities: (ids, facts) =>
      ask(entityQuery, { representations: ids.map(id => ({ __typename: 'Product', id })) }, facts),
    mutate: query => call({ query, variables: {} }, false, request()),
    mutateAndAsk: async (mutation, query) => {
      const facts = request();
      await call({ query: mutation, variables: {} }, false, facts);
      return call({ query, variables: {} }, true, facts);
    },
    tell,
    hears,
    pass: milliseconds => void (clock.time += milliseconds),
    metric: async (name, ...labels) => {
      const lines = (await metrics.registry.metrics()).split('\n');
      const found = lines.find(
        line => line.startsWith(`${name}{`) && labels.every(label => line.includes(label)),
      );
      return Number(found?.split(' ').at(-1) ?? 0);
    },
    close: async () => {
      await caching.close();
      await bare.close();
      await subgraph.close();
    },
  };
}

/** What a bus does for the router: hand over live copies of events. */
export function listeningBus(): {
  readonly bus: EventBus;
  tell(type: string, data: unknown): void;
  hears(healthy: boolean): void;
} {
  const listeners = new Map<string, (envelope: Envelope) => void>();
  let healthy = true;
  const bus = {
    catalogue: { parse: (_type: string, data: unknown) => data },
    observe: async (types: readonly string[], listener: (envelope: Envelope) => void) => {
      for (const type of types) listeners.set(type, listener);
      return async () => listeners.clear();
    },
    healthy: () => healthy,
  } as unknown as EventBus;
  return {
    bus,
    tell: (type, data) => listeners.get(type)?.({ type, data } as Envelope),
    hears: is => void (healthy = is),
  };
}

/** A customer with these rights. */
export function customer(id: string, ...scopes: string[]): { readonly viewer: Viewer } {
  return { viewer: { kind: 'customer', id, sessionId: `session of ${id}`, scopes } };
}
