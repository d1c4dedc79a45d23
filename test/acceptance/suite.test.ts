import { spawnSync } from 'node:child_process';

import { expect, test } from 'vitest';

import { cleanClone } from '../support/clone.ts';

test('npm ci && npm test is green from nothing, twice in a row', () => {
  const { dir, env } = cleanClone();
  for (const round of [1, 2]) {
    const { stdout, status } = spawnSync('bash', ['-c', 'npm ci && npm test'], {
      cwd: dir,
      env,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    const last = stdout.trimEnd().split('\n').at(-1);
    expect(last, `round ${round}: ${stdout.slice(-3_000)}`).toMatch(/^[1-9]\d* passed, 0 failed$/);
    expect(status).toBe(0);
  }
}, 2_400_000);
