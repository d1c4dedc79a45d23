import { type Section, check, spec } from './row.ts';

export const endpoints: Section = {
  title: 'Endpoints',
  rows: [
    {
      id: 'endpoints/health',
      guide: '`/health` of the gateway',
      here: '`/health/live`, `/health/ready`, `/health` of every process.',
      proofs: [
        spec('platform/health.test.ts', 'with %j a service is ready: %i'),
        spec('platform/health.test.ts', 'a draining service is alive and not ready'),
      ],
    },
    {
      id: 'endpoints/service-health',
      guide: '`/api/v1/<service>/health` through the gateway, without notifications',
      here: 'The same of all six.',
      proofs: [spec('router/http/http-server.test.ts', 'are there')],
    },
    {
      id: 'endpoints/status',
      guide: '`/services/status`',
      here: 'The same: each subgraph with its state and latency; not among the public paths of Ingress and HTTPRoute.',
      proofs: [
        check('chart: an Ingress shows the public paths with TLS by cert-manager'),
        spec('router/failures.test.ts', 'takes only its own fields with it, and its address is not told'),
      ],
    },
    {
      id: 'endpoints/metrics',
      guide: '`/metrics`',
      here: 'The same on each admin port.',
      proofs: [
        spec('test/metrics.test.ts', '%s says how it does on its admin port'),
        check('monitoring: what every process tells is well formed'),
      ],
    },
    {
      id: 'endpoints/rest',
      guide: 'REST `/api/v1/products`',
      here: 'GraphQL, by GET with a persisted query where caches shall keep it.',
      proofs: [
        spec('router/http/guards.test.ts', 'a hash is unknown, then sent with its query, then enough'),
        spec(
          'router/caching/viewers.test.ts',
          'a persisted query by its hash in the address may be kept by a CDN for as long as the operator says',
        ),
      ],
    },
    {
      id: 'endpoints/stripe',
      guide: 'A webhook of Stripe',
      here: '`POST /webhooks/stripe` through the router to payments, with its signature and age checked.',
      proofs: [
        spec(
          'subgraphs/payments/api/stripe-webhook.test.ts',
          'two signatures of which one is right are taken, so is the secret of yesterday',
        ),
        spec('subgraphs/payments/api/stripe-webhook.test.ts', '%s → 400, and nothing is stored'),
      ],
    },
  ],
};
