import { type IncomingMessage, type ServerResponse } from 'node:http';

import { type GraphQLError } from 'graphql';

import { sendError } from '#platform/http.ts';

import { type Caching } from '../caching/caching.ts';
import { type RouterConfig } from '../config.ts';
import { type Reader } from '../execution/execute-plan.ts';
import { forwardedHeaders } from '../fetching/forwarded-headers.ts';
import { type RequestFacts } from '../fetching/subgraph-request.ts';
import { type PersistedOperations } from '../security/persisted-operations.ts';
import { type RateLimits, budgetHeaders } from '../security/rate-limits.ts';
import { type Identity, type Viewers, identify, nobody } from '../security/viewer.ts';
import { acceptsMultipart } from '../subscriptions/framing.ts';
import { type Graphs } from '../supergraph/graphs.ts';
import { type RequestWatch } from '../telemetry/request-watch.ts';
import { noWork } from '../telemetry/work.ts';
import { budgetKey } from './client.ts';
import { type Encoding, chooseEncoding, compress } from './compression.ts';
import { type Found, findDocument } from './find-document.ts';
import { type Graphql, type GraphqlContext, type GraphqlRequest, type HttpAnswer } from './graphql.ts';
import { type PartsAnswer, acceptsDefer, writeParts } from './incremental.ts';
import { landingPage } from './landing.ts';
import { JSON_RESPONSE, answerType } from './media-type.ts';
import { originCheck } from './origins.ts';
import { withPlainJsonStatus } from './plain-json-status.ts';
import { readJson, readRequest, readSearch, searchBody } from './request-body.ts';

/** What a streaming door needs of an HTTP request that has passed the front. */
export type Entered = { readonly facts: RequestFacts; readonly identity: Identity; readonly body: unknown };
export type StreamHandler = (
  entered: Entered,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

/** One request and the headers of its answer, gathered as name, value, name, value until something is sent. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly head: string[];
  readonly client: Omit<RequestFacts, 'viewer'>;
  readonly watch: RequestWatch;
};

export type GraphqlDoorDependencies = {
  readonly config: RouterConfig;
  /** Null: nothing is kept. */
  readonly caching: Caching | null;
  readonly graphs: Graphs;
  readonly persisted: PersistedOperations;
  readonly viewers: Viewers;
  readonly rateLimits: RateLimits;
  readonly streamSubscription: StreamHandler;
  readonly isSubscription: (body: unknown, client: string) => Promise<boolean>;
};

const notKept = ['cache-control', 'no-store'];
const COMPRESS_FROM = 1_400;
const corsAnswer =
  'x-correlation-id, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset, age, etag';
const corsRequest =
  'authorization, content-type, apollo-require-preflight, x-apollo-operation-name, apollographql-client-name, apollographql-client-version';

/** GraphQL over HTTP from its first header to its last byte, but for streams, which go on through a door of their own. */
export function createGraphqlDoor(dependencies: GraphqlDoorDependencies, isDraining: () => boolean) {
  const { config, caching, graphs, persisted, viewers, rateLimits, streamSubscription, isSubscription } =
    dependencies;
  const isOurs = originCheck(config);
  const isProduction = config.environment === 'production';
  const corsAsked = [corsRequest, ...config.fetching.forward.keys()].join(', ');

  const refuse = (exchange: Exchange, status: number, code: string, message: string): void => {
    setHeaders(exchange);
    sendError(exchange.response, status, code, message);
  };

  const setCorsHeaders = ({ request, head }: Exchange): boolean => {
    head.push('vary', config.compression ? 'accept, origin, accept-encoding' : 'accept, origin');
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
        corsAsked, // prettier-ignore
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

  /** Deferred parts are for those who ask for them; null where there are none. */
  const answerInParts = (
    graphql: Graphql,
    { request, response }: Exchange,
    asked: GraphqlRequest | null,
    context: GraphqlContext,
  ): ReturnType<Graphql['answerInParts']> | null => {
    const { accept = '' } = request.headers;
    if (!asked || request.method !== 'POST' || !acceptsDefer(accept)) return null;
    const left = new AbortController();
    response.once('close', () => left.abort());
    return graphql.answerInParts(asked, accept, context, left.signal);
  };

  /** Known operations take the short way, everything else goes through Apollo Server. */
  const answerFit = (
    graphql: Graphql,
    exchange: Exchange,
    found: Found,
    context: GraphqlContext,
  ): HttpAnswer | Promise<HttpAnswer | PartsAnswer> => {
    const { request } = exchange;
    const { accept = '' } = request.headers;
    const mayBeParts = accept.includes('multipart/mixed');
    const mediaType = mayBeParts ? undefined : answerType(accept);
    const asked = request.method === 'POST' ? readRequest(found.body) : readSearch(request, found);
    const usual = mediaType === undefined ? null : asked;
    const quick = usual && graphql.answerKnown(usual, mediaType ?? '', context);
    const inParts = mayBeParts ? answerInParts(graphql, exchange, asked, context) : null;
    const answering = inParts
      ? inParts.then(answer => answer ?? graphql.answer(request, found, context))
      : (quick ?? graphql.answer(request, found, context));
    const { keep, source } = found;
    if (!keep) return answering;
    return answering.then(answer => {
      if (typeof source === 'string' && graphql.isKnown(source, nameIn(found))) keep();
      return answer;
    });
  };

  const answerFound = (
    graphql: Graphql,
    exchange: Exchange,
    found: Found | { readonly refused: GraphQLError },
    context: GraphqlContext,
  ): HttpAnswer | Promise<HttpAnswer | PartsAnswer> => {
    const refuseFor = (faults: readonly GraphQLError[]): HttpAnswer =>
      graphql.refuse(faults, answerType(exchange.request.headers.accept) ?? JSON_RESPONSE, context);
    if ('refused' in found) return refuseFor([found.refused]);
    const { source, operationName, variables } = found;
    const unfit = graphql.requestFault(operationName, variables);
    if (unfit) return refuseFor([unfit]);
    if (typeof source !== 'string' || graphql.isKnown(source, nameIn(found)))
      return answerFit(graphql, exchange, found, context);
    return graphql
      .documentFaults(source, budgetKey(context.facts.client.ip))
      .then(faults => (faults.length > 0 ? refuseFor(faults) : answerFit(graphql, exchange, found, context)));
  };

  const answerIn = async (
    exchange: Exchange,
    body: unknown,
    context: GraphqlContext,
  ): Promise<HttpAnswer | PartsAnswer> => {
    const finding = findDocument(persisted, exchange.request, body);
    const found = finding instanceof Promise ? await finding : finding;
    const graph = graphs.hold();
    let held = true;
    try {
      const answer = await answerFound(graph.graphql, exchange, found, context);
      if (!('parts' in answer)) return answer;
      held = false;
      return { parts: followedBy(answer.parts, () => graphs.release(graph)) };
    } finally {
      if (held) graphs.release(graph);
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
      return refuse(exchange, 503, 'SUBGRAPH_UNAVAILABLE', 'The credentials cannot be checked right now.');
    const forwarded = forwardedHeaders(config.fetching.forward, request.headers);
    const facts: RequestFacts = { ...client, viewer: identity.viewer, forwarded };
    // Clients that can read both get a stream for subscriptions only.
    const readsBoth = path === '/graphql' && method === 'POST' && /json|\*\/\*/.test(accept);
    if (wantsStream && (!readsBoth || (await isSubscription(read.body, budgetKey(client.client.ip))))) {
      setHeaders(exchange);
      return streamSubscription({ facts, identity, body: read.body }, request, response);
    }
    const context = {
      facts,
      counts: noWork(),
      outcome: { type: null, name: null, codes: [], cost: null, plan: null },
      reader: readerOf(response),
    };
    watch.answered(context);
    caching?.open(facts);
    const answered = await answerIn(exchange, read.body, context);
    // Whoever is answered while we stop must not send more on this connection.
    if (isDraining() && request.httpVersionMajor === 1) head.push('connection', 'close');
    if ('parts' in answered) {
      // The stop may begin after the head is out.
      if (request.httpVersionMajor === 1) response.once('finish', () => isDraining() && request.socket.end());
      await writeParts(response, answered.parts, head);
      return watch.finish();
    }
    const answer = withPlainJsonStatus(answered, accept);
    for (const [name, value] of answer.headers) if (name !== 'cache-control') setIn(head, name, value);
    const told = caching?.tell(request, facts, answer);
    head.push(...(told?.headers ?? notKept));
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
    if (config.compression && answer.text.length >= COMPRESS_FROM) {
      const encoding = chooseEncoding(String(request.headers['accept-encoding'] ?? ''));
      if (encoding) return sendSqueezed(exchange, answer, encoding);
    }
    // A string goes out in one write with its headers; a buffer would take two.
    const bytes = Buffer.byteLength(answer.text);
    head.push('content-length', String(bytes));
    // What is ASCII needs no encoding.
    response
      .writeHead(answer.status, head)
      .end(answer.text, bytes === answer.text.length ? 'latin1' : 'utf8');
    watch.finish();
  };
}

/** Over HTTP/2 it is the stream that a client resets. */
function readerOf(response: ServerResponse): Reader {
  return 'stream' in response ? (response.stream as Reader) : response;
}

// Two budgets may speak of one answer: that which refuses it is told last.
function setIn(head: string[], name: string, value: string): void {
  const at = name.startsWith('ratelimit-') ? head.indexOf(name) : -1;
  if (at < 0) head.push(name, value);
  else head[at + 1] = value;
}

function nameIn({ operationName }: Found): string | null {
  return typeof operationName === 'string' ? operationName : null;
}

/** Calls back once the last part has been taken, or nobody takes more. */
async function* followedBy(parts: AsyncIterable<string>, over: () => void): AsyncGenerator<string> {
  try {
    yield* parts;
  } finally {
    over();
  }
}

async function sendSqueezed(
  { response, head, watch }: Exchange,
  { status, text }: HttpAnswer,
  encoding: Encoding,
): Promise<void> {
  const bytes = await compress(text, encoding);
  head.push('content-encoding', encoding, 'content-length', String(bytes.length));
  response.writeHead(status, head).end(bytes);
  watch.finish();
}

/** For whoever answers by himself, and will be done when he will be done. */
export function setHeaders({ response, head, watch }: Exchange): void {
  response.once('close', watch.finish);
  for (let at = 0; at + 1 < head.length; at += 2) response.setHeader(head[at] ?? '', head[at + 1] ?? '');
}
