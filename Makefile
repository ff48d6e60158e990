# Everything the project does, by one word each; `make` alone lists them.
# Tools live in .venv and tests/node_modules; nothing outside the project changes but the system's packages.

RUN := .venv/bin/python -m
COMPILE := $(RUN) uv pip compile -q --universal --python-version 3.11 --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header
# Which Python to set up with, what to compare with, where to serve: words that reach the shell as they were given
override PYTHON := $(value PYTHON)
override BASE := $(value BASE)
override PORT := $(value PORT)
override ONLY := $(value ONLY)
export PYTHON BASE PORT ONLY
# What somebody set for other programs must not change what these commands do or say
unexport PYTHONPATH PYTHONHOME PYTHONOPTIMIZE PYTHONIOENCODING
export PYTHONUTF8 := 1
# The theme's notice about its own future; the decision stands in .github/decisions.md
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: build-tools test-tools lock-tools help site serve serve-built check diff pack upkeep edition test audit endure bench lock addresses schema clean

help: ## list what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | while IFS='|' read -r name what; do printf '  make %-8s %s\n' "$$name" "$$what"; done

site: build-tools ## build everything into site/: pages, PDF, offline copy
	@.ci/system-packages pango || true
	@$(RUN) discguide build

serve: build-tools ## show the pages while you write, on port 8000 (or PORT=8001)
	@$(RUN) discguide serve --port="$${PORT:-8000}"

serve-built: ## show the built site as readers get it, behind a real server on 127.0.0.1:8080
	@test -f site/index.html || $(MAKE) site
	@.ci/system-packages nginx && mkdir -p .build/nginx
	@echo "http://127.0.0.1:8080/ (stop with Ctrl+C)"
	@PATH="$$PATH:/usr/sbin" nginx -p "$$PWD/.build/nginx/" -c "$$PWD/.github/hosting/nginx.conf" $(if $(filter 0,$(shell id -u)),-g "user root;")

check: build-tools ## check words, facts and pages (for editors; seconds)
	@$(RUN) discguide check

diff: build-tools ## say what a change does to readers' facts and words: make diff BASE=main
	@$(RUN) discguide diff -- "$${BASE:-main}"

pack: build-tools ## make the paper on which a clinician reviews a page: make pack PAGE=treatments/pldd
	@$(RUN) discguide pack -- "$${PAGE:-index}"

upkeep: build-tools ## say what falls due: checks, dead sources, newer packages (needs a network): ONLY=due,sources
	@$(RUN) discguide upkeep -- "$${ONLY:-}"

edition: build-tools ## begin an edition: write down which facts changed since the last one
	@$(RUN) discguide edition

test: test-tools ## run every test
	@.ci/system-packages pango chromium java nginx
	@$(RUN) ruff check .ci hooks tests && $(RUN) ruff format --check .ci hooks tests && $(RUN) mypy
	@$(RUN) pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder --cov --cov-report=term-missing:skip-covered --cov-fail-under=95

audit: test-tools ## run the long tests as well: every page at every width, scheme and state; Firefox and WebKit
	@.ci/system-packages pango chromium java nginx firefox webkit
	@AUDIT=1 $(RUN) pytest

endure: test-tools ## try other machines, days and accidents (hours, with a network): ONLY=killed,moved
	@$(RUN) tests.endure

bench: test-tools ## measure beside peers (not a test): ONLY=weight,lighthouse QUICK=1; parts are in tests/bench/parts.py
	@.ci/system-packages pango chromium npm openssl
	@$(RUN) tests.bench

lock: lock-tools ## choose the newest allowed packages again, with their hashes
	@$(COMPILE) pyproject.toml -o requirements.txt
	@$(COMPILE) pyproject.toml --extra test -c requirements.txt -o tests/requirements.txt
	@$(COMPILE) --group lock -o .ci/requirements.txt
	@$(COMPILE) tests/bench/requirements.in -o tests/bench/requirements.txt
	@echo "Made requirements.txt, and those in tests/, tests/bench/ and .ci/; read the difference before you commit it."

addresses: build-tools ## note the addresses of new pages and headings, so that no later change loses them
	@$(RUN) discguide addresses

schema: build-tools ## write the schema of the data file again, after a change of the model
	@$(RUN) discguide schema

clean: ## delete everything that was built or installed here
	@rm -rf site .build .venv tests/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage hooks/*.egg-info

# Nothing to do when the tools are there, whole and for these locks: the script knows better than times of files.
build-tools test-tools lock-tools:
	@.ci/set-up $(@:-tools=)
