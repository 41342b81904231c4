# Samsyn: `make run` and `make test` set up everything themselves in .venv; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
DATABASE := var/samsyn.db

.PHONY: run test check bench lock setup pictures

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

$(DATABASE): | $(STAMP)
	$(BIN)/samsyn demo

run: $(STAMP) $(DATABASE)
	$(BIN)/samsyn run

test: $(STAMP)
	./tests/browser/find-browser
	$(BIN)/python -m pytest -n 2 --ignore tests/browser $(ARGS)
	$(BIN)/python -m pytest tests/browser $(ARGS)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/deptry .

bench: $(STAMP)
	./tests/browser/find-browser
	$(BIN)/python -m benchmarks

pictures: $(STAMP)
	./tests/browser/find-browser
	SAMSYN_PICTURES=docs/pictures $(BIN)/python -m pytest tests/browser -k pictures

lock: $(STAMP)
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --output-file requirements.lock
