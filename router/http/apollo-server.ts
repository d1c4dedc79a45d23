import { type IncomingMessage } from 'node:http';
import { setImmediate as breathe } from 'node:timers/promises';

import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginUsageReporting } from '@apollo/server/plugin/usageReporting';
import { type DocumentNode, type GraphQLError } from 'graphql';

import { type Logger } from '#platform/log.ts';

import { type RouterConfig } from '../config.ts';
import { type Mask } from '../errors.ts';
import { type LimitChecks, documentRules } from '../security/limits.ts';
import { type LoadedSupergraph } from '../supergraph/supergraph.ts';
import { startPlanTrace } from '../telemetry/plan-trace.ts';
import { type Documents } from './documents.ts';
import { type Executed, extensionsOf } from './executed.ts';
import { type Graphql, type GraphqlContext } from './graphql.ts';

type Operation = {
  readonly document: DocumentNode;
  readonly source: string;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
};

type Options = {
  readonly config: RouterConfig;
  readonly supergraph: LoadedSupergraph;
  readonly documents: Documents;
  readonly limits: LimitChecks;
  readonly mask: Mask;
  readonly log: Logger;
  readonly execute: (
    operation: Operation,
    context: GraphqlContext,
  ) => Promise<Executed | { readonly refused: GraphQLError }>;
};

/** Carries data that is JSON text already through Apollo Server, which hands it on unread. */
const written = Symbol('data as JSON text');
type Written = { readonly [written]: string };

/** Apollo Server: negotiates, answers GET, and refuses in the words that its clients know. Its documents come validated. */
export async function startApollo({
  config,
  supergraph,
  documents,
  limits,
  mask,
  log,
  execute,
}: Options): Promise<Pick<Graphql, 'answer' | 'stop'>> {
  const apollo = new ApolloServer<GraphqlContext>({
    gateway: {
      // Its own schema does not know `@defer`.
      onSchemaLoadOrUpdate: listener =>
        supergraph.gateway.onSchemaLoadOrUpdate(loaded =>
          listener({ ...loaded, apiSchema: supergraph.apiSchema }),
        ),
      load: async options => {
        // What it would do with a key and a graph is done elsewhere.
        await supergraph.gateway.load({ ...options, apollo: {} });
        return {
          executor: async ({ document, source, request, context: given, metrics }) => {
            const context = given as GraphqlContext;
            const planTrace =
              metrics.captureTraces === true
                ? startPlanTrace(metrics.startHrTime ?? process.hrtime())
                : undefined;
            // As the client gave it: Apollo's own is null for a name that the document has not.
            const { operationName } = request;
            const variables = (request.variables ?? {}) as Readonly<Record<string, unknown>>;
            const result = await execute(
              { document, source, operationName, variables },
              planTrace ? { ...context, facts: { ...context.facts, fieldTraces: true }, planTrace } : context,
            );
            if (planTrace) {
              const root = planTrace.root();
              if (root) metrics.queryPlanTrace = root;
              metrics.nonFtv1ErrorPaths = [...planTrace.untracedErrors];
            }
            if ('refused' in result) return { errors: [result.refused] };
            const { data, errors } = result;
            const extensions = extensionsOf(result);
            return {
              data:
                data === 'null' ? null : ({ [written]: data } satisfies Written as Record<string, unknown>),
              ...(errors.length > 0 ? { errors } : {}),
              ...(extensions ? { extensions } : {}),
            };
          },
        };
      },
      stop: () => supergraph.gateway.stop(),
    },
    stringifyResult: ({ data, errors, extensions }) => {
      const text = (data as Partial<Written> | null | undefined)?.[written] ?? JSON.stringify(data);
      const parts = [
        errors ? `"errors":${JSON.stringify(errors)}` : '',
        text === undefined ? '' : `"data":${text}`,
        extensions ? `"extensions":${JSON.stringify(extensions)}` : '',
      ];
      return `{${parts.filter(Boolean).join(',')}}\n`;
    },
    introspection: true,
    documentStore: documents.store,
    // For documents that are not there; none should be.
    validationRules: [limits.rule, ...documentRules(config.environment === 'production')],
    // Beyond these comes one more that says so.
    validationOptions: { maxErrors: 9 },
    parseOptions: { maxTokens: limits.limits.tokens },
    hideSchemaDetailsFromClientErrors: config.environment === 'production',
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    nodeEnv: config.environment === 'production' ? 'production' : 'development',
    formatError: mask,
    plugins: [usageReporting(config), ApolloServerPluginLandingPageDisabled()],
    ...(config.usage ? { apollo: { key: config.usage.apiKey, graphRef: config.usage.graphRef } } : {}),
    logger: log,
  });
  await apollo.start();
  return {
    answer: async (request: IncomingMessage, { body, search }, context) => {
      const headers = new HeaderMap();
      for (const [name, value] of Object.entries(request.headers))
        if (typeof value === 'string') headers.set(name, value);
      const answer = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: request.method ?? 'GET', headers, search, body },
        context: async () => context,
      });
      return {
        status: answer.status ?? 200,
        headers: answer.headers,
        text: answer.body.kind === 'complete' ? answer.body.string : '',
      };
    },
    stop: async () => {
      // Usage reports take in an operation in the turn after its answer.
      await breathe();
      await apollo.stop();
    },
  };
}

/** Which operations were asked, by whom as clients name themselves, and how long they took; values stay here. */
function usageReporting({ usage }: RouterConfig): ApolloServerPlugin {
  if (!usage) return ApolloServerPluginUsageReportingDisabled();
  return ApolloServerPluginUsageReporting({
    ...(usage.endpoint === undefined ? {} : { endpointUrl: usage.endpoint.replace(/\/+$/, '') }),
    sendVariableValues: { none: true },
    sendHeaders: { none: true },
    sendErrors: { masked: true },
    fieldLevelInstrumentation: usage.fieldRatio,
    // The last report is sent while the router stops: it must not wait for a Studio that does not answer.
    requestTimeoutMs: 5_000,
    maxAttempts: 2,
  });
}
