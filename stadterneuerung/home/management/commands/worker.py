"""The one process beside the web server: sends and fetches mail, publishes what is due, deletes what has expired."""

import logging
import threading
import time
import traceback

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from contacts.digest import send_digests
from contacts.inbound.rounds import fetch
from contacts.loop import stop_on_signals
from contacts.models import WorkerBeat
from contacts.outbox import deliver_due
from stadterneuerung.home.password_reset import answer_due

logger = logging.getLogger(__name__)

DELIVER_EVERY = 2  # seconds; one small query when nothing is waiting
DIGEST_EVERY = 300
DELIVER_FOR = 30  # seconds; the other jobs wait no longer for a mail server that stalls
FETCH_EVERY = 60  # settings.INBOUND says how long a round may take, however slow the server is
PUBLISH_EVERY = 60
CLEAN_EVERY = 3600  # what may be kept for a day is gone an hour later
# Search terms and sessions go with the periods that the settings name.
CLEANING_COMMANDS = [
    "purge_personal_data",
    "searchpromotions_garbage_collect",
    "clearsessions",
    "clear_outline_uploads",
]


class Command(BaseCommand):
    help = "Sendet und holt Mails, veröffentlicht Geplantes und löscht Abgelaufenes, bis der Prozess beendet wird."

    def handle(self, **options):
        stop = stop_on_signals()
        jobs = {
            "Mailversand": (DELIVER_EVERY, lambda: deliver(stop)),
            "Vergessene Passwörter": (DELIVER_EVERY, lambda: answer_due(stop, DELIVER_FOR)),
            "Mailabruf": (FETCH_EVERY, lambda: fetch(stop)),
            "Tagesübersicht": (DIGEST_EVERY, send_digests),
            "Zeitgesteuertes Veröffentlichen": (PUBLISH_EVERY, publish_scheduled),
            "Löschen nach Fristen": (CLEAN_EVERY, clean_up),
        }
        due = dict.fromkeys(jobs, 0.0)
        while not stop.is_set():
            close_old_connections()
            for name, (seconds, job) in jobs.items():
                if stop.is_set() or time.monotonic() < due[name]:
                    continue
                due[name] = time.monotonic() + seconds
                try:
                    job()
                except Exception as error:
                    # One job that fails, or a database that restarts, must not end the others.
                    # Where it happened is logged, not the error's words: a database quotes rows in them.
                    where = "".join(traceback.format_tb(error.__traceback__))
                    logger.error("%s ist gescheitert: %s\n%s", name, type(error).__name__, where)
            stop.wait(1)


def deliver(stop: threading.Event) -> None:
    deliver_due(stop, DELIVER_FOR)
    WorkerBeat.beat()


def publish_scheduled() -> None:
    call_command("publish_scheduled", verbosity=0)


def clean_up() -> None:
    for command in CLEANING_COMMANDS:
        call_command(command, verbosity=0, stdout=_Nowhere())


class _Nowhere:
    """The commands' own log lines suffice."""

    def write(self, text: str) -> None:
        pass
