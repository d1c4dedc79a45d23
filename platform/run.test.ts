import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';

import { expect, test } from 'vitest';

import { stopTime } from './config.ts';

/** Starts a process around a service, asks it to stop once it runs, and answers its exit code. */
async function exitCodeOf(service: string, options = '{}'): Promise<number> {
  const program = `
    import { run } from '${new URL('run.ts', import.meta.url).href}';
    const after = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
    setInterval(() => undefined, 60_000);
    await run(async () => (${service}), ${options});
    process.stdout.write('up');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit') as Promise<[number]>;
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  return (await gone)[0];
}

test('a service that says how long it may take to stop has that time, whatever is usual', async () => {
  const slow = '{ stopsWithinMs: 60_000, stop: () => after(200) }';
  expect(await exitCodeOf(slow, '{ graceMs: 20 }')).toBe(0);
});
test('and no more: what does not end by then is ended', async () => {
  expect(await exitCodeOf('{ stopsWithinMs: 50, stop: () => after(60_000) }', '{ graceMs: 60_000 }')).toBe(1);
});
test('one that does not say has the usual time', async () => {
  expect(await exitCodeOf('{ stop: () => after(60_000) }', '{ graceMs: 50 }')).toBe(1);
});
test('the time is longer than delay and grace together', () => {
  expect(stopTime({ shutdownDelayMs: 30_000, shutdownGraceMs: 60_000 })).toBeGreaterThan(90_000);
});
