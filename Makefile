# Everything a person types. `make demo` on a fresh machine is enough; each target brings what it needs.
.DEFAULT_GOAL := help
.PHONY: help env demo test lint bench lock clean
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
BIN := .venv/bin
STAMPS := .venv/.stamps
# Where a machine forbids compiled files each of the many processes would compile everything again: 2 s each.
export PYTHONDONTWRITEBYTECODE :=

help: ## What there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1|/' | column -t -s '|'

env: $(STAMPS)/debian $(STAMPS)/packages $(STAMPS)/bundles ## Everything that the program and its tests need, into .venv and node_modules

demo: env ## A city that lives, on this machine, at http://127.0.0.1:8050
	@exec $(BIN)/roulement demo

test: lint ## Lint, types, and every test but the measurements
	npm test
	$(BIN)/pytest --numprocesses=2 --ignore=tests/bench

lint: env ## Style, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	npm run check

bench: env ## The measurements of docs/performance.md, on this machine
	$(BIN)/roulement bench

lock: $(STAMPS)/python ## Write requirements.lock anew, from what pyproject.toml asks for today
	$(BIN)/pip install --quiet --upgrade --upgrade-strategy eager --editable '.[dev,reference]'
	{ head -1 requirements.lock; $(BIN)/pip freeze --exclude-editable | LC_ALL=C sort -f; } > requirements.new
	mv requirements.new requirements.lock

clean: ## Away with what was made; what happened (.roulement) stays
	rm -rf .venv node_modules tests/bench/node_modules build dist ./*.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMPS)/python: .python-version
	"$$(.ci/find-python)" -m venv .venv
	mkdir -p $(STAMPS)
	touch $@

$(STAMPS)/debian: .ci/debian-packages | $(STAMPS)/python
	.ci/debian-packages
	touch $@

$(STAMPS)/packages: pyproject.toml requirements.lock | $(STAMPS)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev,reference]'
	touch $@

$(STAMPS)/browser: package.json package-lock.json | $(STAMPS)/debian
	npm ci --silent --no-audit --no-fund
	touch $@

$(STAMPS)/bundles: $(STAMPS)/browser $(shell find assets/desk -name '*.js')
	npm run --silent build
	touch $@
