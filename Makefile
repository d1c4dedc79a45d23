.DEFAULT_GOAL := help
.PHONY: help setup dev test check accept bench clean

help: ## explains the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

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
