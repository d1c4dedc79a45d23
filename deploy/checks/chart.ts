import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { assertions } from '../chart/assertions.ts';
import { withoutEffect } from '../chart/effects.ts';
import { examples } from '../chart/examples.ts';
import { features } from '../chart/features.ts';
import { combinations, refused } from '../chart/matrix.ts';
import { readValues } from '../chart/values.ts';
import { type Check } from '../check.ts';
import { chart, helm, renderText } from '../support/helm.ts';

const root = join(import.meta.dirname, '../..');
const valueFiles = (): string[] => [
  ...readdirSync(join(chart, 'ci')).map(file => join(chart, 'ci', file)),
  ...readdirSync(chart)
    .filter(file => /^values-.*\.yaml$/.test(file))
    .map(file => join(chart, file)),
];

/** Throws whatever the validators of deploy/tools find; answers how many documents they looked at. */
function validate(manifests: readonly { readonly name: string; readonly yaml: string }[]): number {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'deploy/tools/validate-manifests.mjs')],
    {
      encoding: 'utf8',
      input: JSON.stringify(manifests),
      maxBuffer: 256e6,
    },
  );
  if (stdout === '') throw new Error(`the validators did not run: npm ci --prefix deploy/tools\n${stderr}`);
  const { documents, faults } = JSON.parse(stdout) as { documents: number; faults: string[] };
  if (faults.length > 0) throw new Error(`${faults.length} faults\n${faults.slice(0, 30).join('\n')}`);
  return documents;
}

export const checks: readonly Check[] = [
  {
    name: 'chart: helm lint --strict likes every set of values',
    run: async () => {
      for (const file of valueFiles()) {
        const { code, stdout } = helm(['lint', '--strict', chart, '-f', file]);
        if (code !== 0) throw new Error(`${file}\n${stdout}`);
      }
    },
  },
  {
    name: 'chart: every combination of stores, secrets and switches is valid Kubernetes',
    run: async () => {
      const all = combinations();
      assert.ok(all.length >= 100);
      const documents = validate(
        all.map(({ name, values, kubeVersion }) => {
          return { name, yaml: renderText(values, ['--kube-version', kubeVersion]) };
        }),
      );
      assert.ok(documents > 50 * all.length);
    },
  },
  {
    name: 'chart: every set of values is valid Kubernetes',
    run: async () =>
      void validate(valueFiles().map(file => ({ name: file, yaml: renderText({}, ['-f', file]) }))),
  },
  {
    name: 'chart: the validators find wrong types, unknown fields and unknown kinds',
    run: async () => {
      const good = renderText();
      const spoiled: [from: RegExp, to: string, fault: RegExp][] = [
        [/imagePullPolicy:/, 'imagePullPolicie:', /imagePullPolicie: there is no such field/],
        [/revisionHistoryLimit: 5/, 'revisionHistoryLimit: five', /revisionHistoryLimit must be integer/],
        [
          /kind: PodDisruptionBudget/,
          'kind: PodDisruptionBugdet',
          /nobody knows policy\/v1 PodDisruptionBugdet/,
        ],
        [/name: shop-users\n/, 'name: Shop_Users\n', /not a name/],
      ];
      for (const [from, to, fault] of spoiled) {
        assert.match(good, from);
        assert.throws(() => validate([{ name: 'spoiled', yaml: good.replace(from, to) }]), fault);
      }
      const monitor = renderText({ monitoring: { serviceMonitor: { enabled: true } } });
      const yaml = monitor.replace('interval: 15s', 'intervall: 15s');
      assert.throws(() => validate([{ name: 'spoiled', yaml }]), /intervall: there is no such field/);
    },
  },
  {
    name: 'chart: wrong values are refused with their names',
    run: async () => {
      for (const [what, values, said] of refused) assert.throws(() => renderText(values), said, what);
    },
  },
  {
    name: 'chart: every value changes what is rendered',
    run: async () => {
      const params = readValues(readFileSync(join(chart, 'values.yaml'), 'utf8')).flatMap(
        each => each.params,
      );
      assert.ok(params.length > 150);
      const nobodys = { path: 'global.nobody', modifiers: [], meaning: '', value: '' };
      assert.deepEqual(withoutEffect([...params, nobodys]), [nobodys.path]);
    },
  },
  {
    name: 'chart: the rendered examples are up to date',
    run: async () => {
      for (const [path, text] of examples())
        assert.ok(readFileSync(join(root, path), 'utf8') === text, `${path}: run make chart`);
    },
  },
  {
    name: 'chart: every feature has an assertion, and every assertion a feature',
    run: async () => assert.deepEqual(Object.keys(assertions).toSorted(), [...features].toSorted()),
  },
  ...features.map(feature => ({
    name: `chart: ${feature}`,
    run: async () => {
      const proof = assertions[feature];
      if (proof === undefined) throw new Error('nothing proves it');
      proof();
    },
  })),
];
