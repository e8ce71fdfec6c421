# Two commands matter: `make run` and `make test`. `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PORT ?= 8501
PYTHON ?= python3
BIN := .venv/bin
# Links in mails lead to where the product is served, unless BASE_URL says otherwise.
ifneq ($(PORT),8501)
export BASE_URL ?= http://localhost:$(PORT)
endif

.PHONY: help run test check bench drill mlflow lock

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

run: .venv/run.stamp ## install what is missing, then serve http://localhost:8501 (PORT, APP_HOME)
	exec $(BIN)/streamlit run app.py --server.port $(PORT)

test: check ## check, then every test; says what it could not run and why
	$(BIN)/python -m tests.side_by_side

check: .venv/dev.stamp ## lint, types, imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: .venv/dev.stamp ## speed and memory, printed (docs/benchmarks.md keeps them)
	$(BIN)/python -m tests.bench

drill: .venv/dev.stamp ## the long fault drills, of which `make test` runs a small slice
	$(BIN)/python -m pytest -m drill --drills=long

mlflow: .venv/run.stamp ## MLflow's own pages on the same store, http://localhost:5000 (APP_HOME)
	MLFLOW_DISABLE_TELEMETRY=true exec $(BIN)/mlflow ui --workers 1 --host 127.0.0.1 --port 5000 \
	  --backend-store-uri "$${MLFLOW_TRACKING_URI:-sqlite:///$(abspath $(or $(APP_HOME),var))/mlflow.db}"

lock: .venv/dev.stamp ## compile requirements.txt and requirements-dev.txt anew
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links requirements-dev.in -o requirements-dev.txt

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Python 3.11, 3.12 or 3.13 is needed, for example: make run PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q uv

.venv/run.stamp: requirements.txt | .venv/bin/uv
	$(BIN)/uv pip install -q --python $(BIN)/python -r requirements.txt
	touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(BIN)/uv pip install -q --python $(BIN)/python -r requirements-dev.txt
	touch $@
