import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';

import { parse, stringify } from 'yaml';

import { freePorts } from '#platform/ports.ts';

import { childEnv } from './child-env.ts';
import { type LiveShop, untilAnswers } from './live-shop.ts';

const root = join(import.meta.dirname, '../..');

/** Debian's packages by the program that the checks run. */
const packages: Readonly<Record<string, string>> = {
  prometheus: 'prometheus',
  promtool: 'prometheus',
  'prometheus-alertmanager': 'prometheus-alertmanager',
  amtool: 'prometheus-alertmanager',
  'prometheus-node-exporter': 'prometheus-node-exporter',
  'prometheus-postgres-exporter': 'prometheus-postgres-exporter',
  'prometheus-redis-exporter': 'prometheus-redis-exporter',
  pg_dump: 'postgresql-client',
};

/** Installs from Debian what the checks of the monitoring run and is not there. */
export function installMonitoring(): void {
  const missing = Object.entries(packages).filter(([program]) => !existsSync(`/usr/bin/${program}`));
  if (missing.length === 0) return;
  const names = [...new Set(missing.map(([, name]) => name))];
  const options = { stdio: 'ignore', env: childEnv({ DEBIAN_FRONTEND: 'noninteractive' }) } as const;
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
}

/** What a receiver of alerts was sent. */
export type Delivery = { readonly path: string; readonly body: string };

export type MonitoringStack = {
  readonly prometheus: string;
  readonly alertmanager: string;
  /** What PagerDuty (`/pagerduty`) and the channel (`/channel`) were sent. */
  readonly deliveries: readonly Delivery[];
  stop(): Promise<void>;
};

/** Debian's Prometheus, Alertmanager and exporters over a running shop, with the files of docker/ and helm/files. */
export async function startMonitoring(shop: LiveShop): Promise<MonitoringStack> {
  const dir = join(shop.dir, 'monitoring');
  mkdirSync(join(dir, 'textfiles'), { recursive: true });
  const [node = 0, postgres = 0, redis = 0, prometheus = 0, alertmanager = 0] = await freePorts(5);
  const { receiver, deliveries } = await startReceiver();
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(children.splice(0).map(end));
    await new Promise(done => receiver.close(done));
  };
  const run = async (
    program: string,
    args: string[],
    more: { port: number; path?: string; env?: object },
  ) => {
    const env = { PATH: '/usr/bin:/bin', ...more.env };
    const child = spawn(`/usr/bin/${program}`, args, { stdio: 'ignore', env });
    children.push(child);
    await untilAnswers(`http://127.0.0.1:${more.port}${more.path ?? '/metrics'}`, child, program);
  };
  try {
    backUp(shop, dir);
    await run(
      'prometheus-node-exporter',
      [`--web.listen-address=127.0.0.1:${node}`, `--collector.textfile.directory=${join(dir, 'textfiles')}`],
      { port: node },
    );
    await run('prometheus-postgres-exporter', [`--web.listen-address=127.0.0.1:${postgres}`], {
      port: postgres,
      env: { DATA_SOURCE_NAME: `${shop.postgres.url('postgres')}?sslmode=disable` },
    });
    await run(
      'prometheus-redis-exporter',
      [`--web.listen-address=127.0.0.1:${redis}`, `--redis.addr=${shop.redis.url}`],
      { port: redis },
    );
    const { port: receiverPort } = receiver.address() as AddressInfo;
    writeFileSync(join(dir, 'alertmanager.yaml'), alertmanagerConfig(dir, receiverPort));
    await run(
      'prometheus-alertmanager',
      [
        `--config.file=${join(dir, 'alertmanager.yaml')}`,
        `--storage.path=${join(dir, 'alertmanager')}`,
        `--web.listen-address=127.0.0.1:${alertmanager}`,
        '--cluster.listen-address=',
      ],
      { port: alertmanager, path: '/-/ready' },
    );
    const targets = { node, postgres, redis, alertmanager };
    writeFileSync(join(dir, 'prometheus.yaml'), prometheusConfig(shop, dir, targets));
    await run(
      'prometheus',
      [
        `--config.file=${join(dir, 'prometheus.yaml')}`,
        `--storage.tsdb.path=${join(dir, 'tsdb')}`,
        `--web.listen-address=127.0.0.1:${prometheus}`,
      ],
      { port: prometheus, path: '/-/ready' },
    );
  } catch (error) {
    await stop();
    throw error;
  }
  const address = (port: number): string => `http://127.0.0.1:${port}`;
  return { prometheus: address(prometheus), alertmanager: address(alertmanager), deliveries, stop };
}

/** A backup as cron makes it, with its metrics where the node exporter looks for them. */
function backUp(shop: LiveShop, dir: string): void {
  execFileSync(join(root, 'scripts/backup.sh'), [join(dir, 'backups')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...shop.env, BACKUP_METRICS_DIR: join(dir, 'textfiles') },
  });
}

type Job = { job_name: string; static_configs?: unknown; dns_sd_configs?: unknown };
type Config = {
  global: object;
  rule_files: string[];
  alerting: unknown;
  scrape_configs: Job[];
};

/** The file of docker/ with the addresses of this machine, and with everything faster. */
function prometheusConfig(
  shop: LiveShop,
  dir: string,
  ports: Readonly<Record<'node' | 'postgres' | 'redis' | 'alertmanager', number>>,
): string {
  const config = parse(readFileSync(join(root, 'docker/prometheus/prometheus.yaml'), 'utf8')) as Config;
  config.global = { scrape_interval: '2s', scrape_timeout: '2s', evaluation_interval: '2s' };
  const rules = join(dir, 'rules');
  mkdirSync(rules);
  for (const file of readdirSync(join(root, 'helm/files/rules'))) {
    const text = readFileSync(join(root, 'helm/files/rules', file), 'utf8');
    writeFileSync(join(rules, file), text.replaceAll(/^( +interval: ).+$/gm, '$12s'));
  }
  config.rule_files = [join(rules, '*.yaml')];
  const target = (port: number) => [{ targets: [`127.0.0.1:${port}`] }];
  config.alerting = { alertmanagers: [{ static_configs: target(ports.alertmanager) }] };
  const statics: Readonly<Record<string, object[]>> = {
    // The names that DNS would answer to.
    shop: Object.entries(shop.adminPorts).map(([name, port]) => ({
      targets: [`127.0.0.1:${port}`],
      labels: { __meta_dns_name: name },
    })),
    postgres: target(ports.postgres),
    redis: target(ports.redis),
    rabbitmq: target(shop.rabbitMetricsPort),
    'rabbitmq-queues': target(shop.rabbitMetricsPort),
    node: target(ports.node),
  };
  for (const job of config.scrape_configs) {
    delete job.dns_sd_configs;
    job.static_configs = statics[job.job_name];
  }
  return stringify(config);
}

/** The file of docker/ with its secrets elsewhere, and with the receivers on this machine. */
function alertmanagerConfig(dir: string, receiver: number): string {
  writeFileSync(join(dir, 'pagerduty_routing_key'), 'key-of-the-check');
  writeFileSync(join(dir, 'alert_channel_url'), `http://127.0.0.1:${receiver}/channel`);
  const text = readFileSync(join(root, 'docker/alertmanager/alertmanager.yaml'), 'utf8');
  return `global: { pagerduty_url: 'http://127.0.0.1:${receiver}/pagerduty' }\n${text
    .replaceAll('/run/secrets', dir)
    .replaceAll(/^( +(?:group_wait|group_interval): ).+$/gm, '$11s')}`;
}

async function startReceiver(): Promise<{ receiver: Server; deliveries: readonly Delivery[] }> {
  const deliveries: Delivery[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      deliveries.push({ path: request.url ?? '', body });
      response.writeHead(request.url === '/pagerduty' ? 202 : 200).end('{}');
    });
  });
  await new Promise<void>(done => receiver.listen(0, '127.0.0.1', done));
  return { receiver, deliveries };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>(done => child.once('exit', () => done()));
  child.kill('SIGTERM');
  await gone;
}
