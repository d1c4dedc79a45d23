import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';

import { childEnv } from './child-env.ts';

const root = join(import.meta.dirname, '../..');

/** A program's end: both streams as one text, in the order of stdout and stderr. */
export type Ended = { readonly code: number; readonly text: string };

/**
 * Runs node with loopback as its only network, so that whatever would call somebody outside fails. Without root there is no such
 * network: it throws rather than prove less.
 */
export function nodeOffline(args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
  const command = 'ip link set lo up && exec "$0" "$@"';
  const { status, stdout, stderr, error } = spawnSync(
    'unshare',
    ['--net', 'sh', '-c', command, process.execPath, ...args],
    { cwd: root, encoding: 'utf8', maxBuffer: 64e6, env: childEnv({ APOLLO_KEY: '', ...env }) },
  );
  if (error) throw error;
  if (/unshare failed|Operation not permitted/.test(stderr))
    throw new Error(`this check needs root, for a network of its own: ${stderr}`);
  return { code: status ?? 1, text: `${stdout}${stderr}` };
}
