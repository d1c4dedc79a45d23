import { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

import { type GraphQLResolverMap, buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, execute, parse, subscribe } from 'graphql';

import { createCacheHints } from '#platform/cache-hints.ts';
import { formatEvent, takesMore } from '#platform/event-stream.ts';
import { listen, readBody, sendJson } from '#platform/http.ts';
import { createViewerReader, type Viewer } from '#platform/viewer.ts';

import { acceptSockets } from './fake-sockets.ts';

/** One request as a subgraph has received it. */
export type Received = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly viewer: Viewer | null;
};

export type FakeSubgraph = {
  readonly url: string;
  readonly received: Received[];
  /** How many event streams are open. */
  streams(): number;
  /** Cuts every connection, as a crash does; new ones are taken. */
  cut(): void;
  close(): Promise<void>;
};

type Options = {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: object;
  readonly secret: string;
  readonly route: (request: Received) => { status: number; body: string } | null;
  /** Told of every request as it arrives. */
  readonly seen?: (request: Received) => void;
};

/** A subgraph over real HTTP with resolvers of the test's own: POST /graphql, and event streams or sockets for subscriptions. */
export async function startFakeSubgraph({
  name,
  sdl,
  resolvers,
  secret,
  route,
  seen: tell,
}: Options): Promise<FakeSubgraph> {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(sdl), resolvers: resolvers as GraphQLResolverMap<unknown> },
  ]);
  const cacheHints = createCacheHints(schema);
  const readViewer = createViewerReader(name, secret);
  const received: Received[] = [];
  let open = 0;
  const receive = async (request: IncomingMessage, body: string): Promise<Received> => {
    const viewer = await readViewer(request.headers.authorization);
    const seen = { path: request.url ?? '', headers: request.headers, body, viewer };
    received.push(seen);
    tell?.(seen);
    return seen;
  };
  const http = await listen('127.0.0.1', 0, async (request, response) => {
    const seen = await receive(request, (await readBody(request, 1_000_000)).toString());
    if (seen.path !== '/graphql') {
      const raw = route(seen) ?? { status: seen.path === '/health/ready' ? 200 : 404, body: '{}' };
      response.writeHead(raw.status, { 'content-type': 'application/json', 'x-from': name }).end(raw.body);
      return;
    }
    if (!seen.viewer) {
      sendJson(response, 401, { errors: [{ message: 'no' }] });
      return;
    }
    const { query, variables, operationName } = JSON.parse(seen.body) as {
      query: string;
      variables: Record<string, unknown>;
      operationName?: string;
    };
    const args = {
      schema,
      document: parse(query),
      variableValues: variables,
      operationName: operationName ?? null,
      contextValue: seen,
    };
    if (request.headers.accept !== 'text/event-stream') {
      const result = await execute(args);
      const kept = (result.errors ? null : cacheHints?.(query)) ?? 'no-store';
      response
        .writeHead(200, { 'content-type': 'application/json', 'cache-control': kept })
        .end(JSON.stringify(result));
      return;
    }
    const events = await subscribe(args);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    if (Symbol.asyncIterator in events) {
      open += 1;
      response.once('close', () => {
        open -= 1;
        void events.return(undefined);
      });
      for await (const event of events as AsyncIterable<ExecutionResult>)
        if (!response.write(formatEvent('next', JSON.stringify(event)))) await takesMore(response);
    } else {
      response.write(`event: next\ndata: ${JSON.stringify(events)}\n\n`);
    }
    response.end('event: complete\ndata: \n\n');
  });
  const sockets = acceptSockets({ server: http.server, schema, receive });
  return {
    url: `http://127.0.0.1:${http.port}/graphql`,
    received,
    streams: () => open + sockets.open(),
    cut: () => {
      sockets.cut();
      http.server.closeAllConnections();
    },
    close: () => {
      sockets.cut();
      return http.stop(100);
    },
  };
}
