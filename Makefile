# One interface for people and for CI. Needs Debian's python3 (3.11 or later) with venv, make and a package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := bot handlers knowledge tests benchmarks

# What was compiled once is not compiled again by each of the many processes that tests start.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help install demo test cover scene soak check format lint types fmt lock bench audit licenses sbom clean pictures

help: ## Show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(VENV)/.installed ## Set everything up in .venv

$(VENV)/.installed: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: install ## Try the bot in a browser, without token and internet
	@$(BIN)/lotsenbot demo

test: install ## Run all tests
	$(BIN)/python -m pytest -n auto

cover: install ## Run all tests and see that they run through all of the code (half as long again)
	$(BIN)/python -m pytest -n auto --cov --cov-report=term:skip-covered
	# What loses or repeats messages, or sends them to the wrong person, when it is wrong: every line and every branch.
	$(BIN)/coverage report --include=bot/delivery.py,bot/outbox.py,bot/polling.py,bot/storage.py,bot/updates.py,bot/webhook.py --fail-under=100
	$(BIN)/coverage report --include=bot/absences.py,bot/cases.py,bot/correspondence.py,bot/mailing.py,bot/parties.py,bot/settling.py,bot/transfer.py --fail-under=100

# Without coverage, which takes half as long again: CI has fifteen minutes.
check: format lint types test ## Everything CI checks

format: install
	$(BIN)/ruff format --check $(SOURCES)

lint: install
	$(BIN)/ruff check $(SOURCES)

types: install
	$(BIN)/mypy

fmt: install ## Format and mend what can be mended
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

bench: install ## Measure search, start and throughput beside peers
	$(BIN)/lotsenbot bench

scene: install ## 1,000 employers ask, 200 hand over, all Lotsen answer at once; Telegram's limits off and on (SCENE="--asking 100" for a look)
	PYTHONPATH=. $(BIN)/python -m benchmarks.scene $(SCENE)

soak: install ## Under load for minutes: nothing may grow; 200 kills: nothing may be lost (SOAK="--minutes 1" KILLS="--kills 20" for a look)
	PYTHONPATH=. $(BIN)/python -m benchmarks.soak $(SOAK)
	PYTHONPATH=. $(BIN)/python -m benchmarks.kills $(KILLS)
	# A random walk of 20 employers and 10 Lotsen in bad weather: 10,000 steps.
	LOTSENBOT_WALKS=50 $(BIN)/python -m pytest -n auto -rP tests/test_desk_walk.py

pictures: install ## Make the pictures of README and handbooks from the browser tests
	LOTSENBOT_PICTURES=1 LOTSENBOT_BROWSER=required $(BIN)/python -m pytest -m browser

lock: install ## Pin all requirements with hashes (needs uv: pip install uv)
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --no-annotate --no-strip-extras --python-version 3.11 -o requirements/run.txt pyproject.toml
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --no-annotate --no-strip-extras --python-version 3.11 --extra dev -o requirements/dev.txt pyproject.toml

audit: install ## Look for known vulnerabilities of the pinned packages (needs a network)
	@$(BIN)/python deploy/audit.py

licenses: install ## Write docs/lizenzen.md, the licences of all packages
	@deploy/licenses.sh $(BIN)

sbom: install ## Write sbom.json, the list of all packages (CycloneDX)
	@$(BIN)/python deploy/audit.py sbom

clean: ## Remove what make made
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage test-results
