# Two commands carry a newcomer: `make run` and `make test`. Everything they need they set up themselves.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PIP := $(BIN)/python -m pip --disable-pip-version-check

export PIP_NO_INPUT := 1

.PHONY: help run test lint bench drill ui lock clean

help: ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên · Python 3.11 or newer is needed (PYTHON=...)"; exit 1; }
	@echo "[1/4] Môi trường Python · Python environment"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	@echo "[2/4] Thư viện (ghim bằng mã băm) · Libraries (pinned by hash)"
	@$(PIP) install --quiet --quiet --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@echo "[3/4] Liên Vùng"
	@LIENVUNG_SKIP_UI=1 $(PIP) install --quiet --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@echo "Thư viện kiểm thử · Libraries for the tests"
	@$(PIP) install --quiet --quiet --require-hashes -r requirements/dev.txt
	@touch $@

UI_SOURCES := $(shell find ui -path ui/node_modules -prune -o -type f -print 2>/dev/null) hatch_build.py
$(VENV)/.ui: $(UI_SOURCES) | $(VENV)/.runtime
	@echo "[4/4] Giao diện · User interface"
	@$(BIN)/python hatch_build.py
	@touch $@

ui: $(VENV)/.ui ## Build the user interface into src/lienvung/assets

run: $(VENV)/.runtime $(VENV)/.ui ## Load the southern pack and serve the portal on http://127.0.0.1:8000
	@$(BIN)/lienvung serve --port $(PORT)

test: $(VENV)/.dev $(VENV)/.ui ## Set up what the tests need and run every test
	@bash tests/setup.sh
	@bash tests/run.sh $(BIN)/python
	@$(BIN)/python -m coverage combine --quiet
	@echo "Độ phủ của các phòng lõi · Coverage of the core rooms"
	@$(BIN)/python -m coverage report

lint: $(VENV)/.dev ## Style, types, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.dev $(VENV)/.ui ## Measurements, side by side, as ratios
	@for file in benchmarks/[a-z]*.py; do echo "── $$file"; $(BIN)/python $$file; done

drill: $(VENV)/.dev $(VENV)/.ui ## The heavy tests in full
	@bash tests/setup.sh
	@LIENVUNG_DRILL=1 $(BIN)/python -m pytest -q

lock: ## Pin the dependencies afresh, with hashes and without naming a host
	@$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet --quiet uv
	@for part in runtime dev build; do case $$part in \
	  runtime) args="pyproject.toml";; dev) args="--extra dev pyproject.toml -c requirements/runtime.txt";; \
	  build) args="requirements/build.in -c requirements/dev.txt";; esac; \
	  .venv-lock/bin/uv pip compile --quiet --upgrade --generate-hashes --no-header --no-annotate $$args -o requirements/$$part.txt; done
	@rm -rf .venv-lock

clean: ## Remove the environment and everything built
	@rm -rf $(VENV) src/lienvung/assets ui/node_modules dist
