# The two commands are `make report` and `make test`; each sets up .venv first. `make` alone lists the rest.

VENV   := .venv
BIN    := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
YEAR   ?=
# one year, several, or (empty) every year that has returns
JOBS   ?= 2

# the first of these that is new enough and can make a virtual environment
FIND_PYTHON = for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	  if "$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo "$$p"; exit 0; fi; \
	done; exit 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help env report test check notebooks outputs browser backtest torture bench docs lab lock samples

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1#\2/p' Makefile | awk -F'#' '{ printf "%-18s %s\n", $$1, $$2 }'

env: $(VENV)/package.stamp ## set up .venv, when it is missing or requirements.lock changed

$(VENV)/lock.stamp: requirements.lock
	@python=$$($(FIND_PYTHON)) || { echo "civility needs Python 3.11 or newer with its venv module; install it (Debian: apt-get install python3-venv) and call make again." >&2; exit 1; }; \
	  echo "Setting up $(VENV) with $$python ..."; "$$python" -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/package.stamp: $(VENV)/lock.stamp pyproject.toml
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

report: env ## everything for YEAR=2025, for YEAR="2024 2025", or for every year: tables, charts, notebooks
	$(BIN)/civility run $(YEAR) --jobs $(JOBS)

test: check browser notebooks backtest ## all that must hold before a change is handed in
	$(PYTEST) tests/browser
	$(PYTEST) --numprocesses $(JOBS) --ignore=tests/browser

check: env ## ruff, mypy and import-linter
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

notebooks: env ## every notebook again, each stored output compared with the new one
	$(BIN)/civility run --quiet --jobs $(JOBS)
	$(PYTEST) --numprocesses $(JOBS) --dist loadfile --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg notebooks/
	$(BIN)/python -m analysis.notebook_gate notebooks/
	$(BIN)/python -m tests.attacker reports

outputs: env ## the notebooks run again and stored with their new outputs
	$(BIN)/civility run --quiet --jobs $(JOBS)
	$(BIN)/python -m analysis.notebook_update notebooks/

browser: env ## a browser for the tests of pages, where the system has no Chromium
	@$(BIN)/python -m tests.browser.set_up

backtest: env ## the sample years against the facts they were built from
	$(BIN)/python -m tests.backtest

SEEDS  ?= 1 2 3

torture: env ## three heavy years built and read, and the tests again with long searches for a counter-example
	$(BIN)/python -m tests.builder.torture --seeds $(SEEDS)
	$(PYTEST) --numprocesses $(JOBS) --hypothesis-profile=torture

bench: env ## seconds and memory of reading the sample years anew; how often each limit holds (docs/simulations.csv)
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_coverage

docs: env ## docs/method.md and docs/data.md, made again from the reference data
	$(BIN)/python -m analysis.commands.documents

lab: env ## JupyterLab on notebooks/
	$(BIN)/civility lab

lock: env ## requirements.lock from pyproject.toml; FLAGS=--upgrade takes newer versions
	@cp requirements.lock $(VENV)/new.lock
	env -u UV_FIND_LINKS -u UV_CONSTRAINT $(BIN)/uv pip compile pyproject.toml --extra dev --output-file $(VENV)/new.lock \
	  --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --quiet --no-config \
	  --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command 'make lock' $(FLAGS)
	@cmp -s $(VENV)/new.lock requirements.lock || cp $(VENV)/new.lock requirements.lock

samples: env ## the fictitious returns of data/raw, built again
	$(BIN)/python -m tests.builder.build
