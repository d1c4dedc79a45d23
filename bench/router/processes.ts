import { type ChildProcess, type Serializable, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The generator and the subgraphs are on the first core, the router has the second to itself. */
export const loadCore = 0;
export const routerCore = 1;
/** Whether processes can be held to their cores; figures of a machine that cannot do not compare. */
export const pinned = availableParallelism() >= 2 && spawnSync('taskset', ['-V']).status === 0;

export const pinTo = (core: number, command: readonly string[]): readonly [string, ...string[]] =>
  (pinned ? ['taskset', '-c', String(core), ...command] : command) as [string, ...string[]];

/** Starts a process of ours on the load's core, with a channel for messages. */
export function forkHelper(file: URL, args: readonly string[]): ChildProcess {
  const [command, ...rest] = pinTo(loadCore, [process.execPath]);
  return fork(fileURLToPath(file), [...args], {
    execPath: command,
    execArgv: rest,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

export type Program = {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Gets what the program prints. */
  readonly logPath: string;
};

const startSeconds = 60;
const started = new Set<ChildProcess>();
process.once('exit', () => started.forEach(child => child.kill('SIGKILL')));

/** Starts a program on the router's core. */
export function startProgram({ command, cwd, env, logPath }: Program): ChildProcess {
  const log = openSync(logPath, 'w');
  const [file, ...args] = pinTo(routerCore, command);
  const child = spawn(file, args, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  started.add(child);
  return child;
}

type OwnRouter = {
  readonly port: number;
  /** Beside what every bench has: no budgets, production, no telemetry. */
  readonly env: Readonly<Record<string, string>>;
  readonly logPath: string;
};

/** Starts a router of this checkout on the router's core, and waits until it is ready. */
export async function startOwnRouter({ port, env, logPath }: OwnRouter): Promise<ChildProcess> {
  const router = startProgram({
    command: [process.execPath, '--max-semi-space-size=64', 'router/main.ts'],
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      ROUTER_PORT: String(port),
      RATE_LIMIT_ENABLED: 'false',
      APOLLO_TELEMETRY_DISABLED: '1',
      ...env,
    },
    logPath,
  });
  try {
    await untilAnswering(router, async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok);
  } catch (error) {
    await stop(router);
    throw new Error(`the router: ${String(error)}\n${readOr(logPath)}`, { cause: error });
  }
  return router;
}

/** Waits until a process answers; not when it ends instead, nor for longer than a minute. */
export async function untilAnswering(child: ChildProcess, answers: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + startSeconds * 1_000;
  for (;;) {
    try {
      if (await answers()) return;
    } catch (error) {
      // Nobody listens yet.
      if (!(error instanceof TypeError)) throw error;
    }
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended while starting');
    if (performance.now() > end) throw new Error(`it does not answer after ${startSeconds} s`);
    await pause(100);
  }
}

/** What a process of ours says next, by itself or to what it is asked; rejects when it has ended. */
export async function nextMessage<T>(child: ChildProcess, asked?: Serializable): Promise<T> {
  const what = basename(child.spawnargs.findLast(each => each.endsWith('.ts')) ?? '');
  if (!child.connected) throw new Error(`${what} has ended`);
  if (asked !== undefined) child.send(asked);
  const done = new AbortController();
  const said = once(child, 'message', done) as Promise<[T]>;
  const ended = once(child, 'exit', done).then(([code]) => {
    throw new Error(`${what} has ended with code ${String(code)}`);
  });
  try {
    const [message] = await Promise.race([said, ended]);
    return message;
  } finally {
    done.abort();
  }
}

/** Asks a process to go, and after some seconds makes it. */
export async function stop(child: ChildProcess): Promise<void> {
  started.delete(child);
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  const pid = child.pid;
  child.kill('SIGTERM');
  const timer = setTimeout(() => {
    for (const each of family(pid)) kill(each);
  }, 8_000);
  await gone;
  clearTimeout(timer);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export type Usage = { readonly cpuSeconds: number; readonly rssBytes: number };

const ticksPerSecond = 100;
const pageBytes = 4_096;

/** Processor time and resident memory of a process and all its children, from /proc. */
export function usageOf(pid: number): Usage {
  let [ticks, pages]: [number, number] = [0, 0];
  for (const each of family(pid)) {
    const fields = statOf(each);
    // utime, stime, cutime, cstime, rss: counted from the state, which is field 3 of proc(5).
    ticks += [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
    pages += Number(fields[21]);
  }
  return { cpuSeconds: ticks / ticksPerSecond, rssBytes: pages * pageBytes };
}

function family(pid: number): number[] {
  const children = readOr(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean);
  return [pid, ...children.flatMap(child => family(Number(child)))];
}

/** Megabytes of memory that one process holds, without its children; throws when it has ended. */
export function residentMb(pid = 0): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return Math.round((pages * pageBytes) / 1_048_576);
}

/** Seconds that the load's core has been busy for anybody, and has been counted, since it started. */
export function loadCoreTimes(): { readonly busy: number; readonly all: number } {
  const line = readOr('/proc/stat').split('\n').find(each => each.startsWith(`cpu${loadCore} `)); // prettier-ignore
  const ticks = (line ?? '').trim().split(/ +/).slice(1, 9).map(Number);
  const all = ticks.reduce((sum, each) => sum + each, 0);
  // Fields 4 and 5 of proc(5) are idle and waiting for a disk.
  const idle = (ticks[3] ?? 0) + (ticks[4] ?? 0);
  return { busy: (all - idle) / ticksPerSecond, all: all / ticksPerSecond };
}

function statOf(pid: number): string[] {
  const text = readOr(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
