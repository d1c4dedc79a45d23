import { availableParallelism } from 'node:os';

import { z } from 'zod';

import {
  type Env,
  type Environment,
  environmentOf,
  flag,
  integer,
  readEnv,
  secret,
  sharedShape,
  tracingOf,
} from '#platform/config.ts';
import { type TracingSettings } from '#platform/tracing.ts';

import { type CacheSettings, cacheSettingsOf, cacheShape } from './caching/settings.ts';
import { type FetchSettings, fetchSettingsOf, fetchShape } from './fetching/settings.ts';
import { type TlsSettings, tlsOf, tlsShape } from './http/tls-settings.ts';
import { type SecuritySettings, securityOf, securityShape } from './security/settings.ts';
import { type AccessTokens, accessTokensOf, tokenShape } from './security/token-settings.ts';
import { type SubgraphSockets, subscriptionShape } from './subscriptions/settings.ts';
import { type UsageSettings, usageOf, usageShape } from './telemetry/settings.ts';

/** The subgraphs, in the order in which they are shown. */
export const subgraphNames = [
  'users',
  'products',
  'inventory',
  'orders',
  'payments',
  'notifications',
] as const;
export type SubgraphName = (typeof subgraphNames)[number];

/** How many requests of one kind one client may send in a minute. */
export type RateRules = Readonly<Record<string, number>>;

/** What the router needs to run. */
export type RouterConfig = {
  readonly environment: Environment;
  readonly host: string;
  readonly port: number;
  /** On loopback, in place of GraphQL: where another router finds the subgraphs (identity/main.ts). */
  readonly identityPort: number;
  /** Null: metrics are told by the process above this one. */
  readonly adminPort: number | null;
  /** Whether the admin port hands out profiles and changes the log's level. */
  readonly profiling: boolean;
  /** Processes that share the port. */
  readonly workers: number;
  /** Whether this is one of them. */
  readonly sharesPort: boolean;
  /** Null: plain HTTP. */
  readonly tls: TlsSettings | null;
  readonly logLevel: string;
  readonly supergraphPath: string;
  /** How often the file is looked at. */
  readonly supergraphPollMs: number;
  /** Where GraphOS publishes the supergraph; null: it is read from the file. */
  readonly uplink: {
    readonly apiKey: string;
    readonly graphRef: string;
    readonly endpoints: readonly string[] | undefined;
  } | null;
  /** Base addresses (…/graphql) that replace the supergraph's own routing URLs. */
  readonly subgraphUrls: Readonly<Partial<Record<SubgraphName, string>>>;
  readonly internalTokenSecret: string;
  readonly accessTokens: AccessTokens;
  readonly tokenIssuer: string;
  readonly tokenAudience: string;
  readonly corsOrigins: readonly string[];
  /** How many reverse proxies in front append to x-forwarded-for; 0 trusts nobody. */
  readonly trustedProxies: number;
  readonly maxBodyBytes: number;
  readonly fetching: FetchSettings;
  /** Null: no answer of a subgraph is kept. */
  readonly caching: CacheSettings | null;
  readonly deadlineMs: number;
  readonly checkoutDeadlineMs: number;
  /** How long planning one operation may take. */
  readonly planDeadlineMs: number;
  readonly compression: boolean;
  readonly debugHeaders: boolean;
  readonly rateLimits: { readonly enabled: boolean; readonly perMinute: RateRules };
  readonly redisUrl: string | undefined;
  readonly rabbitmqUrl: string | undefined;
  readonly rabbitmqExchange: string;
  readonly subscriptionsPerClient: number;
  /** Open ones of all clients together. */
  readonly subscriptions: number;
  /** After so long a client of a subscription is made to connect again. */
  readonly subscriptionLifetimeMs: number;
  readonly heartbeatMs: number;
  /** Which subgraphs are subscribed to over graphql-ws. */
  readonly subgraphSockets: SubgraphSockets;
  readonly stripeApiBase: string | undefined;
  readonly mediaBase: string | undefined;
  readonly pagesBase: string | undefined;
  readonly shutdownDelayMs: number;
  readonly shutdownGraceMs: number;
  readonly tracing: TracingSettings;
  /** Null: nobody is told. */
  readonly usage: UsageSettings | null;
  readonly security: SecuritySettings;
};

const shape = {
  ...sharedShape,
  ...securityShape,
  ...tlsShape,
  ...usageShape,
  ROUTER_PORT: integer(8_000, 0, 65_535),
  ROUTER_ADMIN_PORT: integer(8_080, 0, 65_535),
  ROUTER_IDENTITY_PORT: integer(4_100, 0, 65_535),
  ROUTER_WORKERS: z
    .literal('auto')
    .transform(() => availableParallelism())
    .or(integer(1, 1, 256)),
  SUPERGRAPH_PATH: z.string().optional(),
  SUPERGRAPH_POLL_MS: integer(2_000, 50, 3_600_000),
  APOLLO_KEY: z.string().optional(),
  APOLLO_GRAPH_REF: z.string().optional(),
  APOLLO_UPLINK_ENDPOINTS: z.string().optional(),
  USERS_SUBGRAPH_URL: z.url().optional(),
  PRODUCTS_SUBGRAPH_URL: z.url().optional(),
  INVENTORY_SUBGRAPH_URL: z.url().optional(),
  ORDERS_SUBGRAPH_URL: z.url().optional(),
  PAYMENTS_SUBGRAPH_URL: z.url().optional(),
  NOTIFICATIONS_SUBGRAPH_URL: z.url().optional(),
  JWT_SECRET: secret().optional(),
  ...tokenShape,
  JWT_ISSUER: z.string().default('shop'),
  JWT_AUDIENCE: z.string().default('shop'),
  CORS_ORIGINS: z.string().default(''),
  TRUSTED_PROXIES: integer(0, 0, 10),
  ROUTER_MAX_BODY_BYTES: integer(102_400, 1_024, 10_485_760),
  ...fetchShape,
  ...cacheShape,
  ...subscriptionShape,
  ROUTER_DEADLINE_MS: integer(3_000, 50, 60_000),
  ROUTER_CHECKOUT_DEADLINE_MS: integer(15_000, 50, 120_000),
  ROUTER_PLAN_DEADLINE_MS: integer(1_000, 10, 60_000),
  ROUTER_COMPRESSION: flag(false),
  ROUTER_DEBUG_HEADERS: z.stringbool().optional(),
  ROUTER_SUBSCRIPTIONS_PER_CLIENT: z.coerce.number().int().min(1).optional(),
  ROUTER_SUBSCRIPTIONS: integer(10_000, 1, 1_000_000),
  ROUTER_SUBSCRIPTION_LIFETIME_MS: integer(21_600_000, 1_000, 604_800_000),
  ROUTER_HEARTBEAT_MS: integer(12_000, 100, 60_000),
  RATE_LIMIT_ENABLED: flag(true),
  RATE_LIMIT_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  RATE_LIMIT_CHECKOUTS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  RATE_LIMIT_CART_CHANGES_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  RATE_LIMIT_SIGN_INS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  RATE_LIMIT_REGISTRATIONS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  REDIS_URL: z.url().optional(),
  RABBITMQ_URL: z.url().optional(),
  RABBITMQ_EXCHANGE: z.string().default('ecommerce_events'),
  STRIPE_API_BASE: z.url().optional(),
  MEDIA_BASE: z.url().optional(),
  PAGES_BASE: z.url().optional(),
} as const;

/** Per client address. On a laptop a load test and every customer share one address, so the defaults there are wide. */
const wide = {
  requests: 1_200_000,
  checkouts: 60_000,
  cartChanges: 300_000,
  signIns: 60_000,
  registrations: 60_000,
  subscriptions: 1_000,
};
const narrow = {
  requests: 1_200,
  checkouts: 30,
  cartChanges: 240,
  signIns: 30,
  registrations: 10,
  subscriptions: 20,
};

/** A file that is named goes before Uplink. */
function uplinkOf(read: {
  SUPERGRAPH_PATH?: string | undefined;
  APOLLO_KEY?: string | undefined;
  APOLLO_GRAPH_REF?: string | undefined;
  APOLLO_UPLINK_ENDPOINTS?: string | undefined;
}): RouterConfig['uplink'] {
  const { APOLLO_KEY: apiKey, APOLLO_GRAPH_REF: graphRef, APOLLO_UPLINK_ENDPOINTS: endpoints } = read;
  if (read.SUPERGRAPH_PATH !== undefined || apiKey === undefined || graphRef === undefined) return null;
  return { apiKey, graphRef, endpoints: endpoints?.split(',').map(each => each.trim()) };
}

/** Reads the router's settings; throws one error that lists everything wrong. */
export function readConfig(env: Env): RouterConfig {
  const read = readEnv(shape, env, {
    CORS_ORIGINS: list => (list.includes('*') ? 'production names the origins of its web shops' : null),
  });
  const environment = environmentOf(read);
  const usual = environment === 'development' ? wide : narrow;
  const urls = subgraphNames.map(
    name => [name, read[`${name.toUpperCase() as Uppercase<SubgraphName>}_SUBGRAPH_URL`]] as const,
  );
  return {
    environment,
    host: read.HOST,
    port: read.ROUTER_PORT,
    identityPort: read.ROUTER_IDENTITY_PORT,
    adminPort: read.ROUTER_ADMIN_PORT,
    profiling: read.ADMIN_PROFILING,
    workers: read.ROUTER_WORKERS,
    sharesPort: false,
    tls: tlsOf(read),
    logLevel: read.LOG_LEVEL,
    supergraphPath: read.SUPERGRAPH_PATH ?? new URL('../schema/supergraph.graphql', import.meta.url).pathname,
    supergraphPollMs: read.SUPERGRAPH_POLL_MS,
    uplink: uplinkOf(read),
    subgraphUrls: Object.fromEntries(urls.filter(([, url]) => url !== undefined)),
    internalTokenSecret: read.INTERNAL_TOKEN_SECRET,
    accessTokens: accessTokensOf(read),
    tokenIssuer: read.JWT_ISSUER,
    tokenAudience: read.JWT_AUDIENCE,
    corsOrigins: read.CORS_ORIGINS.split(',')
      .map(origin => origin.trim())
      .filter(Boolean),
    trustedProxies: read.TRUSTED_PROXIES,
    maxBodyBytes: read.ROUTER_MAX_BODY_BYTES,
    fetching: fetchSettingsOf(read),
    caching: cacheSettingsOf(read),
    deadlineMs: read.ROUTER_DEADLINE_MS,
    checkoutDeadlineMs: read.ROUTER_CHECKOUT_DEADLINE_MS,
    planDeadlineMs: read.ROUTER_PLAN_DEADLINE_MS,
    compression: read.ROUTER_COMPRESSION,
    debugHeaders: read.ROUTER_DEBUG_HEADERS ?? environment !== 'production',
    rateLimits: {
      enabled: read.RATE_LIMIT_ENABLED,
      perMinute: {
        requests: read.RATE_LIMIT_REQUESTS_PER_MINUTE ?? usual.requests,
        checkouts: read.RATE_LIMIT_CHECKOUTS_PER_MINUTE ?? usual.checkouts,
        cartChanges: read.RATE_LIMIT_CART_CHANGES_PER_MINUTE ?? usual.cartChanges,
        signIns: read.RATE_LIMIT_SIGN_INS_PER_MINUTE ?? usual.signIns,
        registrations: read.RATE_LIMIT_REGISTRATIONS_PER_MINUTE ?? usual.registrations,
        ...(read.RATE_LIMIT_COST_PER_MINUTE > 0 ? { cost: read.RATE_LIMIT_COST_PER_MINUTE } : {}),
      },
    },
    redisUrl: read.REDIS_URL,
    rabbitmqUrl: read.RABBITMQ_URL,
    rabbitmqExchange: read.RABBITMQ_EXCHANGE,
    subscriptionsPerClient: read.ROUTER_SUBSCRIPTIONS_PER_CLIENT ?? usual.subscriptions,
    subscriptions: read.ROUTER_SUBSCRIPTIONS,
    subscriptionLifetimeMs: read.ROUTER_SUBSCRIPTION_LIFETIME_MS,
    heartbeatMs: read.ROUTER_HEARTBEAT_MS,
    subgraphSockets: read.ROUTER_SUBGRAPH_SOCKETS,
    stripeApiBase: read.STRIPE_API_BASE,
    mediaBase: read.MEDIA_BASE,
    pagesBase: read.PAGES_BASE,
    shutdownDelayMs: read.SHUTDOWN_DELAY_MS,
    shutdownGraceMs: read.SHUTDOWN_GRACE_MS,
    tracing: tracingOf(read),
    usage: usageOf(read),
    security: securityOf(read),
  };
}
