# Two commands do it all: `make site` builds the site, `make test` proves it. `make help` lists the others.
PYTHON ?= python3
BIN := .venv/bin
TOOLS := tests/tools
NODE := $(TOOLS)/node_modules/.package-lock.json
LIGHTHOUSE := tests/bench/tools/node_modules/.package-lock.json
PORT ?= 8000
export SOURCE
# The folder of another statement than the project's own; its site goes to build/NAME/site.
FROM = $(if $(SOURCE),--source '$(SOURCE)')
# What shares the tests out among the processors; `make test PARALLEL=` runs them one after the other.
PARALLEL ?= --numprocesses auto --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: site fonts addresses check-links serve test quick check bench lock clean help

site: .venv/site.stamp ## build the whole site into site/ (SITE_URL=https://… for its address, or BASE=/folder/; FORMATS=html,epub,docx,pdf, all or none, to take away; SOURCE=DIR for another statement or a library, into build/)
	$(BIN)/python scripts/build.py site $(FROM) $(if $(BASE),--base $(BASE))

fonts: .venv/test.stamp ## make the fonts of pictures and PDFs (FONT=…, REGULAR=… for a Noto Serif CJK elsewhere, bold and regular)
	$(BIN)/python scripts/make_fonts.py $(if $(SOURCE),'$(SOURCE)',docs/source --cards tests/errors/base) $(if $(FONT),--font $(FONT)) $(if $(REGULAR),--regular $(REGULAR))

addresses: .venv/site.stamp ## add the addresses that are new to the list of those that must never go
	$(BIN)/python scripts/build.py record $(FROM)

check-links: .venv/site.stamp ## check the site where it is put up (URL=https://…; PLAIN=1 if its host sends no headers of ours)
	$(BIN)/python scripts/check_links.py '$(URL)' $(FROM) $(if $(PLAIN),--plain)

serve: .venv/site.stamp ## show the site on this machine and reload it whenever a file is saved (PORT=8000)
	$(BIN)/python scripts/build.py serve $(FROM) --port $(PORT)

test: check site ## prove it: checks, unit tests, and the site in a real browser (SOURCE=DIR: what is true of every statement, of that one)
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m pytest $(PARALLEL) $(if $(SOURCE),tests/every)

quick: .venv/test.stamp ## the inner loop: ruff, mypy, and the tests that need no site and no browser
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not slow" $(PARALLEL)

check: .venv/test.stamp $(NODE) ## ruff, mypy, types of the JavaScript, and what the oldest browsers know
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/node $(TOOLS)/node_modules/typescript/bin/tsc --project $(TOOLS)/tsconfig.json
	cd docs/assets && ../../$(BIN)/node ../../$(TOOLS)/node_modules/eslint/bin/eslint.js --config ../../$(TOOLS)/eslint.config.mjs .
	cd docs/assets && ../../$(BIN)/node ../../$(TOOLS)/node_modules/stylelint/bin/stylelint.mjs --config ../../$(TOOLS)/stylelint.config.mjs '*.css'

bench: site .venv/test.stamp .venv-bench/bench.stamp $(LIGHTHOUSE) ## measure build, formats, pages and search beside others, into site-bench/ (ONLY=formats)
	$(BIN)/python tests/browser/chromium.py
	PYTHONPATH=scripts:tests $(BIN)/python -m bench $(ONLY)

lock: .venv/test.stamp ## pin every dependency again, with hashes
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header \
	  --output-file requirements.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header \
	  --constraint requirements.txt --group test --output-file tests/requirements.txt
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header \
	  --group bench --output-file tests/bench/requirements.txt
	cd $(TOOLS) && PATH="$(CURDIR)/$(BIN):$$PATH" npm update --package-lock-only --ignore-scripts --no-audit --no-fund

clean: ## remove everything that was made, the environment included
	rm -rf .venv .venv-bench site-bench site docs/pages build
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache $(TOOLS)/node_modules tests/bench/tools/node_modules
	find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

.venv/site.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one with PYTHON=" if sys.version_info < (3, 11) else 0)'
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@touch $@

.venv/test.stamp: tests/requirements.txt .venv/site.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement tests/requirements.txt
	@touch $@

$(NODE): $(TOOLS)/package-lock.json .venv/test.stamp
	cd $(TOOLS) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

$(LIGHTHOUSE): tests/bench/tools/package-lock.json .venv/test.stamp
	cd tests/bench/tools && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

.venv-bench/bench.stamp: tests/bench/requirements.txt
	rm -rf .venv-bench
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement tests/bench/requirements.txt
	@touch $@
