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
import { type AccessLog, type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';
import { type Tracing } from '#platform/tracing.ts';

import { type Caching } from '../caching/caching.ts';
import { type RouterConfig } from '../config.ts';
import { forwardedHeaders } from '../fetching/forwarded-headers.ts';
import { type RequestFacts } from '../fetching/subgraph-request.ts';
import { type PersistedOperations } from '../security/persisted-operations.ts';
import { type RateLimits, budgetHeaders } from '../security/rate-limits.ts';
import { type Identity, type Viewers, nobody } from '../security/viewer.ts';
import { acceptsMultipart } from '../subscriptions/framing.ts';
import { type Graphs } from '../supergraph/graphs.ts';
import { type RequestWatch, createRequestWatch } from '../telemetry/request-watch.ts';
import { noWork } from '../telemetry/work.ts';
import { budgetKey, readClient } from './client.ts';
import { findDocument } from './find-document.ts';
import { type GraphqlContext, type HttpAnswer } from './graphql.ts';
import { landingPage } from './landing.ts';
import { originCheck } from './origins.ts';
import { withPlainJsonStatus } from './plain-json-status.ts';
import { readJson, readRequest, searchBody, usualMediaType } from './request-body.ts';
import { type Tls } from './tls.ts';

/** What a streaming door needs of an HTTP request that has passed the front. */
export type Entered = { readonly facts: RequestFacts; readonly identity: Identity; readonly body: unknown };
export type StreamHandler = (
  entered: Entered,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

type Dependencies = {
  readonly config: RouterConfig;
  /** Null: nothing is kept. */
  readonly caching: Caching | null;
  readonly graphs: Graphs;
  readonly persisted: PersistedOperations;
  readonly viewers: Viewers;
  readonly rateLimits: RateLimits;
  readonly streamSubscription: StreamHandler;
  readonly isSubscription: (body: unknown) => boolean;
  /** Everything beside GraphQL: health, status, proxies, pages. */
  readonly routes: Routes;
  /** Null: plain HTTP. */
  readonly tls: Tls | null;
  readonly log: Logger;
  readonly accessLog: AccessLog;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
};

const notKept = ['cache-control', 'no-store'];
const MAX_HEADERS = 100;
const COMPRESS_FROM = 1_400;
const compress = promisify(gzip);
const corsAnswer = 'x-correlation-id, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset';
const corsRequest = 'authorization, content-type, apollo-require-preflight, x-apollo-operation-name';

/** One request and the headers of its answer, gathered as name, value, name, value until something is sent. */
type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly head: string[];
  readonly client: Omit<RequestFacts, 'viewer'>;
  readonly watch: RequestWatch;
};

/** The only public door: GraphQL, and what `routes` adds. Every answer is JSON unless a route says otherwise. */
export async function openHttpServer(dependencies: Dependencies): Promise<HttpServer> {
  const { config, routes, tls, log } = dependencies;
  const answerGraphql = createGraphqlDoor(dependencies, () => draining);
  const watchRequest = createRequestWatch({ ...dependencies, log: dependencies.accessLog });
  const always = Object.entries(securityHeaders(config)).flat();
  let draining = false;

  const dispatch = async (exchange: Exchange, path: string): Promise<void> => {
    const { request, response } = exchange;
    try {
      if (path === '/graphql' || path === '/graphql/stream') {
        await answerGraphql(exchange, path);
        return;
      }
      setHeaders(exchange);
      if (request.httpVersionMajor === 1) response.once('prefinish', () => draining && request.socket.end());
      const found = matchRoute(routes, request.method ?? 'GET', path);
      if (found) await found(request, response);
      else sendError(response, 404, 'NOT_FOUND', 'There is nothing here.');
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) log.error({ err: error, path }, 'request failed');
      if (!response.headersSent) setHeaders(exchange);
      else response.once('close', exchange.watch.finish);
      throw error;
    }
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
      sendError(response.setHeader('connection', 'close'), 431, 'BAD_REQUEST', 'Too many headers.');
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
    stop: graceMs => {
      draining = true;
      return http.stop(graceMs);
    },
  };
}

function createGraphqlDoor(dependencies: Dependencies, isDraining: () => boolean) {
  const { config, caching, graphs, persisted, viewers, rateLimits, streamSubscription, isSubscription } =
    dependencies;
  const isOurs = originCheck(config);
  const isProduction = config.environment === 'production';

  const refuse = (exchange: Exchange, status: number, code: string, message: string): void => {
    setHeaders(exchange);
    sendError(exchange.response, status, code, message);
  };

  const setCorsHeaders = ({ request, head }: Exchange): boolean => {
    head.push('vary', 'origin');
    const { origin } = request.headers;
    if (origin === undefined || !isOurs(origin)) return false;
    head.push('access-control-allow-origin', origin, 'access-control-expose-headers', corsAnswer);
    return true;
  };

  const answerPreflight = (exchange: Exchange, allowed: boolean): void => {
    if (allowed)
      exchange.head.push(
        'access-control-allow-methods',
        'GET, POST', // prettier-ignore
        'access-control-allow-headers',
        corsRequest, // prettier-ignore
        'access-control-max-age',
        '600', // prettier-ignore
      );
    exchange.response.writeHead(204, exchange.head).end();
    exchange.watch.finish();
  };

  const takeBudget = async ({ head, client }: Exchange): Promise<boolean> => {
    const budget = await rateLimits.take('requests', budgetKey(client.client.ip));
    if (!budget) return true;
    for (const [name, value] of Object.entries(budgetHeaders(budget))) head.push(name, value);
    return !budget.exceeded;
  };

  /** Known operations take the short way, everything else goes through Apollo Server. */
  const answerIn = async (
    { request }: Exchange,
    body: unknown,
    context: GraphqlContext,
  ): Promise<HttpAnswer> => {
    const finding = findDocument(persisted, request, body);
    const found = finding instanceof Promise ? await finding : finding;
    const mediaType = usualMediaType(request);
    const graph = graphs.hold();
    const { graphql } = graph;
    try {
      if ('refused' in found) return graphql.refuse(found.refused, mediaType, context);
      const refused = graphql.refusalOf(found.source, found.operationName, found.variables);
      if (refused) return graphql.refuse(refused, mediaType, context);
      const usual = request.method === 'POST' && mediaType !== undefined ? readRequest(found.body) : null;
      const quick = usual && graphql.answerKnown(usual, mediaType ?? '', context);
      const answer = await (quick ?? graphql.answer(request, found, context));
      const { keep, source, operationName } = found;
      const name = typeof operationName === 'string' ? operationName : null;
      if (keep && typeof source === 'string' && graphql.isKnown(source, name)) keep();
      return answer;
    } finally {
      graphs.release(graph);
    }
  };

  return async (exchange: Exchange, path: string): Promise<void> => {
    const { request, response, head, client, watch } = exchange;
    const { method } = request;
    const allowed = setCorsHeaders(exchange);
    if (method === 'OPTIONS') return answerPreflight(exchange, allowed);
    if (method !== 'GET' && method !== 'POST') {
      head.push('allow', 'GET, POST');
      return refuse(exchange, 405, 'BAD_REQUEST', 'Use POST, or GET for queries.');
    }
    const accept = request.headers.accept ?? '';
    if (method === 'GET' && path === '/graphql' && !isProduction && accept.includes('text/html')) {
      setHeaders(exchange);
      return landingPage(request, response);
    }
    if (config.rateLimits.enabled && !(await takeBudget(exchange)))
      return refuse(exchange, 429, 'RATE_LIMITED', 'Too many requests; try again later.');
    const wantsStream =
      path === '/graphql/stream' || accept.includes('text/event-stream') || acceptsMultipart(accept);
    const read =
      method === 'POST'
        ? await readJson(request, config.maxBodyBytes)
        : { body: wantsStream ? searchBody(request) : undefined };
    if ('fault' in read) return refuse(exchange, read.status, 'BAD_REQUEST', read.fault);
    const { authorization } = request.headers;
    const identity = authorization === undefined ? nobody : await identify(viewers, authorization, client);
    if (!identity) {
      head.push('www-authenticate', 'Bearer error="invalid_token"');
      return refuse(exchange, 401, 'UNAUTHENTICATED', 'The access token or API key is not valid (any more).');
    }
    if (identity === 'unknown')
      return refuse(exchange, 503, 'SUBGRAPH_UNAVAILABLE', 'The API key cannot be checked right now.');
    const forwarded = forwardedHeaders(config.fetching.forward, request.headers);
    const facts: RequestFacts = { ...client, viewer: identity.viewer, forwarded };
    // Clients that can read both get a stream for subscriptions only.
    const readsBoth = path === '/graphql' && method === 'POST' && /json|\*\/\*/.test(accept);
    if (wantsStream && (!readsBoth || isSubscription(read.body))) {
      setHeaders(exchange);
      return streamSubscription({ facts, identity, body: read.body }, request, response);
    }
    const context = {
      facts,
      counts: noWork(),
      outcome: { type: null, name: null, codes: [], cost: null, plan: null },
    };
    watch.answered(context);
    caching?.open(facts);
    const answer = withPlainJsonStatus(await answerIn(exchange, read.body, context), accept);
    for (const [name, value] of answer.headers) if (name !== 'cache-control') head.push(name, value);
    const told = caching?.tell(request, facts, answer);
    head.push(...(told?.headers ?? notKept));
    // Whoever is answered while we stop must not send more on this connection.
    if (isDraining() && request.httpVersionMajor === 1) head.push('connection', 'close');
    if (config.debugHeaders)
      head.push(
        'x-subgraph-fetches',
        String(context.counts.fetches), // prettier-ignore
        'x-sql-statements',
        String(context.counts.statements), // prettier-ignore
      );
    if (told?.unchanged === true) {
      response.writeHead(304, head).end();
      return watch.finish();
    }
    const squeezes = config.compression && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    if (squeezes && answer.text.length >= COMPRESS_FROM) return sendSqueezed(exchange, answer);
    // A string goes out in one write with its headers; a buffer would take two.
    head.push('content-length', String(Buffer.byteLength(answer.text)));
    response.writeHead(answer.status, head).end(answer.text);
    watch.finish();
  };
}

async function sendSqueezed(
  { response, head, watch }: Exchange,
  { status, text }: HttpAnswer,
): Promise<void> {
  const bytes = await compress(text, { level: 1 });
  head.push('content-encoding', 'gzip', 'vary', 'accept-encoding', 'content-length', String(bytes.length));
  response.writeHead(status, head).end(bytes);
  watch.finish();
}

/** For whoever answers by himself, and will be done when he will be done. */
function setHeaders({ response, head, watch }: Exchange): void {
  response.once('close', watch.finish);
  for (let at = 0; at + 1 < head.length; at += 2) response.setHeader(head[at] ?? '', head[at + 1] ?? '');
}

async function identify(
  viewers: Viewers,
  authorization: string,
  client: Omit<RequestFacts, 'viewer'>,
): Promise<Identity | 'unknown' | null> {
  try {
    return await viewers.identify(authorization, client);
  } catch {
    // Users is away: an API key cannot be told right from wrong, so it opens nothing.
    return 'unknown';
  }
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
