"""Write a city that does not exist, in the format of the Gebäudereferenzen, for measurements."""

import math
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from areas.gebref import DORTMUND

HOUSES_A_STREET = 40
LINE = "N;SYNTH{id:011d};A;{land};{rbz};{kreis};{gemeinde};0000;{street:05d};{number};;{east:.3f};{north:.3f};{name}\n"
MIDDLE = (32_393_000.0, 5_707_000.0)  # in EPSG:4647, about Dortmund's centre
REACH = 9_000.0  # metres


class Command(BaseCommand):
    help = "Erfundene Adressen in eine Datei schreiben, nur für Messungen (danach: import_addresses --kind synthetic)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--count", type=int, default=110_000)
        parser.add_argument("--municipality", default=DORTMUND)

    def handle(self, *, file, count, municipality, **options):
        if count < 1:
            raise CommandError("Die Zahl der Adressen muss mindestens 1 sein.")
        land, rbz, kreis, gemeinde = municipality[:2], municipality[2], municipality[3:5], municipality[5:]
        with file.open("w", encoding="utf-8") as out:
            for i in range(count):
                street, number = divmod(i, HOUSES_A_STREET)
                # A sunflower's spiral fills the circle evenly and is the same each time.
                radius, turn = REACH * math.sqrt((i + 0.5) / count), i * 2.399963
                out.write(
                    LINE.format(
                        id=i, land=land, rbz=rbz, kreis=kreis, gemeinde=gemeinde, street=street, number=number + 1,
                        east=MIDDLE[0] + radius * math.cos(turn), north=MIDDLE[1] + radius * math.sin(turn),
                        name=f"Erfundene Straße {street + 1}",
                    )
                )  # fmt: skip
        self.stdout.write(f"{count} erfundene Adressen stehen in {file}.")
