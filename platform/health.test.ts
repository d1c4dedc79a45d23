import { expect, test } from 'vitest';

import { startHealth } from './health.ts';
import { listen, matchRoute } from './http.ts';
import { afterFile } from './testing/cleanup.ts';

const state = { database: true, events: true };
const health = startHealth({
  live: () => true,
  ready: async () => ({ database: state.database }),
  degraded: () => ({ events: state.events }),
});
const server = await listen('127.0.0.1', 0, async (request, response) => {
  await matchRoute(health.routes, request.method ?? '', request.url ?? '')?.(request, response);
});
afterFile(() => server.stop(0));

const ask = async (path: string) => {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
  return [response.status, ((await response.json()) as { status: string }).status];
};

test.each([
  [{ database: true, events: true }, 200, 'ok'],
  [{ database: true, events: false }, 200, 'degraded'],
  [{ database: false, events: true }, 503, 'unavailable'],
])('with %j a service is ready: %i', async (now, code, status) => {
  Object.assign(state, now);
  expect(await ask('/health/ready')).toEqual([code, status]);
  expect(await ask('/health')).toEqual([code, status]);
  expect(await ask('/health/live')).toEqual([200, 'ok']);
});

test('a draining service is alive and not ready', async () => {
  Object.assign(state, { database: true, events: true });
  health.drain();
  expect(await ask('/health/ready')).toEqual([503, 'unavailable']);
  expect(await ask('/health/live')).toEqual([200, 'ok']);
});
