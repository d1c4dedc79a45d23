import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { tools } from './tools.ts';

export type RoverAnswer = { readonly code: number; readonly stdout: string; readonly stderr: string };
export type Rover = {
  /** Runs rover in the repository's root; environment variables on top of the process's own. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<RoverAnswer>;
  close(): void;
};

const root = join(import.meta.dirname, '../..');
// rover looks for the composer of rover.yaml's federation_version under this name.
const composer = 'supergraph-v2.14.4';

/**
 * rover, of deploy/tools or else from PATH, with a home of its own: it neither reads nor changes profiles of the user, asks nobody
 * for a newer version of itself, and composes with the @apollo/composition that is installed here instead of a download.
 */
export function openRover(): Rover {
  const home = mkdtempSync(join(tmpdir(), 'rover-'));
  const bin = join(home, '.rover/bin');
  mkdirSync(bin, { recursive: true });
  const program = join(root, 'deploy/standins/composer.ts');
  writeFileSync(join(bin, composer), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(join(bin, composer), 0o755);
  return {
    run: (args, env = {}) =>
      execute([...args], {
        ...process.env, // oxlint-disable-line node/no-process-env -- PATH, and what CI tells rover of itself
        APOLLO_HOME: home,
        APOLLO_CONFIG_HOME: join(home, 'config'),
        APOLLO_TELEMETRY_DISABLED: '1',
        APOLLO_ROVER_SKIP_UPDATE: '1',
        APOLLO_ELV2_LICENSE: 'accept',
        RUST_BACKTRACE: '0',
        ...env,
      }),
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}

function execute(args: string[], env: NodeJS.ProcessEnv): Promise<RoverAnswer> {
  const program = existsSync(tools.rover) ? tools.rover : 'rover';
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { cwd: root, encoding: 'utf8', maxBuffer: 64e6, env },
      (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number')
          reject(new Error(`${program} did not run: npm ci --prefix deploy/tools`, { cause: error }));
        else resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      },
    );
  });
}
