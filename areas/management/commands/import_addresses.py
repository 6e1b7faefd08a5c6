"""Read addresses from the Land's Gebäudereferenzen, as downloaded (text or zip)."""

import contextlib
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from django.core.management.base import BaseCommand, CommandError

from areas.address_import import NoAddresses, import_addresses
from areas.gebref import DORTMUND
from areas.models import AddressDelivery
from stadterneuerung.base.formats import format_number

SAMPLE = 1_000_000  # bytes that tell whether a file is UTF-8; deliveries were ISO 8859-1 for a long time


class Command(BaseCommand):
    requires_system_checks = []  # they load the whole URLconf: ten megabytes that nothing here needs
    help = "Adressen aus den Gebäudereferenzen NRW einlesen (gebref.txt oder die zip-Datei)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--municipality", default=DORTMUND, help="Gemeindeschlüssel, 8 Ziffern")
        parser.add_argument("--as-of", required=True, type=dt.date.fromisoformat, help="Stand der Daten, JJJJ-MM-TT")
        parser.add_argument("--source", default="Gebäudereferenzen, Geobasis NRW")
        parser.add_argument("--licence", default="Datenlizenz Deutschland – Zero – Version 2.0")
        parser.add_argument("--kind", default="official", choices=AddressDelivery.Kind.values)

    def handle(self, *, file, municipality, as_of, source, licence, kind, **options):
        if not (municipality.isdecimal() and len(municipality) == 8):
            raise CommandError("Der Gemeindeschlüssel hat 8 Ziffern, für Dortmund 05913000.")
        with _lines(file) as lines:
            try:
                report = import_addresses(lines, municipality, kind, source, as_of, licence, self._progress)
            except NoAddresses as error:
                raise CommandError(f"{error} Die bisherigen Adressen gelten weiter.") from error
        for number, reason in report.faults:
            self.stderr.write(f"Zeile {number}: {reason}")
        if report.refused > len(report.faults):
            self.stderr.write(f"… und {report.refused - len(report.faults)} weitere Zeilen")
        self.stdout.write(
            f"{format_number(report.kept)} Adressen eingelesen, {format_number(report.removed)} entfernt, "
            f"{format_number(report.skipped)} Zeilen anderer Gemeinden, {format_number(report.refused)} nicht lesbar."
        )

    def _progress(self, count: int) -> None:
        self.stdout.write(f"… {format_number(count)} Zeilen gelesen")


@contextlib.contextmanager
def _lines(path: Path) -> Iterator[TextIO]:
    """Open a text file, or the one text file in a zip, in the encoding it is written in."""
    if not path.is_file():
        raise CommandError(f"Die Datei {path} gibt es nicht.")
    with contextlib.ExitStack() as stack:
        if zipfile.is_zipfile(path):
            archive = stack.enter_context(zipfile.ZipFile(path))
            names = [name for name in archive.namelist() if name.lower().endswith((".txt", ".csv"))]
            if len(names) != 1:
                raise CommandError("In der zip-Datei muss genau eine Textdatei liegen.")
            open_file = lambda: archive.open(names[0])  # noqa: E731 - the same file is opened twice
        else:
            open_file = lambda: path.open("rb")  # noqa: E731
        with open_file() as file:
            encoding = _encoding(file.read(SAMPLE))
        yield stack.enter_context(io.TextIOWrapper(stack.enter_context(open_file()), encoding=encoding))


def _encoding(sample: bytes) -> str:
    try:
        # The last character may be cut in two.
        sample.rpartition(b"\n")[0].decode("utf-8-sig")
    except UnicodeDecodeError:
        return "iso-8859-1"
    return "utf-8-sig"
