import { stringify } from 'yaml';

import { type Alert, type Case, type RuleGroup } from './rule.ts';
import { alerts } from './rules.ts';

/** Where runbooks are read. The chart may put an address of your own in its place. */
export const runbookBase = 'https://github.com/your-organisation/shop-supergraph/blob/main/docs/runbooks';

const writing = { lineWidth: 0, aliasDuplicateObjects: false } as const;
const urlOf = (file: string, name: string): string => `${runbookBase}/${file}.md#${name.toLowerCase()}`;

/** Rules as the file that Prometheus reads, and that the chart wraps into a PrometheusRule. */
export function prometheusYaml(file: string, groups: readonly RuleGroup[]): string {
  const told = groups.map(({ name, interval, recordings = [], alerts: some = [] }) => ({
    name: `shop-${name}`,
    ...(interval === undefined ? {} : { interval }),
    rules: [
      ...recordings,
      ...some.map(({ name: alert, expr, for: during, severity, ...text }) => ({
        alert,
        expr,
        ...(during === '0m' ? {} : { for: during }),
        labels: { severity },
        annotations: {
          summary: text.summary.replaceAll(/ {2,}/g, ' '),
          description: text.description,
          runbook_url: urlOf(file, alert),
        },
      })),
    ],
  }));
  return `# Written by npm run monitoring.\n${stringify({ groups: told }, writing)}`;
}

/**
 * Files of tests for promtool, by name: each alert fires in its one case and not in its other. `pathOf` says where a file of rules
 * lies. Cases with longer steps have files of their own, because a file has one step for all evaluations.
 */
export function promtoolTests(pathOf: (file: string) => string): ReadonlyMap<string, string> {
  const files = new Map<string, { rule_files: string[]; evaluation_interval: string; tests: object[] }>();
  const add = (file: string, interval: string, made: object): void => {
    const name = `${file}-${interval}.yaml`;
    const known = files.get(name) ?? { rule_files: [pathOf(file)], evaluation_interval: interval, tests: [] };
    known.tests.push(made);
    files.set(name, known);
  };
  for (const alert of alerts) {
    const { file, fires, silent, severity } = alert;
    const expected = { exp_labels: { severity, ...fires.labels }, exp_annotations: told(alert) };
    add(file, fires.interval ?? step, test(alert, fires, [expected]));
    add(file, silent.interval ?? step, test(alert, silent, []));
  }
  return new Map([...files].map(([name, file]) => [name, stringify(file, writing)]));
}

const step = '1m';

function test({ name }: Alert, { series, at, interval = step }: Case, expected: readonly object[]): object {
  return {
    name: `${name} ${expected.length === 0 ? 'is silent' : 'fires'}`,
    interval,
    input_series: Object.entries(series).map(([key, values]) => ({ series: key, values })),
    alert_rule_test: [{ eval_time: at, alertname: name, exp_alerts: expected }],
  };
}

/** The texts of an alert as it fires, with its labels and its value in their places. */
function told(alert: Alert & { readonly file: string }): Record<string, string> {
  const { labels, value = '' } = alert.fires;
  const fill = (text: string): string =>
    text
      .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_all, label: string) => labels[label] ?? '')
      .replaceAll(/\{\{ \$value[^}]*\}\}/g, value);
  return {
    summary: fill(alert.summary),
    description: fill(alert.description),
    runbook_url: urlOf(alert.file, alert.name),
  };
}
