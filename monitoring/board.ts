/** One series, or several of the same kind, on a panel. */
export type Query = {
  /** PromQL; may use Grafana's `$__rate_interval`, `$__range` and the board's variables. */
  readonly expr: string;
  /** Name of a series: `{{label}}` takes its label. */
  readonly legend: string;
};

/** Units as Grafana calls them. */
export type Unit =
  | 's' | 'ops' | 'reqps' | 'percentunit' | 'bytes' | 'short' | 'none' | 'Bps' | 'dateTimeFromNow' | 'eps' | 'cores'; // prettier-ignore

export type Panel = {
  readonly title: string;
  /** What it shows, and what is bad. Grafana shows it behind the (i). */
  readonly about: string;
  readonly kind: 'lines' | 'stack' | 'stat' | 'heatmap' | 'table';
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** Of 24 columns. */
  readonly width?: number;
  /** Values from which it turns orange and red. */
  readonly limits?: readonly [orange: number, red: number];
  /** True where a small value is the bad one. */
  readonly lowIsBad?: boolean;
};

export type Row = {
  readonly title: string;
  /** A variable: Grafana shows the row once for each chosen value. */
  readonly repeat?: string;
  readonly panels: readonly Panel[];
};

/** A choice at the top of a board. */
export type Variable = {
  readonly name: string;
  readonly label: string;
  /** `label_values(metric, label)`. */
  readonly query: string;
  readonly multi: boolean;
};

export type Board = {
  /** File name, and Grafana's uid after `shop-`. */
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly variables: readonly Variable[];
  readonly rows: readonly Row[];
};

/** Several series from one template: p50, p95 and p99. */
export const percentiles = (of: (q: number) => string, suffix = ''): Query[] =>
  [0.5, 0.95, 0.99].map(q => ({ expr: of(q), legend: `p${q * 100}${suffix}` }));
