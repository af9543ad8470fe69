# make demo: the board on this machine, with its samples.   make test, make lint: what every change has to pass.
# make corpus: how every odd sheet that we know comes out.
# make revision SUBJECT='what changes': the next step of the database, from models.py.   make words: the words of the pages.

PORT    ?= 8000
WORKERS ?= 2
PYTHON  := $(shell command -v python3.11 || command -v python3)
BIN     := .venv/bin
DEMO    := instance/demo
SCRATCH := instance/scratch
WORDS   := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
# Where an installation of our own lives: its database and its keys, apart from any real one.
HERE     = BOARD_DATABASE_URL=sqlite:///$(CURDIR)/$(1)/mingbai.sqlite BOARD_KEY_FILE=$(CURDIR)/$(1)/keys.toml
AS_DEMO  = $(call HERE,$(DEMO)) BOARD_DEMO=true BOARD_HTTPS=false BOARD_PUBLIC_ADDRESS=http://127.0.0.1:$(PORT) $(COUNTY)
# Where the demo's villagers turn about officials, and who runs its site: offices, numbers and a street that nobody has.
COUNTY   = BOARD_COUNTY_REPORT_OFFICE='泸县纪委监委信访室（演示，不是真的）' BOARD_COUNTY_REPORT_PHONE=0830-0000000 BOARD_COUNTY_REPORT_ADDRESS='泸县公开街1号（演示）' \
           BOARD_ORGANISER='泸县人民政府（演示）' BOARD_OPERATOR='泸县财政局（演示）' BOARD_SITE_CODE=0000000000 BOARD_SITE_PHONE=0830-0000001 \
           BOARD_ICP_NUMBER='蜀ICP备00000000号（演示）' BOARD_POLICE_NUMBER='川公网安备 00000000000000号（演示）' BOARD_FAULT_ADDRESS=https://zhaocuo.example.cn

.PHONY: demo test lint format words revision programs corpus clean
.DELETE_ON_ERROR:

demo: .venv/.run $(WORDS) | $(DEMO)
	@test -e $(DEMO)/.filled || rm -f $(DEMO)/mingbai.sqlite*  # what a filling that was broken off left behind
	@$(AS_DEMO) $(BIN)/flask --app wsgi db upgrade
	@test -e $(DEMO)/.filled || $(AS_DEMO) $(BIN)/flask --app wsgi demo
	@touch $(DEMO)/.filled
	@$(AS_DEMO) $(BIN)/python deploy/demo.py $(PORT)

test: .venv/.dev $(WORDS) programs
	@$(BIN)/pytest -n $(WORKERS)

corpus: .venv/.dev  # every odd sheet that we know: file, expected, got; fails when one comes out otherwise
	@$(BIN)/python -m tests.sheets.show

lint: .venv/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

format: .venv/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Browsers, PostgreSQL and a PDF reader are no Python packages. Root on Debian gets them; anybody else is told what is left out.
programs:
	@.ci/programs

words: .venv/.dev
	@$(BIN)/pybabel -q extract -F babel.cfg --no-location --sort-output --omit-header -k _ -k ngettext:1,2 -o translations/messages.pot .
	@$(BIN)/pybabel -q update -i translations/messages.pot -d translations --no-fuzzy-matching
	@$(MAKE) --no-print-directory $(WORDS)

translations/%.mo: translations/%.po | .venv/.run
	@$(BIN)/pybabel -q compile -i $< -o $@ -l en

revision: .venv/.dev
	@test -n "$(SUBJECT)" || { echo "Say what changes: make revision SUBJECT='walls have a photo'"; exit 1; }
	@rm -rf $(SCRATCH) && mkdir -p $(SCRATCH)
	@$(call HERE,$(SCRATCH)) $(BIN)/flask --app wsgi db upgrade
	@$(call HERE,$(SCRATCH)) $(BIN)/flask --app wsgi db migrate -m "$(SUBJECT)"
	@rm -rf $(SCRATCH)

$(DEMO):
	@mkdir -p $@

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed, and there is no python3 here."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; $(PYTHON) is older."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "python3 -m venv does not work here (Debian: apt-get install python3-venv)."; rm -rf .venv; exit 1; }

.venv/.run: requirements.txt | .venv/bin/python
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

clean:
	rm -rf .venv $(DEMO) $(SCRATCH) .pytest_cache .mypy_cache .ruff_cache .hypothesis test-output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f translations/*/LC_MESSAGES/*.mo

.PHONY: fuzz bench bench-search
# 10,000 spoilt files on the way that an upload takes. RUN=20261122 makes those of that day again; ONLY=350 one of them.
fuzz: .venv/.dev
	@$(BIN)/python -m tests.fuzz.run 10000 $(or $(RUN),$(shell date +%Y%m%d)) $(ONLY)

# From the bytes of an .xlsx to rows in the database, beside the least that it could take. ROWS='1000 10000' measures those sizes only.
bench: .venv/.dev
	@$(BIN)/python -m bench.import $(ROWS)

# What public pages weigh and how fast they are, into docs/weights.md. Needs Chromium.
.PHONY: qr-table
# How well our codes are read when they hang, are dirty, tilted, far away: printed and photographed in simulation. Writes docs/qr.md; four minutes.
qr-table: .venv/.dev
	@$(BIN)/python -m bench.qr docs/qr.md

.PHONY: weights
weights: .venv/.dev
	@$(BIN)/python -m bench.pages

# How long a search takes among 200,000 notices, beside the bare question to the index. NOTICES=20000 takes a tenth of the time.
bench-search: .venv/.dev
	@$(BIN)/python -m bench.search $(NOTICES)

.PHONY: check-web
# What axe-core, vnu and Lighthouse say of every page, over a demo of its own; the programs that this needs from npm stay under .venv.
check-web: .venv/.check-web $(WORDS)
	@$(BIN)/python -m tests.browser.check_web

.venv/.check-web: deploy/check-web/package.json deploy/check-web/package-lock.json | .venv/.dev
	@command -v npm >/dev/null || { echo "npm is not installed (Debian: apt-get install npm): vnu and Lighthouse come from there."; exit 1; }
	@mkdir -p .venv/check-web && cp $^ .venv/check-web
	@cd .venv/check-web && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: screens
# Pictures of every kind of public page into docs/screens. ONLY='place large' takes those again.
screens: .venv/.dev $(WORDS)
	@$(BIN)/python -m tests.browser.screens $(ONLY)
