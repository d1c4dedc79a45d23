import {
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
  createServer,
} from 'node:http';
import { type AddressInfo } from 'node:net';

/** Answers one request; a thrown error becomes a 500 without its text. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Handlers by `METHOD /path`; a path that ends in `/*` matches everything below it. */
export type Routes = { readonly [route: string]: HttpHandler };

/** The body is larger than allowed. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** Reads the whole body, at most `limit` bytes; rejects with BodyTooLarge beyond, and when the sender goes away. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = (): void => reject(new BodyTooLarge(`more than ${limit} bytes`));
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      tooLarge();
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.pause();
        tooLarge();
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

/** Sends JSON with a status. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

/** A GraphQL-shaped error for requests that never became an operation. */
export function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  sendJson(response, status, { errors: [{ message, extensions: { code } }] });
}

const refused = new WeakSet<object>();

/**
 * Refuses a request together with its connection: what came behind it in the same packet is neither read nor answered
 * (RFC 9112, 9.6), for whoever sends what servers read differently may have hidden a request there.
 */
export function refuseConnection(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  message: string,
): void {
  refused.add(request.socket);
  closeAfter(request, response);
  sendError(response, status, 'BAD_REQUEST', message);
}

/** Asks for another connection the next time; a stream of HTTP/2 knows no such header, and ends by itself. */
function closeAfter({ httpVersionMajor }: IncomingMessage, response: ServerResponse): void {
  if (httpVersionMajor === 1) response.setHeader('connection', 'close');
}

/** Finds the handler of a request's method and path. */
export function matchRoute(routes: Routes, method: string, path: string): HttpHandler | undefined {
  const exact = routes[`${method} ${path}`];
  if (exact) return exact;
  for (const [route, handler] of Object.entries(routes)) {
    if (route.endsWith('/*') && `${method} ${path}`.startsWith(route.slice(0, -1))) return handler;
  }
  return undefined;
}

export type HttpServer = {
  readonly port: number;
  readonly server: Server;
  /** From now on every answer asks for another connection the next time, so that this one is free when it is closed. */
  drain(): void;
  /** Takes no new work, lets requests in flight finish for up to `graceMs`, then closes every connection. */
  stop(graceMs: number): Promise<void>;
};

const IDLE_CHECK_MS = 50;

type ListenOptions = {
  /** Go on every answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes the server; node:http's own unless it speaks something else underneath. */
  readonly open?: (options: ServerOptions, answer: RequestListener) => Server;
  /** Whether other processes listen there, too: the kernel gives each connection to one of them. */
  readonly sharesPort?: boolean;
};

/** Listens on a port (0 picks a free one). Slow headers and bodies are cut off; idle connections outlive the router's pool. */
export async function listen(
  host: string,
  port: number,
  handle: HttpHandler,
  {
    headers = { 'x-content-type-options': 'nosniff' },
    open = createServer,
    sharesPort = false,
  }: ListenOptions = {},
): Promise<HttpServer> {
  const always = Object.entries(headers);
  let draining = false;
  const server = open(
    {
      requestTimeout: 30_000,
      headersTimeout: 10_000,
      // How often those two are looked after: by Node's default every 30 seconds only.
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384,
      // Node's own refusal goes on with what is behind such a request.
      requireHostHeader: false,
    },
    (request, response) => {
      if (refused.has(request.socket)) return;
      if (request.httpVersion === '1.1' && request.headers.host === undefined) {
        refuseConnection(request, response, 400, 'The request names no host.');
        return;
      }
      for (const [name, value] of always) response.setHeader(name, value);
      if (draining) closeAfter(request, response);
      const failed = (error: unknown): void => {
        if (response.headersSent) response.destroy();
        else if (error instanceof BodyTooLarge) {
          closeAfter(request, response);
          sendError(response, 413, 'BAD_REQUEST', 'The request is too large.');
        } else sendError(response, 500, 'INTERNAL_SERVER_ERROR', 'Internal server error');
      };
      try {
        handle(request, response)?.catch(failed);
      } catch (error) {
        failed(error);
      }
    },
  );
  // Of who reads nothing at all, what is written stays in our memory. Longer than any deadline, and than heartbeats are apart.
  server.timeout = 125_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, reusePort: sharesPort }, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    server,
    drain: () => {
      draining = true;
    },
    stop: graceMs =>
      new Promise(resolve => {
        draining = true;
        const force = setTimeout(() => server.closeAllConnections(), graceMs);
        // Node closes those that are idle now, and none that becomes so.
        const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
        server.close(() => {
          clearTimeout(force);
          clearInterval(idle);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
