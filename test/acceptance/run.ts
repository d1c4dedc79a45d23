import { spawnSync } from 'node:child_process';
import process from 'node:process';

/** The checks that say whether the shop keeps its promises; `npm run accept <name>` runs one, without a name all of them. */
const checks: Readonly<Record<string, { readonly promise: string; readonly command: readonly string[] }>> = {
  start: { promise: 'one command from nothing, nothing left behind', command: vitest('start') },
  suite: { promise: 'all tests, twice, in a clean clone', command: vitest('suite') },
  documents: {
    promise: 'every client document, in three currencies and countries',
    command: vitest('documents'),
  },
  race: { promise: '300 guests over 20 units: exactly 20 paid', command: vitest('race') },
  idempotency: {
    promise: 'one checkout sent 50 times: one order, one payment',
    command: vitest('idempotency'),
  },
  live: { promise: 'every status live, over SSE and WebSocket', command: vitest('live') },
  processes: { promise: 'one process per service; one down, one killed', command: vitest('processes') },
  privacy: { promise: 'nobody sees or changes what is not his', command: vitest('privacy') },
  bench: { promise: 'faster than both rivals', command: ['node', 'bench/shop/run.ts'] },
  budgets: {
    promise: 'fetches and statements within budget, for 10 items as for 100',
    command: vitest('documents', '-t', 'cost of a document'),
  },
  check: {
    promise: 'format, floors, types, dead code, composition, generated code',
    command: ['node', 'scripts/check.ts'],
  },
};

function vitest(name: string, ...more: readonly string[]): readonly string[] {
  return [
    'vitest',
    'run',
    '--config',
    'test/acceptance/vitest.config.ts',
    `test/acceptance/${name}.test.ts`,
    ...more,
  ];
}

const asked = process.argv.slice(2);
const unknown = asked.filter(name => !(name in checks));
if (unknown.length > 0) {
  process.stderr.write(
    `no check is called ${unknown.join(', ')}; there are ${Object.keys(checks).join(', ')}\n`,
  );
  process.exit(2);
}
const results: string[] = [];
let failed = 0;
for (const name of asked.length > 0 ? asked : Object.keys(checks)) {
  const check = checks[name];
  const [command = '', ...args] = check?.command ?? [];
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) failed += 1;
  results.push(
    `${status === 0 ? 'kept  ' : 'BROKEN'} ${name.padEnd(12)} ${check?.promise} (${Math.round((Date.now() - started) / 1000)} s)`,
  );
}
process.stdout.write(`\n${results.join('\n')}\n`);
process.exit(failed === 0 ? 0 : 1);
