import { type Section, check, spec } from './row.ts';

const parity = spec(
  'test/configuration.test.ts',
  'the code, .env.example and the documentation name the same ones',
);

export const environment: Section = {
  title: 'Environment variables',
  rows: [
    {
      id: 'environment/database',
      guide: '`POSTGRES_HOST`, `_PORT`, `_USER`, `_PASSWORD`, `_DB`',
      here: '`<NAME>_DATABASE_URL` with pool sizes, one per subgraph. Every variable that the code reads is in `.env.example` and in the documentation.',
      proofs: [parity, check('chart: every variable reaches its service')],
    },
    {
      id: 'environment/redis',
      guide: '`REDIS_HOST`, `_PORT`, `_PASSWORD`',
      here: '`REDIS_URL`; without it caches are in the process.',
      proofs: [
        spec(
          'test/router-cache.test.ts',
          'what one router has fetched, another one finds, and asks for the rest',
        ),
      ],
    },
    {
      id: 'environment/rabbitmq',
      guide: '`RABBITMQ_URL`, `RABBITMQ_EXCHANGE`',
      here: 'The same. Queues, retries and parking are declared by every service.',
      proofs: [
        check(
          'broker: its definitions are in the backup, and an empty node that is given them has the same queues',
        ),
        spec('test/transport.test.ts', 'hands an event to every consumer, once when all goes well, in order'),
        spec(
          'test/transport.test.ts',
          'parks an event that never works, hides its secrets in the list, and redrives it',
        ),
      ],
    },
    {
      id: 'environment/jwt',
      guide: '`JWT_SECRET` of 32 characters, expirations of 24 h and 168 h',
      here: '`JWT_SECRET` or `JWT_PRIVATE_KEY` (EdDSA, published keys, rotation). A short one stops the start, one out of an example does in production.',
      proofs: [
        spec('platform/config.test.ts', 'production by %s takes no secret out of an example'),
        spec('platform/config.test.ts', 'development takes it, and nobody a short one'),
        check('chart: no secret is in a ConfigMap'),
      ],
    },
    {
      id: 'environment/service-urls',
      guide: '`*_SERVICE_URL` for gRPC',
      here: '`<NAME>_SUBGRAPH_URL` of the router; else the supergraph’s routing URLs.',
      proofs: [spec('router/failures.test.ts', 'a subgraph that answers with %s is unavailable')],
    },
    {
      id: 'environment/stripe',
      guide: '`STRIPE_API_KEY`, or `STRIPE_SECRET_KEY`; `STRIPE_WEBHOOK_SECRET`',
      here: '`STRIPE_SECRET_KEY`, `STRIPE_WEBHOOK_SECRET` (two while one replaces the other). Production takes no test key and no stand-in.',
      proofs: [
        spec(
          'subgraphs/payments/config.test.ts',
          'two webhook secrets are taken while one replaces the other',
        ),
        spec('subgraphs/payments/config.test.ts', 'the guide’s name for the key still works'),
        spec('subgraphs/payments/config.test.ts', 'production takes a live key and Stripe itself'),
      ],
    },
    {
      id: 'environment/mail',
      guide: '`SENDGRID_API_KEY`, `EMAIL_FROM`, `SMTP_PASSWORD`',
      here: '`SENDGRID_API_KEY` or `SMTP_URL`; a mailbox in development.',
      proofs: [
        spec(
          'subgraphs/notifications/clients/sendgrid.test.ts',
          'the SDK posts the mail with both parts, our id and one-click unsubscribing, and rewrites no links',
        ),
        spec(
          'subgraphs/notifications/clients/smtp.test.ts',
          'the mail has both parts, an id of its own and the unsubscribe header',
        ),
        spec('subgraphs/notifications/config.test.ts', 'without a provider mail stays in the local mailbox'),
      ],
    },
    {
      id: 'environment/metrics',
      guide: '`PROMETHEUS_ENABLED`, `METRICS_PORT`',
      here: '`<NAME>_ADMIN_PORT`, always on.',
      proofs: [
        spec('test/metrics.test.ts', 'docs/metrics.md names every metric of every service, and no other'),
      ],
    },
    {
      id: 'environment/logs',
      guide: '`LOG_LEVEL`, `LOG_FORMAT`, `ENVIRONMENT`',
      here: '`LOG_LEVEL` and `ENVIRONMENT`; always JSON; secrets and personal data never leave the process. The level changes at run time on the admin port.',
      proofs: [
        spec('platform/log.test.ts', 'hides secrets at any depth and in lists, and leaves the object alone'),
        spec(
          'test/log-canary.test.ts',
          'a whole life of the shop at the most talkative level tells nothing that is private',
        ),
        spec('platform/admin.test.ts', 'the level of all logs changes until the process ends'),
      ],
    },
    {
      id: 'environment/tls',
      guide: '`TLS_ENABLED`, `TLS_CERT_PATH`, `TLS_KEY_PATH`',
      here: '`ROUTER_TLS_CERT`, `ROUTER_TLS_KEY`; a renewed certificate is taken without a restart.',
      proofs: [
        spec(
          'router/http/tls.test.ts',
          'another certificate is shown without a restart; what is under way goes on',
        ),
        spec(
          'router/http/tls.test.ts',
          'plain HTTP is not answered on that port, and half a pair does not start',
        ),
      ],
    },
    {
      id: 'environment/more',
      guide: 'Missing: keys of Studio, CORS, limits, tracing, grace at shutdown',
      here: '`APOLLO_KEY`, `APOLLO_GRAPH_REF`, `CORS_ORIGINS`, `RATE_LIMIT_*`, `OTEL_EXPORTER_OTLP_ENDPOINT`, `SHUTDOWN_GRACE_MS`, `ROUTER_MAX_*` and more: [configuration.md](configuration.md).',
      proofs: [parity],
    },
  ],
};
