import { type FetchNode } from '@apollo/query-planner';

import { prepareBody } from '../execution/fetch-request.ts';
import { type RequestFacts, type Subgraphs } from '../fetching/subgraph-request.ts';
import { openEventSource } from './event-source.ts';
import { type SubgraphSockets } from './settings.ts';
import { openSocketSource } from './socket-source.ts';
import { type Source } from './source.ts';

/** Opens the stream of events that a subscription's primary fetch is. */
export type OpenSource = (
  node: FetchNode,
  variables: Readonly<Record<string, unknown>>,
  facts: RequestFacts,
  signal: AbortSignal,
) => Promise<Source>;

/** Opens streams over server-sent events, and over graphql-ws with the subgraphs that want it so. */
export function createSources(subgraphs: Subgraphs, sockets: SubgraphSockets): OpenSource {
  return (node, variables, facts, signal) => {
    const name = node.serviceName;
    const request = {
      address: subgraphs.address(name),
      headers: subgraphs.headers(name, facts),
      body: prepareBody(node)(variables, null),
      signal,
    };
    const socket = sockets.get(name);
    return socket === undefined
      ? openEventSource(subgraphs.streams, request)
      : openSocketSource({ ...request, address: socket ?? socketAt(request.address) });
  };
}

function socketAt(address: URL): URL {
  const socket = new URL(address);
  socket.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return socket;
}
