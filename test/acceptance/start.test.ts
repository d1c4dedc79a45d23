import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

import { expect, test } from 'vitest';

import { type Clone, cleanClone } from '../support/clone.ts';
import { until } from '../support/shopping.ts';

const url = 'http://localhost:8000';

const open = async (): Promise<boolean> =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ products(first: 1) { totalCount } }' }),
  }).then(
    async response =>
      ((await response.json()) as { data?: { products: { totalCount: number } } }).data?.products
        .totalCount !== undefined,
    // Nobody listens yet.
    () => false,
  );

/** Processes whose command line or working folder belongs to the clone. */
const processesOf = (dir: string): string[] =>
  spawnSync('bash', ['-c', `ps -eo pid,args | grep -F '${dir}' | grep -v grep || true`], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean);

const start = ({ dir, env }: Clone): ChildProcess =>
  spawn('npm', ['start'], { cwd: dir, env, stdio: 'ignore', detached: true });

const interrupt = async (shop: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const gone = new Promise<void>(done => shop.once('exit', () => done()));
  // As the terminal does on Ctrl-C: the whole group.
  process.kill(-(shop.pid ?? 0), signal);
  await gone;
};

test('from nothing to an open shop in two minutes, again in seconds, and nothing stays behind', async () => {
  const clone = cleanClone();
  expect(await open(), 'something is listening on port 8000 already').toBe(false);

  let began = Date.now();
  const installed = spawnSync('npm', ['ci'], { cwd: clone.dir, env: clone.env, encoding: 'utf8' });
  expect(installed.status, installed.stderr).toBe(0);
  let shop = start(clone);
  await until(open, Boolean, 120_000 - (Date.now() - began));
  const first = (Date.now() - began) / 1000;
  expect(first).toBeLessThan(120);
  await interrupt(shop, 'SIGINT');
  await until(
    async () => processesOf(clone.dir),
    left => left.length === 0,
    15_000,
  );

  began = Date.now();
  shop = start(clone);
  await until(open, Boolean, 30_000);
  const second = (Date.now() - began) / 1000;
  expect(second).toBeLessThan(15);

  await interrupt(shop, 'SIGKILL');
  await until(
    async () => processesOf(clone.dir),
    left => left.length === 0,
    15_000,
  );
  process.stdout.write(
    `open after ${first.toFixed(1)} s with install, after ${second.toFixed(1)} s the second time\n`,
  );
}, 240_000);
