import { type IncomingMessage, type ServerResponse } from 'node:http';

import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginInlineTrace } from '@apollo/server/plugin/inlineTrace';
import { type GraphQLResolverMap, buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, GraphQLError, parse, subscribe } from 'graphql';

import { ambient, withAmbient } from './ambient.ts';
import { enforceAuthorization } from './authorization.ts';
import { createCacheHints } from './cache-hints.ts';
import { type RequestContext } from './context.ts';
import { guardEntities } from './entities.ts';
import { formatEvent, heartbeat, takesMore } from './event-stream.ts';
import { timeFields } from './field-durations.ts';
import { type Body, countTypes, parseBody, readDocument, startRequest } from './graphql-body.ts';
import { maskError } from './graphql-errors.ts';
import { readBody, sendError } from './http.ts';
import { newId } from './ids.ts';
import { type Logger } from './log.ts';
import { type Metrics } from './metrics.ts';
import { scalars } from './scalars.ts';
import { type Tracing } from './tracing.ts';
import { type Viewer, actorOf } from './viewer.ts';

/** A resolver map; each subgraph's own is typed by its generated schema.types.ts. */
export type ResolverMap = Readonly<Record<string, unknown>>;

type Options<C extends RequestContext> = {
  readonly typeDefs: string;
  readonly resolvers: ResolverMap;
  readonly log: Logger;
  readonly readViewer: (authorization: string | undefined) => Promise<Viewer | null>;
  readonly context: (request: Pick<RequestContext, 'viewer' | 'client' | 'correlationId'>) => C;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
};

export type GraphqlEndpoint = {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  stop(): Promise<void>;
};

const maxBody = 1_048_576;
const heartbeatMs = 12_000;
/** `ftv1` asks how long each field took. */
const traceHeader = 'apollo-federation-include-trace';

/** Builds the schema with scalars, authorisation and resolvers. */
export function buildSchema(typeDefs: string, resolvers: ResolverMap): GraphQLSchema {
  const document = parse(typeDefs);
  const used = Object.fromEntries(
    Object.entries(scalars).filter(([name]) => new RegExp(`scalar ${name}\\b`).test(typeDefs)),
  );
  const schema = buildSubgraphSchema([
    { typeDefs: document, resolvers: { ...used, ...resolvers } as GraphQLResolverMap<unknown> },
  ]);
  enforceAuthorization(schema);
  guardEntities(schema);
  return schema;
}

/**
 * GraphQL over HTTP for one subgraph: POST /graphql with JSON; `Accept: text/event-stream` makes it a subscription
 * (graphql-sse, distinct connections mode). Only the router is answered: everything needs its internal token.
 */
export async function createGraphqlEndpoint<C extends RequestContext>(
  options: Options<C>,
): Promise<GraphqlEndpoint> {
  const { log, metrics, tracing } = options;
  const statements = metrics
    .histogram(
      'request_sql_statements',
      'SQL statements of one GraphQL request.',
      [],
      [0, 1, 2, 3, 4, 6, 8, 12, 20, 50],
    )
    .series({});
  const entities = metrics.counter(
    'entity_resolutions_total',
    'Entities that the router asked for, by type.',
    ['type'],
  );
  const batches = metrics
    .histogram(
      'dataloader_batch_size',
      'Keys that a loader asked for at once.',
      [],
      [1, 2, 5, 10, 20, 50, 100, 200],
    )
    .series({});
  const batch = (size: number): void => batches.observe(size);
  const schema = buildSchema(options.typeDefs, options.resolvers);
  const cacheHints = createCacheHints(schema);
  const begin = timeFields(schema, metrics);
  const apollo = new ApolloServer<C>({
    schema,
    introspection: false,
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    hideSchemaDetailsFromClientErrors: true,
    parseOptions: { maxTokens: 15_000 },
    formatError: (formatted, error) => maskError(formatted, error, log),
    // Its cache hints mean a hook around every field; ours are worked out once for each query.
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      // Only a router with its token comes this far, and only one that reports to Studio asks for it.
      ApolloServerPluginInlineTrace({ includeErrors: { masked: true } }),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    logger: log,
  });
  await apollo.start();
  const streams = new Set<() => Promise<void>>();
  let stopping = false;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const viewer = await options.readViewer(request.headers.authorization);
    if (!viewer) {
      sendError(response, 401, 'UNAUTHENTICATED', 'This subgraph answers its router only.');
      return;
    }
    if (request.method !== 'POST') {
      sendError(response.setHeader('allow', 'POST'), 405, 'BAD_REQUEST', 'Use POST.');
      return;
    }
    const body = parseBody(await readBody(request, maxBody));
    if (!body) {
      sendError(response, 400, 'BAD_REQUEST', 'The body is not a GraphQL request in JSON.');
      return;
    }
    const representations = body.variables?.['representations'];
    if (Array.isArray(representations))
      for (const [type, count] of countTypes(representations, schema)) entities.inc({ type }, count);
    const header = (name: string): string | null =>
      typeof request.headers[name] === 'string' ? request.headers[name] : null;
    const correlationId = header('x-correlation-id') ?? newId();
    const facts = {
      viewer,
      client: { ip: header('x-client-ip') ?? '', agent: header('x-client-agent') ?? '' },
      correlationId,
    };
    const traceparent = header('traceparent');
    const span = startRequest(tracing, { correlationId, traceparent }, body);
    await withAmbient(
      {
        correlationId,
        causationId: null,
        actor: actorOf(viewer),
        traceparent: span?.traceparent ?? traceparent,
        origin: 'request',
        batch,
      },
      async () => {
        let fault: unknown;
        try {
          const context = options.context(facts);
          begin(context);
          if (request.headers.accept?.includes('text/event-stream') === true)
            await stream(body, context, response);
          else fault = await execute(body, { context, fieldTraces: header(traceHeader) }, response);
        } catch (error) {
          fault = error;
          throw error;
        } finally {
          const count = ambient()?.statements ?? 0;
          statements.observe(count);
          span?.set('db.statements', count);
          span?.end(fault);
        }
      },
    );
  };

  /** Answers what went wrong, for the trace; undefined when nothing did. */
  const execute = async (
    body: Body,
    { context, fieldTraces }: { readonly context: C; readonly fieldTraces: string | null },
    response: ServerResponse,
  ): Promise<string | undefined> => {
    const result = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: 'POST',
        headers: new HeaderMap([
          ['content-type', 'application/json'],
          ['accept', 'application/json'],
          ...(fieldTraces === null ? [] : [[traceHeader, fieldTraces] as const]),
        ]),
        body,
        search: '',
      },
      context: async () => context,
    });
    const text = result.body.kind === 'complete' ? result.body.string : '';
    // Apollo Server writes errors first.
    const failed = text.startsWith('{"errors"');
    const kept = failed ? null : (cacheHints?.(body.query) ?? null);
    response.writeHead(result.status ?? 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      'x-sql-statements': String(ambient()?.statements ?? 0),
      ...(kept === null ? {} : { 'cache-control': kept }),
    });
    response.end(text);
    return failed ? 'graphql' : undefined;
  };

  const stream = async (body: Body, context: C, response: ServerResponse): Promise<void> => {
    const document = readDocument(schema, body.query);
    const send = async (event: 'next' | 'complete', data?: unknown): Promise<void> => {
      const text = formatEvent(event, data === undefined ? '' : JSON.stringify(data));
      // The source waits for a router that reads slowly; its next answer is the state that is then.
      if (!response.write(text)) await takesMore(response);
    };
    const result =
      'errors' in document
        ? document
        : await subscribe({
            schema,
            document: document.document,
            variableValues: body.variables ?? {},
            operationName: body.operationName ?? null,
            contextValue: context,
          });
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    });
    response.flushHeaders();
    const masked = (errors: readonly GraphQLError[]) =>
      errors.map(error => maskError(error.toJSON(), error, log));
    if (!(Symbol.asyncIterator in result)) {
      await send('next', { errors: masked(result.errors ?? []) });
      await send('complete');
      response.end();
      return;
    }
    const beat = setInterval(() => response.write(heartbeat), heartbeatMs);
    const leave = async (): Promise<void> => void (await result.return(undefined));
    streams.add(leave);
    response.once(
      'close',
      () =>
        void leave().catch((error: unknown) => log.warn({ err: error }, 'subscription did not end cleanly')),
    );
    try {
      for await (const item of result) {
        await send('next', { ...item, ...(item.errors ? { errors: masked(item.errors) } : {}) });
      }
      // Cut off, not completed: the router then opens the subscription again elsewhere, and its client notices nothing.
      if (stopping) response.destroy();
      else await send('complete');
    } catch (error) {
      const wrapped =
        error instanceof GraphQLError
          ? error
          : new GraphQLError('subscription failed', { originalError: error as Error });
      await send('next', { errors: masked([wrapped]) });
      await send('complete');
    } finally {
      clearInterval(beat);
      streams.delete(leave);
      response.end();
    }
  };

  return {
    handle,
    stop: async () => {
      stopping = true;
      await Promise.all([...streams].map(leave => leave()));
      await apollo.stop();
    },
  };
}
