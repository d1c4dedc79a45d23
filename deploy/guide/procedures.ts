import { type Section, check, spec } from './row.ts';

export const procedures: Section = {
  title: 'Procedures and scripts',
  rows: [
    {
      id: 'procedures/databases',
      guide: 'Six databases, one user with all rights',
      here: 'A script that makes a role per database, owner of its schema, without access to the others.',
      proofs: [
        spec(
          'test/databases.test.ts',
          'each role brings its own database up to date, and is nothing but its owner',
        ),
        spec('test/databases.test.ts', 'no role reaches the database of another'),
        spec('test/databases.test.ts', 'running it again changes what differs, and closes what was opened'),
      ],
    },
    {
      id: 'procedures/backup',
      guide: '`scripts/backup-db.sh`: five databases, no check of the result',
      here: '`scripts/backup.sh`: all six, a manifest with checksums, retention, metrics, an exit code that tells.',
      proofs: [
        check('data: make migrates, backs up and restores as its targets say'),
        check('data: a backup of all six databases is restored into empty ones, and is the same'),
        check('data: a backup that fails says so, leaves nothing behind and spares what others have made'),
        check(
          'drill: a shop under load is backed up, destroyed, restored and healed, and nothing contradicts anything',
        ),
      ],
    },
    {
      id: 'procedures/backup-schedule',
      guide: 'cron at 02:00',
      here: 'A CronJob in the chart; the same line for crontab.',
      proofs: [
        check(
          'pods: what the chart renders runs in podman, restricted as it says, migrates, answers helm test, backs up and ends when told',
        ),
        spec(
          'test/deployment-files.test.ts',
          'the image holds every script that compose and the chart run in it',
        ),
        check('chart: a CronJob backs up all six databases'),
      ],
    },
    {
      id: 'procedures/restore',
      guide: 'A restore loop that finds nothing',
      here: '`scripts/restore.sh` by the manifest; a database that is not empty is refused without a flag.',
      proofs: [
        check('data: make migrates, backs up and restores as its targets say'),
        check('data: a backup of all six databases is restored into empty ones, and is the same'),
        check(
          'data: a damaged backup, databases in use and half a backup are refused before anything is touched',
        ),
        check(
          'drill: a shop under load is backed up, destroyed, restored and healed, and nothing contradicts anything',
        ),
      ],
    },
    {
      id: 'procedures/redis-backup',
      guide: '`BGSAVE` and `docker cp`',
      here: 'None is needed: Redis holds caches and budgets, and the shop does without it for a while.',
      proofs: [
        spec(
          'test/router-cache.test.ts',
          'a Redis that does not answer is done without, and after some tries not asked any more',
        ),
      ],
    },
    {
      id: 'procedures/rabbitmq-backup',
      guide: '`export_definitions`',
      here: '`scripts/backup.sh` saves the definitions by the management API (`RABBITMQ_MANAGEMENT_URL`), readable by you only; `scripts/restore.sh --rabbitmq` gives them to an empty broker.',
      proofs: [
        check(
          'broker: its definitions are in the backup, and an empty node that is given them has the same queues',
        ),
      ],
    },
    {
      id: 'procedures/config-backup',
      guide: 'A tar of the configuration with `.env`',
      here: 'Settings are in the chart’s values, secrets in your secret store; neither is in a backup.',
      proofs: [check('data: a backup of all six databases is restored into empty ones, and is the same')],
    },
    {
      id: 'procedures/pools',
      guide: '100 connections per service',
      here: 'Small pools with time-outs whose sum fits the server; PgBouncer for more.',
      proofs: [
        spec('test/deployment-files.test.ts', 'the pools of all copies fit into the database server'),
        check(
          'pgbouncer: the shop buys, races and has a bad day behind it in transaction mode, with few connections',
        ),
        check('doctor: finds nothing wrong with a healthy shop, and names each of its faults'),
      ],
    },
    {
      id: 'procedures/cache',
      guide: 'Cache-aside for 15 minutes',
      here: 'Entries dropped by events, misses shared, private data never kept.',
      proofs: [
        spec(
          'test/router-cache-shop.test.ts',
          'a product page is kept, and a new price is on it, and in the list, within a second',
        ),
      ],
    },
    {
      id: 'procedures/scale',
      guide: '`--scale user-service=3` beside published ports',
      here: 'Only the router is published; connections go to all copies of a service.',
      proofs: [
        spec('router/fetching/lookup.test.ts', 'connections go to all copies of a service'),
        check(
          'compose: copies share the load; one killed costs no query, and a checkout in flight succeeds when sent again',
        ),
      ],
    },
    {
      id: 'procedures/network',
      guide: '`docker-compose up --network`',
      here: 'The internal network is in the file.',
      proofs: [
        check(
          'compose: in production only the router is published, nothing is writable, and nothing gets out of the inner network',
        ),
      ],
    },
    {
      id: 'procedures/rollback',
      guide: 'Rollback by `docker tag`',
      here: '`make rollback VERSION=`, or `helm rollback`.',
      proofs: [
        check('compose: an image that does not get healthy is noticed, and rolled back by make rollback'),
        check('cluster: an upgrade whose pods never become ready goes back by itself'),
        check(
          'cluster: make deploys staging and production as told, goes back by itself, and by helm-rollback',
        ),
      ],
    },
    {
      id: 'procedures/migration-rollback',
      guide: 'Migrations down after the code',
      here: 'Expand, then contract: old code runs on the new schema; down, then up leaves the same schema.',
      proofs: [
        spec('test/migrations.test.ts', 'each goes up, down and up again, and leaves the same schema'),
        spec(
          'test/migrations.test.ts',
          'what another version of the shop has applied is told, and not taken back',
        ),
        check(
          'rolling: under 50 requests a second each service is migrated, the version before runs on, and none fails',
        ),
        spec(
          'test/migration-rules.test.ts',
          'the migrations of %s break no rule but those that they name, with the reason',
        ),
      ],
    },
    {
      id: 'procedures/emergency',
      guide: 'Emergency list, levels of support, calendar, security checklist',
      here: 'Runbooks whose queries and commands are run; every alert has one. Scaling, rollback, emergencies, calendar and levels are in `docs/runbooks/procedures.md`.',
      proofs: [
        check('compose: the development stack opens, and an order is paid through the published port'),
        check('chart: runbooks ask kubectl for what is there'),
        spec(
          'test/monitoring.test.ts',
          'what runbooks look for in logs is written by the service that they look at',
        ),
        check('monitoring: no panel is empty after a day of the shop, alerts reach their receivers'),
        spec('test/monitoring.test.ts', '$name: what it means, who notices, where to look, what to do'),
      ],
    },
    {
      id: 'procedures/ingress',
      guide: 'Ingress with `rewrite-target: /`, redirect and letsencrypt',
      here: 'No rewriting; path, TLS and cert-manager’s annotation by values.',
      proofs: [
        check('chart: an Ingress shows the public paths with TLS by cert-manager'),
        check('chart: an HTTPRoute shows the same paths'),
      ],
    },
    {
      id: 'procedures/manifests',
      guide: 'Manifests without probes, resources or security context',
      here: 'The chart has all of it.',
      proofs: [
        check('chart: startup, readiness and liveness are asked separately'),
        check('chart: every pod fits the restricted Pod Security Standard'),
        check(
          'pods: what the chart renders runs in podman, restricted as it says, migrates, answers helm test, backs up and ends when told',
        ),
        check('chart: every combination of stores, secrets and switches is valid Kubernetes'),
      ],
    },
    {
      id: 'procedures/security',
      guide: 'HTTPS, firewall, encryption, rate limits, CORS as a list',
      here: 'TLS, CORS, rate limits with headers, limits of documents, no introspection in production, CSRF prevention: by default.',
      proofs: [
        spec('router/security/limits.test.ts', '%s: taken up to the limit, refused above it'),
        spec(
          'router/security/rate-limits.test.ts',
          'a client has a budget of points of cost, when there is one',
        ),
        spec(
          'test/hostile-http.test.ts',
          'a budget is per real address: another claimed one for each request does not help',
        ),
        spec('test/graphql-over-http.test.ts', 'only GET needs the header'),
        spec('router/http/http-server.test.ts', 'CORS: %s is answered with %s'),
      ],
    },
    {
      id: 'procedures/workflows',
      guide: 'A workflow that builds and deploys on every push',
      here: '`.github/workflows`: checks, tests, schema checks, chart, images, deploys with approval; pinned; every step is a make target.',
      proofs: [
        check('workflows: actionlint finds nothing'),
        check('workflows: every step is a make target that is there, or an action pinned by its commit'),
        check('workflows: rights are the least, and production waits for approval'),
        check('workflows: shellcheck finds nothing in scripts'),
      ],
    },
    {
      id: 'procedures/requirements',
      guide: 'Tables of hardware and software',
      here: '[running.md](running.md#what-it-takes) says what was tried and measured; Node comes with npm, Docker is optional, `make doctor` prints versions.',
      proofs: [
        check(
          'requirements: under load each process stays within three quarters of the memory that the chart gives it',
        ),
      ],
    },
  ],
};
