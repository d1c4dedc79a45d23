import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { parseAllDocuments } from 'yaml';

import { helmPath } from './cluster-tools.ts';

const root = join(import.meta.dirname, '../..');
export const chart = join(root, 'helm');

/** Any value of a manifest, looked at without knowing its kind. */
// oxlint-disable-next-line typescript/no-explicit-any -- what is rendered may be anything; assertions say what it must be
export type Manifest = any;
export type Values = Readonly<Record<string, unknown>>;
export type HelmAnswer = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs helm; `input` is what `-f -` reads. */
export function helm(args: readonly string[], input = ''): HelmAnswer {
  const { status, stdout, stderr, error } = spawnSync(helmPath(), args, {
    cwd: root,
    encoding: 'utf8',
    input,
    maxBuffer: 128e6,
  });
  if (error) throw error;
  return { code: status ?? 1, stdout, stderr };
}

/** `helm template` of release «shop» in namespace «shop» with these values, as text; throws what helm says when it refuses. */
export function renderText(values: Values = {}, args: readonly string[] = []): string {
  const { code, stdout, stderr } = helm(
    ['template', 'shop', chart, '--namespace', 'shop', '-f', '-', ...args],
    JSON.stringify(values),
  );
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

/** The same as objects. */
export function render(values: Values = {}, args: readonly string[] = []): Manifest[] {
  return parseAllDocuments(renderText(values, args))
    .map(document => document.toJS() as Manifest)
    .filter(object => object !== null);
}

/** The one object of this kind and name; throws when there is none. */
export function find(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.find(each => each.kind === kind && each.metadata.name === name);
  if (found === undefined) throw new Error(`nothing rendered is a ${kind} named ${name}`);
  return found;
}

export function ofKind(manifests: readonly Manifest[], kind: string): Manifest[] {
  return manifests.filter(each => each.kind === kind);
}

/** Every pod that the objects would start, with the name of what starts it. */
export function podsOf(
  manifests: readonly Manifest[],
): { readonly name: string; readonly labels: Manifest; readonly spec: Manifest }[] {
  return manifests.flatMap(({ kind, metadata, spec }) => {
    const template = kind === 'CronJob' ? spec.jobTemplate.spec.template : spec?.template;
    if (!['Deployment', 'StatefulSet', 'Job', 'CronJob'].includes(kind)) return [];
    return [{ name: `${kind}/${metadata.name}`, labels: template.metadata.labels, spec: template.spec }];
  });
}
