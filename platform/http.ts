import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

/** Answers one request; a thrown error becomes a 500 without its text. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Handlers by `METHOD /path`; a path that ends in `/*` matches everything below it. */
export type Routes = { readonly [route: string]: HttpHandler };

/** The body is larger than allowed. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** Reads the whole body, at most `limit` bytes; rejects with BodyTooLarge beyond. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit) throw new BodyTooLarge(`more than ${limit} bytes`);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new BodyTooLarge(`more than ${limit} bytes`);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
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
  /** Takes no new work, lets requests in flight finish for up to `graceMs`, then closes every connection. */
  stop(graceMs: number): Promise<void>;
};

/** Listens on a port (0 picks a free one). Slow headers and bodies are cut off; idle connections outlive the router's pool. */
export async function listen(host: string, port: number, handle: HttpHandler): Promise<HttpServer> {
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
    (request, response) => {
      response.setHeader('x-content-type-options', 'nosniff');
      Promise.resolve()
        .then(() => handle(request, response))
        .catch((error: unknown) => {
          if (response.headersSent) response.destroy();
          else if (error instanceof BodyTooLarge)
            sendError(
              response.setHeader('connection', 'close'),
              413,
              'BAD_REQUEST',
              'The request is too large.',
            );
          else sendError(response, 500, 'INTERNAL_SERVER_ERROR', 'Internal server error');
        });
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    server,
    stop: graceMs =>
      new Promise(resolve => {
        const force = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(force);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
