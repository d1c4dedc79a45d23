import { sha256 } from '#platform/ids.ts';
import { type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';

import { type Graphql } from '../http/graphql.ts';
import { type Operations } from '../planning/operations.ts';
import { type LoadedSupergraph } from './supergraph.ts';

/** One supergraph with everything that answers its operations. */
export type Graph = {
  readonly supergraph: LoadedSupergraph;
  /** Where its subgraphs are asked. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly operations: Operations;
  readonly graphql: Graphql;
  /** Ends what runs for this graph only: the planner's threads, Apollo Server. */
  close(): Promise<void>;
};

/** The graph that is served, which may be replaced while requests are under way. */
export type Graphs = {
  current(): Graph;
  /** The current graph, kept open until `release` is called with it. */
  hold(): Graph;
  release(graph: Graph): void;
  /** Reads a document in the current graph, which stays open meanwhile. */
  readonly read: Graphql['read'];
  /**
   * Serves another supergraph: plans what clients have asked lately, then switches. Requests under way finish on the old one.
   * A supergraph that cannot be served changes nothing; answers whether it is served now.
   */
  replace(text: string): Promise<boolean>;
  /** Calls back after each switch. */
  onReplaced(listener: () => void): void;
  /** Counts a look for another supergraph that could not be made. */
  unread(): void;
  close(): Promise<void>;
};

type Options = {
  readonly open: (text: string) => Promise<Graph>;
  /** Called at a switch, before new requests reach the new graph, and when an old one is closed: where all subgraphs are now. */
  readonly connect: (addresses: ReadonlyMap<string, string>) => void;
  readonly log: Logger;
  readonly metrics: Metrics;
};

/** Opens the first graph; rejects when it cannot be served. */
export async function openGraphs(first: string, { open, connect, log, metrics }: Options): Promise<Graphs> {
  const info = metrics.gauge(
    'gateway_supergraph_info',
    'Always 1; the label says which supergraph is served.',
    ['schema_hash'],
  );
  const updates = metrics.counter(
    'gateway_supergraph_updates_total',
    'New supergraphs, by what became of them.',
    ['result'],
  );
  for (const result of ['served', 'refused', 'unread']) updates.inc({ result }, 0);
  const underWay = new Map<Graph, number>();
  let hash = sha256(first);
  let current = await open(first);
  connect(current.addresses);
  info.set({ schema_hash: hash.slice(0, 12) }, 1);
  let replacing: Promise<unknown> = Promise.resolve();

  // What is under way on these may still ask subgraphs that the current one has no more.
  const replaced = new Set<Graph>();
  const reconnect = (): void =>
    connect(new Map([...replaced, current].flatMap(({ addresses }) => [...addresses])));
  const listeners: (() => void)[] = [];
  const closings = new Set<Promise<void>>();
  const closeGraph = (graph: Graph): Promise<void> => {
    const closing = graph
      .close()
      .catch((error: unknown) => log.error({ err: error }, 'a supergraph was not closed'))
      .finally(() => closings.delete(closing));
    closings.add(closing);
    return closing;
  };

  const closeWhenIdle = (graph: Graph): void => {
    if (graph === current || (underWay.get(graph) ?? 0) > 0) return;
    underWay.delete(graph);
    replaced.delete(graph);
    reconnect();
    void closeGraph(graph);
  };

  const replace = async (text: string): Promise<boolean> => {
    const fresh = sha256(text);
    if (fresh === hash) return true;
    let next: Graph | null = null;
    try {
      next = await open(text);
      await next.operations.warm(current.operations.recent());
    } catch (error) {
      updates.inc({ result: 'refused' });
      log.error({ err: error }, 'the new supergraph cannot be served; the old one stays');
      if (next) await closeGraph(next);
      return false;
    }
    const old = current;
    replaced.add(old);
    [current, hash] = [next, fresh];
    reconnect();
    info.reset();
    info.set({ schema_hash: hash.slice(0, 12) }, 1);
    updates.inc({ result: 'served' });
    log.info({ schemaHash: hash.slice(0, 12) }, 'another supergraph is served');
    for (const tell of listeners) tell();
    closeWhenIdle(old);
    return true;
  };

  const hold = (): Graph => {
    underWay.set(current, (underWay.get(current) ?? 0) + 1);
    return current;
  };
  const release = (graph: Graph): void => {
    const left = (underWay.get(graph) ?? 1) - 1;
    underWay.set(graph, left);
    if (left === 0) closeWhenIdle(graph);
  };

  return {
    current: () => current,
    hold,
    release,
    read: async (query, client) => {
      const graph = hold();
      try {
        return await graph.graphql.read(query, client);
      } finally {
        release(graph);
      }
    },
    replace: text => {
      const replaced = replacing.then(() => replace(text));
      replacing = replaced;
      return replaced;
    },
    onReplaced: listener => void listeners.push(listener),
    unread: () => updates.inc({ result: 'unread' }),
    close: async () => {
      await replacing;
      await Promise.all([...closings, current.close()]);
    },
  };
}
