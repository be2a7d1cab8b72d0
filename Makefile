# Tierdesk. `make run` on a fresh clone is all a visitor needs; `make help` tells the rest.
# The recipes are one line each: the work is in tools/, where it can be read and run without make.

.DEFAULT_GOAL := help
.PHONY: help setup run test lint format prove bench lock clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## Make .venv and install the pinned requirements (run and test do this themselves)
	@tools/venv.sh run

run: ## Start Tierdesk on http://127.0.0.1:8501, with a demo bank the first time (PORT=8502 for another port)
	@tools/serve.sh

test: ## Lint, check types and floors, then run every test, browser tests included (BROWSER=no leaves those out)
	@tools/check.sh lint tests

lint: ## Only the checks that run nothing: ruff, mypy, import-linter
	@tools/check.sh lint

format: ## Put the code in the house's form and mend what ruff can mend
	@tools/check.sh format

prove: ## The longer proofs (pytest -m prove)
	@tools/check.sh prove

bench: ## Run the benchmarks, each against its named baseline (BENCH=name for one)
	@tools/check.sh bench

lock: ## Pin requirements*.txt anew from requirements*.in (UPGRADE=yes also moves what they depend on)
	@tools/lock.sh

clean: ## Remove .venv and every cache; the bank in var/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
