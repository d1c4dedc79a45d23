import { type Worker } from 'node:cluster';

import { AggregatorRegistry, type Registry } from 'prom-client';

import { type Metrics } from '#platform/metrics.ts';

/** A metric as prom-client writes it in JSON. */
type Metric = {
  readonly name: string;
  readonly type: string;
  readonly aggregator?: string;
  readonly values: readonly { readonly value: number; readonly labels: Readonly<Record<string, string>> }[];
};
/** What a worker is asked for, and what it answers. */
export type MetricsQuestion = { readonly kind: 'metrics'; readonly id: number };
export type MetricsAnswer = MetricsQuestion & { readonly metrics: readonly Metric[] };

export type ClusterMetrics = {
  /** From now on its metrics count; ends with the function that it answers, and what it has counted stays. */
  join(place: number, worker: Worker): () => void;
  /** The metrics of all, in Prometheus's format. */
  text(): Promise<string>;
};

const PATIENCE_MS = 2_000;

/**
 * Sums the metrics of workers. One that does not answer counts with what it last told, and so does one that has ended: sums of
 * counters never go down.
 */
export function createClusterMetrics(own: Metrics): ClusterMetrics {
  const requests = own.gauge('router_worker_http_requests', 'HTTP requests that each worker has answered.', [
    'worker',
  ]);
  const last = new Map<Worker, readonly Metric[]>();
  const places = new Map<Worker, number>();
  const waiting = new Map<number, (answer: MetricsAnswer) => void>();
  let retired: readonly Metric[] = [];
  let questions = 0;

  const ask = async (worker: Worker): Promise<void> => {
    if (!worker.isConnected()) return;
    const id = (questions += 1);
    const answer = await new Promise<MetricsAnswer | null>(resolve => {
      const timer = setTimeout(resolve, PATIENCE_MS, null);
      waiting.set(id, told => {
        clearTimeout(timer);
        resolve(told);
      });
      worker.send({ kind: 'metrics', id } satisfies MetricsQuestion, error => error && resolve(null));
    });
    waiting.delete(id);
    if (answer && places.has(worker)) last.set(worker, answer.metrics);
  };

  return {
    join: (place, worker) => {
      places.set(worker, place);
      worker.on('message', (message: MetricsAnswer | string) => {
        if (typeof message !== 'string') waiting.get(message.id)?.(message);
      });
      return () => {
        const counted = (last.get(worker) ?? []).filter(({ type }) => type !== 'gauge');
        retired = sum([retired, counted]).getMetricsAsArray() as unknown as Metric[];
        places.delete(worker);
        last.delete(worker);
      };
    },
    text: async () => {
      await Promise.all([...places.keys()].map(ask));
      for (const [worker, place] of places)
        requests.set({ worker: String(place) }, total(last.get(worker) ?? [], 'http_requests_total'));
      const names = new Set(own.described().map(({ name }) => name));
      const ownMetrics = ((await own.registry.getMetricsAsJSON()) as unknown as Metric[]).filter(
        ({ name }) => names.has(name) && name !== 'build_info',
      );
      return sum([...last.values(), retired, ownMetrics]).metrics();
    },
  };
}

function sum(lists: readonly (readonly Metric[])[]): Registry {
  return AggregatorRegistry.aggregate(lists.map(list => list.map(withAggregator)));
}

function total(metrics: readonly Metric[], name: string): number {
  const values = metrics.find(metric => metric.name === name)?.values ?? [];
  return values.reduce((all, { value }) => all + value, 0);
}

/** What is the same in every worker is not added up; of a breaker's states the worst is told, of dates the nearest. */
function withAggregator(metric: Metric): Metric {
  if (/_(?:info|state)$/.test(metric.name)) return { ...metric, aggregator: 'max' };
  if (metric.name.endsWith('_timestamp_seconds')) return { ...metric, aggregator: 'min' };
  return metric;
}
