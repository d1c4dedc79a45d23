import { type HttpHandler, type HttpServer, type Routes, listen, matchRoute, sendError } from './http.ts';
import { profilingRoutes } from './profiling.ts';

type AdminOptions = {
  readonly host: string;
  readonly port: number;
  /** Whether `/debug/*` answers. */
  readonly profiling: boolean;
  readonly contentType: string;
  /** All metrics, as text of that type. */
  readonly metrics: () => Promise<string>;
  readonly routes?: Routes;
  /** Whether a worker of a cluster opens it, for the process above it. */
  readonly sharesPort?: boolean;
};

/** Listens on the port that is for operators alone: metrics, and profiles where that is switched on. Never to be published. */
export function openAdmin(options: AdminOptions): Promise<HttpServer> {
  const { host, port, profiling, contentType, metrics, sharesPort = false } = options;
  const routes: Routes = {
    ...options.routes,
    ...(profiling ? profilingRoutes() : {}),
    'GET /metrics': async (_request, response) => {
      response.writeHead(200, { 'content-type': contentType }).end(await metrics());
    },
  };
  const answer: HttpHandler = async (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    const route = matchRoute(routes, request.method ?? 'GET', path);
    if (route) await route(request, response);
    else sendError(response, 404, 'NOT_FOUND', 'There is nothing here.');
  };
  return listen(host, port, answer, { sharesPort });
}
