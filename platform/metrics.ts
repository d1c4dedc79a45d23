import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { totalmem } from 'node:os';
import process from 'node:process';

import { Counter, Gauge, Registry } from 'prom-client';

import { type Histogram, createHistogram } from './histogram.ts';

type PoolState = { readonly total: number; readonly idle: number; readonly waiting: number };

/** One metric, as the documentation shows it. */
export type Described = {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
};

/** A service's own Prometheus registry. Labels must be bounded: prom-client never forgets a series. */
export type Metrics = {
  readonly registry: Registry;
  /** What the service tells of itself, without what prom-client tells of Node. */
  described(): readonly Described[];
  counter<L extends string>(name: string, help: string, labels?: readonly L[]): Counter<L>;
  gauge<L extends string>(name: string, help: string, labels?: readonly L[]): Gauge<L>;
  /** Durations in seconds unless `buckets` says otherwise. */
  histogram<L extends string>(
    name: string,
    help: string,
    labels?: readonly L[],
    buckets?: readonly number[],
  ): Histogram<L>;
  /** Reports the connection pools at each scrape. */
  pool(read: () => readonly PoolState[]): void;
};

/** prom-client's own, without `gc`: its PerformanceObserver costs a busy HTTP server 15 % of its time (Node 24, measured). */
const require = createRequire(import.meta.url);
const processMetrics = [
  'processCpuTotal',
  'processStartTime',
  'osMemoryHeap',
  'processOpenFileDescriptors',
  'processMaxFileDescriptors',
  'eventLoopLag',
  'processResources',
  'heapSizeAndUsed',
  'heapSpacesSizeAndUsed',
  'version',
].map(name => require(`prom-client/lib/metrics/${name}.js`) as (registry: Registry, config: object) => void);

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const seconds = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Creates the registry of one service, with what prom-client tells of the process. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  for (const collect of processMetrics) collect(registry, { eventLoopMonitoringPrecision: 10 });
  const described: Described[] = [];
  const made = new Map<string, unknown>();
  const once = <M>(told: Described, make: () => M): M => {
    if (!made.has(told.name)) {
      described.push(told);
      made.set(told.name, make());
    }
    return made.get(told.name) as M;
  };
  const metrics: Metrics = {
    registry,
    described: () => described,
    counter: (name, help, labels = []) =>
      once(
        { name, help, labels, type: 'counter' },
        () => new Counter({ name, help, labelNames: [...labels], registers: [registry] }),
      ),
    gauge: (name, help, labels = []) =>
      once(
        { name, help, labels, type: 'gauge' },
        () => new Gauge({ name, help, labelNames: [...labels], registers: [registry] }),
      ),
    histogram: (name, help, labels = [], buckets = seconds) =>
      once({ name, help, labels, type: 'histogram' }, () =>
        createHistogram({ name, help, labels, buckets }, registry),
      ),
    pool: read => {
      const name = 'db_connection_pool_size';
      const help = 'Connections of the database pool by state: idle, used, or waited for.';
      described.push({ name, help, labels: ['state'], type: 'gauge' });
      new Gauge({
        name,
        help,
        labelNames: ['state'],
        registers: [registry],
        collect() {
          const all = read();
          const sum = (key: keyof PoolState): number => all.reduce((total, pool) => total + pool[key], 0);
          this.set({ state: 'idle' }, sum('idle'));
          this.set({ state: 'used' }, sum('total') - sum('idle'));
          this.set({ state: 'waiting' }, sum('waiting'));
        },
      });
    },
  };
  metrics
    .gauge(
      'memory_limit_bytes',
      'Bytes of memory that the process may use: of its container, or of the machine.',
    )
    .set(memoryLimit());
  metrics.gauge('build_info', 'Always 1; says which version runs.', ['version']).set({ version }, 1);
  return metrics;
}

function memoryLimit(): number {
  // 0, or more than there is, where nothing holds the process back.
  const given = process.constrainedMemory();
  return given > 0 ? Math.min(given, totalmem()) : totalmem();
}
