import { readdirSync } from 'node:fs';
import process from 'node:process';

import { type Check } from './check.ts';

// node deploy/run.ts [word …]: runs the checks whose name holds one of the words, all of them without words.
const words = process.argv.slice(2);
const folder = new URL('checks/', import.meta.url);
const checks: Check[] = [];
for (const file of readdirSync(folder).filter(name => name.endsWith('.ts'))) {
  const found = (await import(new URL(file, folder).href)) as { readonly checks: readonly Check[] };
  checks.push(...found.checks);
}
const chosen = checks.filter(({ name }) => words.length === 0 || words.some(word => name.includes(word)));
let failed = 0;
for (const { name, run } of chosen) {
  const started = performance.now();
  const error = await run().then(
    () => null,
    (cause: unknown) => cause,
  );
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  process.stdout.write(`${error === null ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`);
  if (error === null) continue;
  failed += 1;
  process.stdout.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
process.stdout.write(`${chosen.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || chosen.length === 0 ? 1 : 0;
