import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { type Check } from '../check.ts';
import { rows } from '../guide.ts';
import { childEnv } from '../support/child-env.ts';

const root = join(import.meta.dirname, '../..');

/** The guide's table as a whole; what its rows name is run beside these. */
export const checks: readonly Check[] = [
  {
    name: 'guide: every row is proved',
    run: async () => {
      const open = rows.filter(({ proofs }) => proofs.length === 0).map(({ id }) => id);
      if (open.length > 0) throw new Error(`nothing proves ${open.join(', ')}`);
    },
  },
  {
    name: 'guide: the tests that rows name pass',
    run: async () => {
      const files = new Set(
        rows.flatMap(({ proofs }) => proofs.flatMap(each => (each.kind === 'test' ? [each.file] : []))),
      );
      const { acceptance = [], suite = [] } = Object.groupBy(files, file =>
        file.startsWith('test/acceptance/') ? 'acceptance' : 'suite',
      );
      runTests(['--config', 'test/acceptance/vitest.config.ts'], acceptance);
      runTests([], suite);
    },
  },
];

function runTests(options: readonly string[], files: readonly string[]): void {
  if (files.length === 0) return;
  const { status, stdout, stderr } = spawnSync('npx', ['vitest', 'run', ...options, ...files], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64e6,
    env: childEnv({ NO_COLOR: '1' }),
  });
  const ran = /Test Files +(\d+) passed \((\d+)\)/.exec(stdout);
  // A test that was left out proves nothing.
  const all = /^ *Tests +(\d+) passed \(\1\)$/m.test(stdout);
  if (status === 0 && all && Number(ran?.[1]) === files.length && ran?.[1] === ran?.[2]) return;
  throw new Error(`vitest run ${files.join(' ')}:\n${stdout.slice(-6_000)}${stderr.slice(-2_000)}`);
}
