import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';

import { Pool } from 'undici';

import { freePorts } from '../../platform/ports.ts';
import { type Check } from '../check.ts';
import { type RouterProcess, startRouterProcess } from '../support/router-process.ts';

const example = join(import.meta.dirname, '../examples/haproxy.cfg');

/** Two routers behind the balancer of deploy/examples. */
export const checks: readonly Check[] = [
  {
    name: 'balancer: of two routers behind HAProxy one is replaced and one is killed, and no query fails',
    run: async () => {
      if (spawnSync('haproxy', ['-v']).error)
        execFileSync('apt-get', ['install', '--yes', '--no-install-recommends', 'haproxy']);
      const [front = 0, first = 0, second = 0] = await freePorts(3);
      const routers = new Map<number, RouterProcess>();
      const open = async (port: number): Promise<void> => {
        const env = { ROUTER_PORT: String(port), SHUTDOWN_DELAY_MS: '2000', RATE_LIMIT_ENABLED: 'false' };
        routers.set(port, await startRouterProcess(env));
      };
      const haproxy = { process: null as ChildProcess | null };
      try {
        await Promise.all([open(first), open(second)]);
        haproxy.process = startHaproxy(front, [first, second]);
        await untilBothServe(front, [first, second]);

        const rolling = load(front, ['GET', 'POST']);
        await routers.get(first)?.stop();
        await open(first);
        const replaced = await rolling.end();
        assert.deepEqual(replaced.failures, []);
        assert.ok(replaced.passed > 100, `only ${replaced.passed} were asked`);

        await untilBothServe(front, [first, second]);
        const dying = load(front, ['GET']);
        await dying.until(50);
        await routers.get(second)?.stop('SIGKILL');
        await dying.until(50);
        const killed = await dying.end();
        assert.deepEqual(killed.failures, []);
      } finally {
        if (haproxy.process) await gone(haproxy.process);
        await Promise.all([...routers.values()].map(router => router.stop()));
      }
    },
  },
];

function startHaproxy(port: number, [first, second]: readonly number[]): ChildProcess {
  return spawn('haproxy', ['-db', '-f', example], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env, // oxlint-disable-line node/no-process-env -- PATH
      BIND: `127.0.0.1:${port}`,
      ROUTER_1: `127.0.0.1:${first}`,
      ROUTER_2: `127.0.0.1:${second}`,
    },
  });
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

/** Answers once each router, asked directly, and the balancer are ready. */
async function untilBothServe(front: number, ports: readonly number[]): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (const port of [...ports, front]) {
    while (!(await isReady(port))) {
      if (performance.now() > deadline) throw new Error(`nobody is ready on port ${port}`);
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
  // Two more looks of the balancer, which counts a router in after two that went well.
  await new Promise(resolve => setTimeout(resolve, 1_000));
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok;
  } catch {
    return false;
  }
}

type Load = {
  /** Waits for so many more answers. */
  until(count: number): Promise<void>;
  end(): Promise<{ readonly passed: number; readonly failures: readonly string[] }>;
};

/** Eight clients that ask one query after the other. */
function load(port: number, methods: readonly ('GET' | 'POST')[]): Load {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 8, pipelining: 1 });
  const seen = { passed: 0, isOver: false };
  const failures: string[] = [];
  const one = async (method: 'GET' | 'POST'): Promise<void> => {
    const query = '{ __typename }';
    const { statusCode, body } = await pool.request({
      method,
      path: method === 'GET' ? `/graphql?query=${encodeURIComponent(query)}` : '/graphql',
      headers: { 'content-type': 'application/json', 'apollo-require-preflight': 'true' },
      ...(method === 'POST' ? { body: JSON.stringify({ query }) } : {}),
    });
    const text = await body.text();
    if (statusCode === 200 && text.includes('"Query"')) seen.passed += 1;
    else failures.push(`${method} ${statusCode} ${text.slice(0, 200)}`);
  };
  const client = async (): Promise<void> => {
    for (let turn = 0; !seen.isOver; turn += 1) {
      const method = methods[turn % methods.length] ?? 'GET';
      await one(method).catch((error: unknown) => failures.push(`${method} ${String(error)}`));
    }
  };
  const clients = Promise.all(Array.from({ length: 8 }, client));
  return {
    until: async count => {
      const wanted = seen.passed + failures.length + count;
      while (seen.passed + failures.length < wanted) await new Promise(resolve => setTimeout(resolve, 20));
    },
    end: async () => {
      seen.isOver = true;
      await clients;
      await pool.close();
      return { passed: seen.passed, failures: failures.slice(0, 10) };
    },
  };
}
