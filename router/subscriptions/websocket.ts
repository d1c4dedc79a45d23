import { type IncomingMessage, type Server } from 'node:http';
import { type Duplex } from 'node:stream';

import { GraphQLError, buildSchema, parse } from 'graphql';
import { type ServerOptions, handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';

import { type Logger } from '#platform/log.ts';

import { type RouterConfig } from '../config.ts';
import { type Mask } from '../errors.ts';
import { forwardedHeaders } from '../fetching/forwarded-headers.ts';
import { type RequestFacts } from '../fetching/subgraph-request.ts';
import { budgetKey, readClient } from '../http/client.ts';
import { originCheck } from '../http/origins.ts';
import { type RateLimits } from '../security/rate-limits.ts';
import { type Viewers, identify } from '../security/viewer.ts';
import { type LiveQuery } from './live-query.ts';
import { openPlaces } from './places.ts';
import { type Subscriptions } from './subscriptions.ts';
import { type Wire, openWire } from './wire.ts';

type Dependencies = {
  readonly server: Server;
  readonly config: RouterConfig;
  readonly subscriptions: Subscriptions;
  readonly mask: Mask;
  readonly viewers: Viewers;
  readonly rateLimits: RateLimits;
  readonly log: Logger;
};

/** What is known of one connection; who is asking is found out anew with each operation, for sign-ins end. */
type Extra = {
  readonly wire: Wire;
  readonly request: IncomingMessage;
  readonly client: Omit<RequestFacts, 'viewer'>;
  credential?: string | undefined;
};
type Parameters = { readonly authorization?: unknown; readonly headers?: unknown };
type Started = { readonly id: string; readonly live: LiveQuery; readonly wire: Wire };

/** GraphQL over WebSocket at /graphql (protocol graphql-transport-ws), on the port of the HTTP server. */
export function attachWebSockets(dependencies: Dependencies): { close(): Promise<void> } {
  const { server, config, subscriptions, rateLimits, log } = dependencies;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: config.maxBodyBytes, handleProtocols });
  const isOurs = originCheck(config);
  const places = openPlaces(config.subscriptions, config.subscriptionsPerClient);
  const protocol = makeServer<Parameters, Extra>(protocolOptions(dependencies));

  const take = (socket: WebSocket, request: IncomingMessage, client: Extra['client']): void => {
    const wire = openWire(socket, config.heartbeatMs, () => subscriptions.tellStalled('ws'));
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: wire.send,
        close: (code, reason) => socket.close(code, reason),
        onMessage: handle =>
          socket.on('message', data => {
            handle(String(data)).catch((error: unknown) => {
              log.error({ err: error }, 'a message of a socket failed');
              socket.close(4500, 'Internal server error');
            });
          }),
      },
      { wire, request, client },
    );
    socket.on('error', error => log.debug({ err: error }, 'socket'));
    socket.once('close', (code, reason) => {
      closed(code, String(reason)).catch((error: unknown) => log.error({ err: error }, 'a socket did not end cleanly')); // prettier-ignore
    });
  };

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const { origin } = request.headers;
    const [path] = (request.url ?? '').split('?');
    const refuse = (status: string): void =>
      void socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    if (path !== '/graphql') return refuse('404 Not Found');
    if (origin !== undefined && !isOurs(origin)) return refuse('403 Forbidden');
    const client = readClient(request, config.trustedProxies);
    const key = budgetKey(client.client.ip);
    // What it carries has budgets of its own, but a sign-in that fails carries nothing.
    const budget = await rateLimits.take('requests', key);
    if (budget?.exceeded) return refuse('429 Too Many Requests');
    // Who has left meanwhile says so no more, and would keep the place.
    if (socket.destroyed) return;
    const full = places.take(key);
    if (full) return refuse(full === 'client' ? '429 Too Many Requests' : '503 Service Unavailable');
    socket.once('close', () => places.leave(key));
    sockets.handleUpgrade(request, socket, head, opened => take(opened, request, client));
  };
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', error => log.debug({ err: error }, 'socket'));
    upgrade(request, socket, head).catch((error: unknown) => {
      log.error({ err: error }, 'a socket was not opened');
      socket.destroy();
    });
  };
  server.on('upgrade', onUpgrade);
  sockets.on('error', error => log.warn({ err: error }, 'websocket server'));

  return {
    close: async () => {
      server.removeListener('upgrade', onUpgrade);
      for (const socket of sockets.clients) socket.close(1001, 'Going away');
      const force = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, config.shutdownGraceMs);
      await new Promise(resolve => sockets.close(resolve));
      clearTimeout(force);
    },
  };
}

function protocolOptions(dependencies: Dependencies): ServerOptions<Parameters, Extra> {
  const { config, subscriptions, mask, viewers, rateLimits } = dependencies;
  const refusal = (message: string, code: string): GraphQLError[] => [
    new GraphQLError(message, { extensions: { code } }),
  ];
  return {
    connectionInitWaitTimeout: 5_000,
    jsonMessageReviver: refuseOwnMessages,
    onConnect: async ({ connectionParams, extra }) => {
      extra.credential = credentialOf(connectionParams) ?? extra.request.headers.authorization;
      const identity = await identify(viewers, extra.credential, extra.client);
      // A refusal would be for good.
      if (identity === 'unknown') extra.wire.leave();
      return identity !== null;
    },
    onSubscribe: async ({ extra: { wire, request, client, credential } }, id, payload) => {
      try {
        const identity = await identify(viewers, credential, client);
        if (identity === 'unknown')
          return refusal('The credentials cannot be checked right now.', 'SUBGRAPH_UNAVAILABLE');
        if (!identity) return refusal('Your sign-in has ended.', 'UNAUTHENTICATED');
        const key = budgetKey(client.client.ip);
        const budget = await rateLimits.take('requests', key);
        if (budget?.exceeded) return refusal('Too many requests; try again later.', 'RATE_LIMITED');
        const forwarded = forwardedHeaders(config.fetching.forward, request.headers);
        const facts = { ...client, viewer: identity.viewer, forwarded };
        const live = await subscriptions.start(payload, {
          facts,
          identity,
          authorization: credential,
          transport: 'ws',
        });
        return { ...started, contextValue: { id, live, wire } satisfies Started };
      } catch (error) {
        const fault = error instanceof GraphQLError ? error.toJSON() : { message: 'not started' };
        const { message, extensions = {} } = mask(fault, error);
        return [new GraphQLError(message, { extensions })];
      }
    },
    execute: ({ contextValue }) => carry(contextValue as Started),
    subscribe: ({ contextValue }) => carry(contextValue as Started),
  };
}

// What graphql-ws needs to carry an operation that has been read and started already, whatever it is.
const started = {
  schema: buildSchema('type Query { carried: Boolean } type Subscription { carried: Boolean }'),
  document: parse('subscription { carried }'),
};

/**
 * Sends the results themselves, which are JSON already, each when the one before has been taken. graphql-ws, which would
 * want objects, sees a source without results: it says when it is complete, and ends it when the client does.
 */
function carry({ id, live, wire }: Started): AsyncGenerator<never, void, void> {
  const before = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  const run = async (): Promise<IteratorReturnResult<void>> => {
    for await (const result of live) await wire.send(`${before}${result}}`);
    // Clients then connect again by themselves, and get the present state first.
    if (live.ending() === 'stopping') wire.leave();
    return { done: true, value: undefined };
  };
  const leave = async (): Promise<IteratorReturnResult<void>> => {
    live.end('left');
    await live.return?.();
    return { done: true, value: undefined };
  };
  const source: AsyncGenerator<never, void, void> = {
    next: run,
    return: leave,
    throw: leave,
    [Symbol.asyncIterator]: () => source,
    [Symbol.asyncDispose]: async () => void (await leave()),
  };
  return source;
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

/** `{ authorization }` or `{ headers: { authorization } }` of connection_init. */
function credentialOf(parameters: Parameters | undefined): string | undefined {
  const inHeaders = parameters?.headers as Record<string, unknown> | null | undefined;
  const found = [parameters?.authorization, inHeaders?.['authorization'], inHeaders?.['Authorization']].find(
    value => typeof value === 'string',
  );
  return typeof found === 'string' ? found : undefined;
}
