"""Send what is waiting in the outbox, once or for as long as the process lives."""

import logging

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from contacts.loop import stop_on_signals
from contacts.outbox import deliver_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Sendet die Mails im Postausgang. Mit --loop läuft der Versand weiter, bis der Prozess beendet wird."

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help="weiterlaufen")
        parser.add_argument("--interval", type=float, default=5, help="Sekunden zwischen zwei Durchgängen (Vorgabe 5)")

    def handle(self, *, loop, interval, **options):
        if not loop:
            result = deliver_due()
            self.stdout.write(f"{result.sent} gesendet, {result.failed} nicht gesendet")
            return
        stop = stop_on_signals()
        while not stop.is_set():
            close_old_connections()
            try:
                deliver_due(stop)
            except DatabaseError as error:  # a database that restarts is there again in a moment
                logger.error("Postausgang: Die Datenbank antwortet nicht (%s).", type(error).__name__)
            stop.wait(interval)
