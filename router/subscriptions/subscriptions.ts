import { type DocumentNode, Kind, OperationTypeNode } from 'graphql';

import { type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';

import { type RouterConfig } from '../config.ts';
import { refusedRequest } from '../errors.ts';
import { type RequestFacts, type Subgraphs } from '../fetching/subgraph-request.ts';
import { budgetKey } from '../http/client.ts';
import { type GraphqlContext } from '../http/graphql.ts';
import { isRecord } from '../json.ts';
import { selectOperation } from '../planning/operation.ts';
import { type PersistedOperations } from '../security/persisted-operations.ts';
import { type Identity, type Viewers } from '../security/viewer.ts';
import { type Graph, type Graphs } from '../supergraph/graphs.ts';
import { type OperationLabels } from '../telemetry/operation-labels.ts';
import { type Answered } from '../telemetry/request-watch.ts';
import { type Steps } from '../telemetry/steps.ts';
import { noWork } from '../telemetry/work.ts';
import { createFollowing } from './following.ts';
import { type LiveQuery } from './live-query.ts';
import { openPlaces } from './places.ts';
import { once } from './single-result.ts';

/** A GraphQL request as it comes over a stream or a socket, nothing of it checked. */
export type RawOperation = {
  readonly query?: unknown;
  readonly extensions?: unknown;
  readonly documentId?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
};
/** What results travel over. */
export type Transport = 'sse' | 'multipart' | 'ws';
export type Asker = {
  readonly facts: RequestFacts;
  readonly identity: Identity;
  /** What said who he is; undefined when nothing did. */
  readonly authorization: string | undefined;
  readonly transport: Transport;
  /** Whether mutations are refused, as those that come by GET. */
  readonly readOnly?: boolean;
  /** Filled in for whoever wants to know what became of it. */
  readonly answered?: Answered;
};

export type Subscriptions = {
  /** Starts any operation; queries and mutations give one result. Throws GraphQLError when it is refused as a whole. */
  start(raw: RawOperation, asker: Asker): Promise<LiveQuery>;
  /** Whether the body asks for a subscription; false for what cannot be read. */
  isSubscription(body: unknown, client: string): Promise<boolean>;
  /** Tells that a reader was let go because it did not read. */
  tellStalled(transport: Transport): void;
  close(): Promise<void>;
};

type Dependencies = {
  readonly config: RouterConfig;
  readonly graphs: Graphs;
  readonly persisted: PersistedOperations;
  readonly subgraphs: Subgraphs;
  readonly viewers: Viewers;
  readonly labels: OperationLabels;
  readonly steps: Steps;
  readonly log: Logger;
  readonly metrics: Metrics;
};

/** The router's side of subscriptions: who may have how many, and the doors they come through. */
export function createSubscriptions(dependencies: Dependencies): Subscriptions {
  const { config, graphs, persisted, labels, steps, log, metrics } = dependencies;
  const follow = createFollowing(dependencies);
  const running = new Set<LiveQuery>();
  const places = openPlaces(config.subscriptions, config.subscriptionsPerClient);
  const active = metrics.gauge('graphql_subscriptions_active', 'Subscriptions that are open.', ['transport']);
  const started = metrics.counter('graphql_subscriptions_total', 'Subscriptions that were opened.', [
    'transport',
    'operation_name',
  ]);
  const refused = metrics.counter(
    'graphql_subscriptions_refused_total',
    'Subscriptions beyond the limit of their client, or of the router.',
    ['limit'],
  );
  const stalled = metrics.counter(
    'graphql_subscribers_stalled_total',
    'Subscribers that were let go because they did not read.',
    ['transport'],
  );
  let closing = false;
  const takePlace = (key: string): void => {
    // What began now would hold up the stop, only to be cut off then.
    if (closing) throw refusedRequest(503, 'OVERLOADED', 'The router is stopping; connect again.');
    const limit = places.take(key);
    if (limit === null) return;
    refused.inc({ limit });
    if (limit === 'client') throw refusedRequest(429, 'RATE_LIMITED', 'Too many subscriptions at once.');
    throw refusedRequest(503, 'OVERLOADED', 'No more subscriptions at the moment; try again later.');
  };

  const start: Subscriptions['start'] = async (given, asker) => {
    const asked = persisted.resolve(given);
    const resolved = asked instanceof Promise ? await asked : asked;
    if ('refused' in resolved) throw resolved.refused;
    const raw = { ...given, query: resolved.source };
    const graph = graphs.hold();
    const letGo = onlyOnce(() => graphs.release(graph));
    try {
      return await startIn(graph, { ...raw, keep: resolved.keep }, asker, letGo);
    } catch (error) {
      letGo();
      throw error;
    }
  };

  const startIn = async (
    graph: Graph,
    raw: RawOperation & { readonly keep: (() => void) | null },
    asker: Asker,
    letGo: () => void,
  ): Promise<LiveQuery> => {
    const { graphql } = graph;
    const { facts, transport, readOnly = false, answered } = asker;
    // The document itself is measured when it is read.
    const unfit = graphql.requestFault(raw.operationName, raw.variables);
    if (unfit) throw unfit;
    const key = budgetKey(facts.client.ip);
    const document = await graphql.read(raw.query, key);
    raw.keep?.();
    if (readOnly) refuseMutation(document);
    const { operationName, variables } = raw;
    if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
      throw refusedRequest(400, 'BAD_REQUEST', 'operationName must be text.');
    if (variables !== undefined && variables !== null && !isRecord(variables))
      throw refusedRequest(400, 'BAD_REQUEST', 'variables must be an object.');
    const [source, asked, given] = [String(raw.query), operationName ?? null, variables ?? {}];
    const admitted = await graphql.admit(document, source, { operationName: asked, variables: given }, facts);
    const context: GraphqlContext = { facts, ...(answered ?? { counts: noWork() }) };
    const { kind, name } = admitted.prepared.operation;
    const found = kind === 'subscription' ? admitted.prepared.planFor(facts.viewer, key) : null;
    if (answered)
      Object.assign(answered.outcome, {
        type: kind,
        name: labels.of(name),
        cost: admitted.cost,
        plan: found && (found instanceof Promise ? 'miss' : 'hit'),
      });
    const planned = found instanceof Promise ? await steps.until('plan', found) : found;
    takePlace(key);
    // What has been planned needs the graph's planner no more, however long it lives.
    if (planned) letGo();
    const request = { source, operationName: asked, variables: given, context };
    const { live, leave } = planned
      ? follow(graph, { serving: { graphql, admitted, planned }, ...request }, asker)
      : { live: once(() => graphql.run(admitted, given, context)), leave: letGo };
    active.inc({ transport });
    started.inc({ transport, operation_name: labels.of(name) });
    running.add(live);
    return onDone(live, () => {
      leave();
      running.delete(live);
      active.dec({ transport });
      places.leave(key);
    });
  };

  return {
    isSubscription: async (body, client) => {
      if (!isRecord(body)) return false;
      const { operationName } = body;
      try {
        const resolved = typeof body['query'] === 'string' ? null : await persisted.resolve(body);
        if (resolved && 'refused' in resolved) return false;
        return (
          selectOperation(
            await graphs.read(resolved?.source ?? body['query'], client),
            typeof operationName === 'string' ? operationName : null,
          )?.kind === 'subscription'
        );
      } catch {
        // What is wrong with it will be said where it is answered.
        return false;
      }
    },
    start,
    tellStalled: transport => {
      stalled.inc({ transport });
      log.warn({ transport }, 'a subscriber does not read and is let go');
    },
    close: async () => {
      closing = true;
      for (const live of running) live.end('stopping');
    },
  };
}

function refuseMutation(document: DocumentNode): void {
  const changes = document.definitions.some(
    each => each.kind === Kind.OPERATION_DEFINITION && each.operation === OperationTypeNode.MUTATION,
  );
  if (changes) throw refusedRequest(405, 'BAD_REQUEST', 'Mutations need POST.');
}

function onlyOnce(run: () => void): () => void {
  let done = false;
  return () => {
    if (!done) run();
    done = true;
  };
}

/** Calls back once when the subscription is over, however it ends. */
function onDone(live: LiveQuery, callback: () => void): LiveQuery {
  const done = onlyOnce(callback);
  const wrapped: LiveQuery = {
    end: live.end,
    ending: live.ending,
    next: async () => {
      try {
        const item = await live.next();
        if (item.done === true) done();
        return item;
      } catch (error) {
        done();
        throw error;
      }
    },
    return: async () => {
      done();
      return (await live.return?.()) ?? { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => wrapped,
  };
  return wrapped;
}
