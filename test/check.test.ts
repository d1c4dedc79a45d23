import { spawnSync } from 'node:child_process';

import { expect, test } from 'vitest';

test('npm run check is clean', () => {
  const { status, stdout } = spawnSync('node', ['scripts/check.ts'], { encoding: 'utf8' });
  expect(status, stdout).toBe(0);
}, 120_000);
