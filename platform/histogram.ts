import { type Registry } from 'prom-client';

type Labels<L extends string> = Readonly<Partial<Record<L, string>>>;

/** What one series has seen. */
export type Series = { observe(value: number): void };

/** A histogram that shares its registry with prom-client's metrics. */
export type Histogram<L extends string> = {
  observe(labels: Labels<L>, value: number): void;
  /** The series of these labels, for whoever observes often: looking labels up costs more than counting. */
  series(labels: Labels<L>): Series;
  /** Starts a clock; the function that it answers stops it, adds labels that are known by then, and answers the seconds. */
  startTimer(labels?: Labels<L>): (more?: Labels<L>) => number;
};

type Described<L extends string> = {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly L[];
  /** Upper bounds, ascending. */
  readonly buckets: readonly number[];
};

/** A value as prom-client writes it out: what all of a series share stands behind what is its own. */
type Value = {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly sharedLabels: Labels<string>;
  readonly value: number;
};
type Counts = Series & { values(): Value[] };

/**
 * prom-client's own histogram checks and hashes its labels on every observation, 5 % of a busy router's time (measured); this
 * one counts into an array.
 */
export function createHistogram<L extends string>(
  { name, help, labels: labelNames, buckets }: Described<L>,
  registry: Registry,
): Histogram<L> {
  const known = new Map<string, Counts>();
  const open = (labels: Labels<L>): Counts => {
    const unknown = Object.keys(labels).find(label => !labelNames.includes(label as L));
    if (unknown !== undefined) throw new Error(`${name} has no label ${unknown}`);
    return createSeries(name, labels, buckets);
  };
  const series = (labels: Labels<L>): Counts => {
    let key = '';
    for (const label of labelNames) key += `${labels[label] ?? ''}\n`;
    let found = known.get(key);
    if (!found) known.set(key, (found = open(labels)));
    return found;
  };
  if (labelNames.length === 0) series({} as Labels<L>);
  const told = { name, help, type: 'histogram', aggregator: 'sum' };
  const values = (): Value[] => [...known.values()].flatMap(each => each.values());
  // What a registry asks of a metric are these; prom-client's types name its own classes only.
  const metric = {
    name,
    getForPromString: async () => ({ ...told, values: values() }),
    get: async () => ({
      ...told,
      values: values().map(({ sharedLabels, labels, ...rest }) => ({
        ...rest,
        labels: { ...labels, ...sharedLabels },
      })),
    }),
  } as unknown as Parameters<Registry['registerMetric']>[0];
  registry.registerMetric(metric);
  return {
    series,
    observe: (labels, value) => series(labels).observe(value),
    startTimer: labels => {
      const started = performance.now();
      return more => {
        const seconds = (performance.now() - started) / 1_000;
        series({ ...labels, ...more } as Labels<L>).observe(seconds);
        return seconds;
      };
    },
  };
}

function createSeries(name: string, labels: Labels<string>, buckets: readonly number[]): Counts {
  // The last one holds what is beyond every bound.
  const counts = new Float64Array(buckets.length + 1);
  let sum = 0;
  return {
    observe: value => {
      if (!Number.isFinite(value)) throw new TypeError(`${name} cannot count ${value}`);
      let at = 0;
      while (at < buckets.length && value > (buckets[at] ?? 0)) at += 1;
      counts[at] = (counts[at] ?? 0) + 1;
      sum += value;
    },
    values: () => {
      let total = 0;
      const sharedLabels = labels;
      const values: Value[] = [];
      for (const [index, bound] of [...buckets, '+Inf'].entries()) {
        total += counts[index] ?? 0;
        values.push({ metricName: `${name}_bucket`, labels: { le: bound }, sharedLabels, value: total });
      }
      values.push({ metricName: `${name}_sum`, labels: {}, sharedLabels, value: sum });
      values.push({ metricName: `${name}_count`, labels: {}, sharedLabels, value: total });
      return values;
    },
  };
}
