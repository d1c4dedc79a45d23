import { type IncomingMessage, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import { withAmbient } from '#platform/ambient.ts';
import {
  type HttpHandler,
  type HttpServer,
  type Routes,
  BodyTooLarge,
  listen,
  matchRoute,
  sendError,
} from '#platform/http.ts';
import { type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';
import { type Tracing } from '#platform/tracing.ts';

import { type RouterConfig } from '../config.ts';
import { type RequestFacts } from '../fetching/subgraph-request.ts';
import { type RateLimits, budgetHeaders } from '../security/rate-limits.ts';
import { type Identity, type Viewers } from '../security/viewer.ts';
import { type RequestWatch, createRequestWatch } from '../telemetry/request-watch.ts';
import { budgetKey, readClient } from './client.ts';
import { type Graphql } from './graphql.ts';
import { landingPage } from './landing.ts';
import { originCheck } from './origins.ts';
import { readJson, readRequest, searchBody } from './request-body.ts';

/** What a streaming door needs of an HTTP request that has passed the front. */
export type Entered = { readonly facts: RequestFacts; readonly identity: Identity; readonly body: unknown };
export type StreamHandler = (
  entered: Entered,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

type Dependencies = {
  readonly config: RouterConfig;
  readonly graphql: Graphql;
  readonly viewers: Viewers;
  readonly rateLimits: RateLimits;
  readonly streamSubscription: StreamHandler;
  readonly isSubscription: (body: unknown) => boolean;
  /** Everything beside GraphQL: health, status, proxies, pages. */
  readonly routes: Routes;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
};

const MAX_HEADERS = 100;
const COMPRESS_FROM = 1_400;
const compress = promisify(gzip);

/** The only public door: GraphQL, and what `routes` adds. Every answer is JSON unless a route says otherwise. */
export async function openHttpServer(dependencies: Dependencies): Promise<HttpServer> {
  const { config, routes, log } = dependencies;
  const isOurs = originCheck(config);
  const watchRequest = createRequestWatch(dependencies);
  let draining = false;
  const handle: HttpHandler = async (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const method = request.method ?? 'GET';
    const client = readClient(request, config.trustedProxies);
    for (const [name, value] of Object.entries(securityHeaders(config))) response.setHeader(name, value);
    response.setHeader('x-correlation-id', client.correlationId);
    if (request.rawHeaders.length / 2 > MAX_HEADERS) {
      sendError(response.setHeader('connection', 'close'), 431, 'BAD_REQUEST', 'Too many headers.');
      return;
    }
    const route = path === '/graphql' ? 'graphql' : path === '/graphql/stream' ? 'stream' : 'other';
    const watch = watchRequest(route, client.correlationId, { request, response });
    // Whoever is answered while we stop must not send more on this connection.
    response.once('prefinish', () => draining && request.socket.end());
    await withAmbient(
      {
        correlationId: client.correlationId,
        causationId: null,
        actor: null,
        traceparent: watch.traceparent,
        origin: 'request',
      },
      async () => {
        try {
          const found = matchRoute(routes, method, path);
          if (found) await found(request, response);
          else if (route !== 'other')
            await answerGraphql(dependencies, isOurs, client, { path, request, response, watch });
          else sendError(response, 404, 'NOT_FOUND', 'There is nothing here.');
        } catch (error) {
          if (!(error instanceof BodyTooLarge)) log.error({ err: error, path }, 'request failed');
          throw error;
        }
      },
    );
  };
  const http = await listen(config.host, config.port, handle);
  http.server.maxRequestsPerSocket = 10_000;
  return {
    ...http,
    stop: graceMs => {
      draining = true;
      return http.stop(graceMs);
    },
  };
}

type Exchange = {
  readonly path: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly watch: RequestWatch;
};

async function answerGraphql(
  dependencies: Dependencies,
  isOurs: (origin: string) => boolean,
  client: Omit<RequestFacts, 'viewer'>,
  { path, request, response, watch }: Exchange,
): Promise<void> {
  const { config, graphql, viewers, rateLimits, streamSubscription, isSubscription } = dependencies;
  const method = request.method ?? 'GET';
  const origin = request.headers.origin;
  response.setHeader('vary', 'origin');
  if (origin !== undefined && isOurs(origin)) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader(
      'access-control-expose-headers',
      'x-correlation-id, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset',
    );
  }
  if (method === 'OPTIONS') {
    if (response.hasHeader('access-control-allow-origin')) {
      response.setHeader('access-control-allow-methods', 'GET, POST');
      response.setHeader(
        'access-control-allow-headers',
        'authorization, content-type, apollo-require-preflight, x-apollo-operation-name',
      );
      response.setHeader('access-control-max-age', '600');
    }
    response.writeHead(204).end();
    return;
  }
  if (method !== 'GET' && method !== 'POST') {
    sendError(response.setHeader('allow', 'GET, POST'), 405, 'BAD_REQUEST', 'Use POST, or GET for queries.');
    return;
  }
  const accept = request.headers.accept ?? '';
  if (
    method === 'GET' &&
    path === '/graphql' &&
    accept.includes('text/html') &&
    config.environment !== 'production'
  ) {
    await landingPage(request, response);
    return;
  }
  const budget = await rateLimits.take('requests', budgetKey(client.client.ip));
  if (budget)
    for (const [name, value] of Object.entries(budgetHeaders(budget))) response.setHeader(name, value);
  if (budget?.exceeded) {
    sendError(response, 429, 'RATE_LIMITED', 'Too many requests; try again later.');
    return;
  }
  const wantsStream = path === '/graphql/stream' || accept.includes('text/event-stream');
  const read =
    method === 'POST'
      ? await readJson(request, config.maxBodyBytes)
      : { body: wantsStream ? searchBody(request) : undefined };
  if ('fault' in read) {
    sendError(response, read.status, 'BAD_REQUEST', read.fault);
    return;
  }
  const identity = await identify(viewers, request, client);
  if (!identity) {
    response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
    sendError(response, 401, 'UNAUTHENTICATED', 'The access token or API key is not valid (any more).');
    return;
  }
  if (identity === 'unknown') {
    sendError(response, 503, 'SUBGRAPH_UNAVAILABLE', 'The API key cannot be checked right now.');
    return;
  }
  const facts: RequestFacts = { ...client, viewer: identity.viewer };
  // Clients that can read both get a stream for subscriptions only.
  const readsBoth = path === '/graphql' && method === 'POST' && /json|\*\/\*/.test(accept);
  if (wantsStream && (!readsBoth || isSubscription(read.body))) {
    await streamSubscription({ facts, identity, body: read.body }, request, response);
    return;
  }
  const context = {
    facts,
    counts: { fetches: 0, statements: 0 },
    outcome: { type: null, name: null, codes: [] },
  };
  watch.answered(context);
  const known = method === 'POST' ? readRequest(request, read.body) : null;
  const quick = known && graphql.answerKnown(known.request, known.mediaType, context);
  const answer = await (quick ?? graphql.answer(request, read.body, context));
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.setHeader('cache-control', 'no-store');
  if (config.debugHeaders) {
    response.setHeader('x-subgraph-fetches', context.counts.fetches);
    response.setHeader('x-sql-statements', context.counts.statements);
  }
  await send(
    response,
    answer.status,
    answer.text,
    config.compression && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')),
  );
}

async function identify(
  viewers: Viewers,
  request: IncomingMessage,
  client: Omit<RequestFacts, 'viewer'>,
): Promise<Identity | 'unknown' | null> {
  try {
    return await viewers.identify(request.headers.authorization, client);
  } catch {
    // Users is away: an API key cannot be told right from wrong, so it opens nothing.
    return 'unknown';
  }
}

async function send(response: ServerResponse, status: number, text: string, squeeze: boolean): Promise<void> {
  let bytes = Buffer.from(text);
  if (squeeze && bytes.length >= COMPRESS_FROM) {
    bytes = await compress(bytes, { level: 1 });
    response.setHeader('content-encoding', 'gzip');
    response.setHeader('vary', 'origin, accept-encoding');
  }
  response.setHeader('content-length', bytes.length);
  response.writeHead(status).end(bytes);
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
