import { sendJson, type Routes } from '#platform/http.ts';

import { type Subgraphs } from '../fetching/subgraph-request.ts';

/** How a subgraph is, without addresses or versions. */
type Status = {
  readonly service: string;
  readonly status: 'ok' | 'unavailable';
  readonly milliseconds: number;
};

const PATIENCE_MS = 2_000;

/** `/services/status` for all subgraphs, `/api/v1/<name>/health` for one. */
export function statusRoutes(subgraphs: Subgraphs): Routes {
  const statusOf = async (name: string): Promise<Status> => {
    const started = performance.now();
    const status = await isReady(subgraphs, name).then(ready => (ready ? 'ok' : 'unavailable'));
    return { service: name, status, milliseconds: Math.round(performance.now() - started) };
  };
  const one = (name: string): Routes => ({
    [`GET /api/v1/${name}/health`]: async (_request, response) => {
      const found = await statusOf(name);
      sendJson(response, found.status === 'ok' ? 200 : 503, found);
    },
  });
  return Object.assign(
    {
      'GET /services/status': async (_request, response) => {
        const services = await Promise.all(subgraphs.names().map(statusOf));
        const ok = services.every(({ status }) => status === 'ok');
        sendJson(response, ok ? 200 : 503, { status: ok ? 'ok' : 'degraded', services });
      },
    } satisfies Routes,
    ...subgraphs.names().map(one),
  );
}

async function isReady(subgraphs: Subgraphs, name: string): Promise<boolean> {
  try {
    const { statusCode, body } = await subgraphs
      .pool(name)
      .request({ method: 'GET', path: '/health/ready', signal: AbortSignal.timeout(PATIENCE_MS) });
    await body.dump();
    return statusCode === 200;
  } catch {
    // Not reachable is one of the two answers.
    return false;
  }
}
