.DEFAULT_GOAL := help
.PHONY: help setup dev test check accept bench clean

help: ## explains the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## installs what package-lock.json names
	npm ci

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

clean: ## forgets the embedded shop's data
	npm run clean

# --- schema registry

# The project's own Node and tools, as npm scripts see them.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

.PHONY: deploy-tools schema-check schema-publish schema-list schema-manifest profile slow-queries verify-deploy test-servers kubeconfig

deploy/tools/node_modules/.package-lock.json: deploy/tools/package-lock.json
	npm ci --prefix deploy/tools

deploy-tools: deploy/tools/node_modules/.package-lock.json ## installs helm, kubectl, rover and linters into deploy/tools

schema-check: deploy-tools ## rover subgraph check: [SUBGRAPH=orders] [BASE=origin/main]; against GraphOS with APOLLO_KEY
	@BASE=$(BASE) node deploy/schema.ts check $(SUBGRAPH)

schema-publish: deploy-tools ## rover subgraph publish: [SUBGRAPH=orders]; to GraphOS with APOLLO_KEY
	@node deploy/schema.ts publish $(SUBGRAPH)

schema-list: deploy-tools ## what is published
	@node deploy/schema.ts list

schema-manifest: deploy-tools ## lists what clients send, MANIFEST=manifest.json, and publishes the list
	node scripts/manifest.ts $(or $(MANIFEST),.data/manifest.json) schema/clients/*.graphql
	node deploy/schema.ts manifest $(or $(MANIFEST),.data/manifest.json)

profile: ## what a process does: URL=http://127.0.0.1:9104 [KIND=cpu|heap|event-loop|handles] [SECONDS=10] [OUT=.data]
	@node scripts/profile.ts $(URL) $(or $(KIND),cpu) $(or $(SECONDS),10) $(or $(OUT),.data)

slow-queries: ## the ten statements of each database that took most: [BY=total|mean|calls] [SUBGRAPH=orders]
	@node scripts/slow-queries.ts $(or $(BY),total) $(SUBGRAPH)

verify-deploy: deploy-tools ## proves every row of docs/deployment.md: [CHECK="registry: ..."]; needs root, minutes and Debian's packages
	@node deploy/run.ts $(if $(CHECK),"$(CHECK)")

test-servers: ## installs the Redis and RabbitMQ that tests start for themselves, from Debian's packages
	$(if $(filter 0,$(shell id -u)),,sudo) apt-get update
	$(if $(filter 0,$(shell id -u)),,sudo) apt-get install --yes --no-install-recommends redis-server rabbitmq-server

kubeconfig: ## writes KUBECONFIG_DATA, a kubeconfig in base64, to .data/kubeconfig, for you alone
	@mkdir -p .data && umask 077 && printf '%s' "$$KUBECONFIG_DATA" | base64 --decode > .data/kubeconfig
