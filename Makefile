# Every target sets up what it needs by itself; git, make and Python 3.11 or newer are enough.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
CHROMIUM := $(shell command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome)

# What /docs/errors says, as a page of docs.
docs/errors.md: setup app/pages/errors.toml app/pages/errors.py
	$(BIN)/python -m app.pages.errors

.PHONY: setup install run test clients thorough mutants check fmt bench crash pictures sheet lock clean
.DEFAULT_GOAL := setup

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

setup: .venv/ready

.venv/ready: requirements-dev.lock .venv/runtime
	@echo "Installing what works on it into .venv, once: about two minutes."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# What the service needs and no more, with `sbm`.
.venv/runtime: requirements.lock requirements-build.lock pyproject.toml
	@echo "Installing what the service needs into .venv, once: about a minute."
	@$(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements.lock -r requirements-build.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# `sbm` on the PATH, apart from this folder, with the versions of the lock.
install:
	@mkdir -p build
	@sed -e '/^ /d' -e 's/ *\\$$//' requirements.lock > build/versions.txt
	@if command -v uv >/dev/null; then uv tool install --force --constraints build/versions.txt .; \
	elif command -v pipx >/dev/null; then pipx install --force --pip-args "--constraint $(CURDIR)/build/versions.txt" .; \
	else echo "make install needs uv or pipx. Without them: make run, then .venv/bin/sbm"; exit 1; fi

run: .venv/runtime
	@$(BIN)/sbm serve --demo --migrate --port $(PORT)

# What one process of the tests has compiled, the others read, also where the environment says to write nothing.
test thorough mutants: export PYTHONDONTWRITEBYTECODE =

# What the tests write is kept in memory where there is room: none of them is of a machine that loses its power.
MEMORY := $(shell df -Pm /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 2000 { print $$6 }')
ifneq ($(MEMORY),)
test thorough mutants: export TMPDIR = $(MEMORY)
endif

test: setup
	@test -n "$(CHROMIUM)" || echo "No Chromium found: browser tests are skipped (Debian: apt-get install chromium-headless-shell)"
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

# What makes clients of openapi.json and lints it, pinned; tests/processes/test_clients.py is skipped without it.
CLIENTS := tests/processes/clients
clients: $(CLIENTS)/ready

$(CLIENTS)/ready: $(CLIENTS)/package-lock.json $(CLIENTS)/requirements.lock
	npm ci --prefix $(CLIENTS) --no-audit --no-fund --ignore-scripts --loglevel error
	$(PYTHON) -m venv $(CLIENTS)/.venv
	$(CLIENTS)/.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(CLIENTS)/requirements.lock
	touch $@

# Everything that the suite tries a part of: a thousand examples of each law, every hostile value everywhere,
# long work at random, many at once; and two hundred kills on each database.
thorough: setup
	TEST_THOROUGH=1 $(BIN)/python -m pytest --numprocesses auto --dist worksteal
	$(BIN)/python -m bench.crash

# Puts some forty faults into copies of the code, one after another, and runs the tests that should notice each.
mutants: setup
	$(BIN)/python -m tests.mutations

check: setup
	$(BIN)/ruff check --output-format concise
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: setup
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: setup
	$(BIN)/python -m bench.start
	$(BIN)/python -m bench.score_http
	$(BIN)/python -m bench.batch
	$(BIN)/python -m bench.store
	$(BIN)/python -m bench.reports
	$(BIN)/python -m bench.outlook
	$(BIN)/python -m bench.page

# Kills the service two hundred times on each database, and looks for what was acknowledged and lost.
crash: setup
	$(BIN)/python -m bench.crash

# The pictures of README.md, in docs/pictures; Chromium takes them.
pictures: setup
	$(BIN)/python -m tests.kit.pictures

# Every chart and page of profiles that ask most of them, in build/pictures, to be looked at.
sheet: setup
	$(BIN)/python -m tests.kit.pictures --sheet

# After a change of the dependencies in pyproject.toml: hashes of every file, no address of a package host.
COMPILE = .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --custom-compile-command "make lock"
lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --group pyproject.toml:build --constraints requirements-dev.lock --output-file requirements-build.lock
	$(COMPILE) --output-file $(CLIENTS)/requirements.lock $(CLIENTS)/requirements.in
	rm -rf .venv-lock

clean:
	rm -rf .venv .venv-lock $(CLIENTS)/.venv $(CLIENTS)/node_modules $(CLIENTS)/ready .mypy_cache .pytest_cache .ruff_cache .hypothesis
