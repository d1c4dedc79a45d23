import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import process from 'node:process';
import { createInterface } from 'node:readline';

import { Pool } from 'undici';

import { freePort } from '#platform/ports.ts';

import { subgraphNames } from '../../router/config.ts';
import { startMockSubgraphs } from '../../router/testing/mock-shop.ts';
import { type Attack } from './attacker-process.ts';
import { type Sample, atRate, post } from './fixed-rate.ts';
import { untilAnswering } from './processes.ts';

// npm run bench:adversarial: what hostile documents do to everybody else. Normal traffic at a fixed rate runs in turn
// without an attack, with one, and with the same attack upon another copy of the router: what it costs then is what processes
// that share a machine and its subgraphs cost each other. The copies, in production's configuration, each of the six
// subgraphs and the attacker are processes of their own.
// Only a machine with nothing else to do gives figures that mean anything.
const PAIRS = 5;
const SECONDS = 20;
const NORMAL_PER_SECOND = 300;
const HOSTILE_PER_SECOND = 20;

const normal = [
  'query Tiles { products(first: 24) { edges { node { id slug name rating { average } media { url } } } } }',
  'query Page { product(slug: "x") { id name description reviews(first: 5) { edges { node { title body author { displayName } } } } variants { id sku } } }',
  'query Tree { categories { id slug name parent { name } } }',
  'query Cart { cart(id: "1") { id lines { quantity variant { id sku } } } }',
];

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
    const attacker = run(new URL('attacker-process.ts', import.meta.url).pathname, [], {});
    const [attacked, other] = await Promise.all([
      startRouter(run, { ...secrets, ...urls }),
      startRouter(run, { ...secrets, ...urls }),
    ]);
    await measure({ attacker, attacked, other });
  } finally {
    for (const child of started) child.kill();
  }
}

type Run = typeof start;

type Stand = { readonly attacker: ChildProcess; readonly attacked: Router; readonly other: Router };
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

async function measure({ attacker, attacked, other }: Stand): Promise<void> {
  const pool = new Pool(attacked.url, { connections: 20 });
  const bodies = normal.map(query => JSON.stringify({ query }));
  const good = (i: number): Promise<number> => post(pool, bodies[i % bodies.length] ?? '');
  const phase = (victim: Router | null): Promise<[normal: Sample[], hostile: Sample[]]> =>
    Promise.all([
      atRate(SECONDS, NORMAL_PER_SECOND, good),
      victim
        ? ask(attacker, { url: victim.url, seconds: SECONDS, perSecond: HOSTILE_PER_SECOND })
        : Promise.resolve([]),
    ]);

  for (const [i] of bodies.entries())
    if ((await good(i)) !== 200) throw new Error(`${normal[i] ?? ''} fails`);
  for (const victim of [attacked, other]) await phase(victim);
  const ratios: { readonly attacked: number; readonly beside: number }[] = [];
  const hostile: Sample[] = [];
  print(
    'pair   p99 alone   attacked         the copy attacked   worst refusal or answer   memory   machine’s load',
  );
  for (let pair = 1; pair <= PAIRS; pair += 1) {
    const [alone] = await phase(null);
    const [under, attackers] = await phase(attacked);
    const [beside] = await phase(other);
    if ([...alone, ...under, ...beside].some(({ status }) => status !== 200))
      throw new Error('normal traffic has failed');
    const [calm, p99, control] = [alone, under, beside].map(samples => quantile(samples, 0.99)) as [
      number,
      number,
      number,
    ];
    ratios.push({ attacked: p99 / calm, beside: control / calm });
    hostile.push(...attackers);
    print(
      [
        String(pair).padEnd(7),
        `${calm.toFixed(1)} ms`.padEnd(12),
        `${p99.toFixed(1)} ms, ${(p99 / calm).toFixed(2)}x`.padEnd(17),
        `${control.toFixed(1)} ms, ${(control / calm).toFixed(2)}x`.padEnd(20),
        `${quantile(attackers, 1).toFixed(0)} ms`.padEnd(26),
        `${memoryMb(attacked.child.pid ?? 0)} MB`.padEnd(9),
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
  await pool.close();
}

async function ask(attacker: ChildProcess, attack: Attack): Promise<Sample[]> {
  const done = new AbortController();
  const answered = once(attacker, 'message', done) as Promise<[Sample[]]>;
  const ended = once(attacker, 'exit', done).then(() => {
    throw new Error('the attacker has ended');
  });
  attacker.send(attack);
  try {
    const [samples] = await Promise.race([answered, ended]);
    return samples;
  } finally {
    done.abort();
  }
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
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
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
