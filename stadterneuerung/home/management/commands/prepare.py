"""Everything between installed packages and a site that can be served, in one process, since each start costs time."""

import io
import logging
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction

from areas.models import Address
from stadterneuerung.organisation.models import OrganisationUnit


class Command(BaseCommand):
    help = "Richtet Datenbank, Demo-Inhalt, Demo-Zugänge (--database) und statische Dateien (--static) ein."
    requires_system_checks = []  # the tables that checks may ask for are made here

    def add_arguments(self, parser):
        parser.add_argument("--database", action="store_true", help="Migrationen, Grundgerüst, Inhalt, Demo-Zugänge")
        parser.add_argument("--static", action="store_true", help="statische Dateien sammeln und komprimieren")
        parser.add_argument("--reset", action="store_true", help="vorher alle Tabellen löschen (nur Demo)")

    def handle(self, *, database, static, reset, **options):
        logging.disable(logging.INFO)  # a line for each page and index entry would hide what this command says
        try:
            if reset:
                self.drop_everything()
            if database:
                self.prepare_database()
        except OperationalError as error:
            reason = str(error).strip().splitlines()[-1]
            raise CommandError(
                f"Die Datenbank lässt keine Verbindung zu: Bitte DATABASE_URL prüfen. Gemeldet wurde: {reason}"
            ) from None
        if static:
            unserved = ["*.scss", "*.ttf"]
            self.stdout.write("Statische Dateien werden gesammelt und komprimiert")
            call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=unserved)

    def drop_everything(self):
        """Leave an empty database; only the demo may be reset, never what production settings describe."""
        if settings.SETTINGS_MODULE.endswith(".production") or not settings.SITE_PREVIEW:
            raise CommandError("Zurückgesetzt wird nur die Demo-Installation.")
        self.stdout.write("Tabellen werden gelöscht")
        if connection.vendor == "sqlite":
            connection.close()
            database = str(connection.settings_dict["NAME"])
            for suffix in ("", "-wal", "-shm"):
                Path(database + suffix).unlink(missing_ok=True)
            return
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")

    def prepare_database(self):
        self.stdout.write("Tabellen werden angelegt oder angepasst")
        call_command("migrate", interactive=False, verbosity=0)
        with transaction.atomic():  # a start that is broken off leaves no half-loaded content behind
            if not OrganisationUnit.objects.exists():
                self.stdout.write("Demo-Inhalt wird geladen")
                call_command("load_content", verbosity=0)
            call_command("setup_site", verbosity=0)  # rights are granted on the pages that are there
            if settings.SITE_PREVIEW and not Address.objects.exists():
                self.import_sample_addresses()
        if settings.SITE_PREVIEW:
            call_command("make_demo_accounts", verbosity=0)

    def import_sample_addresses(self):
        """Load a handful of addresses, so that the address check can be tried before the Land's file is there."""
        call_command(
            "import_addresses",
            settings.ROOT / "fixtures" / "geo" / "adressen_auswahl.txt",
            kind="demo",
            as_of="2026-11-22",
            source="kleine Auswahl zum Zeigen, Lage ungefähr",
            licence="",
            stdout=io.StringIO(),
        )
