# Two commands are all one needs: `make demo` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
RUN := .venv/bin/python
EGENMAKT := .venv/bin/egenmakt
PORT ?= 8000

.PHONY: help setup demo test test-slow lint docs bench bench-roster mutate shell clean

help:             ## Show this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "  make %-10s %s\n", $$1, $$2}'

setup:
	@$(PYTHON) tools/setup.py

demo: setup       ## Set everything up, load the demo county, serve the site
	@$(EGENMAKT) demo --port $(PORT)

test: setup       ## Set everything up, run all tests
	@$(RUN) tools/chromium.py > /dev/null
	@$(RUN) -m pytest -n auto --dist loadgroup -q

test-slow: setup  ## The law on Spark, on a local session; needs Java, fetches pyspark
	@$$($(PYTHON) -c 'import sys; sys.path.insert(0, "tools"); import setup; print(*setup.uv())') \
		run --quiet --frozen --with 'pyspark>=4' python -m pytest -q -m spark tests/law/population

lint: setup       ## Style, types, the stacking of rooms, templates, fresh documents
	@.venv/bin/ruff check src tests tools
	@.venv/bin/ruff format --check src tests tools
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/djlint src --lint --quiet
	@$(RUN) tools/docs.py --check

docs: setup       ## Write the generated documents anew
	@$(RUN) tools/docs.py

bench: setup      ## Measure, against a peer in the same run
	@$(RUN) -m benchmarks

bench-roster: setup ## Measure rosters (20 min); PUBLIC=folder adds the public instances
	@$(RUN) -m benchmarks.roster $(PUBLIC)

mutate: setup     ## Change the law a little in every place, and see that a test notices (half an hour)
	@$$($(PYTHON) -c 'import sys; sys.path.insert(0, "tools"); import setup; print(*setup.uv())') \
		run --quiet --frozen --with 'mutmut>=3.8,<3.9' python tools/mutate.py $(ONLY)

shell: setup      ## A Python prompt with the rooms loaded
	@$(EGENMAKT) shell

clean:            ## Remove what was fetched and the demo's data
	rm -rf .venv .data .cache frontend/node_modules src/egenmakt/foundation/ui/static/vendor
