import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { subgraphs } from '#schema/events.ts';

import { type Check } from '../check.ts';
import { startDatabases } from '../support/databases.ts';
import { type Patient, faults } from '../support/doctor-faults.ts';
import { root } from '../support/engine.ts';
import { startLiveShop } from '../support/live-shop.ts';

type Env = Readonly<Record<string, string>>;
type Diagnosis = { readonly code: number; readonly findings: readonly string[]; readonly text: string };

/** What make doctor says of a shop with these settings; make turns the 1 of a program that fails into its own 2. */
function doctor(env: Env): Promise<Diagnosis> {
  return new Promise(done => {
    execFile('make', ['-s', 'doctor'], { cwd: root, env }, (error, stdout, stderr) => {
      const text = stdout + stderr;
      const findings = [...text.matchAll(/^✗ (.*)\n {2}→ .+$/gm)].map(([, what]) => what ?? '');
      done({ code: error ? Number(error.code) : 0, findings, text });
    });
  });
}

export const checks: readonly Check[] = [
  {
    name: 'doctor: finds nothing wrong with a healthy shop, and names each of its faults',
    run: async () => {
      const databases = await startDatabases();
      const dir = mkdtempSync(join(tmpdir(), 'shop-doctor-'));
      const own = Object.fromEntries(subgraphs.map(name => [`${name.toUpperCase()}_DATABASE_URL`, databases.url(name)]));
      const shop = await startLiveShop(own).catch(async (error: unknown) => {
        await databases.stop();
        throw error;
      });
      try {
        const env = { ...shop.env, ROUTER_URL: shop.url };
        const patient: Patient = { shop, databases, env, dir };
        const healthy = async (when: string): Promise<void> => {
          const { code, findings, text } = await doctor(env);
          assert.deepEqual({ code, findings }, { code: 0, findings: [] }, `${when}:\n${text}`);
        };
        await healthy('before');
        const missed: string[] = [];
        for (const [name, named, fault] of faults)
          await fault(patient, async broken => {
            const { code, findings, text } = await doctor(broken);
            if (code !== 2 || findings.length === 0 || !findings.every(what => named.test(what))) missed.push(`${name}:\n${text}`);
            for (const secret of Object.entries(broken).filter(([key, value]) => /_SECRET|PASSWORD/.test(key) && value.length > 8))
              assert.ok(!text.includes(secret[1]), `${name}: ${secret[0]} is shown`);
          });
        assert.equal(missed.length, 0, missed.join('\n'));
        await healthy('afterwards');
        process.stdout.write(`     ${faults.length} faults, each named\n`);
      } finally {
        await shop.stop();
        await databases.stop();
        rmSync(dir, { recursive: true });
      }
    },
  },
]; // prettier-ignore
