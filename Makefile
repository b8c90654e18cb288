# What one types. Everything that these need is made first, and only when it is out of date.
#   make run    start it (PORT, DATABASE_URL and DEMO_PASSWORD are honoured)
#   make test   every check and every test, on SQLite and on PostgreSQL, browser included
#   make fast   tests that need neither database nor browser
#   make fix    format, and repair what the linter can
#   make fuzz   look longer for counter-examples
#   make bench  measure against floors and peers of the same run
#   make mutation  count how many small faults the tests notice, a sample; about an hour
#   make build  packages and static files, as production needs them
#   make messages  gather new texts of pages and builders into the catalogues, and compile these
#   make lock   new lock files after a change of a .make/requirements*.in
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := run

# Any of these will do from 3.11 on; the first that is there and recent enough makes the virtual environment.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3 python, \
	$(shell command -v $(name) >/dev/null 2>&1 && $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -q
CHECK_SETTINGS := DJANGO_SETTINGS_MODULE=tests.settings

.PHONY: run test checks tests-sqlite tests-postgresql fast fix fuzz bench mutation build lock assets messages

run: .venv/.run static/vendor/.built
	@exec $(BIN)/python .make/serve.py

test: checks tests-sqlite tests-postgresql

checks: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(CHECK_SETTINGS) $(BIN)/python manage.py makemigrations --check --dry-run

tests-sqlite: .venv/.dev static/vendor/.built
	.make/system.sh chromium
	env -u DATABASE_URL $(PYTEST)

tests-postgresql: .venv/.dev static/vendor/.built
	.make/system.sh postgresql
	$(BIN)/python tests/postgres.py $(PYTEST) -m "db and not browser"

fast: .venv/.dev
	$(PYTEST) -m "not db and not browser"

fuzz: .venv/.dev
	$(PYTEST) -m hypothesis --hypothesis-profile=fuzz --timeout=3600

bench: .venv/.dev
	$(BIN)/python -m tests.bench
	.make/system.sh postgresql
	$(BIN)/python tests/postgres.py $(BIN)/python -m tests.bench export streaming

mutation: .venv/.dev
	$(BIN)/python -m tests.mutation

fix: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

build: .venv/.run static/vendor/.built
	$(BIN)/python manage.py collectstatic --no-input --ignore redoc
	@echo "Now: $(BIN)/python manage.py migrate && $(BIN)/gunicorn policystudio.wsgi -k gthread -w 2 --threads 8"

assets: static/vendor/.built

messages: .venv/.dev
	$(BIN)/python .make/messages.py

lock: .venv/.dev
	$(BIN)/pip install -q uv
	cd .make && for name in requirements requirements-dev requirements-node requirements-sdk; do \
		../$(BIN)/uv pip compile $$([[ $$name != *-sdk ]] || echo --no-deps) -q --no-header --no-emit-index-url --no-emit-find-links --universal \
			--python-version 3.11 --generate-hashes $$name.in -o $$name.txt; done && mv requirements.txt ..

.venv/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.run: requirements.txt | .venv/pyvenv.cfg
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: .make/requirements-dev.txt .make/requirements-sdk.txt | .venv/pyvenv.cfg
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r .make/requirements-dev.txt
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps -r .make/requirements-sdk.txt
	@touch $@ .venv/.run

static/vendor/.built: package-lock.json .make/build-vendor.mjs $(wildcard static/js/vendor-entries/*.js) .make/assets.py | .venv/pyvenv.cfg
	$(BIN)/python .make/assets.py
	@touch $@
