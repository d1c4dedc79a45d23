import { withAmbient } from '#platform/ambient.ts';
import {
  type HttpHandler,
  type HttpServer,
  type Routes,
  BodyTooLarge,
  listen,
  matchRoute,
  refuseConnection,
  sendError,
} from '#platform/http.ts';
import { type AccessLog, type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';
import { type Tracing } from '#platform/tracing.ts';

import { type RouterConfig } from '../config.ts';
import { createRequestWatch } from '../telemetry/request-watch.ts';
import { readClient } from './client.ts';
import {
  type Exchange,
  type GraphqlDoorDependencies,
  createGraphqlDoor,
  setHeaders,
} from './graphql-door.ts';
import { type Tls } from './tls.ts';

type Dependencies = GraphqlDoorDependencies & {
  /** Everything beside GraphQL: health, status, proxies, pages. */
  readonly routes: Routes;
  /** Null: plain HTTP. */
  readonly tls: Tls | null;
  readonly log: Logger;
  readonly accessLog: AccessLog;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
};

const MAX_HEADERS = 100;

/** The only public door: GraphQL, and what `routes` adds. Every answer is JSON unless a route says otherwise. */
export async function openHttpServer(dependencies: Dependencies): Promise<HttpServer> {
  const { config, routes, tls, log } = dependencies;
  const answerGraphql = createGraphqlDoor(dependencies, () => draining);
  const watchRequest = createRequestWatch({ ...dependencies, log: dependencies.accessLog });
  const always = Object.entries(securityHeaders(config)).flat();
  let draining = false;

  const answerElse = async (exchange: Exchange, path: string): Promise<void> => {
    const { request, response } = exchange;
    setHeaders(exchange);
    if (request.httpVersionMajor === 1) response.once('prefinish', () => draining && request.socket.end());
    const found = matchRoute(routes, request.method ?? 'GET', path);
    if (found) await found(request, response);
    else sendError(response, 404, 'NOT_FOUND', 'There is nothing here.');
  };

  const dispatch = (exchange: Exchange, path: string): Promise<void> => {
    const isGraphql = path === '/graphql' || path === '/graphql/stream';
    return (isGraphql ? answerGraphql : answerElse)(exchange, path).catch((error: unknown) => {
      if (!(error instanceof BodyTooLarge)) log.error({ err: error, path }, 'request failed');
      if (!exchange.response.headersSent) setHeaders(exchange);
      else exchange.response.once('close', exchange.watch.finish);
      throw error;
    });
  };

  const handle: HttpHandler = (request, response) => {
    const url = request.url ?? '/';
    const query = url.indexOf('?');
    const path = query < 0 ? url : url.slice(0, query);
    const client = readClient(request, config.trustedProxies);
    const head = [...always, 'x-correlation-id', client.correlationId];
    const route = path === '/graphql' ? 'graphql' : path === '/graphql/stream' ? 'stream' : 'other';
    const watch = watchRequest(route, client.correlationId, { request, response });
    const exchange: Exchange = { request, response, head, client, watch };
    if (request.rawHeaders.length / 2 > MAX_HEADERS) {
      setHeaders(exchange);
      refuseConnection(request, response, 431, 'Too many headers.');
      return undefined;
    }
    return withAmbient(
      {
        correlationId: client.correlationId,
        causationId: null,
        actor: null,
        traceparent: watch.traceparent,
        origin: 'request',
      },
      () => dispatch(exchange, path),
    );
  };
  const http = await listen(config.host, config.port, handle, {
    headers: {},
    sharesPort: config.sharesPort,
    ...(tls ? { open: tls.open } : {}),
  });
  http.server.maxRequestsPerSocket = 10_000;
  return {
    ...http,
    drain: () => {
      draining = true;
      http.drain();
    },
    stop: graceMs => {
      draining = true;
      return http.stop(graceMs);
    },
  };
}

function securityHeaders({ environment }: RouterConfig): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    ...(environment === 'production'
      ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }
      : {}),
  };
}
