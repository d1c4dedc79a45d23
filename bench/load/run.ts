import process from 'node:process';

import { Pool } from 'undici';

import { documents } from '../../test/support/documents.ts';
import { type Scenario, type Send, readScenario, walk } from './journey.ts';

// [URL=…] [USERS=…] [SECONDS=…] node bench/load/run.ts: shoppers of scenario.json on a shop that runs; exit code 1 when a threshold is
// crossed. It fills carts and orders nothing.
const scenario = readScenario();
const { URL: url = 'http://127.0.0.1:8000', USERS, SECONDS } = process.env;
const [shoppers, length] = [Number(USERS ?? scenario.users), Number(SECONDS ?? scenario.seconds)];
if (!(shoppers >= 1 && shoppers <= 1_000 && length >= 1 && length <= 3_600))
  throw new Error('1 to 1000 users, for 1 to 3600 seconds');

type Seen = { readonly times: number[]; failed: number; failure: string | null };
const seen = new Map<string, Seen>();
const pool = new Pool(url, { connections: shoppers, pipelining: 1, headersTimeout: 30_000 });
const ending = performance.now() + length * 1_000;
await Promise.all(Array.from({ length: shoppers }, shop));
await pool.close();
process.exitCode = report(scenario.thresholds) ? 0 : 1;

async function shop(): Promise<void> {
  while (performance.now() < ending) {
    await walk(scenario.steps, send, Math.random);
    await new Promise(resolve => setTimeout(resolve, scenario.pauseMs));
  }
}

function send(...[operation, variables]: Parameters<Send>): Promise<unknown> {
  const one = seen.get(operation) ?? { times: [], failed: 0, failure: null };
  seen.set(operation, one);
  const started = performance.now();
  return post(operation, variables).then(
    data => {
      one.times.push(performance.now() - started);
      return data;
    },
    (error: unknown) => {
      one.failed += 1;
      one.failure ??= error instanceof Error ? error.message : String(error);
      return null;
    },
  );
}

async function post(operation: string, variables: unknown): Promise<unknown> {
  const document = documents.get(operation);
  if (!document) throw new Error(`no client document is called ${operation}`);
  const { statusCode, body } = await pool.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: document.text, operationName: operation, variables }),
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`HTTP ${statusCode}: ${text.slice(0, 300)}`);
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: readonly unknown[] };
  if (errors) throw new Error(JSON.stringify(errors).slice(0, 300));
  return data;
}

/** Prints what was seen; false when a threshold was crossed. */
function report({ failedShare, p95Ms, p99Ms }: Scenario['thresholds']): boolean {
  const line = (name: string, times: readonly number[], failed: number): string => {
    const sorted = times.toSorted((a, b) => a - b);
    const figures = [0.5, 0.95, 0.99].map(share => at(sorted, share).toFixed(1).padStart(9));
    return `${name.padEnd(14)}${String(times.length).padStart(7)}${String(failed).padStart(8)}${figures.join('')}\n`;
  };
  process.stdout.write('operation       passed  failed   p50 ms   p95 ms   p99 ms\n');
  for (const [name, { times, failed }] of seen) process.stdout.write(line(name, times, failed));
  const all = [...seen.values()];
  const times = all.flatMap(one => one.times);
  const failed = all.reduce((sum, one) => sum + one.failed, 0);
  process.stdout.write(line('all', times, failed));
  process.stdout.write(`${((times.length + failed) / length).toFixed(1)} requests/s\n`);
  for (const [name, { failure }] of seen) if (failure !== null) process.stdout.write(`${name}: ${failure}\n`);
  const sorted = times.toSorted((a, b) => a - b);
  const crossed = [
    times.length === 0 ? 'no request passed' : '',
    failed > failedShare * (times.length + failed) ? `more than ${failedShare * 100} % failed` : '',
    at(sorted, 0.95) > p95Ms ? `p95 is above ${p95Ms} ms` : '',
    at(sorted, 0.99) > p99Ms ? `p99 is above ${p99Ms} ms` : '',
  ].filter(Boolean);
  process.stdout.write(crossed.length === 0 ? 'all thresholds hold\n' : `CROSSED: ${crossed.join(', ')}\n`);
  return crossed.length === 0;
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
