# Samsyn: `make run` and `make test` set up everything themselves in .venv; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
DATABASE := var/samsyn.db
FRONTEND := dashboard/linked/frontend
SCRIPT := dashboard/linked/static/linked.js

.PHONY: run test check bench lock setup pictures

setup: $(STAMP) $(SCRIPT)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

$(SCRIPT): $(FRONTEND)/package-lock.json $(FRONTEND)/package.json $(wildcard $(FRONTEND)/src/*) dashboard/linked/build.py | $(STAMP)
	$(BIN)/python -m dashboard.linked.build

$(DATABASE): | $(STAMP)
	$(BIN)/samsyn demo

run: $(STAMP) $(SCRIPT) $(DATABASE)
	$(BIN)/samsyn run

test: $(STAMP) $(SCRIPT)
	./tests/browser/find-browser
	$(BIN)/python -m pytest -n 2 --ignore tests/browser $(ARGS)
	# What a busy machine did not draw in time is asked once more, alone.
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder tests/browser $(ARGS) || \
	$(BIN)/python -m pytest --last-failed --last-failed-no-failures none tests/browser $(ARGS)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m dashboard.linked.build types

bench: $(STAMP) $(SCRIPT)
	./tests/browser/find-browser
	$(BIN)/python -m benchmarks

pictures: $(STAMP) $(SCRIPT)
	./tests/browser/find-browser
	SAMSYN_PICTURES=docs/pictures $(BIN)/python -m pytest tests/browser -k pictures

lock: $(STAMP)
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --output-file requirements.lock
