import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { promtoolTests } from '../../monitoring/prometheus.ts';
import { type Check } from '../check.ts';
import { watchADay } from '../support/monitored-day.ts';
import { installMonitoring } from '../support/monitoring-stack.ts';

const root = join(import.meta.dirname, '../..');
const rules = join(root, 'helm/files/rules');

/** Runs with a folder that is gone afterwards. */
async function withFolder(run: (dir: string) => void | Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'shop-monitoring-'));
  try {
    await run(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function writeTests(dir: string, change: (text: string) => string): string[] {
  return [...promtoolTests(file => join(rules, `${file}.yaml`))].map(([name, text]) => {
    const path = join(dir, name);
    writeFileSync(path, change(text));
    return path;
  });
}

/** Monitoring as it is shipped, on Debian's Prometheus, Alertmanager and exporters. */
export const checks: readonly Check[] = [
  {
    name: 'monitoring: rules and configuration are valid',
    run: async () => {
      installMonitoring();
      const files = readdirSync(rules).map(name => join(rules, name));
      execFileSync('promtool', ['check', 'rules', ...files]);
      execFileSync('promtool', [
        'check',
        'config',
        '--syntax-only',
        join(root, 'docker/prometheus/prometheus.yaml'),
      ]);
      const routes = join(root, 'docker/alertmanager/alertmanager.yaml');
      execFileSync('amtool', ['check-config', routes]);
      for (const severity of ['page', 'ticket']) {
        const said = execFileSync(
          'amtool',
          ['config', 'routes', 'test', `--config.file=${routes}`, `severity=${severity}`],
          { encoding: 'utf8' },
        ).trim();
        if (said !== severity) throw new Error(`${severity} goes to ${said}`);
      }
    },
  },
  {
    name: 'monitoring: every alert fires in its case and is silent in the other',
    run: async () => {
      installMonitoring();
      await withFolder(dir => {
        execFileSync('promtool', ['test', 'rules', ...writeTests(dir, text => text)]);
        // And a test that is wrong is told: else the line above would say nothing.
        const wrong = writeTests(dir, text => text.replaceAll('severity: page', 'severity: nobody'));
        for (const path of wrong.filter(each => readFileSync(each, 'utf8').includes('nobody')))
          if (spawnSync('promtool', ['test', 'rules', path]).status === 0)
            throw new Error(`${path} passes although it expects what no rule says`);
      });
    },
  },
  {
    name: 'monitoring: no panel is empty after a day of the shop, alerts reach their receivers',
    run: watchADay,
  },
];
