import { setImmediate as breathe } from 'node:timers/promises';

import { type RequestFacts } from '../fetching/subgraph-request.ts';
import { budgetKey } from '../http/client.ts';
import { type Graph, type Graphs } from '../supergraph/graphs.ts';
import { type LiveSubscription, type Serving } from './live-query.ts';

/** A subscription that is open, with what its client asked. */
export type Open = {
  readonly live: LiveSubscription;
  readonly source: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly facts: RequestFacts;
};

/** Keeps a subscription to the graph that is served, from the one on that it has been planned in; answers how to stop. */
export type KeepCurrent = (open: Open, planned: Graph) => () => void;

/**
 * Lets open subscriptions go on by each new graph, which may hide or protect what the one before it showed. Where one cannot,
 * it ends as for a stop: its client comes back, and is told why.
 */
export function createRenewal(graphs: Graphs): KeepCurrent {
  const all = new Set<Open>();
  const renew = async (open: Open): Promise<Serving | null> => {
    const graph = graphs.hold();
    try {
      return await servingIn(graph, open);
    } finally {
      graphs.release(graph);
    }
  };
  graphs.onReplaced(() => {
    let turn: Promise<unknown> = Promise.resolve();
    for (const open of all) {
      const found = turn.then(() => renew(open));
      open.live.goOnBy(found);
      // Thousands may be open.
      turn = found.then(() => breathe());
    }
  });
  return (open, planned) => {
    all.add(open);
    if (planned !== graphs.current()) open.live.goOnBy(renew(open));
    return () => all.delete(open);
  };
}

/** What an operation runs by in a graph; null when it is not answered there. */
async function servingIn(
  { graphql, operations }: Graph,
  { source, operationName, variables, facts }: Open,
): Promise<Serving | null> {
  const client = budgetKey(facts.client.ip);
  try {
    const document = await graphql.read(source, client);
    const prepared = await operations.prepare(document, source, operationName);
    const coerced = prepared && operations.coerce(prepared.operation, variables);
    if (!coerced || 'errors' in coerced) return null;
    const { values } = coerced;
    const planned = await prepared.planFor(facts.viewer, client);
    return { graphql, admitted: { prepared, coerced: values, cost: prepared.cost(values) }, planned };
  } catch {
    // Refused, or not to be planned: its client is told when it comes back.
    return null;
  }
}
