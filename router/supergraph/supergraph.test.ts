import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

// In a process of its own: what this one is told of telemetry must not decide it.
const program = `
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { setImmediate as nextRound } from 'node:timers/promises';
const asked = [];
for (const name of ['http.client.request.start', 'undici:request:create', 'net.client.socket']) subscribe(name, () => asked.push(name));
const { loadSupergraph } = await import(${JSON.stringify(new URL('./supergraph.ts', import.meta.url).href)});
await loadSupergraph(readFileSync('schema/supergraph.graphql', 'utf8'));
for (let round = 0; round < 200; round += 1) await nextRound();
console.log(JSON.stringify(asked));
process.exit();`;

test('who loads a supergraph asks nobody on the network anything, and reports to nobody', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    env: { PATH: process.env['PATH'] },
  });
  expect(JSON.parse(stdout)).toEqual([]);
});
