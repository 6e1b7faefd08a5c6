"""Load the readable content of fixtures/; run as often as one likes."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stadterneuerung.home.content import loader
from stadterneuerung.home.content.errors import ContentError
from stadterneuerung.home.roles import apply_roles

_WORDS = {
    loader.CREATED: "angelegt",
    loader.UPDATED: "aktualisiert",
    loader.UNCHANGED: "unverändert",
    loader.EDITED: "von Hand geändert und darum nicht angetastet",
    loader.DELETED: "von Hand gelöscht und darum nicht neu angelegt",
}


class Command(BaseCommand):
    help = "Lädt den Inhalt aus fixtures/. Wiederholbar; was jemand im Redaktionssystem geändert hat, bleibt."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=settings.ROOT / "fixtures", help="Ordner mit YAML-Dateien")

    def handle(self, *, folder, verbosity, **options):
        started = time.monotonic()
        if not folder.is_dir():
            raise CommandError(f"Den Ordner {folder} gibt es nicht.")
        try:
            content = loader.Loader(folder)
            if verbosity:
                self.stdout.write(f"{len(content.rows)} Einträge werden gelesen und geladen …")
            with quiet_log():
                counts = content.load()
                apply_roles()  # rights hang on the index pages, which are there only now
        except ContentError as error:
            raise CommandError(f"Es wurde nichts geladen. {error}") from error
        if not verbosity:
            return
        for outcome, words in _WORDS.items():
            if counts[outcome]:
                self.stdout.write(f"  {counts[outcome]:>4} {words}")
        if verbosity > 1:
            for key, outcome in content.outcomes.items():
                if outcome in (loader.EDITED, loader.DELETED):
                    self.stdout.write(f"       {key}: {_WORDS[outcome]}")
        self.stdout.write(f"Inhalt geladen in {time.monotonic() - started:.0f} s.")


@contextmanager
def quiet_log() -> Iterator[None]:
    """Keep the framework's note about each page and each index entry out of the progress."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(before)
