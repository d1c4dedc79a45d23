import { afterAll, beforeEach, expect, test, vi } from 'vitest';

import { type HttpServer, listen } from '#platform/http.ts';
import { createMetrics } from '#platform/metrics.ts';
import { noTracing } from '#platform/tracing.ts';

import { type Outcome } from '../http/graphql.ts';
import { createRequestWatch } from './request-watch.ts';
import { noWork, startWaiting, stopWaiting } from './work.ts';

const correlationId = '01a205b6-1016-7d83-9a22-88b580f256fa';
const metrics = createMetrics('router');
let lines: Record<string, unknown>[];
let wrote: () => void;
let written: Promise<void>;
const watch = createRequestWatch({
  log: {
    isLevelEnabled: () => true,
    info: (members, msg) => {
      lines.push({ ...(JSON.parse(`{${members}}`) as object), msg });
      wrote();
    },
  },
  metrics,
  tracing: noTracing,
});

let outcome: Outcome;
const http: HttpServer = await listen('127.0.0.1', 0, (request, response) => {
  const watched = watch('graphql', correlationId, { request, response });
  watched.answered({ counts: { ...noWork(), fetches: 3, statements: 4, waitedMs: 0.04 }, outcome });
  response.once('close', watched.finish).end('{}');
});
afterAll(() => http.stop(100));

beforeEach(() => {
  lines = [];
  written = new Promise(resolve => (wrote = resolve));
});

test('one line says what the operation was, what it cost and how it ended; the body stays out of it', async () => {
  outcome = { type: 'mutation', name: 'SignIn', codes: [], cost: 12, plan: 'hit' };
  const body = JSON.stringify({ query: 'mutation SignIn', variables: { password: 'hunter2' } });
  const headers = { 'apollographql-client-name': 'web shop', 'apollographql-client-version': '1.4.2' };
  await fetch(`http://127.0.0.1:${http.port}/graphql`, { method: 'POST', body, headers });
  await written;
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    msg: 'operation',
    correlationId,
    operation: 'SignIn',
    type: 'mutation',
    outcome: 'ok',
    status: 200,
    fetches: 3,
    statements: 4,
    waitedMs: 0,
    cost: 12,
    plan: 'hit',
    client: 'web shop',
    clientVersion: '1.4.2',
  });
  expect(lines[0]?.['ms']).toBeTypeOf('number');
  expect(JSON.stringify(lines)).not.toContain('hunter2');
});

test('errors are told by their codes, and counted', async () => {
  const name = 'a "quoted"\nname';
  outcome = { type: 'query', name, codes: ['FORBIDDEN'], cost: null, plan: null };
  await fetch(`http://127.0.0.1:${http.port}/graphql`, {
    headers: {
      'apollographql-client-name': 'ada@example.com',
      'apollographql-client-version': '1'.repeat(65),
    },
  });
  await written;
  expect(lines[0]).toMatchObject({ operation: name, outcome: 'error', codes: ['FORBIDDEN'] });
  for (const absent of ['client', 'clientVersion', 'cost', 'plan'])
    expect(lines[0]).not.toHaveProperty(absent);
  const text = await metrics.registry.metrics();
  expect(text).toContain('graphql_requests_total{operation_type="query",outcome="error",service="router"} 1');
  expect(text).toContain('http_requests_total{route="graphql",status="2xx",service="router"} 2');
});

test('overhead is what is left of a request without the time that fetches were waited for', async () => {
  const work = noWork();
  const clock = vi.spyOn(performance, 'now');
  for (const [now, change] of [
    [1_000, startWaiting],
    [1_020, startWaiting],
    [1_050, stopWaiting],
    [1_070, stopWaiting],
    [1_100, startWaiting],
    [1_130, stopWaiting],
  ] as const) {
    clock.mockReturnValue(now);
    change(work);
  }
  clock.mockRestore();
  expect(work).toMatchObject({ waitedMs: 100, underWay: 0 });
  const text = await metrics.registry.metrics();
  expect(text).toContain('gateway_overhead_duration_seconds_count{service="router"} 2');
});
