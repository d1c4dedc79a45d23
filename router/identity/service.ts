import { readFileSync } from 'node:fs';

import { openAdmin } from '#platform/admin.ts';
import { type EventBus } from '#platform/bus.ts';
import { stopTime } from '#platform/config.ts';
import { startHealth } from '#platform/health.ts';
import { listen, matchRoute, sendError } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { startTracing } from '#platform/tracing.ts';

import { type RouterConfig } from '../config.ts';
import { createInternalTokens } from '../fetching/internal-token.ts';
import { connectSubgraphs } from '../fetching/subgraph-request.ts';
import { openPublicRoutes } from '../http/public-routes.ts';
import { createViewers } from '../security/viewer.ts';
import { composedAddresses } from './engine-supergraph.ts';
import { createIdentityProxy } from './proxy.ts';

/** What stands between a router that is not ours and the subgraphs. */
export type IdentityService = {
  /** What `/<subgraph>` is put behind, for example http://127.0.0.1:4100. On loopback: it is for the router beside it. */
  readonly url: string;
  /** Health, webhooks and what else of the public is not GraphQL. */
  readonly publicUrl: string;
  readonly stopsWithinMs: number;
  stop(): Promise<void>;
};

/** Starts the identity proxy, and beside it everything of the router's that is not GraphQL. */
export async function startIdentity(config: RouterConfig, bus: EventBus | null): Promise<IdentityService> {
  const log = createLog('router', config.logLevel);
  const metrics = createMetrics('router');
  const tracing = await startTracing('router', config.tracing, log);
  const composed = composedAddresses(readFileSync(config.supergraphPath, 'utf8'));
  const subgraphs = connectSubgraphs({
    urls: new Map([...composed, ...Object.entries(config.subgraphUrls)]),
    tokens: createInternalTokens(config.internalTokenSecret),
    settings: config.fetching,
    metrics,
    tracing,
    log,
  });
  const viewers = await createViewers({ config, subgraphs, bus });
  const inside = await listen(
    '127.0.0.1',
    config.identityPort,
    createIdentityProxy({ config, subgraphs, viewers, log }),
  );
  const health = startHealth({
    live: () => true,
    ready: async () => ({ identity: inside.server.listening }),
    degraded: () => ({ events: bus?.healthy() ?? true }),
  });
  const publicRoutes = openPublicRoutes(config, subgraphs);
  const routes = { ...health.routes, ...publicRoutes.routes };
  const http = await listen(config.host, config.port, async (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    const route = matchRoute(routes, request.method ?? 'GET', path);
    if (route) await route(request, response);
    else sendError(response, 404, 'NOT_FOUND', 'There is nothing here.');
  });
  const admin = await openAdmin({
    host: config.host,
    port: config.adminPort ?? 0,
    profiling: config.profiling,
    contentType: metrics.registry.contentType,
    metrics: () => metrics.registry.metrics(),
  });
  log.info({ port: inside.port, publicPort: http.port }, 'identity proxy is up');

  return {
    url: `http://127.0.0.1:${inside.port}`,
    publicUrl: `http://127.0.0.1:${http.port}`,
    stopsWithinMs: stopTime(config),
    stop: async () => {
      health.drain();
      for (const each of [inside, http]) each.drain();
      if (config.shutdownDelayMs > 0)
        await new Promise(resolve => setTimeout(resolve, config.shutdownDelayMs));
      await Promise.all([inside.stop(config.shutdownGraceMs), http.stop(config.shutdownGraceMs)]);
      await viewers.close();
      await subgraphs.close();
      await publicRoutes.close();
      await admin.stop(1_000);
      await tracing.stop();
    },
  };
}
