import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { chart, renderText } from '../support/helm.ts';

const sources = {
  default: 'ci/default-values.yaml',
  operators: 'ci/operators-values.yaml',
  outside: 'ci/outside-values.yaml',
  staging: 'values-staging.yaml',
  production: 'values-production.yaml',
};
// They lie in files/ as they are, and would be most of the example.
const without = ['--set', 'monitoring.prometheusRule.enabled=false,monitoring.dashboards.enabled=false'];

/** What the chart becomes with some sets of values, by path from the repository's root: for reviews, and for readers without helm. */
export function examples(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(sources).map(([name, file]) => {
      const values = parse(readFileSync(join(chart, file), 'utf8'));
      const head = `# Made by make chart: helm template shop helm --namespace shop -f helm/${file}\n`;
      return [`helm/examples/${name}.yaml`, `${head}${renderText(values, without)}`];
    }),
  );
}

if (import.meta.main) for (const [path, text] of examples()) writeFileSync(path, text);
