"""Bring outlines in from a file, with the same checks as in the admin."""

import datetime as dt
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from areas.models import AreaGeometry
from areas.uploads import crs as systems
from areas.uploads.importing import Overtaken, save_plan
from areas.uploads.mapping import FACTS, Mapping
from areas.uploads.matching import areas_to_choose
from areas.uploads.plan import Plan, make_plan
from areas.uploads.reading import ENCODINGS, UploadError, read_file
from areas.uploads.staging import choices_of, convert
from stadterneuerung.base.formats import format_number

STATES = {"ready": "neu", "unchanged": "unverändert", "problem": "FEHLER", "left_out": "ausgelassen"}


class Command(BaseCommand):
    help = "Umrisse aus GeoJSON, GeoPackage, FlatGeobuf oder gezipptem Shapefile einlesen: alle oder keinen."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--area-field", required=True, help="Spalte mit Titel oder Kurzname des Gebiets")
        parser.add_argument("--valid-from", type=dt.date.fromisoformat, help="gültig ab, JJJJ-MM-TT")
        parser.add_argument("--source", default="", help="Quelle")
        parser.add_argument("--decision", default="", help="Beschluss, mit Drucksache")
        parser.add_argument("--decision-body", default="", help="Gremium")
        parser.add_argument("--decided-on", type=dt.date.fromisoformat, help="beschlossen am, JJJJ-MM-TT")
        parser.add_argument(
            "--field", action="append", default=[], metavar="ANGABE=SPALTE",
            help=f"Spalte statt eines Werts für alle; Angaben: {', '.join(FACTS)}",
        )  # fmt: skip
        exactness = parser.add_mutually_exclusive_group(required=True)
        exactness.add_argument("--official", action="store_true", help="amtlich, parzellenscharf")
        exactness.add_argument("--accuracy-m", type=int, help="schematisch, Lagefehler in Metern")
        parser.add_argument("--licence", default="", choices=["", *AreaGeometry.Licence.values])
        parser.add_argument("--crs", default="", help="Koordinatensystem, wenn die Datei keines nennt, z. B. 25832")
        parser.add_argument("--layer", default="", help="Ebene, wenn die Datei mehrere hat")
        parser.add_argument("--encoding", default="", choices=list(ENCODINGS))
        parser.add_argument("--dry-run", action="store_true", help="nur zeigen, was geschähe")

    def handle(self, *, file, layer, crs, encoding, dry_run, **options):
        chosen = _layer(_read(file, encoding), layer)
        plan = self._plan(chosen, _system(chosen, crs), _mapping(options, chosen["fields"]))
        for row in plan.rows:
            size = f", {format_number(round(row.difference.new, 2))} ha" if row.difference else ""
            self.stdout.write(f"{row.number}. {row.name or 'ohne Namen'}: {STATES[row.state]}{size}")
            for told in (*row.problems, *row.warnings):
                self.stdout.write(f"   {told}")
        if plan.count("problem"):
            raise CommandError(f"Objekte mit Fehlern: {plan.count('problem')}. Übernommen wurde nichts.")
        if dry_run or not plan.ready:
            self.stdout.write(f"Zu übernehmen: {plan.count('ready')}. Geändert wurde nichts.")
            return
        try:
            saved = save_plan(plan, file.name)
        except Overtaken as error:
            raise CommandError("Gerade hat jemand diese Umrisse geändert. Übernommen wurde nichts.") from error
        self.stdout.write(f"Übernommen: {len(saved)}, unverändert: {plan.count('unchanged')}.")

    def _plan(self, layer: dict, crs, mapping: Mapping) -> Plan:
        try:
            converted = convert(layer, crs)
        except UploadError as error:
            raise CommandError(str(error)) from error
        for note in (*layer["notes"], *converted.notes):
            self.stderr.write(note)
        areas = areas_to_choose()
        return make_plan(converted.features, mapping, choices_of(converted.features, mapping, areas), areas)


def _read(path: Path, encoding: str) -> list[dict]:
    try:
        with path.open("rb") as file:
            return [vars(layer) for layer in read_file(file, path.stat().st_size, encoding)]
    except OSError as error:
        raise CommandError(f"Die Datei {path} lässt sich nicht öffnen: {error.strerror}.") from error
    except UploadError as error:
        raise CommandError(str(error)) from error


def _layer(layers: list[dict], name: str) -> dict:
    found = [layer for layer in layers if not name or layer["name"] == name]
    if len(found) != 1:
        names = ", ".join(layer["name"] for layer in layers)
        raise CommandError(f"Bitte nennen Sie mit --layer eine der Ebenen: {names}.")
    return found[0]


def _system(layer: dict, text: str):
    wanted = text or layer["crs"]
    crs = systems.known(int(wanted) if wanted.isdecimal() else wanted)
    if crs is None:
        fits = ", ".join(map(str, systems.fitting(layer["features"]))) or "keines der üblichen"
        raise CommandError(
            f"Das Koordinatensystem ist nicht bekannt. Bitte nennen Sie es mit --crs; es passen: {fits}."
        )
    return crs


def _mapping(options: dict, columns: list[str]) -> Mapping:
    pairs = [text.partition("=")[::2] for text in options["field"]]
    if unknown := [name for name, _ in pairs if name not in FACTS]:
        raise CommandError(f"„{unknown[0]}“ ist keine Angabe; möglich sind {', '.join(FACTS)}.")
    if missing := [column for column in (options["area_field"], *dict(pairs).values()) if column not in columns]:
        raise CommandError(f"Die Spalte „{missing[0]}“ gibt es nicht; die Datei hat: {', '.join(columns)}.")
    return Mapping(
        area_field=options["area_field"],
        fields=dict(pairs),
        fixed={name: str(options[name]) for name in FACTS if options[name]},
        licence=options["licence"],
        accuracy_m=options["accuracy_m"],
    )
