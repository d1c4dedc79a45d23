import { type Board, percentiles } from '../board.ts';
import { buckets, orZero, quantile, series, sumRate } from '../promql.ts';
import { operation, subgraph } from './variables.ts';

const duration = 'gateway_subgraph_request_duration_seconds';
const mine = 'subgraph=~"$subgraph"';
const all = sumRate(`${duration}_count`, 'subgraph', mine);

export const subgraphLatency: Board = {
  name: 'subgraph-latency',
  title: 'Subgraph latency',
  about:
    'How fast and how reliably each subgraph answers, as the router sees it: one row per subgraph. Below, the operations that need them.',
  variables: [subgraph, operation],
  rows: [
    {
      title: 'All subgraphs',
      panels: [
        {
          title: 'p95 by subgraph',
          about: 'Seconds within which 95 % of fetches are answered. Orders holds a checkout until it is paid.',
          kind: 'lines',
          unit: 's',
          limits: [0.25, 1],
          queries: [
            { expr: quantile(duration, { q: 0.95, by: 'subgraph', matchers: mine }), legend: '{{subgraph}}' },
          ],
        },
        {
          title: 'Error ratio by subgraph',
          about: 'Share of fetches that ended with an error or ran out of time.',
          kind: 'lines',
          unit: 'percentunit',
          limits: [0.001, 0.01],
          queries: [
            {
              expr: `(${orZero(sumRate(`${duration}_count`, 'subgraph', `${mine},outcome!="ok"`), all)}) / ${all}`,
              legend: '{{subgraph}}',
            },
          ],
        },
        {
          title: 'Fetches',
          about: 'Fetches a second to each subgraph.',
          kind: 'stack',
          unit: 'reqps',
          queries: [{ expr: all, legend: '{{subgraph}}' }],
        },
        {
          title: 'Breakers',
          about: '0 closed, 1 half-open, 2 open: the subgraph is not asked.',
          kind: 'lines',
          unit: 'none',
          limits: [1, 2],
          queries: [
            {
              expr: `max by (subgraph) (${series('gateway_subgraph_breaker_state', mine)})`,
              legend: '{{subgraph}}',
            },
          ],
        },
      ],
    },
    {
      title: '$subgraph',
      repeat: 'subgraph',
      panels: [
        {
          title: '$subgraph: latency',
          about: 'Seconds that this subgraph takes to answer a fetch.',
          kind: 'lines',
          unit: 's',
          width: 8,
          queries: percentiles(q => quantile(duration, { q, matchers: mine })),
        },
        {
          title: '$subgraph: spread',
          about: 'How many fetches took how long: two bands are two kinds of fetches, a rising one is trouble.',
          kind: 'heatmap',
          unit: 's',
          width: 8,
          queries: [{ expr: buckets(duration, mine), legend: '{{le}}' }],
        },
        {
          title: '$subgraph: fetches and errors',
          about: 'Fetches a second by outcome, what was refused without asking, and second tries.',
          kind: 'lines',
          unit: 'reqps',
          width: 8,
          queries: [
            { expr: sumRate(`${duration}_count`, 'outcome', mine), legend: '{{outcome}}' },
            {
              expr: orZero(`sum(${sumRate('gateway_subgraph_rejected_total', 'subgraph', mine)})`, `sum(${all})`),
              legend: 'not asked',
            },
            {
              expr: `sum(${sumRate('gateway_subgraph_retries_total', 'subgraph', mine)})`,
              legend: 'second tries',
            },
          ],
        },
        {
          title: '$subgraph: error ratio',
          about: 'Share of fetches that failed, rejected ones included.',
          kind: 'stat',
          unit: 'percentunit',
          limits: [0.001, 0.01],
          queries: [
            {
              expr: `(${orZero(`sum(${sumRate(`${duration}_count`, 'subgraph', `${mine},outcome!="ok"`)})`, `sum(${all})`)}) / sum(${all})`,
              legend: 'errors',
            },
          ],
        },
        {
          title: '$subgraph: in flight',
          about: 'Fetches without an answer yet. Beyond ROUTER_SUBGRAPH_CONCURRENCY (512) more are refused.',
          kind: 'stat',
          unit: 'none',
          limits: [256, 512],
          queries: [
            { expr: `sum(${series('gateway_subgraph_requests_in_flight', mine)})`, legend: 'in flight' },
          ],
        },
        {
          title: '$subgraph: statements per request',
          about: 'Mean SQL statements of one GraphQL request in this subgraph: a jump is a loader that is missing.',
          kind: 'stat',
          unit: 'short',
          queries: [
            {
              expr: `sum(${sumRate('request_sql_statements_sum', 'service', 'service=~"$subgraph"')}) / sum(${sumRate('request_sql_statements_count', 'service', 'service=~"$subgraph"')})`,
              legend: 'statements',
            },
          ],
        },
        {
          title: '$subgraph: entities',
          about: 'Entities a second that the router asked this subgraph for.',
          kind: 'stat',
          unit: 'ops',
          queries: [
            {
              expr: `sum(${sumRate('entity_resolutions_total', 'service', 'service=~"$subgraph"')}) or vector(0)`,
              legend: 'entities',
            },
          ],
        },
      ],
    },
    {
      title: 'By operation of the client',
      panels: [
        {
          title: 'p95 by operation',
          about: 'Seconds at the router within which 95 % of each chosen operation are answered.',
          kind: 'lines',
          unit: 's',
          queries: [
            {
              expr: `topk(15, ${quantile('graphql_request_duration_seconds', { q: 0.95, by: 'operation_name', matchers: 'operation_name=~"$operation"' })})`,
              legend: '{{operation_name}}',
            },
          ],
        },
        {
          title: 'Slowest fields of subgraphs',
          about: 'Seconds within which 95 % of a field’s values were there, of the fields that wait for something; one request of sixteen is timed.',
          kind: 'lines',
          unit: 's',
          queries: [
            {
              expr: `topk(15, ${quantile('graphql_resolver_duration_seconds', { q: 0.95, by: 'service, type, field', matchers: 'service=~"$subgraph"' })})`,
              legend: '{{service}} {{type}}.{{field}}',
            },
          ],
        },
        {
          title: 'Error ratio by operation',
          about: 'Share of each operation’s answers that hold an error, whoever has made it.',
          kind: 'lines',
          unit: 'percentunit',
          queries: [
            {
              expr: `${sumRate('graphql_request_duration_seconds_count', 'operation_name', 'operation_name=~"$operation",outcome="error"')} / ${sumRate('graphql_request_duration_seconds_count', 'operation_name', 'operation_name=~"$operation"')}`,
              legend: '{{operation_name}}',
            },
          ],
        },
      ],
    },
  ],
}; // prettier-ignore
