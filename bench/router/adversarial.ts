import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

import { Pool } from 'undici';

import { freePort } from '#platform/ports.ts';

import { subgraphNames } from '../../router/config.ts';
import { loadSupergraph } from '../../router/supergraph/supergraph.ts';
import { hostileDocuments } from '../../router/testing/hostile-documents.ts';
import { startMockSubgraphs } from '../../router/testing/mock-shop.ts';
import { untilAnswering } from './processes.ts';

// npm run bench:adversarial: what hostile documents do to everybody else. Normal traffic at a fixed rate runs in turn
// without an attack, with one, and with the same attack upon another copy of the router: what it costs then is what processes
// that share a machine and its subgraphs cost each other. The copies, in production's configuration, and each of the six
// subgraphs are processes of their own.
// Only a machine with nothing else to do gives figures that mean anything.
const PAIRS = 5;
const SECONDS = 10;
const NORMAL_PER_SECOND = 300;
const HOSTILE_PER_SECOND = 20;
const supergraphFile = new URL('../../schema/supergraph.graphql', import.meta.url);

const normal = [
  'query Tiles { products(first: 24) { edges { node { id slug name rating { average } media { url } } } } }',
  'query Page { product(slug: "x") { id name description reviews(first: 5) { edges { node { title body author { displayName } } } } variants { id sku } } }',
  'query Tree { categories { id slug name parent { name } } }',
  'query Cart { cart(id: "1") { id lines { quantity variant { id sku } } } }',
];

type Sample = { readonly ms: number; readonly status: number };

const [, , asked] = process.argv;
const own = subgraphNames.find(name => name === asked);
if (own) {
  const { env } = await startMockSubgraphs(process.env['INTERNAL_TOKEN_SECRET'] ?? '', [own]);
  process.stdout.write(`${JSON.stringify(env)}\n`);
} else await main();

async function main(): Promise<void> {
  const secrets = {
    INTERNAL_TOKEN_SECRET: randomBytes(32).toString('base64url'),
    JWT_SECRET: randomBytes(32).toString('base64url'),
  };
  const started: ChildProcess[] = [];
  const run: Run = (...program) => {
    const child = start(...program);
    started.push(child);
    return child;
  };
  try {
    const lines = await Promise.all(
      subgraphNames.map(name => firstLine(run(new URL(import.meta.url).pathname, [name], secrets))),
    );
    const urls = Object.assign({}, ...lines.map(line => JSON.parse(line) as object)) as Record<
      string,
      string
    >;
    const [attacked, other] = await Promise.all([
      startRouter(run, { ...secrets, ...urls }),
      startRouter(run, { ...secrets, ...urls }),
    ]);
    await measure(attacked, other);
  } finally {
    for (const child of started) child.kill();
  }
}

type Run = typeof start;

type Router = { readonly child: ChildProcess; readonly url: string };

async function startRouter(run: Run, env: Readonly<Record<string, string>>): Promise<Router> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const file = new URL('../../router/main.ts', import.meta.url).pathname;
  const child = run('--max-semi-space-size=64', [file], {
    ...env,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    ROUTER_PORT: String(port),
    ROUTER_ADMIN_PORT: String(adminPort),
    RATE_LIMIT_ENABLED: 'false',
    LOG_LEVEL: 'fatal',
  });
  const url = `http://127.0.0.1:${port}`;
  await untilAnswering(child, async () => (await fetch(`${url}/health/ready`)).ok);
  return { child, url };
}

async function measure(router: Router, other: Router): Promise<void> {
  const pools = {
    normal: new Pool(router.url, { connections: 20 }),
    hostile: new Pool(router.url, { connections: 4 }),
    beside: new Pool(other.url, { connections: 4 }),
  };
  const attack = hostileDocuments(await loadSupergraph(readFileSync(supergraphFile, 'utf8')));
  const bodies = normal.map(query => JSON.stringify({ query }));
  const good = (i: number) => send(pools.normal, bodies[i % bodies.length] ?? '');
  // Each document is a new one each time, so that no cache helps the router.
  let sent = 0;
  const bad = (pool: Pool) => () => {
    sent += 1;
    return send(pool, fresh(attack[sent % attack.length]?.body ?? '', sent));
  };

  for (const [i] of bodies.entries())
    if ((await good(i)).status !== 200) throw new Error(`${normal[i] ?? ''} fails`);
  const normally = [NORMAL_PER_SECOND, good] as const;
  for (const pool of [pools.hostile, pools.beside])
    await during(SECONDS, [normally, [HOSTILE_PER_SECOND, bad(pool)]]);
  const ratios: { readonly attacked: number; readonly beside: number }[] = [];
  const hostile: Sample[] = [];
  print(
    'pair   p99 alone   attacked         the copy attacked   worst refusal or answer   memory   machine’s load',
  );
  for (let pair = 1; pair <= PAIRS; pair += 1) {
    const [alone = []] = await during(SECONDS, [normally]);
    const [attacked = [], attackers = []] = await during(SECONDS, [
      normally,
      [HOSTILE_PER_SECOND, bad(pools.hostile)],
    ]);
    const [beside = []] = await during(SECONDS, [normally, [HOSTILE_PER_SECOND, bad(pools.beside)]]);
    if ([...alone, ...attacked, ...beside].some(({ status }) => status !== 200))
      throw new Error('normal traffic has failed');
    const [before, under, control] = [alone, attacked, beside].map(samples => quantile(samples, 0.99)) as [
      number,
      number,
      number,
    ];
    ratios.push({ attacked: under / before, beside: control / before });
    hostile.push(...attackers);
    print(
      [
        String(pair).padEnd(7),
        `${before.toFixed(1)} ms`.padEnd(12),
        `${under.toFixed(1)} ms, ${(under / before).toFixed(2)}x`.padEnd(17),
        `${control.toFixed(1)} ms, ${(control / before).toFixed(2)}x`.padEnd(20),
        `${quantile(attackers, 1).toFixed(0)} ms`.padEnd(26),
        `${memoryMb(router.child.pid ?? 0)} MB`.padEnd(9),
        loadavg()[0]?.toFixed(1) ?? '',
      ].join(''),
    );
  }
  const median = (of: 'attacked' | 'beside'): string =>
    (ratios.map(each => each[of]).toSorted((a, b) => a - b)[Math.floor(PAIRS / 2)] ?? 0).toFixed(2);
  const faults = hostile.filter(({ status }) => status >= 500).length;
  print(
    `\n${hostile.length} hostile requests, ${faults} answered with a fault of ours; p95 ${quantile(hostile, 0.95).toFixed(0)} ms, worst ${quantile(hostile, 1).toFixed(0)} ms`,
  );
  print(
    `p99 of normal traffic rises to ${median('attacked')} times, and to ${median('beside')} times while the copy is attacked (medians of ${PAIRS} pairs)`,
  );
  await Promise.all(Object.values(pools).map(pool => pool.close()));
}

/** Sends at fixed rates, whether answers come or not; a late start counts as waiting. */
async function during(
  seconds: number,
  streams: readonly (readonly [perSecond: number, send: (i: number) => Promise<Sample>])[],
): Promise<Sample[][]> {
  const start = performance.now() + 50;
  return Promise.all(
    streams.map(async ([perSecond, sendOne]) => {
      const running: Promise<Sample>[] = [];
      for (let i = 0; i < seconds * perSecond; i += 1) {
        const due = start + (i * 1_000) / perSecond;
        const early = due - performance.now();
        if (early > 0) await wait(early);
        running.push(sendOne(i).then(({ status }) => ({ status, ms: performance.now() - due })));
      }
      return Promise.all(running);
    }),
  );
}

async function send(pool: Pool, body: string): Promise<Sample> {
  const started = performance.now();
  const response = await pool.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  await response.body.dump();
  return { ms: performance.now() - started, status: response.statusCode };
}

/** The same request with another text. */
function fresh(body: string, i: number): string {
  return body.startsWith('{"query":"') ? `{"query":"#${i}\\n${body.slice('{"query":"'.length)}` : body;
}

function quantile(samples: readonly Sample[], share: number): number {
  const sorted = samples.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function memoryMb(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1_024);
}

function start(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', APOLLO_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the process has no output');
  const [line] = (await once(createInterface(stdout), 'line')) as [string];
  return line;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
