import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

type PoolState = { readonly total: number; readonly idle: number; readonly waiting: number };

/** A service's own Prometheus registry. Labels must be bounded: prom-client never forgets a series. */
export type Metrics = {
  readonly registry: Registry;
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

const seconds = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Creates the registry of one service, with Node's default metrics. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const once = <M>(name: string, make: () => M): M =>
    (registry.getSingleMetric(name) as M | undefined) ?? make();
  return {
    registry,
    counter: (name, help, labels = []) =>
      once(name, () => new Counter({ name, help, labelNames: [...labels], registers: [registry] })),
    gauge: (name, help, labels = []) =>
      once(name, () => new Gauge({ name, help, labelNames: [...labels], registers: [registry] })),
    histogram: (name, help, labels = [], buckets = seconds) =>
      once(
        name,
        () =>
          new Histogram({
            name,
            help,
            labelNames: [...labels],
            buckets: [...buckets],
            registers: [registry],
          }),
      ),
    pool: read => {
      new Gauge({
        name: 'db_connection_pool_size',
        help: 'Connections of the database pool by state.',
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
}
