import { type Routes, sendJson } from './http.ts';

type Checks = {
  /** Whether the process can still do anything at all. */
  readonly live: () => boolean;
  /** What it needs to serve, by name. */
  readonly ready: () => Promise<Readonly<Record<string, boolean>>>;
};

export type Health = {
  readonly routes: Routes;
  /** From now on not ready: the process is about to stop. */
  drain(): void;
};

/** `/health/live` (restart me), `/health/ready` (send me traffic), `/health` (both, with the names of what is missing). */
export function startHealth({ live, ready }: Checks): Health {
  let draining = false;
  const state = async () => {
    const checks = await ready();
    return {
      status: !draining && Object.values(checks).every(Boolean) ? 'ok' : 'unavailable',
      checks: { ...checks, accepting: !draining },
    };
  };
  return {
    drain: () => (draining = true),
    routes: {
      'GET /health/live': (_request, response) =>
        sendJson(response, live() ? 200 : 503, { status: live() ? 'ok' : 'unavailable' }),
      'GET /health/ready': async (_request, response) => {
        const found = await state();
        sendJson(response, found.status === 'ok' ? 200 : 503, found);
      },
      'GET /health': async (_request, response) => {
        const found = await state();
        sendJson(response, found.status === 'ok' ? 200 : 503, found);
      },
    },
  };
}
