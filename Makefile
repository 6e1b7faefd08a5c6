# Alles läuft über make; nötig sind nur Python ≥ 3.11 und make. `make help` zeigt die Ziele.
PYTHON ?= python3
IN_VENV := .venv/bin/python
# Prüfungen laufen auf einer leeren Datenbank im Speicher, nie auf den Daten unter var/.
FOR_CHECKS := env DJANGO_SETTINGS_MODULE=stadterneuerung.settings.test
# Platzhalter, damit die Produktionseinstellungen geladen werden können; sie schützen und senden nichts.
AS_PRODUCTION := env DJANGO_SETTINGS_MODULE=stadterneuerung.settings.production \
	SECRET_KEY=nur-fuer-die-pruefung-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG \
	ALLOWED_HOSTS=www.example.org BASE_URL=https://www.example.org EMAIL_URL=consolemail:// SITE_PREVIEW=1
TEST_PROCESSES ?= 2
TESTS ?= tests
# Browsertests teilen sich einen Server und einen Browser, also einen Prozess; 5 heißt: in TESTS ist keiner dabei.
WITHOUT_BROWSER := not browser and not java

.DEFAULT_GOAL := help
.PHONY: help run setup setup-dev test test-database check format lock messages crawl bench bench-map bench-desk drill-enquiries demo-reset remove-examples

help: ## Diese Übersicht
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '%-22s %s\n' "$$name" "$$text"; done

run: ## Einrichten, was fehlt, und die Website auf http://127.0.0.1:8000 starten (HOST, PORT)
	@$(PYTHON) -m tools.run

setup: ## Nur einrichten: Pakete, Stylesheets, Schriften
	@$(PYTHON) -m tools.run --install

setup-dev:
	@$(PYTHON) -m tools.run --install --dev

test: setup-dev ## Alle Tests (TESTS=tests/news für einen Teil)
	@$(PYTHON) -m tools.browsers
	@$(IN_VENV) -m pytest -n $(TEST_PROCESSES) -q -m "$(WITHOUT_BROWSER)" $(TESTS) || [ $$? -eq 5 ]
	@$(IN_VENV) -m pytest -q -m "browser or java" $(TESTS) || [ $$? -eq 5 ]

test-database: setup-dev ## Alle Tests, die eine Datenbank brauchen, ohne Browser, auf der von DATABASE_URL
	@$(IN_VENV) -m pytest -n $(TEST_PROCESSES) -q -m "$(WITHOUT_BROWSER) and not without_database" $(TESTS)

check: setup-dev ## Stil, Vorlagen, Schichten, Migrationen, Datenbank, Produktionseinstellungen
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/djlint templates --lint --quiet
	@.venv/bin/lint-imports
	@$(FOR_CHECKS) $(IN_VENV) manage.py makemigrations --check --dry-run
	@$(FOR_CHECKS) $(IN_VENV) manage.py check --database default --fail-level WARNING
	@$(AS_PRODUCTION) $(IN_VENV) manage.py check --deploy --fail-level WARNING

format: setup-dev ## Python einheitlich umbrechen, Importe ordnen
	@.venv/bin/ruff check --fix --select I .
	@.venv/bin/ruff format .

lock: setup-dev ## Abhängigkeiten auf den neuesten erlaubten Stand bringen und mit Prüfsummen festschreiben
	@$(PYTHON) -m tools.lock

messages: setup ## Übersetzungskataloge (locale/) übersetzen
	@$(PYTHON) -m tools.messages

crawl: setup-dev ## Die ganze Website prüfen: Barrierefreiheit, HTML, Links, fremde Adressen, Cookies
	@$(PYTHON) -m tools.browsers
	@$(IN_VENV) -m tools.crawl

bench: setup-dev ## Anfragen je Sekunde neben einer leeren Django-Ansicht, dann bench-desk
	@$(IN_VENV) -m tools.bench
	@$(IN_VENV) -m tools.bench_desk

bench-map: setup-dev ## Karte, Adressimport und Adressprüfung an erfundenen Daten, verglichen mit ihren Zielen
	@$(IN_VENV) -m tools.bench_map

# Der zweite Lauf braucht PostgreSQL und root; nur der erste: make drill-enquiries DRILLS=sqlite
DRILLS ?= sqlite postgres
drill-enquiries: setup-dev ## Übung: Nachrichten unter Beschuss; keine geht verloren (DRILLS=sqlite, SEED=…)
	@for database in $(DRILLS); do \
		$(IN_VENV) -m tools.drill --database $$database $(if $(SEED),--seed $(SEED)) || exit 1; done

bench-desk: setup-dev ## Der Anfragen-Tisch auf PostgreSQL mit 100 und mit 100.000 Anfragen (Teil von bench)
	@$(IN_VENV) -m tools.bench_desk

demo-reset: setup ## Datenbank und Dateien löschen und den Demo-Inhalt neu laden
	@$(PYTHON) -m tools.reset

remove-examples: setup ## Alle Beispielinhalte löschen
	@$(IN_VENV) manage.py remove_examples
