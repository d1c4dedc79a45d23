import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { subgraphs } from '#schema/events.ts';

import { promtoolTests } from '../../monitoring/prometheus.ts';
import { type Check } from '../check.ts';
import { startEmbeddedShop } from '../support/embedded-shop.ts';
import { watchADay } from '../support/monitored-day.ts';
import { installMonitoring } from '../support/monitoring-stack.ts';
import { inFolder, using } from '../support/scope.ts';

const root = join(import.meta.dirname, '../..');
const rules = join(root, 'helm/files/rules');

/** What promtool has against an exposition; the names of Node's own are prom-client's, not ours. */
function faultsOf(text: string): string[] {
  const { stdout, stderr, error } = spawnSync('promtool', ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  if (error) throw error;
  return `${stdout}${stderr}`.split('\n').filter(fault => fault !== '' && !fault.startsWith('nodejs_'));
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
    name: 'monitoring: what every process tells is well formed',
    run: () =>
      inFolder(async dir => {
        installMonitoring();
        await using(startEmbeddedShop(dir), async ({ metrics }) => {
          assert.equal(Object.keys(metrics).length, subgraphs.length + 1);
          for (const [service, { registry }] of Object.entries(metrics))
            assert.deepEqual(faultsOf(await registry.metrics()), [], service);
        });
        assert.match(faultsOf('# TYPE orders counter\norders 1\n').join(), /should have "_total" suffix/);
      }),
  },
  {
    name: 'monitoring: every alert fires in its case and is silent in the other',
    run: async () => {
      installMonitoring();
      await inFolder(async dir => {
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
