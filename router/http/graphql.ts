import { type IncomingMessage } from 'node:http';

import { ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import {
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type ValidationRule,
} from 'graphql';

import { type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';

import { type RouterConfig } from '../config.ts';
import { capErrors, createMask, refusedRequest } from '../errors.ts';
import { type ExecutePlan, type ExecutionContext } from '../execution/plan-execution.ts';
import { type RequestFacts } from '../fetching/subgraph-request.ts';
import { type Operations, type PreparedOperation } from '../planning/operations.ts';
import { limits, limitsRule, noIntrospectionRule, valueFault } from '../security/limits.ts';
import { type RateLimits, budgetHeaders, rulesOf } from '../security/rate-limits.ts';
import { type LoadedSupergraph } from '../supergraph/supergraph.ts';
import { type OperationLabels } from '../telemetry/operation-labels.ts';
import { budgetKey } from './client.ts';

/** What became of an operation. */
export type Outcome = { type: string | null; name: string | null; codes: readonly string[] };

/** What one GraphQL request carries through Apollo Server, which hands on copies of it. */
export type GraphqlContext = {
  readonly facts: RequestFacts;
  readonly counts: { fetches: number; statements: number };
  /** Filled in for whoever wants to know; it stays empty when no operation could be read. */
  readonly outcome?: Outcome;
};

type Variables = Readonly<Record<string, unknown>>;

/** An operation that may run: its variables fit and budgets are left. */
export type Admitted = { readonly prepared: PreparedOperation; readonly coerced: Record<string, unknown> };

export type Graphql = {
  /** Answers a query or mutation over HTTP, as Apollo Server does. */
  answer(request: IncomingMessage, body: unknown, context: GraphqlContext): Promise<HTTPGraphQLResponse>;
  /** Checks an operation against limits, variables and budgets; throws GraphQLError with the HTTP status in it. */
  admit(
    document: DocumentNode,
    source: string,
    request: { operationName?: string | null | undefined; variables?: Variables | undefined },
    facts: RequestFacts,
  ): Promise<Admitted>;
  executionContext(admitted: Admitted, variables: Variables, context: GraphqlContext): ExecutionContext;
  /** Plans, executes and shapes; errors are masked. */
  run(admitted: Admitted, variables: Variables, context: GraphqlContext): Promise<FormattedExecutionResult>;
  readonly rules: readonly ValidationRule[];
  readonly mask: ReturnType<typeof createMask>;
  stop(): Promise<void>;
};

type Dependencies = {
  readonly config: RouterConfig;
  readonly supergraph: LoadedSupergraph;
  readonly operations: Operations;
  readonly execute: ExecutePlan;
  readonly rateLimits: RateLimits;
  readonly labels: OperationLabels;
  readonly log: Logger;
  readonly metrics: Metrics;
};

/** GraphQL over HTTP: Apollo Server in front, our own planning and execution behind it. */
export async function createGraphql({
  config,
  supergraph,
  operations,
  execute,
  rateLimits,
  labels,
  log,
  metrics,
}: Dependencies): Promise<Graphql> {
  const mask = createMask(log);
  const rules = config.environment === 'production' ? [limitsRule, noIntrospectionRule] : [limitsRule];
  const seconds = metrics.histogram('graphql_request_duration_seconds', 'Seconds that an operation took.', [
    'operation_type',
    'operation_name',
    'outcome',
  ]);
  const faults = metrics.counter('graphql_errors_total', 'Errors in answers by code.', ['code']);

  const cost = metrics.histogram(
    'operation_cost',
    'Points that operations cost before they run.',
    [],
    [10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000],
  );

  const admit: Graphql['admit'] = async (document, source, request, facts) => {
    const prepared = operations.prepare(document, source, request.operationName);
    if (!prepared)
      throw refusedRequest(400, 'OPERATION_RESOLUTION_FAILURE', 'The document has no such operation.');
    for (const [rule, uses] of rulesOf(prepared.operation.rootFields)) {
      const budget = await rateLimits.take(rule, budgetKey(facts.client.ip), uses);
      if (budget?.exceeded)
        throw refusedRequest(
          429,
          'RATE_LIMITED',
          'Too many requests of this kind; try again later.',
          budgetHeaders(budget),
        );
    }
    const variables = request.variables ?? {};
    const coerced = operations.coerce(prepared.operation, variables);
    if ('errors' in coerced)
      throw refusedRequest(400, 'BAD_USER_INPUT', coerced.errors.map(error => error.message).join(' '));
    const fault = valueFault(coerced.values) ?? prepared.pageFault(coerced.values);
    if (fault !== null) throw refusedRequest(400, 'BAD_USER_INPUT', fault);
    const points = prepared.cost(coerced.values);
    cost.observe(points);
    if (points > limits.cost) {
      throw refusedRequest(
        400,
        'QUERY_TOO_EXPENSIVE',
        `The operation costs ${points} points; at most ${limits.cost} are allowed. Ask for smaller pages.`,
      );
    }
    return { prepared, coerced: coerced.values };
  };

  const executionContext: Graphql['executionContext'] = (
    { prepared, coerced },
    variables,
    { facts, counts },
  ) => ({
    facts,
    variables,
    coerced,
    deadlineMs: prepared.operation.rootFields.includes('checkout')
      ? config.checkoutDeadlineMs
      : config.deadlineMs,
    log,
    counts,
  });

  const run = async (
    admitted: Admitted,
    variables: Variables,
    context: GraphqlContext,
  ): Promise<ExecutionResult> => {
    const { prepared, coerced } = admitted;
    const { plan, shape, introspect } = prepared.planFor(context.facts.viewer);
    const fetched = await execute(plan, executionContext(admitted, variables, context));
    const data = shape(fetched.data, coerced, fetched.errors);
    return {
      data: data && introspect ? { ...data, ...introspect(coerced) } : data,
      ...(fetched.errors.length > 0 ? { errors: capErrors(fetched.errors) } : {}),
    };
  };

  const apollo = new ApolloServer<GraphqlContext>({
    gateway: {
      onSchemaLoadOrUpdate: listener => supergraph.gateway.onSchemaLoadOrUpdate(listener),
      load: async options => {
        await supergraph.gateway.load(options);
        return {
          executor: async ({ document, source, operationName, request, context }) => {
            const started = performance.now();
            const facts = (context as GraphqlContext).facts;
            const label = (kind: string, errors: readonly GraphQLError[] | undefined): void => {
              const codes = (errors ?? []).map(knownCode);
              for (const code of codes) faults.inc({ code });
              const name = labels.of(operationName);
              Object.assign((context as GraphqlContext).outcome ?? {}, { type: kind, name, codes });
              const outcome = !errors || errors.length === 0 ? 'ok' : 'error';
              seconds.observe(
                { operation_type: kind, operation_name: name, outcome },
                (performance.now() - started) / 1_000,
              );
            };
            const variables = (request.variables ?? {}) as Variables;
            try {
              const admitted = await admit(document, source, { operationName, variables }, facts);
              if (admitted.prepared.operation.kind === 'subscription') {
                throw refusedRequest(
                  400,
                  'BAD_REQUEST',
                  'Subscriptions need Accept: text/event-stream or a WebSocket.',
                );
              }
              const result = await run(admitted, variables, context as GraphqlContext);
              label(admitted.prepared.operation.kind, result.errors);
              return result;
            } catch (error) {
              const refused =
                error instanceof GraphQLError
                  ? error
                  : new GraphQLError('execution failed', { originalError: error as Error });
              label('unknown', [refused]);
              return { errors: [refused] };
            }
          },
        };
      },
      stop: () => supergraph.gateway.stop(),
    },
    introspection: true,
    validationRules: [...rules],
    // Beyond these comes one more that says so.
    validationOptions: { maxErrors: 9 },
    parseOptions: { maxTokens: limits.tokens },
    maxRecursiveSelections: limits.selections,
    hideSchemaDetailsFromClientErrors: config.environment === 'production',
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    nodeEnv: config.environment === 'production' ? 'production' : 'development',
    formatError: mask,
    plugins: [ApolloServerPluginUsageReportingDisabled(), ApolloServerPluginLandingPageDisabled()],
    logger: log,
  });
  await apollo.start();

  return {
    admit,
    executionContext,
    run: async (admitted, variables, context) => {
      const { data, errors } = await run(admitted, variables, context);
      return {
        data: data ?? null,
        ...(errors ? { errors: errors.map(error => mask(error.toJSON(), error)) } : {}),
      };
    },
    rules,
    mask,
    answer: (request, body, context) => {
      const headers = new HeaderMap();
      for (const [name, value] of Object.entries(request.headers))
        if (typeof value === 'string') headers.set(name, value);
      const [, search = ''] = /\?(.*)$/.exec(request.url ?? '') ?? [];
      return apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: request.method ?? 'GET', headers, search, body },
        context: async () => context,
      });
    },
    stop: () => apollo.stop(),
  };
}

function knownCode(error: GraphQLError): string {
  const { code } = error.extensions;
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? code : 'INTERNAL_SERVER_ERROR';
}
