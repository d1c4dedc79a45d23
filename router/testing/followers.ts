import { Agent, request } from 'node:http';

import { WebSocket } from 'ws';

/** Milliseconds on a clock that the processes of one machine share. */
export const now = (): number => performance.timeOrigin + performance.now();

export const transports = ['sse', 'multipart', 'ws'] as const;

/** How a router's settings say what it hears of the products subgraph over. */
export const sources = {
  events: {},
  socket: { ROUTER_SUBGRAPH_SOCKETS: 'products' },
} as const;

/** From the client to the router, and from there to the subgraph. */
export const ways = [
  ...transports.map(transport => [transport, 'events'] as const),
  ['sse', 'socket'],
] as const;
export type Transport = (typeof transports)[number];

/** A subscriber that keeps coming back, and which versions it has seen. */
export type Follower = {
  /** Version → when it was first seen. */
  readonly seen: Map<number, number>;
  /** Results that were seen before on the same connection, or out of order. */
  doubled: number;
  /** Results that left a version out on one connection. */
  skipped: number;
  errors: number;
  connections: number;
  leave(): void;
};

export type Target = {
  /** Where the router is now. */
  readonly url: () => string;
  /** A subscription whose results say `version`. */
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly token?: string;
};
const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });

/** Follows something, and comes back whenever the connection breaks; resolves with the first result. */
export function follow(target: Target, transport: Transport): Promise<Follower> {
  return new Promise(resolve => {
    let left = false;
    let cut = (): void => {};
    const client: Follower = {
      seen: new Map(),
      doubled: 0,
      skipped: 0,
      errors: 0,
      connections: 0,
      leave: () => {
        left = true;
        cut();
      },
    };
    const connect = (): void => {
      let last: number | null = null;
      client.connections += 1;
      const take = (text: string): void => {
        const version = Number(/"version":"?(\d+)/.exec(text)?.[1] ?? Number.NaN);
        if (Number.isNaN(version)) {
          client.errors += 1;
          return;
        }
        // The first result of a connection is the present state, which may have been seen before.
        if (last !== null && version <= last) client.doubled += 1;
        if (last !== null && version > last + 1) client.skipped += 1;
        last = version;
        if (!client.seen.has(version)) client.seen.set(version, now());
        resolve(client);
      };
      const broken = (): void => {
        // Not all at once.
        if (!left) setTimeout(connect, 100 + Math.random() * 1_000);
      };
      const open = transport === 'ws' ? overWebSocket : overHttp;
      cut = open(target, transport, { take, broken });
    };
    connect();
  });
}

type Ears = { readonly take: (text: string) => void; readonly broken: () => void };

const accepts = {
  sse: 'text/event-stream',
  multipart: 'multipart/mixed;subscriptionSpec=1.0,application/json',
  ws: '',
} as const;

function overHttp({ url, query, variables, token }: Target, transport: Transport, ears: Ears): () => void {
  const asked = request(url(), {
    agent,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: accepts[transport],
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  });
  asked.once('error', () => undefined);
  asked.once('close', ears.broken);
  asked.once('response', response => {
    response.setEncoding('utf8');
    response.once('error', () => undefined);
    let rest = '';
    response.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (/^(data: )?\{"/.test(line)) ears.take(line);
    });
  });
  asked.end(JSON.stringify({ query, variables }));
  return () => asked.destroy();
}

function overWebSocket({ url, query, variables, token }: Target, _: Transport, ears: Ears): () => void {
  const socket = new WebSocket(url().replace('http', 'ws'), 'graphql-transport-ws', {
    perMessageDeflate: false,
  });
  socket.on('error', () => undefined);
  socket.once('close', ears.broken);
  socket.once('open', () => {
    const payload = token === undefined ? {} : { authorization: `Bearer ${token}` };
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
  });
  socket.on('message', data => {
    const text = (data as Buffer).toString();
    if (text.includes('"connection_ack"'))
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query, variables } }));
    else if (text.includes('"next"') || text.includes('"error"')) ears.take(text);
  });
  return () => socket.terminate();
}
