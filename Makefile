# What a person types. `make help` lists it.
PYTHON ?= python3
VENV := .venv
IN_VENV := $(VENV)/bin/python
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test lint audit lock messages bench

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## set up what is missing and serve on http://127.0.0.1:8000 (PORT=… changes it)
	@sh scripts/with-python.sh scripts/port.py
	@sh scripts/with-python.sh scripts/setup.py runtime
	@$(IN_VENV) -m scripts.serve

test: ## all tests, on SQLite and on PostgreSQL (ARGS=… goes to pytest)
	@sh scripts/with-python.sh scripts/setup.py dev
	@$(IN_VENV) -m scripts.test $(ARGS)

lint: ## ruff, mypy, djlint, missing migrations, the deployment check
	@sh scripts/with-python.sh scripts/setup.py dev
	@sh scripts/lint.sh

audit: ## html-validate on all pages, Lighthouse on the main ones (ARGS=--phones-only); needs Node.js
	@sh scripts/with-python.sh scripts/setup.py dev
	@$(IN_VENV) -m scripts.audit $(ARGS)

lock: ## renew requirements.txt and requirements-dev.txt from pyproject.toml
	@sh scripts/with-python.sh scripts/setup.py dev
	@sh scripts/lock.sh

messages: ## collect what is to be translated into locale/django.pot
	@sh scripts/with-python.sh scripts/setup.py dev
	@$(IN_VENV) -m scripts.messages

bench: ## how fast pages are served, compared with what could be (BENCH=… says what; some 20 minutes)
	@sh scripts/with-python.sh scripts/setup.py dev
	@$(IN_VENV) -m benchmarks.serving $(BENCH)
