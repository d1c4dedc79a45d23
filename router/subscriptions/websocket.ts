import { type IncomingMessage, type Server } from 'node:http';
import { type Duplex } from 'node:stream';

import {
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type subscribe,
} from 'graphql';
import { handleProtocols } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

import { type Logger } from '#platform/log.ts';

import { type RouterConfig } from '../config.ts';
import { type Mask } from '../errors.ts';
import { type RequestFacts } from '../fetching/subgraph-request.ts';
import { budgetKey, readClient } from '../http/client.ts';
import { originCheck } from '../http/origins.ts';
import { type RateLimits } from '../security/rate-limits.ts';
import { type Identity, type Viewers } from '../security/viewer.ts';
import { type Graphs } from '../supergraph/graphs.ts';
import { type LiveQuery } from './live-query.ts';
import { type Subscriptions } from './subscriptions.ts';

type Dependencies = {
  readonly server: Server;
  readonly config: RouterConfig;
  readonly subscriptions: Subscriptions;
  readonly graphs: Graphs;
  readonly mask: Mask;
  readonly viewers: Viewers;
  readonly rateLimits: RateLimits;
  readonly log: Logger;
};

type Known = { identity?: Identity; client?: Omit<RequestFacts, 'viewer'> };
type Prepared = { live: LiveQuery };

/** GraphQL over WebSocket at /graphql (protocol graphql-transport-ws), on the port of the HTTP server. */
export function attachWebSockets(dependencies: Dependencies): { close(): Promise<void> } {
  const { server, config, subscriptions, graphs, mask, viewers, rateLimits, log } = dependencies;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: config.maxBodyBytes, handleProtocols });
  const isOurs = originCheck(config);

  const protocol = useServer<{ authorization?: unknown; headers?: unknown }, Known>(
    {
      connectionInitWaitTimeout: 5_000,
      jsonMessageReviver: refuseOwnMessages,
      onConnect: async context => {
        const { request } = context.extra;
        const client = readClient(request, config.trustedProxies);
        const identity = await viewers.identify(
          credentialOf(context.connectionParams) ?? request.headers.authorization,
          client,
        );
        if (!identity) return false;
        context.extra.identity = identity;
        context.extra.client = client;
        return true;
      },
      onSubscribe: async ({ extra }, _id, payload) => {
        const { identity, client } = extra;
        if (!identity || !client) return [new GraphQLError('The connection is not initialised.')];
        try {
          const budget = await rateLimits.take('requests', budgetKey(client.client.ip));
          if (budget?.exceeded)
            return [
              new GraphQLError('Too many requests; try again later.', {
                extensions: { code: 'RATE_LIMITED' },
              }),
            ];
          const live = await subscriptions.start(payload, {
            facts: { ...client, viewer: identity.viewer },
            identity,
            transport: 'ws',
          });
          const { supergraph, graphql } = graphs.current();
          const args: ExecutionArgs = {
            schema: supergraph.apiSchema,
            document: graphql.read(payload.query),
            operationName: payload.operationName ?? null,
            contextValue: { live } satisfies Prepared,
          };
          return args;
        } catch (error) {
          if (!(error instanceof GraphQLError)) throw error;
          return [
            new GraphQLError(error.message, {
              extensions: mask(error.toJSON(), error).extensions ?? {},
            }),
          ];
        }
      },
      // The results are made by the router's own execution; the protocol only carries them.
      subscribe: args =>
        withErrorObjects((args.contextValue as Prepared).live) as unknown as ReturnType<typeof subscribe>,
      execute: async args => {
        const { live } = args.contextValue as Prepared;
        const results = withErrorObjects(live);
        const first = await results.next();
        await results.return?.();
        return first.value as ExecutionResult;
      },
    },
    sockets,
    config.heartbeatMs,
  );

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const { origin } = request.headers;
    const [path] = (request.url ?? '').split('?');
    if (path !== '/graphql' || (origin !== undefined && !isOurs(origin))) {
      socket.end(
        `HTTP/1.1 ${path === '/graphql' ? '403 Forbidden' : '404 Not Found'}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, opened => sockets.emit('connection', opened, request));
  };
  server.on('upgrade', upgrade);
  sockets.on('error', error => log.warn({ err: error }, 'websocket server'));

  return {
    close: async () => {
      server.removeListener('upgrade', upgrade);
      for (const client of sockets.clients) client.close(1001, 'Going away');
      await protocol.dispose();
    },
  };
}

const ownMessages = new Set<unknown>(['connection_ack', 'next', 'error']);

/** What only the router may say is no message of a client: 4400, where graphql-ws would take it for a fault of its own (4500). */
function refuseOwnMessages(key: string, value: unknown): unknown {
  if (
    key === '' &&
    value !== null &&
    typeof value === 'object' &&
    'type' in value &&
    ownMessages.has(value.type)
  )
    throw new Error('Invalid message received');
  return value;
}

/** graphql-ws wants errors that it can turn into JSON itself. */
function withErrorObjects(live: LiveQuery): AsyncIterableIterator<ExecutionResult> {
  const results: AsyncIterableIterator<ExecutionResult> = {
    next: async () => {
      const item = await live.next();
      if (item.done === true) return item;
      const { data, errors, ...rest } = item.value as FormattedExecutionResult;
      const objects = errors?.map(
        error =>
          new GraphQLError(error.message, { path: error.path ?? null, extensions: error.extensions ?? {} }),
      );
      return {
        done: false,
        value: { ...rest, ...(data === undefined ? {} : { data }), ...(objects ? { errors: objects } : {}) },
      };
    },
    return: async () => {
      await live.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => results,
  };
  return results;
}

/** `{ authorization }` or `{ headers: { authorization } }` of connection_init. */
function credentialOf(
  parameters: { authorization?: unknown; headers?: unknown } | undefined,
): string | undefined {
  const inHeaders = parameters?.headers as Record<string, unknown> | null | undefined;
  const found = [parameters?.authorization, inHeaders?.['authorization'], inHeaders?.['Authorization']].find(
    value => typeof value === 'string',
  );
  return typeof found === 'string' ? found : undefined;
}
