import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { beforeAll, expect, test } from 'vitest';

import { freePort } from '#platform/ports.ts';

import { readScenario, walk } from '../bench/load/journey.ts';
import { makeManifest } from '../router/security/manifest.ts';
import { documents } from './support/documents.ts';
import { type TestShop, openTestShop } from './support/shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ RATE_LIMIT_ENABLED: 'false' });
}, 120_000);

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };
function node(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise(resolve => {
    const options = { env: { PATH: process.env['PATH'] ?? '', ...env } };
    execFile(process.execPath, [...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}
const loadTest = (url: string): Promise<Ended> =>
  node(['bench/load/run.ts'], { URL: url, USERS: '2', SECONDS: '3' });

test('the load test shops without a failure, and tells how long each operation took', async () => {
  const { stdout, stderr } = await loadTest(shop.client.url);
  expect(stderr).toBe('');
  const lines = stdout.split('\n').flatMap(line => {
    const [, name, passed, failed] = /^(\w+) +(\d+) +(\d+) /.exec(line) ?? [];
    return name === undefined ? [] : [{ name, passed: Number(passed), failed }];
  });
  expect(lines.filter(({ passed, failed }) => passed === 0 || failed !== '0')).toEqual([]);
  expect(lines.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['ProductList', 'ProductPage', 'all']),
  );
}, 60_000);

test('it fails when nobody answers, and says so', async () => {
  const { code, stdout } = await loadTest(`http://127.0.0.1:${await freePort()}`);
  expect(code).toBe(1);
  expect(stdout).toMatch(/CROSSED: no request passed, more than 1 % failed/);
  expect(stdout).toContain('ECONNREFUSED');
});

test('k6 walks the same steps', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'k6-'));
  try {
    const manifest = join(folder, 'manifest.json');
    const texts = [...documents.values()].map(({ text }) => text);
    await writeFile(manifest, JSON.stringify(makeManifest(texts)));
    const { stdout, stderr } = await node(['test/support/k6.ts', 'bench/load/k6.js', '50'], {
      URL: shop.client.url,
      MANIFEST: manifest,
    });
    expect(stderr).toBe('');
    const { passed, failed, sent, options } = JSON.parse(stdout) as {
      passed: number;
      failed: number;
      sent: string[];
      options: { thresholds: unknown };
    };
    const operations = readScenario().steps.map(({ operation }) => operation);
    expect(new Set(sent)).toEqual(new Set(operations));
    expect({ passed, failed }).toEqual({ passed: sent.length, failed: 0 });
    expect(options.thresholds).toEqual({
      checks: ['rate>=0.99'],
      http_req_duration: ['p(95)<=500', 'p(99)<=1000'],
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);

test('a step whose needs were not met is left out', async () => {
  const sent: string[] = [];
  const steps = readScenario().steps.map(step => ({ ...step, share: 1 }));
  await walk(
    steps,
    async operation => {
      sent.push(operation);
      return operation === 'ProductList' ? { products: { edges: [{ node: { slug: 'honey' } }] } } : null;
    },
    () => 0,
  );
  expect(sent).toEqual(['ProductList', 'ProductPage', 'ProductList', 'CartCreate']);
});
