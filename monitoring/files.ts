import { boards } from './boards.ts';
import { grafanaJson } from './grafana.ts';
import { prometheusYaml } from './prometheus.ts';
import { ruleFiles } from './rules.ts';

/** Every file that is made of the boards and rules, by its path from the repository's root. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ...boards.map(board => [`helm/files/dashboards/${board.name}.json`, grafanaJson(board)] as const),
    ...Object.entries(ruleFiles).map(
      ([file, groups]) => [`helm/files/rules/${file}.yaml`, prometheusYaml(file, groups)] as const,
    ),
  ]);
}
