# Nestling: `make demo` serves a fictional service on this machine; `make test` runs every check that CI runs.
# Both need only Python 3.11 or newer, make and a network to the package registries.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test prove lint fix bench docs screenshots lock clean

help: ## say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.base ## serve a fictional service at http://127.0.0.1:8000
	@$(BIN)/nestling demo

test: $(VENV)/.dev ## every rule, page and journey, as CI runs it (under 12 minutes on 2 cores)
	@$(BIN)/python tools/system_packages.py
	$(BIN)/python tools/on_postgres.py $(BIN)/python -m pytest -m database -q -p no:cacheprovider
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --max-worker-restart=0

prove: $(VENV)/.dev ## the large counts, by hand (up to an hour); writes docs/performance.md
	$(BIN)/python -m pytest tests/prove -n 2 --dist loadfile -o addopts="--strict-markers --import-mode=importlib" -o timeout=0

lint: $(VENV)/.dev ## style, types, contracts between the rooms, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint src --lint --quiet

fix: $(VENV)/.dev ## put right what a tool can put right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## speed and memory, run by hand
	@for file in bench/[a-z]*.py; do echo "== $$file"; $(BIN)/python $$file; done

docs: $(VENV)/.dev ## the handbook as a website in site/
	$(BIN)/python tools/generate_docs.py
	$(BIN)/mkdocs build --strict --quiet

screenshots: $(VENV)/.dev ## take the handbook's pictures again from the demo
	$(BIN)/python tools/screenshots.py

lock: $(VENV)/.dev ## write the hashed lock files again
	$(BIN)/python tools/lock.py

clean: ## remove what the other targets made
	rm -rf $(VENV) site .mypy_cache .ruff_cache .pytest_cache .hypothesis demo-data

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Nestling needs Python 3.11 or newer: set PYTHON=…"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Nestling needs (about a minute, once)…"
	@$(PIP) --require-hashes -r requirements/base.txt
	@$(PIP) --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "Installing what the tests need (a few minutes, once)…"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
