"""Write outlines of areas into a file."""

import datetime as dt
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from areas.exporting import FORMATS, export, outlines_of
from stadterneuerung.base.dates import today


class Command(BaseCommand):
    help = "Umrisse der Gebiete als GeoJSON, GeoPackage oder Shapefile schreiben; ohne Angabe die von heute."

    def add_arguments(self, parser):
        parser.add_argument("file", help="Datei, oder - für die Ausgabe")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--day", type=dt.date.fromisoformat, help="was an diesem Tag galt, JJJJ-MM-TT")
        which.add_argument("--history", action="store_true", help="alle Fassungen")
        parser.add_argument("--format", choices=FORMATS, help="sonst nach der Endung der Datei, oder geojson")

    def handle(self, *, file, day, history, **options):
        file_format = options["format"] or _format_of(file)
        outlines = outlines_of(None if history else day or today())
        content = export(outlines, file_format)
        if file == "-":
            if file_format != "geojson":
                raise CommandError("Auf die Ausgabe wird nur GeoJSON geschrieben; nennen Sie eine Datei.")
            self.stdout.write(content.decode())
            return
        try:
            Path(file).write_bytes(content)
        except OSError as error:
            raise CommandError(f"Die Datei {file} lässt sich nicht schreiben: {error.strerror}.") from error
        self.stdout.write(f"Nach {file} geschriebene Umrisse: {len(outlines)}")


def _format_of(file: str) -> str:
    ending = Path(file).suffix.lower()
    return next((name for name, usual in FORMATS.items() if usual == ending), "geojson")
