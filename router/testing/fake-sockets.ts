import { type IncomingMessage, type Server } from 'node:http';

import { type GraphQLSchema } from 'graphql';
import { handleProtocols } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

import { type Received } from './fake-subgraph.ts';

export type FakeSockets = {
  /** How many sockets are open. */
  open(): number;
  /** Cuts every socket, as a crash does. */
  cut(): void;
};

type Options = {
  readonly server: Server;
  readonly schema: GraphQLSchema;
  /** Reads who is asking, and notes it; without a viewer the socket is refused. */
  readonly receive: (request: IncomingMessage, body: string) => Promise<Received>;
};

/** Subscriptions over graphql-ws as its own server answers them, on a subgraph's port. */
export function acceptSockets({ server, schema, receive }: Options): FakeSockets {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols });
  useServer<Record<string, unknown>, { readonly viewer: Received['viewer'] }>(
    {
      schema,
      context: ({ extra }) => extra,
      onSubscribe: ({ extra }, _id, payload) => {
        const { request } = extra as unknown as { readonly request: IncomingMessage };
        return receive(request, JSON.stringify(payload)).then(seen => void Object.assign(extra, seen));
      },
    },
    sockets,
  );
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    if (request.headers.authorization === undefined) {
      socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, each => sockets.emit('connection', each, request));
  });
  return {
    open: () => sockets.clients.size,
    cut: () => {
      for (const each of sockets.clients) each.terminate();
    },
  };
}
