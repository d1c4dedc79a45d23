import { type Routes, sendJson } from './http.ts';

type Checks = {
  /** Whether the process can still do anything at all. */
  readonly live: () => boolean;
  /** What it needs to serve, by name. */
  readonly ready: () => Promise<Readonly<Record<string, boolean>>>;
  /** What it can do without for a while, by name: missing is shown, but a process that can serve stays in service. */
  readonly degraded?: () => Readonly<Record<string, boolean>>;
};

export type Health = {
  readonly routes: Routes;
  /** From now on not ready: the process is about to stop. */
  drain(): void;
};

/** `/health/live` (restart me), `/health/ready` (send me traffic), `/health` (both, with the names of what is missing). */
export function startHealth({ live, ready, degraded = () => ({}) }: Checks): Health {
  let draining = false;
  const state = async () => {
    const [needed, wished] = [{ ...(await ready()), accepting: !draining }, degraded()];
    const all = (checks: Readonly<Record<string, boolean>>): boolean => Object.values(checks).every(Boolean);
    const status = !all(needed) ? 'unavailable' : all(wished) ? 'ok' : 'degraded';
    return { status, checks: { ...needed, ...wished } };
  };
  return {
    drain: () => (draining = true),
    routes: {
      'GET /health/live': (_request, response) =>
        sendJson(response, live() ? 200 : 503, { status: live() ? 'ok' : 'unavailable' }),
      'GET /health/ready': async (_request, response) => {
        const found = await state();
        sendJson(response, found.status === 'unavailable' ? 503 : 200, found);
      },
      'GET /health': async (_request, response) => {
        const found = await state();
        sendJson(response, found.status === 'unavailable' ? 503 : 200, found);
      },
    },
  };
}
