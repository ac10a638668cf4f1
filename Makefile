# `make` alone lists what there is. Everything runs in .venv, which is made on first use and brought
# up to date when a requirements file changes. All paths are relative: a checkout may lie anywhere,
# in a folder with spaces in its name, too.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
DIGEST := $(BIN)/digest

# The first interpreter that suits; another one is named with `make site PYTHON=/path/to/python3`.
# It makes .venv; a .venv that is there already keeps its own (`make clean` removes it).
SUITS := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
PYTHON ?= $(shell for it in $(PYTHONS); do "$$it" -c '$(SUITS)' 2>/dev/null && echo "$$it" && break; done)

# Part of the suite: make test TESTS=tests/text/test_cleaning.py   More options: make test ARGS="-n auto"
TESTS ?=
ARGS ?=
# Coverage is measured, and asked for, of the whole suite only.
COVERAGE := $(if $(TESTS),,--cov --cov-fail-under=95)
# The whole suite keeps two processes busy; each file stays in one, so that what it builds is built once.
PARALLEL := $(if $(TESTS),,-n 2 --dist loadfile)
WORKFLOWS := $(wildcard .github/workflows/*.yml starter/.github/workflows/*.yml)

# Material for MkDocs prints a notice about MkDocs 2 at every start.
export NO_MKDOCS_2_WARNING := 1
# On a build machine, browser tests must run: a missing Chromium is a failure and not a skip.
ifeq ($(CI),true)
export DIGEST_REQUIRE_BROWSER := 1
endif

##@ The site

.PHONY: site
site: $(VENV)/.runtime ## Build the website into site/
	$(DIGEST) build

.PHONY: serve
serve: $(VENV)/.runtime ## Show the site on this machine, rebuilt as you edit
	$(DIGEST) serve

.PHONY: check
check: $(VENV)/.runtime ## Check content/: every file, field and value
	$(DIGEST) check

##@ Development

.PHONY: test
test: $(VENV)/.dev ## Run the tests (TESTS=path for some of them, ARGS=… for pytest)
	$(BIN)/python -m pytest $(COVERAGE) $(PARALLEL) $(ARGS) $(TESTS)

.PHONY: golden
golden: $(VENV)/.dev ## Write the golden files anew; look at git diff before you commit them
	DIGEST_WRITE_GOLDEN=1 $(BIN)/python -m pytest --quiet -k golden tests

# For how long and what; a run is repeated with the seed that it prints: make fuzz SEED=1 TARGET=page
SECONDS := 60
TARGET :=
SEED :=

.PHONY: fuzz
fuzz: $(VENV)/.dev ## Look for inputs that break something (SECONDS=60, TARGET=name, SEED=number)
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS) $(TARGET:%=--target %) $(SEED:%=--seed %)

# Options of a benchmark: make bench ARGS="--runs 1 --size 2000"
.PHONY: bench
bench: $(VENV)/.dev ## Measure builds of 518 to 75,000 papers, beside MkDocs and Hugo (benchmarks/README.md)
	$(BIN)/python -m benchmarks.build $(ARGS)

# make bench-identity ARGS="--runs 1 --files --size 200x75000"
.PHONY: bench-identity
bench-identity: $(VENV)/.dev ## Measure what taking in listings costs (benchmarks/README.md)
	$(BIN)/python -m benchmarks.identity $(ARGS)

LIGHTHOUSE := benchmarks/lighthouse
$(LIGHTHOUSE)/node_modules/.made: $(LIGHTHOUSE)/package-lock.json $(LIGHTHOUSE)/package.json
	cd $(LIGHTHOUSE) && npm ci --silent
	@touch $@

.PHONY: lighthouse
lighthouse: $(VENV)/.dev site $(LIGHTHOUSE)/node_modules/.made ## Measure pages with Lighthouse (needs Node and a Chrome; ARGS=…)
	$(BIN)/python -m benchmarks.lighthouse $(ARGS)

.PHONY: lint
lint: $(VENV)/.dev ## Check style, types, shell scripts and workflows; needs no network
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/shellcheck --external-sources .github/scripts/*.sh .ci/run
	$(BIN)/actionlint -shellcheck $(BIN)/shellcheck -pyflakes '' $(WORKFLOWS)
	$(BIN)/zizmor --offline --no-progress --persona=pedantic .github starter

.PHONY: verify
verify: check lint test ## All that is asked of a change before it is merged

.PHONY: wheel
wheel: $(VENV)/.runtime ## Build the generator as a wheel into dist/
	$(BIN)/python -m hatchling build -t wheel

.PHONY: format
format: $(VENV)/.dev ## Format the code and repair what can be repaired
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

.PHONY: install
install: $(VENV)/.dev ## Install everything that developing needs into .venv

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-config --custom-compile-command 'make lock' $(UPGRADE)

.PHONY: lock
lock: $(VENV)/.dev ## Write requirements*.txt anew from pyproject.toml (UPGRADE=--upgrade for newer ones)
	$(LOCK) pyproject.toml --group build --output-file requirements.txt
	$(LOCK) pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) --group browser --constraint requirements-dev.txt --output-file requirements-browser.txt

.PHONY: clean
clean: ## Remove what make made, .venv too
	rm -rf $(VENV) build site .cache .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# --- the virtual environment -------------------------------------------------------------------

# A .venv whose interpreter was removed from the machine is of no use: it goes, before make looks.
ifneq ($(wildcard $(VENV)),)
$(shell $(BIN)/python -c '' 2>/dev/null || rm -rf $(VENV))
endif

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'make: no Python 3.11 or newer with its venv module found (looked for $(PYTHONS)). Install one (on Debian and Ubuntu: python3 and python3-venv), or name it: make PYTHON=/path/to/python3' >&2; exit 1; }
	@"$(PYTHON)" -c '$(SUITS)' || { echo 'make: $(PYTHON) is not Python 3.11 or newer with its venv module. Name another: make PYTHON=/path/to/python3' >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

# The project itself is built by hatchling, which is among the requirements: nothing is downloaded
# past the hashes of the lock.
$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --require-hashes --requirement requirements.txt
	$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements-browser.txt $(VENV)/.runtime
	$(PIP) install --quiet --require-hashes --requirement requirements-dev.txt
	$(PIP) install --quiet --require-hashes --requirement requirements-browser.txt
	@touch $@
