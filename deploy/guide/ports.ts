import { type Section, check, spec } from './row.ts';

export const ports: Section = {
  title: 'Ports',
  rows: [
    {
      id: 'ports/gateway',
      guide: 'Gateway on 8000, or 8080',
      here: 'The router on 8000 (`ROUTER_PORT`), path `/graphql`; 8080 is its admin port.',
      proofs: [spec('test/acceptance/processes.test.ts', 'an order is placed and paid')],
    },
    {
      id: 'ports/engine',
      guide: 'A gateway that is not Node',
      here: '`router.engine.kind=apollo` or `hive` of the chart: Apollo Router or Hive Router on 8000, our identity proxy beside it. Proved with Hive Gateway, which npm has; the two routers’ own binaries were not run by us: see [kubernetes.md](kubernetes.md#another-router).',
      proofs: [
        check(
          'engine: another router before the identity proxy answers as ours does, and shows a stranger nothing',
        ),
        check(
          'engine: an order is followed through another router by whom it belongs to, until he signs out, and by nobody else',
        ),
        spec(
          'router/identity/identity.test.ts',
          'no header of the client gets through but what the proxy itself says',
        ),
      ],
    },
    {
      id: 'ports/subgraphs',
      guide: 'gRPC of the six services on 9001–9006',
      here: 'GraphQL of the six subgraphs on 9001–9006. They answer their router only; compose does not publish them and network policies let the router alone in.',
      proofs: [
        spec('test/acceptance/processes.test.ts', 'a subgraph asked directly answers 401'),
        check(
          'compose: in production only the router is published, nothing is writable, and nothing gets out of the inner network',
        ),
        check('chart: network policies allow what is needed and nothing else'),
      ],
    },
    {
      id: 'ports/health',
      guide: 'A health port per service (8081, 8082, …)',
      here: '`/health/live`, `/health/ready` and `/health` on the service’s own port.',
      proofs: [spec('platform/health.test.ts', 'with %j a service is ready: %i')],
    },
    {
      id: 'ports/metrics',
      guide: '`METRICS_PORT`',
      here: 'An admin port per process: 8080 router, 9101–9106 subgraphs. Nothing of it is on the public port.',
      proofs: [
        spec('test/metrics.test.ts', '%s says how it does on its admin port'),
        spec('test/metrics.test.ts', 'the router too, and not on the public port'),
      ],
    },
    {
      id: 'ports/postgresql',
      guide: 'PostgreSQL on 5432, one server for all',
      here: 'Six databases, each with a role of its own that reaches no other; one server or six, by URL.',
      proofs: [spec('test/databases.test.ts', 'no role reaches the database of another')],
    },
    {
      id: 'ports/redis-rabbitmq',
      guide: 'Redis 6379, RabbitMQ 5672 and 15672',
      here: 'The same in compose, bound to loopback in development and not published in production.',
      proofs: [
        check('compose: the development stack opens, and an order is paid through the published port'),
        spec(
          'test/deployment-files.test.ts',
          'only the router is published in production, and everything else that is, on this machine alone',
        ),
      ],
    },
    {
      id: 'ports/monitoring',
      guide: 'Prometheus 9090, Grafana 3000',
      here: 'The same in `docker/compose.monitoring.yaml`, bound to 127.0.0.1.',
      proofs: [check('compose: the monitoring stack scrapes every process of the shop and its stores')],
    },
    {
      id: 'ports/logs',
      guide: 'Kibana on 5601, optional',
      here: 'JSON lines on standard output with the ids of trace and request, for the collector of your choice. Compose has one: `COMPOSE_PROFILES=logs make up STACK=monitoring` runs Loki and Alloy, and Grafana shows the lines. Neither image was run by us: see [monitoring.md](monitoring.md#logs).',
      proofs: [
        spec('platform/log.test.ts', 'is JSON with service, level and the ids of the work in hand'),
        spec('test/log-stack.test.ts', 'the collector takes from our lines what is in them'),
        check(
          'logs: in what the collector reads of the engine, the error id of a customer finds its lines, and those their request',
        ),
      ],
    },
    {
      id: 'ports/profiles',
      guide: 'pprof on 6060',
      here: 'Node’s inspector stays closed. `ADMIN_PROFILING=true` opens `/debug/*` on the admin port: CPU profile, heap snapshot, event loop, handles.',
      proofs: [
        spec('platform/admin.test.ts', 'a CPU profile shows where the time goes'),
        spec('platform/admin.test.ts', 'has no %s %s unless profiling is switched on'),
        spec('test/metrics.test.ts', 'profiles are handed out on the admin ports, and on no other'),
      ],
    },
    {
      id: 'ports/load-balancer',
      guide: 'nginx on 80 in front of two gateways',
      here: 'Service with Ingress or HTTPRoute in the chart; [HAProxy](../deploy/examples/haproxy.cfg) in front of routers elsewhere.',
      proofs: [
        check(
          'balancer: of two routers behind HAProxy one is replaced and one is killed, and no query fails',
        ),
        check('chart: an Ingress shows the public paths with TLS by cert-manager'),
      ],
    },
  ],
};
