import { type Server, type Socket, createServer } from 'node:net';

/** A request as it came over the wire. */
export type RawRequest = {
  readonly head: string;
  readonly body: string;
  /** Which connection it came over: 1, 2, … */
  readonly connection: number;
  /** Ends the connection, also in the middle of things. */
  cut(): void;
};

/** What is written back, in the order of the requests; a promise keeps those behind it waiting, as HTTP/1.1 does. */
type Script = (request: RawRequest) => string | Promise<string>;

export type RawSubgraph = {
  readonly url: string;
  readonly port: number;
  readonly received: RawRequest[];
  /** Open connections. */
  connections(): number;
  /** Answers requests from now on. */
  script: Script;
  /** Ends connections at once. */
  close(): Promise<void>;
};

/** A subgraph that speaks HTTP/1.1 only as well as its script. `port` is shared with others that listen there. */
export async function startRawSubgraph(script: Script, port = 0): Promise<RawSubgraph> {
  const received: RawRequest[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  const server: Server = createServer({ noDelay: true }, socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    count += 1;
    const connection = count;
    let text = '';
    let before: Promise<unknown> = Promise.resolve();
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
      for (;;) {
        const end = text.indexOf('\r\n\r\n');
        const head = text.slice(0, Math.max(0, end));
        const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
        if (end < 0 || text.length < end + 4 + length) return;
        const body = text.slice(end + 4, end + 4 + length);
        text = text.slice(end + 4 + length);
        const request = { head, body, connection, cut: () => socket.destroy() };
        received.push(request);
        const answer = subgraph.script(request);
        before = before.then(async () => {
          const raw = await answer;
          if (!socket.destroyed) socket.write(raw);
        });
      }
    });
  });
  await new Promise<void>(resolve => server.listen({ port, host: '127.0.0.1', reusePort: true }, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const subgraph: RawSubgraph = {
    url: `http://127.0.0.1:${address.port}/graphql`,
    port: address.port,
    received,
    connections: () => sockets.size,
    script,
    close: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  return subgraph;
}

/** A whole HTTP answer. */
export function httpAnswer(
  body: string,
  status = '200 OK',
  headers = 'content-type: application/json',
): string {
  return `HTTP/1.1 ${status}\r\n${headers}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Keeps whoever asks waiting for ever. */
export const never = new Promise<never>(() => undefined);
