import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { type Values, chart, renderText } from '../support/helm.ts';
import { merged } from './matrix.ts';
import { type Param } from './values.ts';
import { secretVariables, storeSecrets } from './variables.ts';

/** Another value of each kind. */
const others: Readonly<Record<string, readonly unknown[]>> = {
  object: [{ changed: { much: 1 } }],
  map: [{ changed: 'yes' }],
  quantity: ['77Mi'],
  amounts: [{ memory: '77Mi' }],
  resources: [{ limits: { memory: '77Mi' } }],
  probe: [{ timeoutSeconds: 77 }],
  podSecurityContext: [{ fsGroup: 77 }],
  securityContext: [{ runAsUser: 77 }],
  behavior: [{ scaleUp: { stabilizationWindowSeconds: 77 } }],
  affinity: [{ podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 77 }] } }],
  tolerations: [[{ key: 'changed' }]],
  peers: [[{ ipBlock: { cidr: '10.77.0.0/16' } }]],
  rules: [[{ ports: [{ port: 77 }] }]],
  issuer: [{ name: 'changed' }],
  gateways: [[{ name: 'changed' }]],
  env: [[{ name: 'CHANGED', value: 'yes' }]],
  envFrom: [[{ prefix: 'CHANGED' }]],
  mounts: [[{ name: 'changed', mountPath: '/changed' }]],
  named: [[{ name: 'changed' }]],
  objects: [[{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'changed' } }]],
  config: [{ LOG_LEVEL: 'trace' }],
  secrets: [{ JWT_SECRET: 'changed' }],
  service: [{ podLabels: { changed: 'yes' } }],
  // The name of a secret, for where it has to be one.
  'array of string': [['REDIS_URL'], []],
  'array of integer': [[77]],
  'integer or string': ['77%'],
};

function othersOf({ modifiers, value }: Param): readonly unknown[] {
  const [kind = ''] = modifiers;
  if (others[kind] !== undefined) return others[kind];
  if (kind.startsWith('enum '))
    return kind
      .slice(5)
      .split('|')
      .map(choice => (typeof value === 'number' ? Number(choice) : choice));
  if (kind.startsWith('pattern ')) return [`sha256:${'7'.repeat(64)}`];
  if (typeof value === 'boolean') return [true, false];
  return typeof value === 'number' ? [value + 1, value - 1] : ['changed'];
}

/** All sets of helm/ci, without anything that the chart makes up by chance; with what they become. */
function situations(): { readonly values: Values; readonly text: string }[] {
  const names = [...secretVariables, ...storeSecrets].map(name => [name, name]);
  return readdirSync(join(chart, 'ci')).map(file => {
    const own = parse(readFileSync(join(chart, 'ci', file), 'utf8')) ?? {};
    const values = merged(own, { secrets: { values: Object.fromEntries(names) } });
    return { values, text: renderText(values) };
  });
}

/** Which of these values are described and change nothing, in whichever set of helm/ci. Each of the others is shown to be in use. */
export function withoutEffect(params: readonly Param[]): string[] {
  let all = situations();
  return params.flatMap(param => {
    const found = all.find(({ values, text }) =>
      othersOf(param).some(other => ![null, text].includes(rendered(merged(values, at(param.path, other))))),
    );
    if (found === undefined) return [param.path];
    // What the next value is about is mostly there, too.
    all = [found, ...all.filter(each => each !== found)];
    return [];
  });
}

const at = (path: string, value: unknown): Values =>
  path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Values;

/** Null when these values contradict each other; what the schema refuses is a fault of this file. */
function rendered(values: Values): string | null {
  try {
    return renderText(values);
  } catch (error) {
    if (/don't meet the specifications of the schema/.test(String(error))) throw error;
    return null;
  }
}
