import { spawnSync } from 'node:child_process';
import process from 'node:process';

/** Everything that needs no database: each line is one tool; all of them run, and the exit code says whether all agreed. */
const steps: readonly (readonly [name: string, command: readonly string[]])[] = [
  ['format', ['oxfmt', '--check']],
  ['lint and floors', ['oxlint', '--type-aware', '--deny-warnings']],
  ['types', ['tsc']],
  ['dead code', ['knip']],
  ['supergraph is current', ['node', 'schema/compose.ts', '--check']],
  ['generated types are current', ['node', 'scripts/codegen-check.ts']],
  ['event guide is current', ['node', 'scripts/event-guide.ts', '--check']],
];

let failed = 0;
for (const [name, [command = '', ...args]] of steps) {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`);
  if (status !== 0) {
    failed += 1;
    process.stdout.write(`${stdout}${stderr}\n`);
  }
}
process.exit(failed === 0 ? 0 : 1);
