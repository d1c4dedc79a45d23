import { type Board, percentiles } from '../board.ts';
import { buckets, orZero, quantile, series, sumRate } from '../promql.ts';
import { operation, service } from './variables.ts';

const mine = 'service=~"$service"';
const named = 'operation_name=~"$operation"';
const requests = sumRate('http_requests_total', 'service', mine);

export const serviceOverview: Board = {
  name: 'service-overview',
  title: 'Service overview',
  about: 'Rate, errors and duration of every service, and of the operations that clients send.',
  variables: [service, operation],
  rows: [
    {
      title: 'Now',
      panels: [
        {
          title: 'Services up',
          about: 'Processes that Prometheus reaches. Fewer than you run: see the runbook ServiceDown.',
          kind: 'stat',
          unit: 'none',
          queries: [{ expr: `sum(${series('up', mine)})`, legend: 'up' }],
        },
        {
          title: 'Operations',
          about: 'GraphQL operations a second at the router, over HTTP, unreadable ones included.',
          kind: 'stat',
          unit: 'reqps',
          queries: [{ expr: `sum(${sumRate('graphql_requests_total', 'service')})`, legend: 'operations' }],
        },
        {
          title: 'Failed by us',
          about: 'Share of operations with an error that is ours: what the availability objective counts.',
          kind: 'stat',
          unit: 'percentunit',
          limits: [0.001, 0.01],
          queries: [
            {
              expr: `sum(${sumRate('graphql_operations_failed_total', 'service')}) / sum(${sumRate('graphql_request_duration_seconds_count', 'service')})`,
              legend: 'failed',
            },
          ],
        },
        {
          title: 'Operations, p95',
          about: 'Seconds within which 95 % of operations are answered.',
          kind: 'stat',
          unit: 's',
          limits: [0.5, 1],
          queries: [{ expr: quantile('graphql_request_duration_seconds', { q: 0.95 }), legend: 'p95' }],
        },
      ],
    },
    {
      title: 'HTTP, by service',
      panels: [
        {
          title: 'Requests',
          about: 'HTTP requests a second; those of subgraphs come from the router.',
          kind: 'lines',
          unit: 'reqps',
          queries: [{ expr: requests, legend: '{{service}}' }],
        },
        {
          title: 'Answered with 5xx',
          about:
            'Share of requests that were answered with 500 and above. GraphQL errors have their own panels.',
          kind: 'lines',
          unit: 'percentunit',
          limits: [0.001, 0.01],
          queries: [
            {
              expr: `(${orZero(sumRate('http_requests_total', 'service', `${mine},status="5xx"`), requests)}) / ${requests}`,
              legend: '{{service}}',
            },
          ],
        },
        {
          title: 'Duration, p95',
          about: 'Seconds within which 95 % of HTTP requests are answered; subscriptions are left out.',
          kind: 'lines',
          unit: 's',
          queries: [
            {
              expr: quantile('http_request_duration_seconds', {
                q: 0.95,
                by: 'service',
                matchers: `${mine},route!="stream"`,
              }),
              legend: '{{service}}',
            },
          ],
        },
        {
          title: 'Status classes',
          about: 'HTTP requests a second by status class.',
          kind: 'stack',
          unit: 'reqps',
          queries: [{ expr: sumRate('http_requests_total', 'status', mine), legend: '{{status}}' }],
        },
      ],
    },
    {
      title: 'Operations of clients',
      panels: [
        {
          title: 'Operations by type and outcome',
          about: 'An error here is any error in the answer, also one that the client has made.',
          kind: 'stack',
          unit: 'reqps',
          queries: [
            {
              expr: sumRate('graphql_requests_total', 'operation_type, outcome'),
              legend: '{{operation_type}} {{outcome}}',
            },
          ],
        },
        {
          title: 'Errors by code',
          about:
            'Errors a second in answers. INTERNAL_SERVER_ERROR, SUBGRAPH_UNAVAILABLE, DEADLINE_EXCEEDED and OVERLOADED are ours.',
          kind: 'stack',
          unit: 'eps',
          queries: [{ expr: sumRate('graphql_errors_total', 'code'), legend: '{{code}}' }],
        },
        {
          title: 'Duration',
          about: 'Seconds that the chosen operations take.',
          kind: 'lines',
          unit: 's',
          queries: percentiles(q => quantile('graphql_request_duration_seconds', { q, matchers: named })),
        },
        {
          title: 'Duration, spread',
          about: 'How many of the chosen operations took how long.',
          kind: 'heatmap',
          unit: 's',
          queries: [{ expr: buckets('graphql_request_duration_seconds', named), legend: '{{le}}' }],
        },
        {
          title: 'Slowest operations, p95',
          about: 'The ten operations with the highest p95 over the chosen time.',
          kind: 'table',
          unit: 's',
          queries: [
            {
              expr: `topk(10, histogram_quantile(0.95, sum by (le, operation_name) (rate(${series('graphql_request_duration_seconds_bucket', named)}[$__range]))))`,
              legend: '{{operation_name}}',
            },
          ],
        },
        {
          title: 'Most frequent operations',
          about: 'The ten operations that were sent most in the chosen time.',
          kind: 'table',
          unit: 'short',
          queries: [
            {
              expr: `topk(10, sum by (operation_name) (increase(${series('graphql_request_duration_seconds_count', named)}[$__range])))`,
              legend: '{{operation_name}}',
            },
          ],
        },
      ],
    },
    {
      title: 'Versions',
      panels: [
        {
          title: 'Processes by version',
          about: 'Two versions of one service for long: a rollout hangs.',
          kind: 'table',
          unit: 'none',
          queries: [
            {
              expr: `count by (service, version) (${series('build_info', mine)})`,
              legend: '{{service}} {{version}}',
            },
          ],
        },
        {
          title: 'Uptime',
          about: 'Seconds since the youngest process of each service has started.',
          kind: 'lines',
          unit: 's',
          queries: [
            {
              expr: `min by (service) (time() - ${series('process_start_time_seconds', mine)})`,
              legend: '{{service}}',
            },
          ],
        },
      ],
    },
  ],
};
