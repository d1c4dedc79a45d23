import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

import { openAdmin } from '#platform/admin.ts';
import { type EventBus } from '#platform/bus.ts';
import { type Cache } from '#platform/cache.ts';
import { stopTime } from '#platform/config.ts';
import { startHealth } from '#platform/health.ts';
import { type Logger, createAccessLog, createLog } from '#platform/log.ts';
import { type Metrics, createMetrics } from '#platform/metrics.ts';
import { startTracing } from '#platform/tracing.ts';

import { createCaching } from './caching/caching.ts';
import { type RouterConfig } from './config.ts';
import { createMask } from './errors.ts';
import { createPlanCompiler } from './execution/execute-plan.ts';
import { type IsA } from './execution/rewrites.ts';
import { createInternalTokens } from './fetching/internal-token.ts';
import { connectSubgraphs } from './fetching/subgraph-request.ts';
import { createDocuments } from './http/documents.ts';
import { createGraphql } from './http/graphql.ts';
import { openHttpServer } from './http/http-server.ts';
import { openPublicRoutes } from './http/public-routes.ts';
import { openTls } from './http/tls.ts';
import { createOperations } from './planning/operations.ts';
import { createPlanner } from './planning/planner.ts';
import { createLimits } from './security/limits.ts';
import { readManifest } from './security/manifest.ts';
import { createPersistedOperations } from './security/persisted-operations.ts';
import { createRateLimits } from './security/rate-limits.ts';
import { createViewers } from './security/viewer.ts';
import { createHttpStreams } from './subscriptions/http-streams.ts';
import { createSubscriptions } from './subscriptions/subscriptions.ts';
import { attachWebSockets } from './subscriptions/websocket.ts';
import { addressesOf } from './supergraph/addresses.ts';
import { type Graph, openGraphs } from './supergraph/graphs.ts';
import { type SupergraphSource, fileSource, uplinkSource } from './supergraph/source.ts';
import { loadSupergraph } from './supergraph/supergraph.ts';
import { createOperationLabels } from './telemetry/operation-labels.ts';
import { meterPlanCache } from './telemetry/plan-cache.ts';
import { createSteps } from './telemetry/steps.ts';
import { watchStreams } from './telemetry/stream-watch.ts';

/** What the process shares with the router: events tell it of revoked sessions and keys, a cache's Redis holds budgets. */
export type RouterShared = { readonly bus?: EventBus; readonly cache?: Cache };

/** A running router. */
export type Router = {
  /** Where GraphQL is answered, for example http://127.0.0.1:8000/graphql. */
  readonly url: string;
  /** Where metrics are told; empty when another process does. */
  readonly adminUrl: string;
  readonly port: number;
  readonly metrics: Metrics;
  /** Milliseconds that `stop` may take. */
  readonly stopsWithinMs: number;
  /** Takes no new work, finishes what is in flight, ends subscriptions, closes connections. */
  stop(): Promise<void>;
};

/** Starts the router: supergraph, identities, GraphQL over HTTP, SSE and WebSocket, proxies, health and metrics. */
export async function startRouter(config: RouterConfig, shared: RouterShared = {}): Promise<Router> {
  const log = createLog('router', config.logLevel);
  const accessLog = createAccessLog('router', config.logLevel);
  const metrics = createMetrics('router');
  const tracing = await startTracing('router', config.tracing, log);
  const steps = createSteps(tracing);
  const tls = config.tls ? await openTls(config.tls, { log, metrics }) : null;
  const source = await supergraphSource(config, log);
  const subgraphs = connectSubgraphs({
    urls: new Map(),
    tokens: createInternalTokens(config.internalTokenSecret),
    settings: config.fetching,
    metrics,
    tracing,
    log,
  });
  const bus = shared.bus ?? null;
  const caching = config.caching
    ? await createCaching({
        settings: config.caching,
        forward: config.fetching.forward,
        secret: config.internalTokenSecret,
        redis: shared.cache?.redis ?? null,
        bus,
        metrics,
        log,
      })
    : null;
  const viewers = await createViewers({ config, subgraphs, bus });
  const rateLimits = createRateLimits({ ...config.rateLimits, redis: shared.cache?.redis ?? null, metrics });
  const labels = createOperationLabels();
  const mask = createMask(log);
  const limits = createLimits(config.security.limits);
  const { manifest } = config.security.persisted;
  const persisted = createPersistedOperations({
    settings: config.security.persisted,
    manifest: manifest === '' ? null : readManifest(manifest),
    redis: shared.cache?.redis ?? null,
    log,
    metrics,
  });
  const openGraph = async (text: string): Promise<Graph> => {
    const supergraph = await loadSupergraph(text);
    if (supergraph.securityDirectives.size === 0) log.warn('the supergraph protects nothing');
    const addresses = addressesOf(supergraph, config.subgraphUrls);
    const planner = await createPlanner({
      sdl: supergraph.plannerSdl,
      apiSchema: supergraph.apiSchema,
      hidesSchema: config.environment === 'production',
      deadlineMs: config.planDeadlineMs,
      metrics,
    });
    try {
      const { rulesSchema } = supergraph;
      const compile = createPlanCompiler(
        caching?.around(subgraphs, rulesSchema) ?? subgraphs,
        typeRelation(rulesSchema),
      );
      const operations = createOperations(supergraph, {
        planner,
        compile,
        limits,
        unauthorized: config.security.unauthorized,
        metrics,
      });
      const graphql = await createGraphql({
        config,
        supergraph,
        operations,
        documents: createDocuments(limits, planner),
        rateLimits,
        limits,
        labels,
        steps,
        mask,
        log,
        metrics,
      });
      return {
        supergraph,
        addresses,
        operations,
        graphql,
        close: async () => {
          await graphql.stop();
          await planner.close();
        },
      };
    } catch (error) {
      await planner.close();
      throw error;
    }
  };
  const graphs = await openGraphs(source.first, {
    open: openGraph,
    connect: subgraphs.connect,
    log,
    metrics,
  });
  meterPlanCache(metrics, () => graphs.current().operations.sizes());
  const unwatch = source.watch(text => void graphs.replace(text), graphs.unread);
  const unwatched = createSubscriptions({
    config,
    graphs,
    persisted,
    subgraphs,
    viewers,
    labels,
    steps,
    log,
    metrics,
  });
  const subscriptions = watchStreams(unwatched, { log: accessLog, tracing });

  const health = startHealth({
    live: () => true,
    ready: async () => ({ supergraph: true }),
    degraded: () => ({ events: bus?.healthy() ?? true }),
  });
  const publicRoutes = openPublicRoutes(config, subgraphs);
  const routes = { ...health.routes, ...publicRoutes.routes };
  const http = await openHttpServer({
    config,
    caching,
    graphs,
    persisted,
    viewers,
    rateLimits,
    streamSubscription: createHttpStreams({ config, subscriptions, mask }),
    isSubscription: subscriptions.isSubscription,
    routes,
    tls,
    log,
    accessLog,
    metrics,
    tracing,
  });
  const sockets = attachWebSockets({
    server: http.server,
    config,
    subscriptions,
    mask,
    viewers,
    rateLimits,
    log,
  });
  const admin =
    config.adminPort === null
      ? null
      : await openAdmin({
          // A worker's is for the process above it.
          host: config.sharesPort ? '127.0.0.1' : config.host,
          port: config.adminPort,
          sharesPort: config.sharesPort,
          profiling: config.profiling,
          contentType: metrics.registry.contentType,
          metrics: () => metrics.registry.metrics(),
        });
  if (!shared.cache?.redis && config.environment !== 'development')
    log.warn('no Redis: request budgets count in this process only');
  log.info({ port: http.port, adminPort: admin?.port }, 'router is up');

  let stopped: Promise<void> | null = null;
  return {
    url: `http${tls ? 's' : ''}://127.0.0.1:${http.port}/graphql`,
    adminUrl: admin ? `http://127.0.0.1:${admin.port}` : '',
    port: http.port,
    metrics,
    stopsWithinMs: stopTime(config),
    stop: () => (stopped ??= stop()),
  };

  async function stop(): Promise<void> {
    health.drain();
    http.drain();
    await unwatch();
    if (config.shutdownDelayMs > 0) await new Promise(resolve => setTimeout(resolve, config.shutdownDelayMs));
    // At the same time, for all of them have the same grace.
    await Promise.all([sockets.close(), subscriptions.close(), http.stop(config.shutdownGraceMs)]);
    await graphs.close();
    await viewers.close();
    await subgraphs.close();
    await caching?.close();
    await publicRoutes.close();
    await tls?.close();
    await admin?.stop(1_000);
    await tracing.stop();
    log.info('router has stopped');
  }
}

function supergraphSource(config: RouterConfig, log: Logger): Promise<SupergraphSource> {
  return config.uplink
    ? uplinkSource(config.uplink, log)
    : fileSource(config.supergraphPath, config.supergraphPollMs, log);
}

function typeRelation(schema: GraphQLSchema): IsA {
  return (type, wanted) => {
    if (type === wanted) return true;
    const [concrete, general] = [schema.getType(type), schema.getType(wanted)];
    return (
      isAbstractType(general) &&
      (isObjectType(concrete) || isInterfaceType(concrete)) &&
      schema.isSubType(general, concrete)
    );
  };
}
