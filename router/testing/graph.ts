import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

import { type EventBus } from '#platform/bus.ts';
import { type Cache } from '#platform/cache.ts';
import { type Env } from '#platform/config.ts';

import { readConfig } from '../config.ts';
import { type Router, startRouter } from '../service.ts';
import { type FakeSubgraph, type Received, startFakeSubgraph } from './fake-subgraph.ts';

export const secrets = {
  access: 'access-secret-of-the-tests-0123456789',
  internal: 'internal-secret-of-the-tests-01234567',
};

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@authenticated", "@requiresScopes"])`;

/** Three small subgraphs that have one case of everything the router must do. */
export const graph = {
  users: `${link}
    type Query { me: Customer @authenticated customers(first: Int = 20): [Customer!]! @requiresScopes(scopes: [["customers:read"]]) }
    type Mutation { signIn(email: String!): String signOut: Boolean @authenticated }
    interface Person { name: String! secret: String }
    type Customer implements Person @key(fields: "id") { id: ID! name: String! secret: String @requiresScopes(scopes: [["a"], ["b", "c"]]) }`,
  products: `${link}
    type Query { product(id: ID!): Product products(first: Int = 10, sort: Sort): [Product!]! broken: String person: Person slow: String }
    enum Sort { NAME PRICE }
    interface Person { name: String! secret: String }
    type Clerk implements Person { name: String! secret: String @requiresScopes(scopes: [["staff"]]) }
    type Product @key(fields: "id") { id: ID! name: String! cost: Int! @requiresScopes(scopes: [["costs:read"]]) related: [Product!]! }
    type Subscription { priceChanged(id: ID!): Product secretChanged: Product @authenticated }`,
  orders: `${link}
    type Query { order(id: ID!): Order @authenticated echo: String! }
    type Mutation { checkout(cart: ID!): Order orderCancel(id: ID!): Order @requiresScopes(scopes: [["orders:write"]]) }
    type Order @key(fields: "id") { id: ID! customer: Customer lines: [Line!]! }
    type Line { product: Product quantity: Int! }
    type Customer @key(fields: "id") { id: ID! orders: [Order!] }
    type Product @key(fields: "id") { id: ID! sold: Int }`,
} as const;

type Resolvers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What users answers about who is signed in, and that it has one customer. */
export const usersQueries = {
  me: (_: unknown, __: unknown, { viewer }: { viewer: { id: string } }) => ({ id: viewer.id, name: 'Ada' }),
  customers: () => [{ id: 'ada', name: 'Ada', secret: 's' }],
};

export type GraphOptions = {
  readonly resolvers?: Partial<Record<keyof typeof graph, Resolvers>>;
  readonly env?: Env;
  readonly bus?: EventBus;
  readonly cache?: Cache;
  /** Raw answers of the users subgraph beside GraphQL. */
  readonly usersRoute?: (request: Received) => { status: number; body: string } | null;
};

export type TestGraph = {
  readonly router: Router;
  readonly subgraphs: Record<keyof typeof graph, FakeSubgraph>;
  /** Where the router reads its supergraph, and looks for another one. */
  readonly supergraphFile: string;
  query(
    document: string,
    options?: { variables?: object; headers?: Record<string, string> },
  ): Promise<Answer>;
  close(): Promise<void>;
};

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  };
};

/** Starts the three subgraphs and a router over them, all on free ports. */
export async function startGraph(options: GraphOptions = {}): Promise<TestGraph> {
  const names = ['users', 'products', 'orders'] as const;
  const started = await Promise.all(
    names.map(name =>
      startFakeSubgraph({
        name,
        sdl: graph[name],
        resolvers: options.resolvers?.[name] ?? {},
        secret: secrets.internal,
        route: options.usersRoute ?? (() => null),
      }),
    ),
  );
  const subgraphs = Object.fromEntries(
    names.map((name, index) => [name, started[index]]),
  ) as TestGraph['subgraphs'];
  const folder = mkdtempSync(join(tmpdir(), 'router-'));
  const file = join(folder, 'supergraph.graphql');
  writeFileSync(file, composeGraph(subgraphs));
  const config = readConfig({
    SUPERGRAPH_PATH: file,
    ROUTER_PORT: '0',
    ROUTER_ADMIN_PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent',
    JWT_SECRET: secrets.access,
    INTERNAL_TOKEN_SECRET: secrets.internal,
    USERS_SUBGRAPH_URL: subgraphs.users.url,
    ...options.env,
  });
  const router = await startRouter(config, {
    ...(options.bus ? { bus: options.bus } : {}),
    ...(options.cache ? { cache: options.cache } : {}),
  });
  return {
    router,
    subgraphs,
    supergraphFile: file,
    query: async (document, { variables = {}, headers = {} } = {}) => {
      const response = await fetch(router.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: document, variables }),
      });
      return {
        status: response.status,
        headers: response.headers,
        body: (await response.json()) as Answer['body'],
      };
    },
    close: async () => {
      await router.stop();
      rmSync(folder, { recursive: true });
      await Promise.all(started.map(subgraph => subgraph.close()));
    },
  };
}

/** The supergraph of these subgraphs, of all when none are named. */
export function composeGraph(
  subgraphs: TestGraph['subgraphs'],
  names: readonly (keyof typeof graph)[] = ['users', 'products', 'orders'],
): string {
  const services = names.map(name => ({
    name,
    url: subgraphs[name].url,
    typeDefs: parse(graph[name]),
  }));
  const result = composeServices(services);
  if (result.errors) throw new Error(result.errors.map(error => error.message).join('\n'));
  return result.supergraphSdl;
}
