import { afterAll, beforeEach, expect, test } from 'vitest';

import { type HttpServer, listen } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { noTracing } from '#platform/tracing.ts';

import { type Outcome } from '../http/graphql.ts';
import { createRequestWatch } from './request-watch.ts';

const correlationId = '01a205b6-1016-7d83-9a22-88b580f256fa';
const metrics = createMetrics('router');
let lines: Record<string, unknown>[];
let wrote: () => void;
let written: Promise<void>;
const write = (line: string): void => {
  lines.push(JSON.parse(line) as Record<string, unknown>);
  wrote();
};
const watch = createRequestWatch({
  log: createLog('router', 'info', { write }),
  metrics,
  tracing: noTracing,
});

let outcome: Outcome;
const http: HttpServer = await listen('127.0.0.1', 0, (request, response) => {
  const watched = watch('graphql', correlationId, { request, response });
  watched.answered({ counts: { fetches: 3, statements: 4 }, outcome });
  response.once('close', watched.finish).end('{}');
});
afterAll(() => http.stop(100));

beforeEach(() => {
  lines = [];
  written = new Promise(resolve => (wrote = resolve));
});

test('one line says what the operation was, what it cost and how it ended; the body stays out of it', async () => {
  outcome = { type: 'mutation', name: 'SignIn', codes: [] };
  const body = JSON.stringify({ query: 'mutation SignIn', variables: { password: 'hunter2' } });
  await fetch(`http://127.0.0.1:${http.port}/graphql`, { method: 'POST', body });
  await written;
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    service: 'router',
    msg: 'operation',
    correlationId,
    operation: 'SignIn',
    type: 'mutation',
    outcome: 'ok',
    status: 200,
    fetches: 3,
    statements: 4,
  });
  expect(lines[0]?.['ms']).toBeTypeOf('number');
  expect(JSON.stringify(lines)).not.toContain('hunter2');
});

test('errors are told by their codes, and counted', async () => {
  outcome = { type: 'query', name: 'Orders', codes: ['FORBIDDEN'] };
  await fetch(`http://127.0.0.1:${http.port}/graphql`);
  await written;
  expect(lines[0]).toMatchObject({ outcome: 'error', codes: ['FORBIDDEN'] });
  const text = await metrics.registry.metrics();
  expect(text).toContain('graphql_requests_total{operation_type="query",outcome="error",service="router"} 1');
  expect(text).toContain('http_requests_total{route="graphql",status="2xx",service="router"} 2');
});
