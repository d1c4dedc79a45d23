import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { freePorts } from '#platform/ports.ts';

import { command, demand, eventually } from './engine.ts';
import { type Stack } from './stacks.ts';

const services = ['users', 'products', 'inventory', 'orders', 'payments', 'notifications', 'router'];

type Target = {
  readonly labels: Readonly<Record<string, string>>;
  readonly health: string;
  readonly lastError: string;
};

/** Prometheus beside the shop, without Grafana, for which no package stands in: every address that it scrapes answers. */
export async function monitored(stack: Stack): Promise<void> {
  const secrets = mkdtempSync(join(tmpdir(), 'shop-monitoring-'));
  await command(process.execPath, ['scripts/secrets.ts', 'files', secrets]);
  const [port = 0, alerts = 0] = await freePorts(2);
  const env = {
    ...stack.env,
    SECRETS_DIR: secrets,
    GRAFANA_ADMIN_PASSWORD: 'unused',
    PROMETHEUS_PUBLISHED_PORT: String(port),
    ALERTMANAGER_PUBLISHED_PORT: String(alerts),
  };
  const beside = (...args: readonly string[]): Promise<string> =>
    stack.engine.compose(
      env,
      '-p',
      `${stack.project}-monitoring`,
      '-f',
      'docker/compose.monitoring.yaml',
      ...args,
    );
  const containers = ['prometheus', 'alertmanager', 'postgres-exporter', 'redis-exporter', 'node-exporter'];
  const ask = async <T>(path: string): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`);
    return ((await response.json()) as { data: T }).data;
  };
  try {
    await beside('up', '-d', ...containers);
    await eventually('Prometheus', 60_000, () =>
      fetch(`http://127.0.0.1:${port}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    let down: readonly string[] = [];
    await eventually('all targets are up', 90_000, async () => {
      const { activeTargets } = await ask<{ readonly activeTargets: readonly Target[] }>('targets');
      down = activeTargets
        .filter(({ health }) => health !== 'up')
        .map(({ labels, lastError }) => `${JSON.stringify(labels)}: ${lastError}`);
      const jobs = new Set(activeTargets.map(({ labels }) => labels['service'] ?? labels['job']));
      const wanted = [...services, 'postgres', 'redis', 'rabbitmq', 'node'];
      return down.length === 0 && wanted.every(job => jobs.has(job));
    }).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}: ${down.join('\n')}`, { cause: error });
    });
    const { groups } = await ask<{ readonly groups: readonly object[] }>('rules');
    demand(groups.length > 0, 'Prometheus has no rules');
    await eventually('Alertmanager is known to Prometheus', 30_000, async () => {
      const { activeAlertmanagers } = await ask<{ readonly activeAlertmanagers: readonly object[] }>(
        'alertmanagers',
      );
      return activeAlertmanagers.length === 1;
    });
    const ready = await fetch(`http://127.0.0.1:${alerts}/-/ready`);
    demand(ready.ok, `Alertmanager answers ${ready.status}`);
    const exported = await ask<{ readonly result: readonly object[] }>('query?query=redis_connected_clients');
    demand(exported.result.length === 1, 'redis_connected_clients is not there');
  } catch (error) {
    const logs = await beside('logs', '--no-color', '--tail', '10').catch(() => '');
    throw new Error(`${(error as Error).message}\n${logs}`, { cause: error });
  } finally {
    await beside('down', '-v');
    rmSync(secrets, { recursive: true });
  }
}
