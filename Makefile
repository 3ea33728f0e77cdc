# Everything here works from a bare clone. `make help` explains each target.

PORT ?= 8000
# With DEMO=0 nothing is invented; what is real lies in a folder of its own.
DEMO ?= 1
DATA ?= $(if $(filter 0,$(DEMO)),.data-real,.data)
# The first Python that is new enough; a shim on PATH that leads nowhere is passed over.
PYTHON ?= $(shell for p in python3 python3.13 python3.14 python3.12 python3.11 python3.10 python3.9 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 9))' >/dev/null 2>&1 && { command -v "$$p"; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help run test demo admins bench drill rehearse backup restore shell messages migrations schema behaviours pictures format sbom audit install clean python

BOOTSTRAP = exec env WHATSON_WATCH_PARENT=1 "$(PYTHON)" tools/bootstrap.py
INSTALL = "$(PYTHON)" tools/bootstrap.py install
BESIDE = $(BOOTSTRAP) exec --data "$(DATA)" --

help: ## tell what each target does
	@echo "WhatsOn. PORT=8001 chooses the port, DATA=/path the data folder (.data), PYTHON=/path the first Python."
	@echo "DEMO=0 starts with real content alone, in a folder of its own (.data-real)."
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

python:
	@test -n "$(PYTHON)" || { echo "make: No Python 3.9 or newer on PATH. Install one, or: make PYTHON=/path/to/python3 ..." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null || { \
		echo "make: $(PYTHON) is too old or does not work: Python 3.9 or newer is needed." >&2; exit 1; }

run: python ## set everything up and start the portal; Ctrl-C stops all it started, the data stay
	@$(BOOTSTRAP) run --port "$(PORT)" --data "$(DATA)" $(if $(filter 0,$(DEMO)),--without-demonstration)

test: python ## every check that decides whether a change may land (ALL=1: the night's tests too; ONLY=fast: while you work)
	@$(BOOTSTRAP) exec --throwaway -- python -m tools.check $(if $(filter 1,$(ALL)),--all) $(if $(PART),--part $(PART)) $(ONLY)

demo: python ## load the demonstration again, as the first start did; prints the sign-ins
	@$(BESIDE) python manage.py load_demo --signins "$(DATA)/signins.json"

bench: python ## time the main pages beside their floors (BENCH="--rounds 6" takes less; BENCH_PEERS=1: other software too)
	@$(BOOTSTRAP) exec --throwaway -- python -m bench.run $(BENCH)
	@$(BOOTSTRAP) exec --throwaway -- python -m bench.imports
	@$(BOOTSTRAP) exec --throwaway -- python -m bench.sending
	@$(BOOTSTRAP) exec --throwaway -- python -m bench.registrations
	@$(BOOTSTRAP) exec --throwaway -- python -m bench.release
	@$(BOOTSTRAP) exec --throwaway -- python -m bench.programme
	@$(BOOTSTRAP) exec --throwaway -- python -m bench.search
	@$(BOOTSTRAP) exec --throwaway -- python -m bench.extraction

drill: python ## rising traffic, a crowd, and each part stopped, killed and hung; minutes, on loopback (DRILL="--soak 20")
	@$(INSTALL) && .venv/bin/python -m bench.drills $(DRILL)

rehearse: python ## start the deployment by compose, use, update, restore it; writes docs/rehearsal.md (STANDINS=1: own images, KEEP=1)
	@$(INSTALL) && .venv/bin/python -m rehearsal $(if $(filter 1,$(STANDINS)),--standins) $(if $(filter 1,$(KEEP)),--keep)

backup: python ## save database, uploads and secret key of DATA below TO=/folder, while the portal runs or not
	@$(BESIDE) python -m whatson.embedded.backup save "$(DATA)" "$(TO)"

restore: python ## bring FROM=/folder/whatson-DATE back into DATA; the portal must not run
	@$(BOOTSTRAP) exec --data "$(DATA)" --services-only -- python -m whatson.embedded.backup restore "$(DATA)" "$(FROM)"

admins: python ## make the first two administrators: EMAILS='one@example.org two@example.org' (mail lies at /dev/mail/)
	@$(BESIDE) python manage.py first_administrator $(EMAILS)

shell: python ## a Python shell with the portal's models, beside a running portal or alone
	@$(BESIDE) python manage.py shell

messages: python ## collect new words for translation in the six languages (needs gettext), and compile them
	@$(INSTALL) && .venv/bin/python -m whatson.embedded.messages --make

migrations: python ## write the migration that a changed model needs: APP=reviews NAME=place_of_a_call (EMPTY=1: an empty one)
	@test -n "$(APP)" -a -n "$(NAME)" || { echo "make: Name the app and what the migration does: make migrations APP=reviews NAME=place_of_a_call" >&2; exit 1; }
	@$(BOOTSTRAP) exec --throwaway -- python manage.py makemigrations $(if $(filter 1,$(EMPTY)),--empty) "$(APP)" --name "$(NAME)"

schema: python ## write whatson/schema.sql, with which an empty database begins, from the migrations
	@$(BOOTSTRAP) exec --throwaway -- python -m whatson.embedded.schema

behaviours: python ## write docs/behaviours.md, docs/workflows.md, api/openapi.json, drawing and map of docs/architecture.md from the code
	@$(INSTALL) && .venv/bin/python -m tests.ledger && .venv/bin/python manage.py workflow_docs && .venv/bin/python manage.py api_schema && .venv/bin/python tools/draw_apps.py

pictures: python ## take the pictures of help and README again, beside a running `make run` (PICTURES="vetting home": some)
	@$(BESIDE) python -m tools.draw_help --site "http://localhost:$(PORT)" $(PICTURES)

format: python ## put code and templates into the form that `make test` asks for
	@$(INSTALL)
	-@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format --quiet .
	@find templates -name '*.html' -o -name '*.txt' | xargs .venv/bin/djade --target-version 6.1 || true

sbom: python ## list what production is made of, with licences: TO=/folder (CycloneDX and CSV)
	@$(INSTALL) && .venv/bin/python -m tools.supply sbom "$(or $(TO),sbom)"

audit: python ## look up what is known against the locked packages; says so where the services cannot be reached
	@$(INSTALL) && .venv/bin/python -m tools.supply audit

install: python ## install the locked packages only
	@$(INSTALL)

clean: ## remove what can be made again: packages, caches, compiled files; the data stay
	rm -rf .venv node_modules staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -not -path './.data*/*' -prune -exec rm -rf {} +
	rm -rf .data/tools .data/home .data/compiled .data-real/tools .data-real/home
	find locale -name '*.mo' -delete
