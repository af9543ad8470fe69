# README.md lists the targets. Every change has to pass make test and make lint.

PORT    ?= 8000
WORKERS ?= 2
PYTHON  := $(shell command -v python3.11 || command -v python3)
BIN     := .venv/bin
DEMO    := instance/demo
SCRATCH := instance/scratch
WORDS   := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
# The database and keys of a local installation in folder $(1), separate from any real one.
HERE     = BOARD_DATABASE_URL=sqlite:///$(CURDIR)/$(1)/mingbai.sqlite BOARD_KEY_FILE=$(CURDIR)/$(1)/keys.toml
AS_DEMO  = $(call HERE,$(DEMO)) BOARD_DEMO=true BOARD_HTTPS=false BOARD_ACCESS_LOG=false BOARD_METRICS_FOLDER= BOARD_PUBLIC_ADDRESS=http://127.0.0.1:$(PORT) $(COUNTY)
# The demo's office for reports about officials, and who runs its site: invented offices, numbers and addresses.
COUNTY   = BOARD_COUNTY_REPORT_OFFICE='泸县纪委监委信访室（演示，不是真的）' BOARD_COUNTY_REPORT_PHONE=0830-0000000 BOARD_COUNTY_REPORT_ADDRESS='泸县公开街1号（演示）' \
           BOARD_ORGANISER='泸县人民政府（演示）' BOARD_OPERATOR='泸县财政局（演示）' BOARD_SITE_CODE=0000000000 BOARD_SITE_PHONE=0830-0000001 \
           BOARD_ICP_NUMBER='蜀ICP备00000000号（演示）' BOARD_POLICE_NUMBER='川公网安备 00000000000000号（演示）' BOARD_FAULT_ADDRESS=https://zhaocuo.example.cn

# A container often forbids Python to keep what it compiled: then every child of a test compiles the program, and every worker the tests.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: bench bench-duties bench-flood bench-search bundle cases check-web clean corpus demo doctor faults format fuzz lint programs promises qr-table revision screens taps test test-quick upgrade-dump weights words
.DELETE_ON_ERROR:

# Serves the board on this machine with its samples; the first run fills a database.
demo: .venv/.run $(WORDS) | $(DEMO)
	@test -e $(DEMO)/.filled || rm -f $(DEMO)/mingbai.sqlite*  # left by an interrupted filling
	@$(AS_DEMO) $(BIN)/flask --app wsgi db upgrade
	@test -e $(DEMO)/.filled || $(AS_DEMO) $(BIN)/flask --app wsgi demo
	@touch $(DEMO)/.filled
	@$(AS_DEMO) $(BIN)/python deploy/demo.py $(PORT)

# Asks the demo what is well with it: docs/doctor.md.
doctor: .venv/.run | $(DEMO)
	@$(AS_DEMO) $(BIN)/flask --app wsgi doctor

test: .venv/.dev $(WORDS) programs
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal

# Runs the rules, the kinds and the house checks: under a minute.
test-quick: .venv/.dev $(WORDS)
	@$(BIN)/pytest -n $(WORKERS) tests/rules tests/kinds tests/house

# Reads the collection of odd spreadsheets and prints file, expected and actual result; fails on a difference.
corpus: .venv/.dev
	@$(BIN)/python -m tests.sheets.show

lint: .venv/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

format: .venv/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Chromium, PostgreSQL, nginx, logrotate, systemd and poppler are not Python packages: installed as root on Debian, otherwise the script says which tests are skipped.
programs:
	@.ci/programs

# Extracts the texts of the pages, updates the catalogues in translations/ and compiles them.
words: .venv/.dev
	@$(BIN)/pybabel -q extract -F babel.cfg --no-wrap --no-location --sort-output --omit-header -k _ -k ngettext:1,2 -o translations/messages.pot .
	@$(BIN)/pybabel -q update -i translations/messages.pot -d translations --no-fuzzy-matching --no-wrap --ignore-pot-creation-date
	@$(MAKE) --no-print-directory $(WORDS)

translations/%.mo: translations/%.po | .venv/.run
	@$(BIN)/pybabel -q compile -i $< -o $@ -l en

# Writes an Alembic revision: the difference between board/models/ and a database at the latest revision.
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
	rm -rf .venv $(DEMO) $(SCRATCH) .pytest_cache .mypy_cache .ruff_cache .hypothesis test-output dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f translations/*/LC_MESSAGES/*.mo

# Puts 10,000 corrupted files through the import. RUN=20261122 repeats that day's files; ONLY=350 runs one of them.
fuzz: .venv/.dev
	@$(BIN)/python -m tests.fuzz.run 10000 $(or $(RUN),$(shell date +%Y%m%d)) $(ONLY)

# Writes what installs the board where there is no network (docs/operating.md) into dist/, from what is committed: the program, and the
# wheels for both machines. PYTHONS='3.11 3.13' takes those of more Pythons, MACHINES=aarch64 those of one machine.
bundle: .venv/.run
	@$(BIN)/python deploy/bundle.py dist $(if $(PYTHONS),--pythons $(PYTHONS)) $(if $(MACHINES),--machines $(MACHINES))

# Kills the server 300 times on SQLite and 100 times on PostgreSQL while people work, and brings other faults of a machine about:
# docs/faults.md. As root on a small disk of its own, as nobody. KILLS=30 takes a tenth, SECONDS bounds the kills of each engine.
faults: .venv/.dev $(WORDS)
	@$(BIN)/python -m tests.faults.run $(or $(KILLS),300) $(or $(SECONDS),3600)

# Lets random people act and processes end in the middle of it, for MINUTES, and looks after each step whether the nine promises of
# tests/promises/promises.py hold. It prints how many histories there were; RUN=1796000000 repeats those of one run.
promises: .venv/.dev $(WORDS) programs
	@MINUTES=$(or $(MINUTES),30) RUN=$(RUN) $(BIN)/pytest -p no:xdist tests/promises

# Benchmarks the import, per stage, against a lower-bound baseline (parser, loop, bulk insert) in the same run, and the county's page at a
# million cases against ten thousand. ROWS='1000 10000' and CASES='1000 10000' limit the sizes.
bench: .venv/.dev
	@$(BIN)/python -m bench.import $(ROWS)
	@$(BIN)/python -m bench.county $(CASES)

# Benchmarks the search among 200,000 notices against the index query alone. NOTICES=20000 takes a tenth of the time.
bench-search: .venv/.dev
	@$(BIN)/python -m bench.search $(NOTICES)

# Benchmarks what a township and its county owe at a million cells against a hundred thousand. CELLS='100000' limits the sizes.
bench-duties: .venv/.dev
	@$(BIN)/python -m bench.duties $(CELLS)

# Sends 5,000 cases of each of three scripts to a server of its own, with sixty honest people among them: docs/flood.md. POSTS=500 takes a tenth.
bench-flood: .venv/.dev
	@$(BIN)/python -m bench.flood $(POSTS)

# Measures size and speed of public pages and writes docs/weights.md. Needs Chromium.
weights: .venv/.dev
	@$(BIN)/python -m bench.pages

# Simulates how well the printed QR codes are read when dirty, tilted or far away, and writes docs/qr.md. Takes four minutes.
qr-table: .venv/.dev
	@$(BIN)/python -m bench.qr docs/qr.md

# Runs axe-core, vnu and Lighthouse on every page of a demo of its own. The npm packages it needs stay under .venv.
check-web: .venv/.check-web $(WORDS)
	@$(BIN)/python -m tests.browser.check_web

.venv/.check-web: deploy/check-web/package.json deploy/check-web/package-lock.json | .venv/.dev
	@command -v npm >/dev/null || { echo "npm is not installed (Debian: apt-get install npm); vnu and Lighthouse are npm packages."; exit 1; }
	@mkdir -p .venv/check-web && cp $^ .venv/check-web
	@cd .venv/check-web && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# The database of the newest migration, as this program fills it, into tests/upgrades: once a migration, when it is committed.
upgrade-dump: .venv/.dev $(WORDS)
	@$(BIN)/python -m tests.upgrades

# Walks each person's errands in a browser and prints how many taps they take.
taps: .venv/.dev $(WORDS)
	@$(BIN)/python -m tests.browser.taps

# Draws the table of cases into docs/cases.md.
cases: .venv/.dev
	@$(BIN)/python -c 'from board.rules.cases import machine; print(machine.page(), end="")' > docs/cases.md

# Takes screenshots of every kind of public page, into docs/screens. ONLY='place large' repeats those only.
screens: .venv/.dev $(WORDS)
	@$(BIN)/python -m tests.browser.screens $(ONLY)
