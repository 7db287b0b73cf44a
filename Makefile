# Ottla's commands. `make run` and `make test` do all their own set-up on a machine with Python 3.11+ and make.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
ARGS   ?=

.PHONY: run test test-all lint bench bench-quick sim soak clean format generate

run: $(VENV)/.installed-run
	$(BIN)/python -m ottla.demo $(ARGS)

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m "not slow" $(ARGS)

test-all: $(VENV)/.installed-dev
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix src tests bench
	$(BIN)/ruff format src tests bench

# Rewrites the checked-in protocol code and the API page from their tables; a test fails when they are stale.
generate: $(VENV)/.installed-dev
	$(BIN)/python -m ottla.wire.generator
	$(BIN)/python -m ottla.broker.api_page > docs/apis.md

bench: $(VENV)/.installed-dev
	$(BIN)/python -m bench $(ARGS)

bench-quick: $(VENV)/.installed-dev
	$(BIN)/python -m bench --quick $(ARGS)

# One simulated run from a seed: `make sim SEED=42`.
SEED ?= 1
sim: $(VENV)/.installed-dev
	$(BIN)/python -m ottla.testing.sim --seed $(SEED) $(ARGS)

# Hours of faults: kill -9 under load and transactions, histories of real clients for the checker, then simulation seeds.
ROUNDS ?= 500
HISTORY_ROUNDS ?= 50
SEEDS ?= 10000
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
soak: $(VENV)/.installed-dev
	$(BIN)/python -m tests.durability.kill9 --rounds $(ROUNDS) --seed $(SEED)
	$(BIN)/python -m tests.histories.confluent --rounds $(HISTORY_ROUNDS) --seed $(SEED)
	$(BIN)/python -m ottla.testing.sim --seeds 0:$(SEEDS) --jobs $(JOBS)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# A development install serves `make run`, too, so neither command undoes the other's work.
$(VENV)/.installed-run: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[clients]'
	touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $(VENV)/.installed-run $@
