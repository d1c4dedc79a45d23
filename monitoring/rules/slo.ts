import { type Alert, type RuleGroup, ofShop } from '../rule.ts';

/** A promise about the events of one kind, over thirty days. */
export type Objective = {
  readonly slo: string;
  /** Share of events that are good. */
  readonly target: number;
  readonly about: string;
  /** Events a second over five minutes, by environment (and subgraph). */
  readonly requests: string;
  readonly errors: string;
};

const all = (metric: string, by: string, matchers = ''): string =>
  `sum by (${by}) (rate(${metric}{job="shop"${matchers === '' ? '' : `,${matchers}`}}[5m]))`;
const operations = 'graphql_request_duration_seconds';
const fetches = 'gateway_subgraph_request_duration_seconds';
const bySubgraph = 'environment, subgraph';
const answered = all(`${fetches}_count`, bySubgraph);
const notAsked = all('gateway_subgraph_rejected_total', bySubgraph);
const orNone = (expression: string): string => `(${expression} or 0 * ${answered})`;

/** What is promised to customers, and what subgraphs promise to the router. */
export const objectives: readonly Objective[] = [
  {
    slo: 'router-availability',
    target: 0.999,
    about: 'queries and mutations without an error that is ours',
    requests: all(`${operations}_count`, 'environment', 'operation_type!="subscription"'),
    errors: all('graphql_operations_failed_total', 'environment', 'operation_type!="subscription"'),
  },
  {
    slo: 'router-latency',
    target: 0.99,
    about: 'queries answered within 0.5 s',
    requests: all(`${operations}_count`, 'environment', 'operation_type="query"'),
    errors: `${all(`${operations}_count`, 'environment', 'operation_type="query"')} - ${all(`${operations}_bucket`, 'environment', 'operation_type="query",le="0.5"')}`,
  },
  {
    slo: 'subgraph-availability',
    target: 0.999,
    about: 'fetches of the router that end well, by subgraph',
    requests: `${answered} + ${orNone(notAsked)}`,
    errors: `${orNone(all(`${fetches}_count`, bySubgraph, 'outcome!="ok"'))} + ${orNone(notAsked)}`,
  },
  {
    slo: 'subgraph-latency',
    target: 0.99,
    about: 'fetches of the router answered within 1 s, by subgraph; orders holds checkouts until they are paid',
    requests: answered,
    errors: `${answered} - ${all(`${fetches}_bucket`, bySubgraph, 'le="1"')}`,
  },
]; // prettier-ignore

const ratio = (window: string): { record: string; expr: string } => ({
  record: `slo:errors:ratio${window}`,
  expr:
    window === '5m'
      ? 'slo:errors:rate5m / slo:requests:rate5m'
      : `sum_over_time(slo:errors:rate5m[${window}]) / sum_over_time(slo:requests:rate5m[${window}])`,
});

/** Below so many events a second a few errors would look like an outage: one in a minute. */
const leastTraffic = 1 / 60;

const burns = (factor: number, long: string, short: string): string =>
  [long, short]
    .map(window => `slo:errors:ratio${window} > on (slo) group_left () ${factor} * (1 - slo:objective:ratio)`)
    .concat(`avg_over_time(slo:requests:rate5m[${long}]) > ${leastTraffic.toFixed(4)}`)
    .join('\nand\n');

const labels = { slo: 'router-availability', environment: 'production' };
const steady = (requests: string, errors: string): Record<string, string> => ({
  'slo:requests:rate5m{slo="router-availability",environment="production"}': requests,
  'slo:errors:rate5m{slo="router-availability",environment="production"}': errors,
});

const alerts: readonly Alert[] = [
  {
    name: 'ErrorBudgetBurnsFast',
    severity: 'page',
    expr: burns(14.4, '1h', '5m'),
    for: '2m',
    summary: '{{ $labels.slo }} {{ $labels.subgraph }} uses up its error budget 14 times too fast',
    description:
      '{{ $value | humanizePercentage }} of the events of the last hour were bad, and it goes on: 2 % of the budget of thirty days in an hour.',
    fires: {
      series: {
        [ofShop('graphql_request_duration_seconds_count', 'router', 'operation_type="query",operation_name="A",outcome="ok"')]: '0+600x70',
        [ofShop('graphql_operations_failed_total', 'router', 'operation_type="query"')]: '0+12x70',
      },
      at: '65m',
      labels,
      value: '2%',
    },
    silent: {
      // The same errors, but they have ended.
      series: {
        [ofShop('graphql_request_duration_seconds_count', 'router', 'operation_type="query",operation_name="A",outcome="ok"')]: '0+600x70',
        [ofShop('graphql_operations_failed_total', 'router', 'operation_type="query"')]: '0+12x55 660x15',
      },
      at: '65m',
    },
  },
  {
    name: 'ErrorBudgetBurns',
    severity: 'page',
    expr: burns(6, '6h', '30m'),
    for: '15m',
    summary: '{{ $labels.slo }} {{ $labels.subgraph }} uses up its error budget 6 times too fast',
    description:
      '{{ $value | humanizePercentage }} of the events of the last six hours were bad: 5 % of the budget of thirty days in that time.',
    fires: { series: steady('10x80', '0.08x80'), interval: '5m', at: '6h30m', labels, value: '0.8%' },
    silent: { series: steady('10x80', '0.05x80'), interval: '5m', at: '6h30m' },
  },
  {
    name: 'ErrorBudgetBurnsSlowly',
    severity: 'ticket',
    expr: burns(1, '3d', '6h'),
    for: '1h',
    summary: '{{ $labels.slo }} {{ $labels.subgraph }} will not keep its objective',
    description: '{{ $value | humanizePercentage }} of the events of the last three days were bad: the budget ends before the thirty days do.',
    fires: { series: steady('10x900', '0.02x900'), interval: '5m', at: '74h', labels, value: '0.2%' },
    // So little traffic that one error a day would be a breach.
    silent: { series: steady('0.01x900', '0.001x900'), interval: '5m', at: '74h' },
  },
]; // prettier-ignore

export const slo: readonly RuleGroup[] = [
  {
    name: 'slo',
    interval: '1m',
    recordings: [
      ...objectives.map(({ slo: name, target }) => ({
        record: 'slo:objective:ratio',
        expr: `vector(${target})`,
        labels: { slo: name },
      })),
      ...objectives.flatMap(({ slo: name, requests, errors }) => [
        { record: 'slo:requests:rate5m', expr: requests, labels: { slo: name } },
        { record: 'slo:errors:rate5m', expr: errors, labels: { slo: name } },
      ]),
      ...['5m', '30m', '1h', '6h'].map(ratio),
    ],
    alerts: alerts.slice(0, 2),
  },
  {
    name: 'slo-long',
    interval: '5m',
    recordings: ['3d', '30d'].map(ratio),
    alerts: alerts.slice(2),
  },
]; // prettier-ignore
