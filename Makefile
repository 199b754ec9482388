# Everything is one command: `make run`, `make test`. Nothing but Python 3.11 (with venv) is needed beforehand.
# The recipes are one `exec` each: what stops `make` stops the program, and nothing stays behind.

PORT ?= 8000
SCALE ?= 1000
ARGS ?=
MINUTES ?= 10
export PORT SCALE ARGS MINUTES

BOOTSTRAP := exec sh refprogram/ops/bootstrap.sh

.PHONY: help run test bench check soak install pins
.DEFAULT_GOAL := help

help: ## what can be done
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

run: ## the whole program, until Ctrl-C (PORT=8000)
	@$(BOOTSTRAP) run

test: ## all tests, in parallel (ARGS="-k words")
	@$(BOOTSTRAP) test

bench: ## how fast it is, into var/bench.json (SCALE=1000; ONLY=search,ledger: just these pages)
	@$(BOOTSTRAP) bench

check: ## lint, format, types, imports, templates, migrations, settings
	@$(BOOTSTRAP) check

soak: ## the long runs: chaos, fuzz, load, links (MINUTES=10)
	@$(BOOTSTRAP) soak

install: ## only install what is missing
	@$(BOOTSTRAP) install

pins: ## compile requirements/*.in anew, after a change there
	@$(BOOTSTRAP) pins
