import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

import { childEnv } from './child-env.ts';

const run = promisify(execFile);
export const root = join(import.meta.dirname, '../..');
/** Where images and what they are made of are kept from one check to the next; nothing in it is worth keeping. */
export const place = join(tmpdir(), 'shop-engine');

type Settings = Readonly<Record<string, string>>;

/** A Docker engine of our own: other people's images and containers are in another one. */
export type Engine = {
  /** Runs `docker …` and answers what it writes; throws with what it complains of. */
  docker(...args: readonly string[]): Promise<string>;
  /** Runs `docker-compose …` with these variables. */
  compose(env: Settings, ...args: readonly string[]): Promise<string>;
  /** What programs that talk to it need in their environment. */
  readonly env: Settings;
};

/** Runs a program to its end; throws with all that it wrote when it fails. */
export async function command(file: string, args: readonly string[], env: Settings = {}): Promise<string> {
  try {
    const { stdout } = await run(file, args, {
      cwd: root,
      env: childEnv(env),
      maxBuffer: 64e6,
    });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${file} ${args.join(' ')} failed: ${`${stdout}\n${stderr}`.trim() || message}`, {
      cause: error,
    });
  }
}

/** Installs Debian's packages for the programs that are missing. */
export async function needPrograms(programs: Readonly<Record<string, string>>): Promise<void> {
  const missing = Object.entries(programs).filter(
    ([name]) => !['/usr/bin', '/usr/sbin', '/usr/local/bin'].some(dir => existsSync(join(dir, name))),
  );
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0)
    throw new Error(`needs root, to install ${missing.map(([name]) => name).join(', ')}`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  await command('apt-get', ['update', '-qq'], quiet);
  const packages = missing.map(([, name]) => name);
  const wait = 'DPkg::Lock::Timeout=600';
  await command(
    'apt-get',
    ['-o', wait, 'install', '-y', '-qq', '--no-install-recommends', ...packages],
    quiet,
  );
}

/** Starts the engine, uses it and stops it with everything that runs in it. */
export async function withEngine(use: (engine: Engine) => Promise<void>): Promise<void> {
  await needPrograms({
    dockerd: 'docker.io',
    'docker-compose': 'docker-compose',
    containerd: 'containerd',
    runc: 'runc',
    iptables: 'iptables',
  });
  if (process.getuid?.() !== 0) throw new Error('needs root, for a Docker engine of its own');
  mkdirSync(place, { recursive: true });
  const socket = `unix://${place}/docker.sock`;
  const pidFile = join(place, 'docker.pid');
  // One at a time: another run of checks would find its containers removed.
  await eventually('the end of another run of the engine', 1_800_000, async () => {
    const pid = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').trim() : '';
    return pid === '' || !existsSync(`/proc/${pid}`);
  });
  const logFile = join(place, 'dockerd.log');
  const log = openSync(logFile, 'w');
  const daemon = spawn(
    'dockerd',
    [
      ['--data-root', join(place, 'data')],
      ['--exec-root', join(place, 'exec')],
      ['--pidfile', pidFile],
      ['--host', socket],
      // Without the right to raise limits the engine's own default would fail.
      ['--default-ulimit', 'nofile=8192:8192'],
    ].flat(),
    { stdio: ['ignore', log, log] },
  );
  closeSync(log);
  const ended = once(daemon, 'exit');
  const env = { DOCKER_HOST: socket, DOCKER_BUILDKIT: '0', COMPOSE_DOCKER_CLI_BUILD: '0' };
  const engine: Engine = {
    env,
    docker: (...args) => command('docker', args, env),
    compose: (extra, ...args) => command('docker-compose', args, { ...env, ...extra }),
  };
  try {
    await eventually('the Docker engine', 30_000, async () => {
      if (daemon.exitCode !== null) throw new Error(readFileSync(logFile, 'utf8').slice(-2_000));
      return (await engine.docker('info').catch(() => null)) !== null;
    });
    await use(engine);
  } finally {
    if (daemon.exitCode === null) {
      const left = (await engine.docker('ps', '-aq').catch(() => '')).split('\n').filter(Boolean);
      if (left.length > 0) await engine.docker('rm', '-fv', ...left);
      // A check that failed leaves nothing to the next one.
      const volumes = (await engine.docker('volume', 'ls', '-q').catch(() => '')).split('\n').filter(Boolean);
      if (volumes.length > 0) await engine.docker('volume', 'rm', '-f', ...volumes);
      await engine.docker('network', 'prune', '--force').catch(() => '');
      // What newer builds have replaced; what is recent saves the next one time.
      await engine.docker('image', 'prune', '--force', '--filter', 'until=3h').catch(() => '');
      daemon.kill('SIGTERM');
      await ended;
    }
  }
}

/** Asks twice a second until it holds; throws after `ms`. */
export async function eventually(what: string, ms: number, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${ms / 1_000} s`);
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

/** Throws `what` unless it is so. */
export function demand(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new Error(what);
}
