import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { listen } from './http.ts';
import { freePorts } from './ports.ts';

test('nobody gets a port that another has asked for', async () => {
  const [mine, more] = await Promise.all([freePorts(300), freePorts(300)]);
  const ours = new Set([...mine, ...more]);
  expect(ours.size).toBe(600);
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { freePorts } from ${JSON.stringify(new URL('ports.ts', import.meta.url).href)};
     process.stdout.write(JSON.stringify(await freePorts(300)));`,
  ]);
  const theirs = JSON.parse(stdout) as number[];
  expect(new Set(theirs).size).toBe(300);
  expect(theirs.filter(port => ours.has(port))).toEqual([]);
});

test('they can be listened on, and are none that connections get by themselves', async () => {
  for (const port of await freePorts(3)) {
    expect(port).toBeGreaterThanOrEqual(15_000);
    expect(port).toBeLessThan(30_000);
    await (await listen('127.0.0.1', port, () => {})).stop(0);
  }
});
