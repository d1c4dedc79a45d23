import { readdirSync } from 'node:fs';
import process from 'node:process';

import { type Check } from './check.ts';

// node deploy/run.ts [--list] [word …]: runs the checks whose name holds one of the words, all of them without words.
const words = process.argv.slice(2).filter(word => word !== '--list');
const folder = new URL('checks/', import.meta.url);
const checks: Check[] = [];
for (const file of readdirSync(folder).filter(name => name.endsWith('.ts')))
  checks.push(...(await load(file)));

const chosen = checks.filter(({ name }) => words.length === 0 || words.some(word => name.includes(word)));
if (process.argv.includes('--list')) {
  for (const { name } of chosen) process.stdout.write(`${name}\n`);
} else {
  const failed: string[] = [];
  for (const check of chosen) if (!(await passes(check))) failed.push(check.name);
  for (const name of failed) process.stdout.write(`failed: ${name}\n`);
  process.stdout.write(`${chosen.length - failed.length} passed, ${failed.length} failed\n`);
  // What a check that failed has left behind must not keep the run from ending.
  process.exit(failed.length > 0 || chosen.length === 0 ? 1 : 0);
}

/** A file that cannot be loaded is a check that fails, so that the others are run all the same. */
async function load(file: string): Promise<readonly Check[]> {
  try {
    return ((await import(new URL(file, folder).href)) as { readonly checks: readonly Check[] }).checks;
  } catch (error) {
    return [{ name: `${file}: can be loaded`, run: () => Promise.reject(error as Error) }];
  }
}

async function passes({ name, run }: Check): Promise<boolean> {
  const started = performance.now();
  const error = await Promise.resolve()
    .then(run)
    .then(
      () => null,
      (cause: unknown) => cause,
    );
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  process.stdout.write(`${error === null ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`);
  if (error !== null)
    process.stdout.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return error === null;
}
