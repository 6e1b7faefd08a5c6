"""What bringing a file in would do, feature by feature: worked out anew for each look, written only by `importing`."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from areas import outlines
from areas.difference import Difference, compare
from areas.models import AreaGeometry, AreaPage
from areas.uploads.mapping import Mapping
from areas.uploads.warnings import warnings_of
from stadterneuerung.base.dates import date_label

LEFT_OUT = "-"
NO_AREAS = {
    "Point": "ein Punkt",
    "MultiPoint": "eine Menge von Punkten",
    "LineString": "eine Linie",
    "MultiLineString": "eine Menge von Linien",
    "GeometryCollection": "eine Sammlung verschiedener Formen",
}


@dataclass(frozen=True)
class Choice:
    """`area` is the key of an area, LEFT_OUT, or None where nobody has decided yet."""

    area: int | str | None
    repair: bool = False


@dataclass
class Row:
    """One feature. `geometry` is the record that would be saved; there is one only in the state "ready".

    `mended` is what the outline would be after the repair that is offered; `difference` compares the outline, or the
    mended one, with `before`: the one that holds until the new one begins.
    """

    number: int
    name: str
    choice: Choice
    area: AreaPage | None = None
    geometry: AreaGeometry | None = None
    outline: outlines.Outline | None = None
    mended: outlines.Outline | None = None
    before: AreaGeometry | None = None
    difference: Difference | None = None
    is_unchanged: bool = False
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        """left_out · problem · unchanged · ready"""
        if self.choice.area == LEFT_OUT:
            return "left_out"
        if self.problems:
            return "problem"
        return "unchanged" if self.is_unchanged else "ready"


@dataclass(frozen=True)
class Plan:
    rows: list[Row]
    fingerprint: str

    def count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)

    @property
    def ready(self) -> list[AreaGeometry]:
        """The records to save, the oldest first."""
        found = [row.geometry for row in self.rows if row.state == "ready"]
        return sorted(found, key=lambda geometry: geometry.valid_from)

    @property
    def can_be_imported(self) -> bool:
        return not self.count("problem") and bool(self.ready)


def make_plan(features: list[dict], mapping: Mapping, choices: dict[int, Choice], areas: Iterable[AreaPage]) -> Plan:
    """Work out what importing would do. One query, whatever the number of features.

    `choices` has one for each feature, whose numbers begin with 1; `areas` are all that may be chosen.
    """
    by_key = {area.pk: area for area in areas}
    history = _History(choice.area for choice in choices.values() if choice.area in by_key)
    rows = [_row(number, feature, mapping, choices[number], by_key) for number, feature in enumerate(features, start=1)]
    begun = [row for row in rows if row.geometry is not None and row.choice.area != LEFT_OUT]
    for row in sorted(begun, key=lambda row: row.geometry.valid_from):
        _place(row, history)
    return Plan(rows, _fingerprint(rows, mapping, history))


def _row(number: int, feature: dict, mapping: Mapping, choice: Choice, areas: dict[int, AreaPage]) -> Row:
    row = Row(number, mapping.name_of(feature), choice, area=areas.get(choice.area))
    if row.area is None and choice.area != LEFT_OUT:
        row.problems.append("Kein Gebiet gefunden. Bitte wählen Sie eines oder lassen Sie das Objekt aus.")
    facts, problems = mapping.facts_of(feature)
    row.problems += problems
    _read_outline(row, feature["geometry"])
    shown = row.outline or row.mended
    if shown is not None:
        row.difference = compare(shown.geojson, None)  # until it is known what to compare with
    if row.area is None or problems or shown is None:
        return row
    row.geometry = AreaGeometry(area=row.area, geojson=shown.geojson, checksum=shown.checksum, **facts)
    try:
        row.geometry.clean_fields(exclude=["area", "bbox_west", "bbox_south", "bbox_east", "bbox_north", "hectares"])
    except ValidationError as error:
        names = {each.name: each.verbose_name for each in AreaGeometry._meta.fields}
        row.problems += [f"„{names[name]}“: {text}" for name, texts in error.message_dict.items() for text in texts]
    return row


def _read_outline(row: Row, geometry: dict | None) -> None:
    if geometry is None:
        row.problems.append("Das Objekt hat keine Geometrie.")
        return
    if geometry["type"] in NO_AREAS:
        row.problems.append(f"Das ist {NO_AREAS[geometry['type']]}, keine Fläche.")
        return
    try:
        row.outline = outlines.read(geometry)
    except outlines.OutlineError as error:
        if error.can_be_repaired:
            try:
                row.mended = outlines.repaired(geometry)
            except outlines.OutlineError as still_wrong:
                row.problems.append(str(still_wrong))
        if row.mended is not None and row.choice.repair:
            row.outline = row.mended
            row.warnings.append(f"{error} Er wird bereinigt übernommen.")
        else:
            row.problems.append(str(error))


class _History:
    """The versions of each area, those of the file among them."""

    def __init__(self, areas: Iterable[int]):
        self.stored = list(AreaGeometry.objects.filter(area__in=set(areas)).order_by("area", "valid_from"))
        self.versions: dict[int, list[AreaGeometry]] = {}
        for version in self.stored:
            self.versions.setdefault(version.area_id, []).append(version)

    def of(self, area: int) -> list[AreaGeometry]:
        return self.versions.setdefault(area, [])


def _place(row: Row, history: _History) -> None:
    """Compare with the version before, and put the row's among the versions if it can stand there."""
    new, versions = row.geometry, history.of(row.area.pk)
    row.before = next((v for v in reversed(versions) if v.valid_from < new.valid_from), None)
    row.difference = compare(new.geojson, row.before.geojson if row.before else None)
    same_day = next((v for v in versions if v.valid_from == new.valid_from), None)
    after = next((v for v in versions if v.valid_from > new.valid_from), None)
    day = date_label(new.valid_from)
    if same_day is not None and _is_same(same_day, new) and same_day.pk:
        row.is_unchanged = True
        row.before, row.difference = same_day, compare(new.geojson, same_day.geojson)
    elif same_day is not None:
        which = "gibt es schon einen anderen Umriss" if same_day.pk else "bringt die Datei zwei Umrisse mit"
        hint = "" if same_day.pk else " Gehören die Flächen zusammen, fassen Sie sie vorher zu einem Umriss zusammen."
        row.problems.append(f"Für dieses Gebiet und den {day} {which}.{hint}")
    elif row.before is not None and _is_same(row.before, new):
        row.is_unchanged = True
    elif after is not None and _is_same(after, new):
        row.problems.append(f"Das ist derselbe Umriss wie der, der ab {date_label(after.valid_from)} gilt.")
    else:
        row.warnings += warnings_of(new, row.before, after, row.difference)
        if not row.problems:
            versions.append(new)
            versions.sort(key=lambda version: version.valid_from)


def _is_same(one: AreaGeometry, other: AreaGeometry) -> bool:
    return one.checksum == other.checksum and one.accuracy_m == other.accuracy_m


def _fingerprint(rows: list[Row], mapping: Mapping, history: _History) -> str:
    """Return what tells whether somebody who confirms has seen exactly this."""
    seen = {
        "mapping": mapping.as_json(),
        "stored": [[v.pk, v.area_id, str(v.valid_from), v.checksum, v.accuracy_m] for v in history.stored],
        "rows": [
            [row.choice.area, row.choice.repair, row.state, row.outline.checksum if row.outline else ""] for row in rows
        ],
    }
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()
