import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { residentMb, startOwnRouter, stop } from './processes.ts';
import { scenarios } from './scenarios.ts';
import { startSubgraphs } from './subgraphs.ts';
import { variants } from './variants.ts';

// Replaces the supergraph a hundred times while clients ask, and says what came of their requests and of the memory.
const times = Number(process.env['RELOADS'] ?? 100);
const clients = 16;
const port = 18_211;
const folder = mkdtempSync(join(tmpdir(), 'bench-reload-'));
const [core] = variants;
if (!core) throw new Error('there is no variant');
const subgraphs = await startSubgraphs(core.subgraphs, folder);
const router = await startOwnRouter({
  port,
  env: {
    LOG_LEVEL: 'warn',
    SUPERGRAPH_PATH: subgraphs.supergraphPath,
    SUPERGRAPH_POLL_MS: '50',
    ROUTER_ADMIN_PORT: String(port + 1),
    JWT_SECRET: 'abcdefghijklmnopqrstuvwxyz0123456789-a',
    INTERNAL_TOKEN_SECRET: '9876543210zyxwvutsrqponmlkjihgfedcba-b',
  },
  logPath: join(folder, 'router.log'),
});
const original = readFileSync(subgraphs.supergraphPath, 'utf8');
const bodies = scenarios.flatMap(({ requests }) => requests).map(request => JSON.stringify(request));

const memory: number[] = [];
let asked = 0;
let failed = 0;
let isOver = false;
const ask = async (nth: number): Promise<void> => {
  for (let next = nth; !isOver; next += 1) {
    asked += 1;
    try {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: bodies[next % bodies.length] ?? '',
      });
      const { errors } = (await response.json()) as { errors?: unknown };
      if (!response.ok || errors !== undefined) failed += 1;
    } catch {
      failed += 1;
    }
  }
};
const asking = Array.from({ length: clients }, (_, nth) => ask(nth));
const started = performance.now();
for (let nth = 1; nth <= times; nth += 1) {
  const fresh = `${subgraphs.supergraphPath}.new`;
  writeFileSync(fresh, `${original}\n# ${nth}\n`);
  renameSync(fresh, subgraphs.supergraphPath);
  await until(async () => (await served()) >= nth);
  if (nth % Math.ceil(times / 10) === 0) memory.push(residentMb(router.pid));
}
isOver = true;
await Promise.all(asking);
process.stdout.write(
  `${times} supergraphs in ${Math.round((performance.now() - started) / 1_000)} s: ${asked} requests, ${failed} failed; ` +
    `memory after each tenth: ${memory.join(', ')} MB\n`,
);
await stop(router);
await subgraphs.stop();
rmSync(folder, { recursive: true });
process.exitCode = failed === 0 ? 0 : 1;

async function served(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port + 1}/metrics`)).text();
  return Number(/^gateway_supergraph_updates_total\{.*result="served".*\} (\d+)/m.exec(text)?.[1] ?? 0);
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    // Not there yet is what is being waited for.
    if (await isTrue().catch(() => false)) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('waited in vain');
}
