# Everything the project does, by one word each; `make` alone lists them.
# Tools live in .venv and tests/node_modules; nothing outside the project changes but the system's packages.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
BUILD_READY := $(VENV)/.build-ready
TEST_READY := $(VENV)/.test-ready
# The theme's notice about its own future; the decision stands in .github/decisions.md
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help site serve serve-built check diff test audit endure bench lock schema clean

help: ## list what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | while IFS='|' read -r name what; do printf '  make %-8s %s\n' "$$name" "$$what"; done

site: $(BUILD_READY) ## build everything into site/: pages, PDF, offline copy
	@.ci/system-packages pango || true
	@$(RUN) discguide build

serve: $(BUILD_READY) ## show the pages while you write, on port 8000 (or PORT=8001)
	@$(RUN) discguide serve --port $(or $(PORT),8000)

serve-built: ## show the built site as readers get it, behind a real server on 127.0.0.1:8080
	@test -f site/index.html || $(MAKE) site
	@.ci/system-packages nginx && mkdir -p .build/nginx
	@echo "http://127.0.0.1:8080/ (stop with Ctrl+C)"
	@PATH="$$PATH:/usr/sbin" nginx -p "$(CURDIR)/.build/nginx/" -c "$(CURDIR)/.github/hosting/nginx.conf" $(if $(filter 0,$(shell id -u)),-g "user root;")

check: $(BUILD_READY) ## check words, facts and pages (for editors; half a minute)
	@$(RUN) discguide check

diff: $(BUILD_READY) ## say what a change does to readers' facts and words: make diff BASE=main
	@$(RUN) discguide diff $(or $(BASE),main)

test: $(TEST_READY) ## run every test
	@.ci/system-packages pango chromium java nginx
	@$(RUN) ruff check hooks tests && $(RUN) ruff format --check hooks tests && $(RUN) mypy
	@$(RUN) pytest --cov --cov-report=term-missing:skip-covered --cov-fail-under=95

audit: $(TEST_READY) ## run the long tests as well: every page at every width, scheme and state
	@.ci/system-packages pango chromium java nginx
	@AUDIT=1 $(RUN) pytest

endure: $(TEST_READY) ## try other machines, days and accidents (hours, with a network): ONLY=killed,moved
	@$(RUN) tests.endure

bench: $(TEST_READY) ## measure beside peers (not a test): ONLY=weight,lighthouse QUICK=1; parts are in tests/bench/parts.py
	@.ci/system-packages pango chromium npm openssl
	@$(RUN) tests.bench

lock: $(BUILD_READY) ## choose the newest allowed packages again, with their hashes
	@$(VENV)/bin/pip install --quiet uv
	@$(VENV)/bin/uv pip compile -q pyproject.toml --universal --python-version 3.11.5 --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.txt
	@$(VENV)/bin/uv pip compile -q pyproject.toml --extra test --universal --python-version 3.11.5 --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header -c requirements.txt -o tests/requirements.txt
	@$(VENV)/bin/uv pip compile -q tests/bench/requirements.in --universal --python-version 3.11.5 --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header -o tests/bench/requirements.txt
	@echo "Made requirements.txt, and those in tests/ and tests/bench/; read the difference before you commit it."

schema: $(BUILD_READY) ## write the schema of the data file again, after a change of the model
	@$(RUN) discguide schema

clean: ## delete everything that was built or installed here
	@rm -rf site .build $(VENV) tests/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage hooks/*.egg-info

$(BUILD_READY): requirements.txt pyproject.toml
	@echo "Setting up the tools that build the site (once; about a minute) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5) and "Python 3.11.5 or newer is needed; this is " + sys.version.split()[0])'
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV) || { echo "Python has no venv module; install the package python3-venv." >&2; exit 1; }
	@$(VENV)/bin/pip install --quiet --require-hashes -r requirements.txt
	@$(VENV)/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST_READY): $(BUILD_READY) tests/requirements.txt tests/package-lock.json
	@echo "Setting up the tools that test it (once; about two minutes) …"
	@$(VENV)/bin/pip install --quiet --require-hashes -r tests/requirements.txt
	@.ci/system-packages npm
	@npm ci --prefix tests --ignore-scripts --no-audit --no-fund --silent
	@touch $@
