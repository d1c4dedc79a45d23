import { type Board, percentiles } from '../board.ts';
import { orZero, quantile, series, sumRate } from '../promql.ts';
import { subgraph } from './variables.ts';

const operations = `sum(${sumRate('graphql_requests_total', 'service')})`;
const lookups = `sum(${sumRate('gateway_query_plan_cache_total', 'service')})`;

export const routerInternals: Board = {
  name: 'router',
  title: 'Router internals',
  about: 'Plans, fan-out, limits, breakers, cache and subscriptions of the router.',
  variables: [subgraph],
  rows: [
    {
      title: 'Plans',
      panels: [
        {
          title: 'Plans found',
          about: 'Share of operations whose plan was kept. Low for long: clients write values into their documents.',
          kind: 'stat',
          unit: 'percentunit',
          limits: [0.9, 0.5],
          lowIsBad: true,
          queries: [
            {
              expr: `sum(${sumRate('gateway_query_plan_cache_total', 'service', 'result="hit"')}) / ${lookups}`,
              legend: 'found',
            },
          ],
        },
        {
          title: 'Plans kept',
          about: 'Plans in memory, and operations that need not be read again.',
          kind: 'stat',
          unit: 'none',
          queries: [
            { expr: `sum(${series('gateway_query_plan_cache_size')})`, legend: 'plans' },
            { expr: `sum(${series('gateway_operations_cached')})`, legend: 'operations' },
          ],
        },
        {
          title: 'Supergraph',
          about: 'Which supergraph is served, by how many routers. More than one for long: a router is stuck.',
          kind: 'stat',
          unit: 'none',
          queries: [
            { expr: `count by (schema_hash) (${series('gateway_supergraph_info')})`, legend: '{{schema_hash}}' },
          ],
        },
        {
          title: 'New supergraphs',
          about: 'What became of new supergraphs in the chosen time; a refused one changes nothing.',
          kind: 'stat',
          unit: 'none',
          queries: [
            {
              expr: `sum by (result) (increase(${series('gateway_supergraph_updates_total')}[$__range]))`,
              legend: '{{result}}',
            },
          ],
        },
        {
          title: 'Planning time',
          about: 'Seconds that planning a new operation takes; past ROUTER_PLAN_DEADLINE_MS it is refused.',
          kind: 'lines',
          unit: 's',
          limits: [0.25, 1],
          queries: percentiles(q => quantile('gateway_query_plan_duration_seconds', { q })),
        },
        {
          title: 'Plans made and given up',
          about: 'New plans a second, and those that were given up: by deadline, limit, memory, or known to be too much.',
          kind: 'lines',
          unit: 'ops',
          queries: [
            { expr: `sum(${sumRate('gateway_query_plan_cache_total', 'service', 'result="miss"')})`, legend: 'made' },
            {
              expr: sumRate('gateway_query_plan_stopped_total', 'reason'),
              legend: 'given up: {{reason}}',
            },
          ],
        },
      ],
    },
    {
      title: 'Work',
      panels: [
        {
          title: 'Fan-out',
          about: 'Fetches to subgraphs for one operation, on average.',
          kind: 'lines',
          unit: 'short',
          queries: [
            {
              expr: `sum(${sumRate('gateway_subgraph_request_duration_seconds_count', 'service')}) / ${operations}`,
              legend: 'fetches per operation',
            },
          ],
        },
        {
          title: 'The router’s own time',
          about: 'Seconds of an operation in which no subgraph was waited for.',
          kind: 'lines',
          unit: 's',
          limits: [0.025, 0.1],
          queries: percentiles(q => quantile('gateway_overhead_duration_seconds', { q })),
        },
        {
          title: 'Fetches under way',
          about: 'Fetches that wait for an answer, by subgraph.',
          kind: 'stack',
          unit: 'none',
          queries: [
            {
              expr: `sum by (subgraph) (${series('gateway_subgraph_requests_in_flight', 'subgraph=~"$subgraph"')})`,
              legend: '{{subgraph}}',
            },
          ],
        },
        {
          title: 'Breakers',
          about: '0 closed, 1 half-open, 2 open.',
          kind: 'lines',
          unit: 'none',
          limits: [1, 2],
          queries: [
            {
              expr: `max by (subgraph) (${series('gateway_subgraph_breaker_state', 'subgraph=~"$subgraph"')})`,
              legend: '{{subgraph}}',
            },
          ],
        },
        {
          title: 'Refused without asking',
          about: 'Fetches a second that were not sent: the breaker is open, or too many are unanswered.',
          kind: 'lines',
          unit: 'reqps',
          queries: [
            {
              expr: sumRate('gateway_subgraph_rejected_total', 'subgraph, reason', 'subgraph=~"$subgraph"'),
              legend: '{{subgraph}} {{reason}}',
            },
          ],
        },
        {
          title: 'Second tries',
          about: 'Queries a second that were sent again. More than a tenth of all: the retry budget is at its end.',
          kind: 'lines',
          unit: 'reqps',
          queries: [
            {
              expr: sumRate('gateway_subgraph_retries_total', 'subgraph', 'subgraph=~"$subgraph"'),
              legend: '{{subgraph}}',
            },
          ],
        },
      ],
    },
    {
      title: 'Limits',
      panels: [
        {
          title: 'Cost of operations',
          about: 'Points by @cost and @listSize; beyond ROUTER_MAX_COST (20,000) an operation is refused.',
          kind: 'lines',
          unit: 'short',
          queries: percentiles(q => quantile('operation_cost', { q })),
        },
        {
          title: 'Out of budget',
          about: 'Requests a second that were refused with 429, by rule.',
          kind: 'lines',
          unit: 'reqps',
          queries: [{ expr: sumRate('rate_limited_total', 'rule'), legend: '{{rule}}' }],
        },
        {
          title: 'How documents come',
          about: 'By hash, as text, or listed in the manifest; not_found makes the client send the text once.',
          kind: 'stack',
          unit: 'reqps',
          queries: [{ expr: sumRate('gateway_persisted_operations_total', 'result'), legend: '{{result}}' }],
        },
        {
          title: 'Refused by the client’s fault',
          about: 'Errors a second whose code says that the document, the rights or the budget are not enough.',
          kind: 'stack',
          unit: 'eps',
          queries: [
            {
              expr: sumRate(
                'graphql_errors_total',
                'code',
                'code!~"INTERNAL_SERVER_ERROR|SUBGRAPH_UNAVAILABLE|DEADLINE_EXCEEDED|OVERLOADED"',
              ),
              legend: '{{code}}',
            },
          ],
        },
      ],
    },
    {
      title: 'Cache and subscriptions',
      panels: [
        {
          title: 'Kept answers',
          about: 'Entities by whether they were kept. Empty while ROUTER_CACHE is off.',
          kind: 'stack',
          unit: 'ops',
          queries: [{ expr: sumRate('gateway_cache_requests_total', 'result'), legend: '{{result}}' }],
        },
        {
          title: 'Saved fetches and memory',
          about: 'Fetches a second that no subgraph was asked, and bytes of kept answers.',
          kind: 'lines',
          unit: 'short',
          queries: [
            { expr: `sum(${sumRate('gateway_cache_saved_fetches_total', 'service')})`, legend: 'saved fetches/s' },
            { expr: `sum(${series('gateway_cache_bytes')}) / 1e6`, legend: 'MB kept' },
          ],
        },
        {
          title: 'Open subscriptions',
          about: 'By transport.',
          kind: 'stack',
          unit: 'none',
          queries: [
            { expr: `sum by (transport) (${series('graphql_subscriptions_active')})`, legend: '{{transport}}' },
          ],
        },
        {
          title: 'Subscriptions begun, refused, let go',
          about: 'Per second. Refused: beyond the limit of a client or of the router. Let go: they did not read.',
          kind: 'lines',
          unit: 'ops',
          queries: [
            { expr: `sum(${sumRate('graphql_subscriptions_total', 'service')})`, legend: 'begun' },
            {
              expr: orZero(
                `sum(${sumRate('graphql_subscriptions_refused_total', 'service')})`,
                `sum(${sumRate('graphql_subscriptions_total', 'service')})`,
              ),
              legend: 'refused',
            },
            {
              expr: orZero(
                `sum(${sumRate('graphql_subscribers_stalled_total', 'service')})`,
                `sum(${sumRate('graphql_subscriptions_total', 'service')})`,
              ),
              legend: 'let go',
            },
          ],
        },
      ],
    },
  ],
}; // prettier-ignore
