import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { freePort, freePorts } from '../platform/ports.ts';

export type Server = { readonly url: string; stop(): Promise<void> };

/** Redis for tests: TEST_REDIS_URL when it is set, else a server of our own on a free port, from Debian's package. */
export async function startRedis(): Promise<Server> {
  const given = process.env['TEST_REDIS_URL'];
  if (given) return { url: given, stop: async () => {} };
  const binary = debianBinary('redis-server');
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'shop-redis-'));
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    dir,
  ];
  const child = spawn(binary, args, { stdio: 'ignore' });
  await untilOpen(port, child, 'Redis');
  return { url: `redis://127.0.0.1:${port}`, stop: () => end(child, dir) };
}

/**
 * RabbitMQ for tests: TEST_RABBITMQ_URL when it is set, else a node of our own on free ports, from Debian's package. With
 * `metricsPort` it is always our own, and tells Prometheus there how it does; with `managementPort` it has its HTTP API there.
 */
export async function startRabbit(metricsPort?: number, managementPort?: number): Promise<Server> {
  const given = process.env['TEST_RABBITMQ_URL'];
  if (given && metricsPort === undefined && managementPort === undefined)
    return { url: given, stop: async () => {} };
  const binary = debianBinary('rabbitmq-server');
  const dir = mkdtempSync(join(tmpdir(), 'shop-rabbit-'));
  mkdirSync(join(dir, 'log'));
  const [port = 0, dist, epmd] = await freePorts(3);
  const config = join(dir, 'rabbitmq.conf');
  writeFileSync(
    config,
    `listeners.tcp.default = 127.0.0.1:${port}\nloopback_users.guest = true\nlog.console.level = error\n` +
      (metricsPort === undefined
        ? ''
        : `prometheus.tcp.ip = 127.0.0.1\nprometheus.tcp.port = ${metricsPort}\n`) +
      (managementPort === undefined
        ? ''
        : `management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = ${managementPort}\n`),
  );
  const plugins = [
    ...(metricsPort === undefined ? [] : ['rabbitmq_prometheus']),
    ...(managementPort === undefined ? [] : ['rabbitmq_management']),
  ];
  writeFileSync(join(dir, 'plugins'), `[${plugins.join(',')}].`);
  const child = spawn(binary, [], {
    stdio: 'ignore',
    // A group of its own: the script starts an Erlang VM below itself, and both must end.
    detached: true,
    env: {
      PATH: process.env['PATH'],
      HOME: dir,
      RABBITMQ_NODENAME: `shop${port}@localhost`,
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_DIST_PORT: String(dist),
      ERL_EPMD_PORT: String(epmd),
      RABBITMQ_MNESIA_BASE: join(dir, 'mnesia'),
      RABBITMQ_LOG_BASE: join(dir, 'log'),
      RABBITMQ_CONFIG_FILE: config,
      RABBITMQ_ENABLED_PLUGINS_FILE: join(dir, 'plugins'),
    },
  });
  await untilOpen(port, child, 'RabbitMQ', 60_000);
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    stop: async () => {
      await end(child, dir);
      // The Erlang port mapper daemonises itself and would outlive the node.
      execFileSync('bash', ['-c', `ERL_EPMD_PORT=${epmd} epmd -kill >/dev/null 2>&1 || true`]);
    },
  };
}

function rabbitScript(): string | null {
  const lib = '/usr/lib/rabbitmq/lib';
  const version = existsSync(lib)
    ? readdirSync(lib).find(name => name.startsWith('rabbitmq_server-'))
    : undefined;
  return version === undefined ? null : join(lib, version, 'sbin', 'rabbitmq-server');
}

const packages: Readonly<Record<string, { readonly find: () => string | null; readonly given: string }>> = {
  'redis-server': {
    find: () => (existsSync('/usr/bin/redis-server') ? '/usr/bin/redis-server' : null),
    given: 'TEST_REDIS_URL',
  },
  'rabbitmq-server': { find: rabbitScript, given: 'TEST_RABBITMQ_URL' },
};

const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Debian packages that tests need, that are neither installed nor given by URL. */
const missing = (): string[] =>
  Object.entries(packages)
    .filter(([, { find, given }]) => !process.env[given] && find() === null)
    .map(([name]) => name);

/** What is missing and cannot be installed by us either: tests that need it cannot run here. */
export function unavailableServers(): string[] {
  return mayInstall() ? [] : missing();
}

/** Installs what is missing, once for the whole run: two installations at a time would lock each other out. */
export function installServers(): void {
  const names = missing();
  if (names.length === 0 || !mayInstall()) return;
  process.stdout.write(`Installing ${names.join(' and ')} from Debian's packages, once.\n`);
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
}

function debianBinary(name: string): string {
  const found = packages[name]?.find() ?? null;
  if (found) return found;
  throw new Error(`${name} is needed: install it (apt-get install ${name}) or set ${packages[name]?.given}`);
}

async function untilOpen(port: number, child: ChildProcess, name: string, ms = 20_000): Promise<void> {
  const deadline = Date.now() + ms;
  for (;;) {
    const open = await new Promise<boolean>(answer => {
      const socket = createConnection({ port, host: '127.0.0.1' });
      socket.once('connect', () => answer(Boolean(socket.end())));
      socket.once('error', () => answer(false));
    });
    if (open) return;
    const ended = child.exitCode ?? child.signalCode;
    if (ended !== null) throw new Error(`${name} ended with ${ended} before it was ready`);
    if (Date.now() > deadline) throw new Error(`${name} was not ready in time`);
    await new Promise(next => setTimeout(next, 100));
  }
}

async function end(child: ChildProcess, dir: string): Promise<void> {
  const gone = new Promise<void>(done => child.once('exit', () => done()));
  if (child.exitCode === null && child.pid !== undefined) {
    if (child.spawnargs[0]?.includes('rabbitmq')) process.kill(-child.pid, 'SIGTERM');
    else child.kill('SIGTERM');
    await gone;
  }
  rmSync(dir, { recursive: true, force: true });
}
