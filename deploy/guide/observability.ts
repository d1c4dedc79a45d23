import { type Section, spec } from './row.ts';

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
      here: '`gateway_subgraph_requests_total`, `graphql_requests_total`.',
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
      proofs: [],
    },
    {
      id: 'observability/boards',
      guide: 'Boards: service overview, database, infrastructure, business',
      here: 'These four and latency by subgraph, router, events and outbox, payments, service levels; made by code.',
      proofs: [],
    },
    {
      id: 'observability/grafana',
      guide: 'Grafana’s password admin/admin',
      here: 'A password of your own, or compose does not start.',
      proofs: [],
    },
    {
      id: 'observability/alerts',
      guide: 'No alerts; PagerDuty and levels of support by name',
      here: 'Rules with burn rates, each with a runbook and a test that it fires and that it is silent; routes to receivers.',
      proofs: [],
    },
  ],
};
