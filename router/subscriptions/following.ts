import { type RouterConfig } from '../config.ts';
import { type Subgraphs } from '../fetching/subgraph-request.ts';
import { type Viewers } from '../security/viewer.ts';
import { type Graph, type Graphs } from '../supergraph/graphs.ts';
import { type Steps } from '../telemetry/steps.ts';
import { type Shown, watchCredentials } from './credentials.ts';
import { type Gate, createGate } from './gate.ts';
import { type LiveQuery, type LiveRequest, startLiveQuery } from './live-query.ts';
import { type Open, createRenewal } from './renewal.ts';
import { createSources } from './sources.ts';

/** A subscription that has been planned and may begin. */
export type Followed = Pick<LiveRequest, 'serving' | 'variables' | 'context'> &
  Pick<Open, 'source' | 'operationName'>;

/** Begins a subscription; `leave` is to be called when it is over. */
export type Follow = (
  graph: Graph,
  followed: Followed,
  shown: Shown,
) => { readonly live: LiveQuery; readonly leave: () => void };

type Dependencies = {
  readonly config: RouterConfig;
  readonly graphs: Graphs;
  readonly subgraphs: Subgraphs;
  readonly viewers: Viewers;
  readonly steps: Steps;
};

/** Sources of one subgraph that are opened at once. Each is a look into a database, with some ten connections to it. */
const MOST_OPENING = 32;
const PATIENCE_MS = 60_000;

/** Follows subscriptions by the graph that is served, each as long as its viewer's credentials are worth the same. */
export function createFollowing({ config, graphs, subgraphs, viewers, steps }: Dependencies): Follow {
  const openSource = createSources(subgraphs, config.subgraphSockets);
  const keepCurrent = createRenewal(graphs);
  const gates = new Map<string, Gate>();
  const gateTo = (subgraph: string): Gate => {
    const gate = gates.get(subgraph) ?? createGate({ most: MOST_OPENING, patienceMs: PATIENCE_MS });
    gates.set(subgraph, gate);
    return gate;
  };
  return (graph, { source, operationName, ...request }, shown) => {
    const { variables, context } = request;
    const live = startLiveQuery(
      { openSource, viewers, gateTo, steps },
      { ...request, expiresAt: shown.identity.expiresAt, lifetimeMs: config.subscriptionLifetimeMs },
    );
    const { facts } = context;
    const stopKeeping = keepCurrent({ live, source, operationName, variables, facts }, graph);
    const stopWatching = watchCredentials(viewers, shown, live.end);
    const leave = (): void => {
      stopKeeping();
      stopWatching();
    };
    return { live, leave };
  };
}
