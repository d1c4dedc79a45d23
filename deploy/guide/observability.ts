import { type Section, check, spec } from './row.ts';

export const observability: Section = {
  title: 'Metrics, boards, alerts',
  rows: [
    {
      id: 'observability/http',
      guide: '`http_requests_total`, `http_request_duration_seconds`',
      here: 'The same names.',
      proofs: [
        spec('test/metrics.test.ts', 'a checkout shows: requests, statements, entities, events, their lag'),
      ],
    },
    {
      id: 'observability/grpc',
      guide: '`grpc_server_handled_total`',
      here: '`gateway_subgraph_request_duration_seconds_count`, `graphql_requests_total`.',
      proofs: [
        spec('test/metrics.test.ts', 'docs/metrics.md names every metric of every service, and no other'),
      ],
    },
    {
      id: 'observability/pool',
      guide: '`db_connection_pool_size`',
      here: 'The same, by state.',
      proofs: [spec('test/metrics.test.ts', '%s says how it does on its admin port')],
    },
    {
      id: 'observability/redis',
      guide: '`redis_connected_clients`',
      here: 'The same, by the exporter of Redis.',
      proofs: [
        check('compose: the monitoring stack scrapes every process of the shop and its stores'),
        check('monitoring: no panel is empty after a day of the shop, alerts reach their receivers'),
      ],
    },
    {
      id: 'observability/boards',
      guide: 'Boards: service overview, database, infrastructure, business',
      here: 'These four and latency by subgraph, router, events and outbox, payments, service levels; made by code.',
      proofs: [
        check('monitoring: no panel is empty after a day of the shop, alerts reach their receivers'),
        check('chart: ConfigMaps hold every board of files/dashboards'),
      ],
    },
    {
      id: 'observability/grafana',
      guide: 'Grafana’s password admin/admin',
      here: 'A password of your own, or compose does not start.',
      proofs: [
        check(
          'compose: the files are valid for Compose v2 and v1.29; production and Grafana have no default secret',
        ),
      ],
    },
    {
      id: 'observability/alerts',
      guide: 'No alerts; PagerDuty and levels of support by name',
      here: 'Rules with burn rates, each with a runbook and a test that it fires and that it is silent; routes to receivers.',
      proofs: [
        check('monitoring: rules and configuration are valid'),
        check('monitoring: every alert fires in its case and is silent in the other'),
        check('monitoring: no panel is empty after a day of the shop, alerts reach their receivers'),
        check('chart: PrometheusRules hold every rule of files/rules'),
      ],
    },
  ],
};
