import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { type Facts, type Scale } from './generate.ts';

/** What the bench asks of the shop's process. */
export type Order =
  | { readonly kind: 'generate'; readonly scale: Scale }
  | {
      readonly kind: 'addReviews';
      readonly customerIds: readonly string[];
      readonly slugs: readonly string[];
    }
  | { readonly kind: 'usage' }
  | { readonly kind: 'stop' };

export type Usage = {
  /** SQL statements since the start, transaction control and background work included. */
  readonly statements: number;
  /** Resident memory in bytes. */
  readonly rss: number;
  /** Processor time of the shop's process, without PostgreSQL's. */
  readonly cpuMs: number;
};
export type Answer = {
  readonly result?: { readonly url: string } | Facts | Usage | void;
  readonly error?: string | undefined;
};

export type BenchShop = {
  readonly url: string;
  generate(scale: Scale): Promise<Facts>;
  addReviews(customerIds: readonly string[], slugs: readonly string[]): Promise<void>;
  usage(): Promise<Usage>;
  /** Waits until the events and mails that are under way are done, then answers the usage and how long it took. */
  settle(): Promise<Usage & { readonly drainSeconds: number }>;
  stop(): Promise<void>;
};

/** Puts this process and what it will start on the first two processors; false where that is not possible. */
export function useTwoCores(): boolean {
  if (availableParallelism() <= 2) return true;
  return spawnSync('taskset', ['-acp', '0,1', String(process.pid)]).status === 0;
}

/** Starts the embedded shop in a process of its own on free ports, with a new database on disk and fsync on. */
export async function startBenchShop(profileDir: string | undefined): Promise<BenchShop> {
  const dir = await mkdtemp(join(tmpdir(), 'shop-bench-'));
  // As root, PostgreSQL runs under another account, which must get through; what is secret in there is closed by itself.
  await chmod(dir, 0o711);
  const child = fork(fileURLToPath(new URL('shop-process.ts', import.meta.url)), [join(dir, 'data')], {
    execArgv: profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`],
    // As in production: graphql-js checks less.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ask = async <T>(order: Order): Promise<T> => {
    const answered = answer<T>(child);
    child.send(order);
    return answered;
  };
  const forget = (): Promise<void> => rm(dir, { recursive: true, force: true });
  const { url } = await answer<{ url: string }>(child).catch(async (error: unknown) => {
    await forget();
    throw error;
  });
  return {
    url,
    generate: scale => ask<Facts>({ kind: 'generate', scale }),
    addReviews: (customerIds, slugs) => ask<void>({ kind: 'addReviews', customerIds, slugs }),
    usage: () => ask<Usage>({ kind: 'usage' }),
    settle: () => settle(() => ask<Usage>({ kind: 'usage' })),
    stop: async () => {
      const gone = new Promise<void>(done => child.once('exit', () => done()));
      await ask<void>({ kind: 'stop' });
      await gone;
      await forget();
    },
  };
}

const quietMs = 200;
/** What polling jobs send anyway in that time, and a little more. */
const quietStatements = 25;
const longestDrainMs = 60_000;

async function settle(ask: () => Promise<Usage>): Promise<Usage & { readonly drainSeconds: number }> {
  const started = performance.now();
  for (let last = await ask(); ;) {
    await new Promise(later => setTimeout(later, quietMs));
    const now = await ask();
    const elapsed = performance.now() - started;
    if (now.statements - last.statements <= quietStatements || elapsed > longestDrainMs)
      return { ...now, drainSeconds: Math.max(0, elapsed - quietMs) / 1_000 };
    last = now;
  }
}

/** One order at a time: the next message is the answer. */
function answer<T>(child: ChildProcess): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const ended = (code: number | null): void =>
      reject(new Error(`the shop's process ended with code ${code}`));
    child.once('exit', ended);
    child.once('message', (message: Answer) => {
      child.off('exit', ended);
      if (message.error === undefined) resolve(message.result as T);
      else reject(new Error(message.error));
    });
  });
}
