import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { loadavg } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { Pool } from 'undici';

import { freePort } from '#platform/ports.ts';

import { type Attack } from './attacker-process.ts';
import { type Sample, atRate, post } from './fixed-rate.ts';
import { nextMessage, residentMb, untilAnswering } from './processes.ts';

// npm run bench:adversarial: what hostile documents do to everybody else. Normal traffic at a fixed rate runs in turn
// without an attack, while each hostile document comes once, while they come as fast as production lets one client ask, and while
// they come as fast to a copy of the router: what it costs then is what processes that share a machine cost each other.
// The two routers, in production's configuration but without budgets, the subgraphs and the attacker are processes of their own;
// the subgraphs keep their answers, so that it is the router that is measured.
// Only a machine with nothing else to do gives figures that mean anything.
const PAIRS = 5;
const SECONDS = 30;
/** Seconds of the fast attack before anything counts: what is compiled while it runs is compiled then. */
const WARM_UP = 60;
const NORMAL_PER_SECOND = 300;
/** `requests` of the budgets per client (router/config.ts), a second. */
const FLOOD_PER_SECOND = 20;

const normal = [
  'query Tiles { products(first: 24) { edges { node { id slug name rating { average } media { url } } } } }',
  'query Page { product(slug: "x") { id name description reviews(first: 5) { edges { node { title body author { displayName } } } } variants { id sku } } }',
  'query Tree { categories { id slug name parent { name } } }',
  'query Cart { cart(id: "1") { id lines { quantity variant { id sku } } } }',
];

await main();

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
    const subgraphs = run(new URL('made-up-subgraphs-process.ts', import.meta.url), secrets);
    const urls = await nextMessage<Readonly<Record<string, string>>>(subgraphs);
    const attacker = run(new URL('attacker-process.ts', import.meta.url), {});
    const [router, copy] = await Promise.all([
      startRouter(run, { ...secrets, ...urls }),
      startRouter(run, { ...secrets, ...urls }),
    ]);
    await measure(router, copy, attacker);
  } finally {
    for (const child of started) child.kill();
  }
}

type Run = typeof start;

type Router = { readonly child: ChildProcess; readonly url: string };

async function startRouter(run: Run, env: Readonly<Record<string, string>>): Promise<Router> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const child = run(new URL('../../router/main.ts', import.meta.url), {
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

async function measure({ child, url }: Router, copy: Router, attacker: ChildProcess): Promise<void> {
  const pool = new Pool(url, { connections: 20 });
  const bodies = normal.map(query => JSON.stringify({ query }));
  const good = (i: number): Promise<number> => post(pool, bodies[i % bodies.length] ?? '');
  const during = async (
    attack: Attack | null,
  ): Promise<{ readonly p99: number; readonly hostile: Sample[] }> => {
    const [samples, hostile] = await Promise.all([
      atRate(attack?.seconds ?? SECONDS, NORMAL_PER_SECOND, good),
      attack ? nextMessage<Sample[]>(attacker, attack) : [],
    ]);
    if (samples.some(({ status }) => status !== 200)) throw new Error('normal traffic has failed');
    return { p99: quantile(samples, 0.99), hostile };
  };
  const flood = { seconds: SECONDS, perSecond: FLOOD_PER_SECOND };
  const attacks: readonly { readonly name: string; readonly attack: Attack }[] = [
    { name: 'each once', attack: { url, seconds: SECONDS } },
    { name: `${FLOOD_PER_SECOND} a second`, attack: { ...flood, url } },
    { name: 'the copy attacked', attack: { ...flood, url: copy.url } },
  ];

  await good(0);
  for (const victim of [url, copy.url]) await during({ ...flood, seconds: WARM_UP, url: victim });
  const ratios: number[][] = attacks.map(() => []);
  const hostile: Sample[] = [];
  const row = (...cells: readonly string[]): void => print(cells.map(cell => cell.padEnd(20)).join(''));
  row('p99 alone', ...attacks.map(({ name }) => name), 'worst for attackers', 'memory', 'machine’s load');
  for (let pair = 1; pair <= PAIRS; pair += 1) {
    const { p99: calm } = await during(null);
    const cells: string[] = [];
    let worst = 0;
    for (const [index, { attack }] of attacks.entries()) {
      const under = await during(attack);
      ratios[index]?.push(under.p99 / calm);
      cells.push(`${under.p99.toFixed(1)} ms, ${(under.p99 / calm).toFixed(2)}x`);
      hostile.push(...under.hostile);
      worst = Math.max(worst, quantile(under.hostile, 1));
    }
    const load = loadavg()[0]?.toFixed(1) ?? '';
    row(`${calm.toFixed(1)} ms`, ...cells, `${worst.toFixed(0)} ms`, `${residentMb(child.pid)} MB`, load);
  }
  const faults = hostile.filter(({ status }) => status >= 500).length;
  print(
    `\n${hostile.length} hostile requests, ${faults} answered with a fault of ours; p95 ${quantile(hostile, 0.95).toFixed(0)} ms, worst ${quantile(hostile, 1).toFixed(0)} ms`,
  );
  const medians = attacks.map(({ name }, index) => `${name} ${median(ratios[index] ?? []).toFixed(2)}x`);
  print(`p99 of normal traffic, medians of ${PAIRS} pairs: ${medians.join(', ')}`);
  await pool.close();
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function quantile(samples: readonly Sample[], share: number): number {
  const sorted = samples.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function start(file: URL, env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, ['--max-semi-space-size=64', fileURLToPath(file)], {
    env: { PATH: process.env['PATH'] ?? '', APOLLO_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
