import { type Section, check, spec } from './row.ts';

export const commands: Section = {
  title: 'Commands and make targets',
  rows: [
    {
      id: 'commands/setup',
      guide: '`cp .env.example .env`',
      here: '`make setup`, which also makes secrets of your own, readable by you only.',
      proofs: [
        spec(
          'test/deployment-files.test.ts',
          'an .env has every secret of development, random and for its owner alone, and is never written over',
        ),
      ],
    },
    {
      id: 'commands/secrets',
      guide: '`openssl rand -base64` by hand',
      here: '`make secrets`.',
      proofs: [
        spec(
          'test/deployment-files.test.ts',
          'production has a file for each that its stacks mount; made once, and yours are left to you',
        ),
      ],
    },
    {
      id: 'commands/build',
      guide: '`make build`, `build-service SERVICE=`',
      here: 'The same; one image serves all seven.',
      proofs: [
        check('images: one image for all services, built from the Dockerfile as it is, holds only what runs'),
        check('compose: the development stack opens, and an order is paid through the published port'),
      ],
    },
    {
      id: 'commands/image',
      guide: '`make docker-build-prod`',
      here: 'The same, with `VERSION=`, labels and a bill of materials.',
      proofs: [
        check('images: one image for all services, built from the Dockerfile as it is, holds only what runs'),
        check('images: the same sources make the same files, whenever they are built'),
        check(
          'images: a container works read-only, without capabilities, reports its health and ends when told',
        ),
        check(
          'release: make builds an image with its list of parts, pushes it, and what is pulled by its digest runs',
        ),
      ],
    },
    {
      id: 'commands/dev',
      guide: '`make dev`',
      here: 'The same, or `npm start`: the whole shop in one process group, nothing stays behind.',
      proofs: [
        spec(
          'test/acceptance/start.test.ts',
          'from nothing to an open shop in two minutes, again in seconds, and nothing stays behind',
        ),
      ],
    },
    {
      id: 'commands/test',
      guide: '`make test`',
      here: 'The same; and `make check`, `make accept`, `make verify-deploy`.',
      proofs: [
        spec('test/check.test.ts', 'npm run check is clean'),
        spec('test/deployment-files.test.ts', 'has every target that the documents name'),
      ],
    },
    {
      id: 'commands/migrate',
      guide: '`make migrate-up`, `-down`, `-status`, `-version`, `-create`',
      here: 'The same, with `SERVICE=`, `NAME=`, `VERSION=`; two at once do not meet.',
      proofs: [
        spec('test/migrations.test.ts', 'up, status, version, goto, down: says what it did'),
        spec('test/migrations.test.ts', 'one migrates, the others find nothing left to do'),
        spec(
          'test/migrations.test.ts',
          'create writes a migration that does nothing yet, newer than all others',
        ),
        check('data: make migrates, backs up and restores as its targets say'),
      ],
    },
    {
      id: 'commands/migrate-job',
      guide: '`docker-compose run --rm migrations-user up`',
      here: 'One-shot migrations per subgraph that services wait for.',
      proofs: [
        check('compose: the development stack opens, and an order is paid through the published port'),
        check('chart: migrations are hooks with weights, one database after another'),
        check('chart: pods wait for their schema'),
        check('cluster: a migration that fails stops the upgrade before any pod is replaced'),
      ],
    },
    {
      id: 'commands/compose',
      guide: '`docker-compose up -d`, `ps`, `logs -f`, `restart`, `down`, `down -v`',
      here: '`make up`, `ps`, `logs`, `restart`, `down`, `clean`; or compose itself.',
      proofs: [
        check('compose: the development stack opens, and an order is paid through the published port'),
      ],
    },
    {
      id: 'commands/order',
      guide: 'Services started in a certain order',
      here: 'Compose starts them by health; the router serves without a subgraph, too.',
      proofs: [
        spec('test/acceptance/processes.test.ts', 'without %s, %s answers in part, with a masked error'),
        check('compose: the development stack opens, and an order is paid through the published port'),
      ],
    },
    {
      id: 'commands/compose-production',
      guide: '`docker-compose.prod.yml`: three replicas, restarts, health by curl',
      here: '`docker/compose.prod.yaml`: replicas, limits, read-only, no capabilities, secrets from files, health by Node.',
      proofs: [
        check(
          'compose: in production only the router is published, nothing is writable, and nothing gets out of the inner network',
        ),
        check(
          'images: a container works read-only, without capabilities, reports its health and ends when told',
        ),
      ],
    },
    {
      id: 'commands/compose-monitoring',
      guide: '`docker-compose.monitoring.yml`',
      here: '`docker/compose.monitoring.yaml`: Prometheus, Alertmanager, Grafana, exporters, all provisioned.',
      proofs: [
        check('compose: the monitoring stack scrapes every process of the shop and its stores'),
        check(
          'compose: the files are valid for Compose v2 and v1.29; production and Grafana have no default secret',
        ),
      ],
    },
    {
      id: 'commands/deploy',
      guide: '`make deploy-staging`, `deploy-production`',
      here: 'The same by helm, with automatic rollback; production asks for `CONFIRM`.',
      proofs: [
        check(
          'cluster: make deploys staging and production as told, goes back by itself, and by helm-rollback',
        ),
        check(
          'release: neither an image without a registry nor a deploy to production without CONFIRM goes out',
        ),
        check(
          'cluster: helm installs the chart after six databases have been migrated, upgrades it and rolls it back',
        ),
        check('cluster: an upgrade whose pods never become ready goes back by itself'),
      ],
    },
    {
      id: 'commands/release',
      guide: '`docker tag`, `docker push`',
      here: '`make release VERSION=`.',
      proofs: [
        check(
          'release: make builds an image with its list of parts, pushes it, and what is pulled by its digest runs',
        ),
        check(
          'release: neither an image without a registry nor a deploy to production without CONFIRM goes out',
        ),
      ],
    },
    {
      id: 'commands/kubectl',
      guide: '`kubectl create namespace`, `create secret`, `apply -f`, `get`, `logs`',
      here: 'The chart in `helm/`, with existing secrets or ExternalSecrets.',
      proofs: [
        check('chart: existing Secrets fill every secret variable'),
        check('cluster: what helm template renders can be applied, compared and tried out by kubectl'),
      ],
    },
    {
      id: 'commands/tools',
      guide: 'kubectl and helm fetched by curl',
      here: '`make deploy-tools` installs pinned helm, kubectl and rover from npm.',
      proofs: [check('tools: rover is there'), check('chart: helm lint --strict likes every set of values')],
    },
    {
      id: 'commands/autoscale',
      guide: '`kubectl scale`, `autoscale --min=2 --max=10 --cpu-percent=70`, `get hpa`',
      here: 'HorizontalPodAutoscalers with the same figures in the chart.',
      proofs: [
        check('chart: a HorizontalPodAutoscaler of 2 to 10 pods at 70 % CPU'),
        check('chart: KEDA scales by the queue where it is switched on'),
      ],
    },
    {
      id: 'commands/rollout',
      guide: '`kubectl rollout history`, `undo`, `status`, `rolling-update`',
      here: '`helm history`, `helm rollback`, `kubectl rollout status`.',
      proofs: [
        check(
          'cluster: helm installs the chart after six databases have been migrated, upgrades it and rolls it back',
        ),
        check('cluster: an upgrade whose pods never become ready goes back by itself'),
        check('rolling: under 50 requests a second each service is restarted copy by copy, and none fails'),
        check('cluster: what helm template renders can be applied, compared and tried out by kubectl'),
      ],
    },
    {
      id: 'commands/migrator',
      guide: 'golang-migrate fetched by curl',
      here: 'Nothing to fetch: `scripts/migrate.ts` is in the image.',
      proofs: [
        check('images: one image for all services, built from the Dockerfile as it is, holds only what runs'),
        spec(
          'test/migrations.test.ts',
          'wait ends when somebody else has migrated, and says what is missing when nobody does',
        ),
      ],
    },
    {
      id: 'commands/load-test',
      guide: '`k6 run tests/load/api-test.js`',
      here: '`make load-test`: the same scenario by a runner of our own, or by k6.',
      proofs: [
        spec(
          'test/load-test.test.ts',
          'the load test shops without a failure, and tells how long each operation took',
        ),
        spec('test/load-test.test.ts', 'k6 walks the same steps'),
      ],
    },
    {
      id: 'commands/introspect',
      guide: '`grpcurl list`',
      here: '`make schema-introspect SUBGRAPH=`, which is `rover subgraph introspect` with a token as the router has, and `make schema-check` for what may be published.',
      proofs: [
        check(
          'tools: make schema-introspect reads the schema of a running subgraph, which a stranger does not',
        ),
        check('registry: a breaking change fails and names the client document that it breaks'),
        check('registry: a harmless change passes'),
        check('registry: a field that no client document uses may go'),
        check('registry: what does not compose fails with its code'),
        check('registry: rover composes the supergraph that is committed'),
      ],
    },
    {
      id: 'commands/registry',
      guide: '(missing)',
      here: '`make schema-publish`, `schema-list`, `schema-manifest`.',
      proofs: [
        check('registry: what is published is listed, fetched and what the next check compares with'),
        check(
          'registry: the manifest of the client documents is published once, and no listed operation changes',
        ),
        check(
          'registry: a router that enforces the manifest of make answers what is in it, and nothing else',
        ),
        check(
          'registry: with a key the same commands go to the graph that it belongs to, and with a wrong one nowhere',
        ),
      ],
    },
    {
      id: 'commands/slow-queries',
      guide: '`curl -w` timings; the ten slowest of pg_stat_statements',
      here: '`make slow-queries`: the ten statements of each database that took most, by pg_stat_statements.',
      proofs: [
        spec(
          'test/slow-queries.test.ts',
          'shows the statements that took most, without what could hold a secret',
        ),
      ],
    },
    {
      id: 'commands/inspect',
      guide: '`netstat`, `nc -zv`, `docker stats`, `ps aux`, `free`, `env`',
      here: '`make doctor`: ports, versions, stores, migrations, supergraph, clock; each fault with what to do.',
      proofs: [check('doctor: finds nothing wrong with a healthy shop, and names each of its faults')],
    },
    {
      id: 'commands/database-state',
      guide: '`pg_isready`, `pg_stat_activity`, `max_connections`',
      here: '`make doctor`; the sum of the pools is checked against the server’s limit.',
      proofs: [check('doctor: finds nothing wrong with a healthy shop, and names each of its faults')],
    },
    {
      id: 'commands/profile',
      guide: '`go tool pprof` for CPU, heap, goroutines',
      here: '`make profile` fetches a CPU profile or a heap snapshot from an admin port; event loop and handles are shown there, too.',
      proofs: [check('tools: make profile shows what a running router does')],
    },
    {
      id: 'commands/secret-stores',
      guide: '`vault kv put`, `aws secretsmanager create-secret`',
      here: '`NAME_FILE` for every secret; ExternalSecrets for Vault and AWS in the chart.',
      proofs: [
        check('chart: an ExternalSecret is there before the first migration'),
        check('chart: secrets can be files'),
        check('chart: existing Secrets fill every secret variable'),
        spec(
          'test/deployment-files.test.ts',
          'production gives each secret to whom it belongs, as a file, and none as a variable',
        ),
      ],
    },
    {
      id: 'commands/internal-network',
      guide: '`docker network create --internal`',
      here: 'Compose’s own internal network: no route out.',
      proofs: [
        check(
          'compose: in production only the router is published, nothing is writable, and nothing gets out of the inner network',
        ),
      ],
    },
  ],
};
