"""Erase enquiries whose retention period is over, and what else has been kept long enough."""

import logging

from django.core.cache import cache
from django.core.management.base import BaseCommand

from contacts import audit, requests
from contacts.retention import purge
from stadterneuerung.base.file_cache import delete_expired

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Löscht die Worte in Anfragen und Barrieremeldungen nach den Fristen, die den Menschen genannt worden sind, "
        "dazu Mails und Anhänge ohne Vorgang, alte Protokolleinträge, verwaiste Dateien und abgelaufene Zählwerte; "
        "protokolliert nur Anzahlen."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="nur zählen")

    def handle(self, *, dry_run, **options):
        if dry_run:
            self.stdout.write(f"Zu löschen wären: {purge(dry_run=True)}.")
            return
        requests.finish_approved()
        result = purge()
        requests.finish_open()
        counters = delete_expired(cache)
        logger.info("Gelöscht: %s; dazu %d abgelaufene Zählwerte.", result, counters)
        # The anchor outside of the database: whoever writes the whole chain anew does not have the log.
        logger.info(audit.anchor())
        self.stdout.write(f"Gelöscht: {result}; dazu {counters} abgelaufene Zählwerte.")
