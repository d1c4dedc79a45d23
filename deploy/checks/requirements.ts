import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { parse } from 'yaml';

import { type Check } from '../check.ts';
import { command, root } from '../support/engine.ts';
import { startLiveShop } from '../support/live-shop.ts';

type Service = { readonly resources?: { readonly limits: { readonly memory: string } } };
type Values = { readonly defaults: Service; readonly services: Readonly<Record<string, Service>> };
const MIB = 1_048_576;

async function residentMemory(adminPort: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
  return Number(/^process_resident_memory_bytes\{?[^ ]* (\S+)$/m.exec(text)?.[1]) / MIB;
}

/** What the processes need, as docs/running.md and the chart say it. */
export const checks: readonly Check[] = [
  {
    name: 'requirements: under load each process stays within three quarters of the memory that the chart gives it',
    run: async () => {
      const values = parse(readFileSync(join(root, 'helm/values.yaml'), 'utf8')) as Values;
      const limitOf = (name: string): number => {
        const { resources } = { ...values.defaults, ...values.services[name] };
        const [, figure, unit] = /^(\d+)([MG])i$/.exec(resources?.limits.memory ?? '') ?? [];
        return Number(figure) * (unit === 'G' ? 1_024 : 1);
      };
      const shop = await startLiveShop({ RATE_LIMIT_ENABLED: 'false' });
      try {
        const load = { URL: shop.url, USERS: '20', SECONDS: '30' };
        // Whether its thresholds hold is not the question here: only that everything was answered.
        const said = await command(process.execPath, ['bench/load/run.ts'], load).catch(String);
        assert.match(said, /^all +\d{3,} +0 /m, said);
        for (const [name, port] of Object.entries(shop.adminPorts)) {
          const [used, limit] = [await residentMemory(port), limitOf(name)];
          process.stdout.write(`     ${name}: ${used.toFixed(0)} MiB of ${limit}\n`);
          assert.ok(used < 0.75 * limit, `${name} uses ${used.toFixed(0)} MiB of ${limit}`);
        }
      } finally {
        await shop.stop();
      }
    },
  },
];
