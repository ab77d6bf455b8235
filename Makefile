# One command shows the portal: make run. What each target does is in scripts/; this file only names them.
PYTHON ?= python3
VENV_PYTHON := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test check format bench bench-language services services-stop translations pins clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Set up, load the demo library and serve it (PORT=8000 DEMO=tovuz DEMO_PASSWORD=)
	@$(PYTHON) scripts/run.py

test: ## Run every test; what the machine lacks is skipped with a reason (ARGS= for pytest)
	@$(PYTHON) scripts/setup.py --dev
	@$(VENV_PYTHON) -m pytest -n 2 $(ARGS)

check: ## Format, lint, types, architecture, migrations, templates, translations
	@$(PYTHON) scripts/setup.py --dev
	@$(VENV_PYTHON) scripts/check.py

format: ## Bring code and templates into the form that make check asks for
	@$(PYTHON) scripts/setup.py --dev
	@.venv/bin/ruff check --quiet --fix-only . && .venv/bin/ruff format --quiet .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} + || true

bench: ## Measure imports, search and pages on a synthetic library (ARGS= for the benchmark)
	@$(PYTHON) scripts/setup.py --dev
	@$(VENV_PYTHON) -m benchmarks $(ARGS)

bench-language: ## Measure inflection, scripts and typing errors on ../shared/data (ARGS=--full)
	@$(PYTHON) scripts/setup.py --dev
	@$(VENV_PYTHON) -m benchmarks.language $(ARGS)

services: ## Start a private PostgreSQL and Elasticsearch for tests and print their addresses
	@$(PYTHON) scripts/services.py start

services-stop: ## Stop them
	@$(PYTHON) scripts/services.py stop

translations: ## Collect the texts of the interface into locale/*/LC_MESSAGES/django.po
	@$(PYTHON) scripts/setup.py --dev
	@$(VENV_PYTHON) scripts/extract_messages.py

pins: ## Renew requirements*.txt from requirements*.in (ARGS=--upgrade to move versions)
	@$(PYTHON) scripts/setup.py --dev
	@$(VENV_PYTHON) scripts/pin_requirements.py $(ARGS)

clean: ## Remove what make can make again: .venv, node_modules, caches (var/ with your data stays)
	@rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
