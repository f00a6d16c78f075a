# Everything a newcomer needs: `make run` and `make test`.  Only Python 3.11, make and git are assumed.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv
BIN    := $(VENV)/bin
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev

# The tests start the program a hundred times: let Python keep what it has compiled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test test-all check format bench mutants dist lock clean

help:            ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Baozhai needs Python 3.11 or newer; name one: make run PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -m venv "$(VENV)" || { rm -rf "$(VENV)"; echo "This Python cannot make a virtual environment (on Debian: install python3-venv), or name another: make run PYTHON=/path/to/python3.11" >&2; exit 1; }

$(RUN_READY): requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Baozhai needs (once) ..." >&2
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile --require-hashes -r requirements.txt >&2
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e . >&2
	@touch $@

$(DEV_READY): requirements-dev.txt $(RUN_READY)
	@echo "Installing what the tests need (once) ..." >&2
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt >&2
	@touch $@

run: $(RUN_READY) ## read the samples and open the bot: in the terminal, or in Telegram if BAOZHAI_TOKEN is set
	@$(BIN)/python -m bot run

test: $(DEV_READY) ## run the tests
	$(BIN)/python -m pytest -q -n auto

test-all: $(DEV_READY) ## run also the test files of tests/unproven.txt, which nobody has seen pass yet
	BAOZHAI_ALL_TESTS=1 $(BIN)/python -m pytest -q -n auto

check: $(DEV_READY) ## format, lint, dead code, types, layers and tests: what must pass before a commit
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/vulture
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n auto

format: $(DEV_READY) ## let ruff format and mend what it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV_READY) ## the benchmarks that need no data of yours (docs/benchmarks.md)
	$(BIN)/python benchmarks/pages.py tests/data/pages --floors
	$(BIN)/python benchmarks/days.py
	$(BIN)/python -m benchmarks.delivery plan
	$(BIN)/python -m benchmarks.delivery faults --chats 200

mutants: $(DEV_READY) ## change the code one place at a time and see whether a test notices (the better part of an hour)
	$(BIN)/python -m tests.mutants

dist: $(DEV_READY) ## build the wheel and the sdist into dist/, install the wheel into an empty environment and play the visit
	rm -rf dist
	$(BIN)/python -c "from setuptools import build_meta; build_meta.build_sdist('dist')"
	$(BIN)/python -m pip wheel -q --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist dist/*.tar.gz
	BAOZHAI_WHEEL="$$(ls $(CURDIR)/dist/*.whl)" $(BIN)/python -m pytest -q -m slow tests/acceptance/test_wheel.py

lock: $(DEV_READY) ## pin requirements anew from pyproject.toml
	$(BIN)/python -m pip install -q pip-tools
	$(BIN)/pip-compile -q --strip-extras --generate-hashes --no-emit-options --no-header --allow-unsafe --extra install --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile -q --strip-extras --generate-hashes --no-emit-options --no-header --allow-unsafe --extra install --extra dev -c requirements.txt --output-file requirements-dev.txt pyproject.toml

clean:           ## remove the environment and caches (data stays)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build *.egg-info
