"""Delete enquiries and barrier reports whose retention period is over."""

import logging

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand

from contacts.retention import purge
from stadterneuerung.base.file_cache import delete_expired

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Löscht Anfragen und Barrieremeldungen nach Ablauf der Fristen in RETENTION_DAYS, dazu abgelaufene Zählwerte "
        "der Formulare; protokolliert nur Anzahlen."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="nur zählen")

    def handle(self, *, dry_run, **options):
        result = purge(dry_run=dry_run)
        days = settings.RETENTION_DAYS
        periods = f"Fristen: {days['enquiry']} Tage für Anfragen, {days['barrier_report']} für Barrieremeldungen"
        if dry_run:
            self.stdout.write(f"Zu löschen wären {result} ({periods}).")
            return
        counters = delete_expired(cache)
        logger.info("Gelöscht: %s (%s); dazu %d abgelaufene Zählwerte.", result, periods, counters)
        self.stdout.write(f"Gelöscht: {result} ({periods}); dazu {counters} abgelaufene Zählwerte.")
