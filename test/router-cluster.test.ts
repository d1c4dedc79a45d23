import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type RequestOptions, request } from 'node:http';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { type TestGraph, secrets, startGraph } from '../router/testing/graph.ts';

type Line = Readonly<Record<string, unknown>>;

/** Whoever waits for the answer of `slow` in the subgraph. */
const waiting: ((value: string) => void)[] = [];
let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph({
    resolvers: {
      orders: { Query: { echo: () => 'hi' } },
      products: { Query: { slow: () => new Promise<string>(resolve => waiting.push(resolve)) } },
    },
  });
});
afterAll(() => graph.close());

type Running = {
  readonly child: ChildProcess;
  readonly lines: Line[];
  readonly url: string;
  readonly adminUrl: string;
  /** Process ids of the workers that were started, in order. */
  pids(): number[];
  ended: Promise<number | null>;
};

/** Starts the router as `npm run router` does. */
function startProgram(env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, ['router/main.ts'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      APOLLO_TELEMETRY_DISABLED: '1',
      SUPERGRAPH_PATH: graph.supergraphFile,
      HOST: '127.0.0.1',
      ROUTER_PORT: '0',
      ROUTER_ADMIN_PORT: '0',
      ROUTER_WORKERS: '2',
      JWT_SECRET: secrets.access,
      INTERNAL_TOKEN_SECRET: secrets.internal,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function startTwo(env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const child = startProgram(env);
  const lines: Line[] = [];
  if (!child.stdout) throw new Error('no output');
  createInterface(child.stdout).on('line', line => lines.push(JSON.parse(line) as Line));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const found = (msg: string): Line | undefined => lines.find(line => line['msg'] === msg);
  await vi.waitUntil(() => found('all workers are up') ?? child.exitCode !== null, { timeout: 30_000 });
  return {
    child,
    lines,
    url: `http://127.0.0.1:${String(found('all workers are up')?.['port'])}`,
    adminUrl: `http://127.0.0.1:${String(found('all workers are up')?.['adminPort'])}`,
    pids: () => lines.filter(line => line['msg'] === 'worker is up').map(line => Number(line['pid'])),
    ended,
  };
}

/** Asks over a connection of its own. */
function ask(url: string, query: string): Promise<unknown> {
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json' },
  };
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/graphql`, options, response => {
      text(response).then(body => resolve(JSON.parse(body)), reject);
    });
    asked.once('error', reject);
    asked.end(JSON.stringify({ query }));
  });
}
const patience = { timeout: 20_000 };
const hi = { data: { echo: 'hi' } };

async function metric(adminUrl: string, name: string, ...labels: string[]): Promise<number> {
  const lines = (await (await fetch(`${adminUrl}/metrics`)).text()).split('\n');
  const found = lines.find(line => line.startsWith(name) && labels.every(label => line.includes(label)));
  return Number(found?.split(' ').at(-1) ?? 0);
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('two workers', () => {
  let two: Running;
  beforeEach(async () => {
    two = await startTwo();
    return async () => {
      two.child.kill('SIGTERM');
      await two.ended;
    };
  });

  test('share the port; their metrics are summed up, and told by the process above them', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask(two.url, '{ echo }')));
    expect(answers).toEqual(answers.map(() => hi));
    const { adminUrl } = two;
    expect(await metric(adminUrl, 'http_requests_total', 'route="graphql"', '2xx')).toBe(40);
    expect(await metric(adminUrl, 'graphql_request_duration_seconds_count')).toBe(40);
    const each = await Promise.all(
      [1, 2].map(worker => metric(adminUrl, 'router_worker_http_requests', `worker="${worker}"`)),
    );
    expect(each.reduce((sum, requests) => sum + requests, 0)).toBe(40);
    expect(Math.min(...each)).toBeGreaterThan(0);
    expect(await metric(adminUrl, 'router_workers')).toBe(2);
    // What is the same everywhere is not added up.
    expect(await metric(adminUrl, 'build_info')).toBe(1);
    for (const base of [adminUrl, two.url]) {
      const answer = await fetch(`${base}/health/ready`);
      expect([answer.status, await answer.json()]).toMatchObject([200, { status: 'ok' }]);
    }
  });

  test('one that is killed costs what it had in hand, and is replaced; what it has counted stays', async () => {
    for (const _ of Array.from({ length: 10 })) await ask(two.url, '{ echo }');
    expect(await metric(two.adminUrl, 'http_requests_total', 'route="graphql"')).toBe(10);
    const [first = 0, second = 0] = two.pids();
    process.kill(first, 'SIGKILL');
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, async () => {
        const answers: unknown[] = [];
        for (const _ of Array.from({ length: 50 }))
          answers.push(await ask(two.url, '{ echo }').catch((error: unknown) => error));
        return answers;
      }),
    );
    const answers = results.flatMap(result => (result.status === 'fulfilled' ? result.value : []));
    expect(answers).toHaveLength(200);
    const failed = answers.filter(answer => answer instanceof Error);
    expect(failed.length).toBeLessThanOrEqual(4);

    await vi.waitUntil(() => two.pids().length === 3, patience);
    expect(isAlive(second)).toBe(true);
    expect(await metric(two.adminUrl, 'router_workers_ended_total')).toBe(1);
    expect(await metric(two.adminUrl, 'http_requests_total', 'route="graphql"')).toBe(210 - failed.length);
    await ask(two.url, '{ echo }');
    expect((await fetch(`${two.adminUrl}/health`)).status).toBe(200);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s lets both finish what they have in hand', async signal => {
    const asked = [ask(two.url, '{ slow }'), ask(two.url, 'query Again { slow }')];
    await vi.waitUntil(() => waiting.length === 2, patience);
    two.child.kill(signal);
    // A terminal tells the whole group.
    if (signal === 'SIGINT') for (const pid of two.pids()) process.kill(pid, signal);
    await vi.waitUntil(
      () =>
        ask(two.url, '{ echo }').then(
          () => false,
          () => true,
        ),
      patience,
    );
    for (const answer of waiting.splice(0)) answer('in time');
    expect(await Promise.all(asked)).toEqual([{ data: { slow: 'in time' } }, { data: { slow: 'in time' } }]);
    expect(await two.ended).toBe(0);
    expect(two.pids().filter(isAlive)).toEqual([]);
  });

  test('do not outlive the process above them', async () => {
    expect(two.pids().filter(isAlive)).toHaveLength(2);
    two.child.kill('SIGKILL');
    await two.ended;
    await vi.waitFor(() => expect(two.pids().filter(isAlive)).toEqual([]), patience);
  });

  test('tell of operations over streams in the log, as of any', async () => {
    const address = `${two.url}/graphql/stream?${new URLSearchParams({ query: 'query Streamed { echo }' }).toString()}`;
    expect(await (await fetch(address)).text()).toContain('event: next');
    const line = await vi.waitUntil(() => two.lines.find(each => each['operation'] === 'Streamed'), patience);
    expect(line).toMatchObject({
      msg: 'operation',
      type: 'query',
      transport: 'sse',
      outcome: 'ok',
      results: 1,
      fetches: 1,
      cost: expect.any(Number) as number,
    });
  });
});

test('each can be looked into through the admin port of the process above them, when that is switched on', async () => {
  const running = await startTwo({ ADMIN_PROFILING: 'true' });
  const debug = async (path: string, init: RequestInit = {}): Promise<Record<string, unknown>> =>
    (await (await fetch(`${running.adminUrl}/debug/${path}`, init)).json()) as Record<string, unknown>;
  try {
    const seen = [await debug('handles'), await debug('handles?worker=2')].map(({ pid }) => pid);
    expect(new Set(seen)).toEqual(new Set(running.pids()));
    expect(await debug('cpu?worker=2&seconds=0.1')).toHaveProperty('nodes');
    expect((await fetch(`${running.adminUrl}/debug/handles?worker=3`)).status).toBe(404);
    expect(await debug('log-level', { method: 'PUT', body: 'debug' })).toEqual({ level: 'debug' });
    for (const worker of [1, 2])
      expect(await debug(`log-level?worker=${worker}`)).toEqual({ level: 'debug' });
    expect((await fetch(`${running.url}/debug/handles`)).status).toBe(404);
  } finally {
    running.child.kill();
    await running.ended;
  }
}, 60_000);

test('workers that cannot start end the program, which says why', async () => {
  const child = startProgram({ SUPERGRAPH_PATH: '/nowhere.graphql' });
  const said = child.stderr ? text(child.stderr) : '';
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(await said).toContain('/nowhere.graphql');
});
