import { type IncomingMessage } from 'node:http';

import { type HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

import { type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';

import { type RouterConfig } from '../config.ts';
import { type Mask, capErrors, clientLeft, refusedRequest } from '../errors.ts';
import { type ExecutionContext, type Fetched, type Reader } from '../execution/execute-plan.ts';
import { type RequestFacts } from '../fetching/subgraph-request.ts';
import { isRecord } from '../json.ts';
import { type Operations, type PreparedOperation } from '../planning/operations.ts';
import { type PlannedOperation } from '../planning/views.ts';
import { atAskedPlaces } from '../projection/asked-places.ts';
import { type Admission, type Admitted, createAdmission } from '../security/admission.ts';
import { type LimitChecks } from '../security/limits.ts';
import { type RateLimits } from '../security/rate-limits.ts';
import { type LoadedSupergraph } from '../supergraph/supergraph.ts';
import { type OperationLabels } from '../telemetry/operation-labels.ts';
import { createOperationMetrics } from '../telemetry/operation-metrics.ts';
import { type PlanTrace } from '../telemetry/plan-trace.ts';
import { type Steps } from '../telemetry/steps.ts';
import { type Work } from '../telemetry/work.ts';
import { startApollo } from './apollo-server.ts';
import { budgetKey } from './client.ts';
import { type Documents } from './documents.ts';
import { type Executed, extensionsOf } from './executed.ts';
import { type PartsAnswer, createPartAnswers } from './incremental.ts';

/** What became of an operation. */
export type Outcome = {
  type: string | null;
  name: string | null;
  codes: readonly string[];
  /** Points, once it was admitted. */
  cost: number | null;
  /** Whether its plan was there already. */
  plan: 'hit' | 'miss' | null;
};

/** What one GraphQL request carries through its execution. */
export type GraphqlContext = {
  readonly facts: RequestFacts;
  readonly counts: Work;
  /** Filled in for whoever wants to know; it stays empty when no operation could be read. */
  readonly outcome?: Outcome;
  /** Told of the plan and its fetches, where GraphOS Studio is. */
  readonly planTrace?: PlanTrace;
  /** Who waits for the answer; absent where nobody could say. */
  readonly reader?: Reader;
};

type Variables = Readonly<Record<string, unknown>>;

/** An answer over HTTP. */
export type HttpAnswer = {
  readonly status: number;
  readonly headers: Iterable<readonly [string, string]>;
  readonly text: string;
};

/** What a client may ask over HTTP, read but not checked. */
export type GraphqlRequest = {
  readonly query: string;
  readonly operationName: string | null | undefined;
  readonly variables: Variables;
  /** Whether it came by GET, which must change nothing. */
  readonly byGet?: true;
};

export type Graphql = {
  /**
   * Answers a query or mutation that has been asked before, without Apollo Server; null when it has not been. The answer is
   * the same as Apollo Server's (two-doors.test.ts holds them side by side), only sooner.
   */
  answerKnown(
    request: GraphqlRequest,
    mediaType: string,
    context: GraphqlContext,
  ): Promise<HttpAnswer> | null;
  /**
   * Answers an operation part by part for a client that takes `@defer`'s parts; null when it has none, or when something is wrong
   * with it. Once `hasLeft` is aborted, nothing more is begun.
   */
  answerInParts(
    request: GraphqlRequest,
    accept: string,
    context: GraphqlContext,
    hasLeft: AbortSignal,
  ): Promise<PartsAnswer | HttpAnswer | null>;
  /** Answers a query or mutation over HTTP through Apollo Server. */
  answer(
    request: IncomingMessage,
    asked: { readonly body: unknown; readonly search: string },
    context: GraphqlContext,
  ): Promise<HttpAnswer>;
  /** Whether an operation has been asked before, and so is valid. */
  isKnown(source: string, operationName: string | null | undefined): boolean;
  /** What is wrong with a request beside its document; null when nothing is. */
  requestFault(operationName: unknown, variables: unknown): GraphQLError | null;
  /** What is wrong with a document that has not been asked before. */
  readonly documentFaults: Documents['faultsOf'];
  /** Answers with a refusal of the whole request, and meters it. */
  refuse(refused: readonly GraphQLError[], mediaType: string, context: GraphqlContext): HttpAnswer;
  readonly admit: Admission['admit'];
  executionContext(admitted: Admitted, variables: Variables, context: GraphqlContext): ExecutionContext;
  /** Cuts what was fetched to the operation. */
  complete(admitted: Admitted, planned: PlannedOperation, fetched: Fetched): Executed;
  /** Plans, executes and cuts; answers the result as JSON text, its errors masked. */
  run(admitted: Admitted, variables: Variables, context: GraphqlContext): Promise<string>;
  /** The result as JSON text on one line, its errors masked. */
  text(executed: Executed): string;
  readonly read: Documents['read'];
  stop(): Promise<void>;
};

type Dependencies = {
  readonly config: RouterConfig;
  readonly supergraph: LoadedSupergraph;
  readonly operations: Operations;
  readonly documents: Documents;
  readonly rateLimits: RateLimits;
  readonly limits: LimitChecks;
  readonly labels: OperationLabels;
  readonly steps: Steps;
  readonly mask: Mask;
  readonly log: Logger;
  readonly metrics: Metrics;
};

/** GraphQL over HTTP: our own planning and execution, behind Apollo Server or, for what is known, without it. */
export async function createGraphql(dependencies: Dependencies): Promise<Graphql> {
  const { config, operations, documents, limits, steps, mask, log } = dependencies;
  const { admit, admitPrepared } = createAdmission(dependencies);
  const showsCost = config.security.showCost;
  const observe = createOperationMetrics(dependencies.labels, dependencies.metrics);
  const executionContext: Graphql['executionContext'] = (
    { prepared, coerced },
    variables,
    { facts, counts, planTrace, reader },
  ) => ({
    facts,
    variables,
    coerced,
    deadlineMs: prepared.operation.rootFields.includes('checkout')
      ? config.checkoutDeadlineMs
      : config.deadlineMs,
    log,
    counts,
    record: planTrace?.record,
    // What a mutation has begun it finishes.
    reader: prepared.operation.kind === 'query' ? reader : undefined,
  });

  const complete: Graphql['complete'] = ({ prepared, coerced, cost }, { project, introspect }, fetched) => {
    if (introspect) Object.assign(fetched.data, introspect(coerced));
    const { text, faults } = project(fetched.data, coerced, fetched.errors);
    // A client that gets nothing at all must be told so, also when no subgraph has.
    const silent = text === 'null' && fetched.errors.length === 0;
    const errors = silent
      ? [refusedRequest(200, 'INTERNAL_SERVER_ERROR', 'no data')]
      : atAskedPlaces(prepared.operation, fetched.errors);
    return { data: text, errors: capErrors(errors), faults, cost: showsCost ? cost : null };
  };

  const execute = async (
    admitted: Admitted,
    variables: Variables,
    context: GraphqlContext,
  ): Promise<Executed> => {
    const found = admitted.prepared.planFor(context.facts.viewer, budgetKey(context.facts.client.ip));
    const { outcome } = context;
    if (outcome) {
      outcome.cost = admitted.cost;
      outcome.plan = found instanceof Promise ? 'miss' : 'hit';
    }
    const planned = found instanceof Promise ? await steps.until('plan', found) : found;
    const inside = executionContext(admitted, variables, context);
    const fetched = await planned.run(inside);
    if (inside.reader?.destroyed === true) throw clientLeft();
    context.planTrace?.executed(planned.plan);
    return steps.during('project', () => complete(admitted, planned, fetched));
  };

  /** Admits and executes; what is refused is a result without data. */
  const answerOperation = async (
    admission: () => Admitted | Promise<Admitted>,
    request: Pick<GraphqlRequest, 'operationName' | 'variables'>,
    context: GraphqlContext,
  ): Promise<Executed | { readonly refused: GraphQLError }> => {
    const started = performance.now();
    try {
      const admitting = admission();
      const admitted = admitting instanceof Promise ? await admitting : admitting;
      const { kind, name } = admitted.prepared.operation;
      if (kind === 'subscription') {
        throw refusedRequest(
          400,
          'BAD_REQUEST',
          'Subscriptions need Accept: text/event-stream or a WebSocket.',
        );
      }
      const executed = await execute(admitted, request.variables, context);
      observe(context, { kind, name: name ?? request.operationName, errors: executed.errors, started });
      return executed;
    } catch (error) {
      const refused = asGraphqlError(error);
      observe(context, { kind: 'unknown', name: request.operationName, errors: [refused], started });
      return { refused };
    }
  };

  const apollo = await startApollo({
    config,
    supergraph: dependencies.supergraph,
    documents,
    limits,
    mask,
    log,
    execute: ({ document, source, operationName, variables }, context) =>
      answerOperation(
        () => admit(document, source, { operationName, variables }, context.facts),
        { operationName, variables },
        context,
      ),
  });

  const text = (executed: Executed): string => {
    const { data, errors } = executed;
    const extended = extensionsOf(executed);
    if (errors.length === 0 && !extended) return `{"data":${data}}\n`;
    const told =
      errors.length === 0
        ? ''
        : `"errors":${JSON.stringify(errors.map(error => mask(error.toJSON(), error)))},`;
    const extensions = extended ? `,"extensions":${JSON.stringify(extended)}` : '';
    return `{${told}"data":${data}${extensions}}\n`;
  };

  const answerAdmission = (
    admission: () => Admitted | Promise<Admitted>,
    request: GraphqlRequest,
    mediaType: string,
    context: GraphqlContext,
  ): Promise<HttpAnswer> =>
    answerOperation(admission, request, context).then(result =>
      'refused' in result
        ? answerRefusal([result.refused], mediaType, mask)
        : { status: 200, headers: [['content-type', mediaType]], text: text(result) },
    );
  const answerPrepared = (
    prepared: PreparedOperation,
    request: GraphqlRequest,
    mediaType: string,
    context: GraphqlContext,
  ): Promise<HttpAnswer> =>
    answerAdmission(
      () => admitPrepared(prepared, request.variables, context.facts),
      request,
      mediaType,
      context,
    );

  const answerKnown: Graphql['answerKnown'] = (request, mediaType, context) => {
    // Studio is told by Apollo Server of what goes through it.
    if (config.usage) return null;
    const prepared = operations.known(request.query, request.operationName);
    // What GET may not do, Apollo Server refuses.
    if (!prepared || (request.byGet && prepared.operation.kind !== 'query')) return null;
    return answerPrepared(prepared, request, mediaType, context);
  };

  return {
    admit,
    executionContext,
    complete,
    text,
    run: async (admitted, variables, context) => {
      try {
        return text(await execute(admitted, variables, context));
      } catch (error) {
        return refusalText([asGraphqlError(error)], mask);
      }
    },
    read: documents.read,
    answerInParts: createPartAnswers({
      operations,
      read: documents.read,
      executionContext,
      complete,
      text,
      admitPrepared,
      answerKnown,
      answerAdmitted: (admitted, ...rest) => answerAdmission(() => admitted, ...rest),
      answerRefusal: (refused, mediaType) => answerRefusal([refused], mediaType, mask),
      observe,
      steps,
      mask,
    }),
    refuse: (refused, mediaType, context) => {
      observe(context, { kind: 'unknown', name: null, errors: refused, started: performance.now() });
      return answerRefusal(refused, mediaType, mask);
    },
    isKnown: (source, operationName) => operations.known(source, operationName) !== undefined,
    requestFault: (operationName, variables) => {
      const name = typeof operationName === 'string' ? operationName : null;
      const fault = limits.requestFault(name, isRecord(variables) ? variables : {});
      return fault === null ? null : refusedRequest(400, 'BAD_USER_INPUT', fault);
    },
    documentFaults: documents.faultsOf,
    answerKnown,
    answer: apollo.answer,
    stop: apollo.stop,
  };
}

/** An answer to a request that is refused as a whole. */
function answerRefusal(refused: readonly GraphQLError[], mediaType: string, mask: Mask): HttpAnswer {
  const http = refused[0]?.extensions['http'] as { status?: number; headers?: HeaderMap } | undefined;
  return {
    status: http?.status ?? (mediaType.startsWith('application/graphql-response') ? 500 : 200),
    headers: [['content-type', mediaType], ...(http?.headers ?? [])],
    text: refusalText(refused, mask),
  };
}

function refusalText(refused: readonly GraphQLError[], mask: Mask): string {
  return `${JSON.stringify({ errors: refused.map(error => mask(error.toJSON(), error)) })}\n`;
}

function asGraphqlError(error: unknown): GraphQLError {
  return error instanceof GraphQLError
    ? error
    : new GraphQLError('execution failed', { originalError: error as Error });
}
