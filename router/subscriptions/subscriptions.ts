import { type IncomingMessage, type ServerResponse } from 'node:http';

import { type DocumentNode, GraphQLError } from 'graphql';

import { formatEvent, heartbeat } from '#platform/event-stream.ts';
import { sendJson } from '#platform/http.ts';
import { type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';

import { type RouterConfig } from '../config.ts';
import { type Mask, refusedRequest } from '../errors.ts';
import { type RequestFacts, type Subgraphs } from '../fetching/subgraph-request.ts';
import { budgetKey } from '../http/client.ts';
import { noWork } from '../telemetry/work.ts';
import { type Graphql, type GraphqlContext } from '../http/graphql.ts';
import { type Entered, type StreamHandler } from '../http/http-server.ts';
import { selectOperation } from '../planning/operation.ts';
import { type PersistedOperations } from '../security/persisted-operations.ts';
import { type Identity, type Viewers } from '../security/viewer.ts';
import { type Graph, type Graphs } from '../supergraph/graphs.ts';
import { type OperationLabels } from '../telemetry/operation-labels.ts';
import { type LiveQuery, startLiveQuery } from './live-query.ts';

/** A GraphQL request as it comes over a stream or a socket, nothing of it checked. */
export type RawOperation = {
  readonly query?: unknown;
  readonly extensions?: unknown;
  readonly documentId?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
};
export type Asker = {
  readonly facts: RequestFacts;
  readonly identity: Identity;
  readonly transport: 'sse' | 'ws';
};

export type Subscriptions = {
  /** Starts any operation; queries and mutations give one result. Throws GraphQLError when it is refused as a whole. */
  start(raw: RawOperation, asker: Asker): Promise<LiveQuery>;
  /** Whether the body asks for a subscription; false for what cannot be read. */
  isSubscription(body: unknown): boolean;
  /** Answers over text/event-stream: graphql-sse, distinct connections mode. */
  readonly stream: StreamHandler;
  close(): Promise<void>;
};

type Dependencies = {
  readonly config: RouterConfig;
  readonly graphs: Graphs;
  readonly persisted: PersistedOperations;
  readonly mask: Mask;
  readonly subgraphs: Subgraphs;
  readonly viewers: Viewers;
  readonly labels: OperationLabels;
  readonly log: Logger;
  readonly metrics: Metrics;
};

/** A client that reads more slowly than this much behind is let go. */
const MAX_UNREAD_BYTES = 1_048_576;

/** The router's side of subscriptions: who may have how many, and the doors they come through. */
export function createSubscriptions(dependencies: Dependencies): Subscriptions {
  const { config, graphs, persisted, mask, labels, log, metrics } = dependencies;
  const running = new Set<LiveQuery>();
  const perClient = new Map<string, number>();
  const active = metrics.gauge('graphql_subscriptions_active', 'Subscriptions that are open.', ['transport']);
  const started = metrics.counter('graphql_subscriptions_total', 'Subscriptions that were opened.', [
    'transport',
    'operation_name',
  ]);

  const start: Subscriptions['start'] = async (given, asker) => {
    const asked = persisted.resolve(given);
    const resolved = asked instanceof Promise ? await asked : asked;
    if ('refused' in resolved) throw resolved.refused;
    const raw = { ...given, query: resolved.source };
    const graph = graphs.hold();
    const letGo = onlyOnce(() => graphs.release(graph));
    try {
      return await startIn(graph, raw, asker, letGo);
    } catch (error) {
      letGo();
      throw error;
    }
  };

  const startIn = async (
    { graphql }: Graph,
    raw: RawOperation,
    { facts, identity, transport }: Asker,
    letGo: () => void,
  ): Promise<LiveQuery> => {
    const unfit = graphql.refusalOf(raw.query, raw.operationName, raw.variables);
    if (unfit) throw unfit;
    const document = graphql.read(raw.query);
    const { operationName, variables } = raw;
    if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
      throw refusedRequest(400, 'BAD_REQUEST', 'operationName must be text.');
    if (variables !== undefined && variables !== null && !isRecord(variables))
      throw refusedRequest(400, 'BAD_REQUEST', 'variables must be an object.');
    const given = variables ?? {};
    const admitted = await graphql.admit(
      document,
      String(raw.query),
      { operationName: operationName ?? null, variables: given },
      facts,
    );
    const context: GraphqlContext = { facts, counts: noWork() };
    const key = budgetKey(facts.client.ip);
    const isLive = admitted.prepared.operation.kind === 'subscription';
    const planned = isLive ? await admitted.prepared.planFor(facts.viewer, key) : null;
    const open = perClient.get(key) ?? 0;
    if (open >= config.subscriptionsPerClient)
      throw refusedRequest(429, 'RATE_LIMITED', 'Too many subscriptions at once.');
    perClient.set(key, open + 1);
    // What has been planned needs the graph's planner no more, however long it lives.
    if (planned) letGo();
    const live = planned
      ? startLiveQuery(dependencies, {
          graphql,
          admitted,
          planned,
          variables: given,
          context,
          expiresAt: identity.expiresAt,
        })
      : once(() => graphql.run(admitted, given, context));
    active.inc({ transport });
    started.inc({ transport, operation_name: labels.of(admitted.prepared.operation.name) });
    running.add(live);
    return onDone(live, () => {
      letGo();
      running.delete(live);
      active.dec({ transport });
      const left = (perClient.get(key) ?? 1) - 1;
      if (left > 0) perClient.set(key, left);
      else perClient.delete(key);
    });
  };

  const stream = async (
    { facts, identity, body }: Entered,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    let live: LiveQuery;
    try {
      const raw = isRecord(body) ? body : {};
      if (request.method === 'GET') refuseMutation(graphs.current().graphql.read(raw['query']));
      live = await start(raw, { facts, identity, transport: 'sse' });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const http = error.extensions['http'] as { status?: number } | undefined;
      sendJson(response, http?.status ?? 400, { errors: [mask(error.toJSON(), error)] });
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      ...(request.httpVersionMajor === 1 ? { connection: 'close' } : {}),
    });
    response.flushHeaders();
    const beat = setInterval(() => response.write(heartbeat), config.heartbeatMs);
    response.once('close', () => live.end('left'));
    try {
      for await (const result of live) {
        response.write(formatEvent('next', result));
        if (response.writableLength > MAX_UNREAD_BYTES) {
          log.warn('a subscriber reads too slowly and is let go');
          response.destroy();
        }
      }
      response.write(formatEvent('complete'));
    } finally {
      clearInterval(beat);
      response.end();
    }
  };

  return {
    isSubscription: body => {
      if (!isRecord(body)) return false;
      const { operationName } = body;
      try {
        return (
          selectOperation(
            graphs.current().graphql.read(body['query']),
            typeof operationName === 'string' ? operationName : null,
          )?.kind === 'subscription'
        );
      } catch {
        // What is wrong with it will be said where it is answered.
        return false;
      }
    },
    start,
    stream,
    close: async () => {
      for (const live of running) live.end('stopping');
    },
  };
}

function refuseMutation(document: DocumentNode): void {
  const changes = document.definitions.some(
    each => each.kind === 'OperationDefinition' && each.operation === 'mutation',
  );
  if (changes) throw refusedRequest(405, 'BAD_REQUEST', 'Mutations need POST.');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A query or mutation in the dress of a subscription: one result, then done. */
function once(run: () => ReturnType<Graphql['run']>): LiveQuery {
  let asked = false;
  const live: LiveQuery = {
    end: () => (asked = true),
    next: async () => {
      if (asked) return { done: true, value: undefined };
      asked = true;
      return { done: false, value: await run() };
    },
    return: async () => ({ done: true, value: undefined }),
    [Symbol.asyncIterator]: () => live,
  };
  return live;
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
    end: why => live.end(why),
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
