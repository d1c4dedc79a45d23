import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const permissions = z.record(z.string(), z.enum(['read', 'write', 'none']));
const workflowShape = z.object({
  permissions,
  jobs: z.record(
    z.string(),
    z.object({
      'timeout-minutes': z.number(),
      permissions: permissions.optional(),
      environment: z.object({ name: z.string() }).optional(),
      steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
    }),
  ),
});

export type Workflow = {
  readonly file: string;
  readonly text: string;
  readonly content: z.output<typeof workflowShape>;
};

/** The workflows of .github; throws when one has no permissions, or a job no time limit. */
export function readWorkflows(): Workflow[] {
  const folder = join(root, '.github/workflows');
  return readdirSync(folder).map(name => {
    const text = readFileSync(join(folder, name), 'utf8');
    const parsed = workflowShape.safeParse(parse(text));
    if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
    return { file: `.github/workflows/${name}`, text, content: parsed.data };
  });
}

/** The targets that make knows here. */
export function makeTargets(): ReadonlySet<string> {
  const { stdout } = spawnSync('make', ['--print-data-base', '--question', '--no-builtin-rules', ':'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64e6,
  });
  return new Set([...stdout.matchAll(/^([a-z][a-z-]*):(?!=)/gm)].map(([, name = '']) => name));
}

/** What is wrong with the steps of a workflow: code that has no make target, an action that is not pinned. */
export function faultsOf({ file, text, content }: Workflow, targets: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  for (const [job, { steps }] of Object.entries(content.jobs)) {
    for (const { uses, run } of steps) {
      const at = `${file}, ${job}: ${uses ?? run ?? 'a step without anything to do'}`;
      if (run !== undefined) {
        const [, target = ''] = /^make ([a-z-]+)(?: [A-Z_]+=[\w.:-]+)*$/.exec(run.trim()) ?? [];
        if (target === '') faults.push(`${at} is not one make target`);
        else if (!targets.has(target)) faults.push(`${at}: make has no target ${target}`);
      }
      if (uses === undefined) continue;
      const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses);
      if (!pinned || !new RegExp(`${uses} # v\\d+\\.\\d+\\.\\d+$`, 'm').test(text))
        faults.push(`${at} is not pinned by a commit, with its version behind it`);
    }
  }
  return faults;
}
