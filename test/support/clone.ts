import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { afterFile } from '../../platform/testing/cleanup.ts';

export type Clone = { readonly dir: string; readonly env: NodeJS.ProcessEnv };

/** A clean clone of this checkout's commit, with an npm cache of its own and nothing of this run's environment. */
export function cleanClone(): Clone {
  const dir = mkdtempSync(join(tmpdir(), 'shop-clone-'));
  afterFile(async () => rmSync(dir, { recursive: true, force: true }));
  const { status, stderr } = spawnSync('git', ['clone', '--quiet', process.cwd(), join(dir, 'shop')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const path = (process.env['PATH'] ?? '').split(':').filter(folder => !folder.includes('node_modules'));
  const kept = [
    'HOME',
    'LANG',
    'NPM_CONFIG_REGISTRY',
    'npm_config_registry',
    'HTTPS_PROXY',
    'HTTP_PROXY',
    'NODE_EXTRA_CA_CERTS',
  ];
  const env = Object.fromEntries(
    kept.filter(name => process.env[name]).map(name => [name, process.env[name]]),
  );
  return {
    dir: join(dir, 'shop'),
    env: { ...env, PATH: path.join(':'), npm_config_cache: join(dir, 'npm-cache') },
  };
}
