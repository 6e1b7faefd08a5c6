"""Fields of a data set: what stands in a column, what it means, and how it is read from a row."""

import datetime as dt
import json
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from shapely import to_wkt
from shapely.errors import ShapelyError
from shapely.geometry import shape
from wagtail.models import Page

from areas.models.geometry import SCHEMATIC_NOTE
from areas.outlines import DIGITS, OutlineError, read
from stadterneuerung.base.csv_cells import guarded

Address = Callable[[Page], str]
SEPARATOR = " | "


class Kind(Enum):
    """What a value is; the value of each member is its German name."""

    TEXT = _("Text")
    INTEGER = _("ganze Zahl")
    NUMBER = _("Zahl mit Dezimalpunkt")
    BOOLEAN = _("true oder false")
    DATE = _("Datum (JJJJ-MM-TT)")
    MOMENT = _("Zeitpunkt (ISO 8601)")
    PAGE = _("Adresse einer Seite")
    LIST = _("Liste von Texten")
    RECORDS = _("Liste von Angaben")
    OUTLINE = _("Umriss (EPSG:4326)")


@dataclass(frozen=True)
class Field:
    """One column of the CSV file and one key of the JSON file.

    `read` gets the value from a row; without it, it is the row's attribute of that name. `example` is such a value.
    `parts` are the fields of each record of a list, `options` the keys that may occur with their German words.
    """

    name: str
    kind: Kind
    meaning: str | Promise
    example: Any = None
    unit: str | Promise = ""
    read: Callable[[Any], Any] | None = None
    parts: tuple["Field", ...] = ()
    options: Sequence[tuple[str, str | Promise]] = ()

    def value(self, row: Any, address: Address) -> Any:
        """Return the value of `row` as JSON has it. `address` gives the full address of a page."""
        return self.plain((self.read or operator.attrgetter(self.name))(row), address)

    def plain(self, value: Any, address: Address = str) -> Any:
        """Return a value in the types of JSON; an empty text is None, since nothing is known then."""
        if self.kind is Kind.RECORDS:
            return [{part.name: part.value(record, address) for part in self.parts} for record in value]
        if self.kind is Kind.LIST:
            return [str(item) for item in value]
        if isinstance(value, Page):
            return address(value)
        if isinstance(value, dt.datetime):
            return timezone.localtime(value).isoformat(timespec="seconds")
        if isinstance(value, dt.date):
            return value.isoformat()
        if isinstance(value, Decimal):
            return int(value) if value == int(value) else float(value)
        if value is None or isinstance(value, (bool, int, float, dict)):
            return value
        return str(value) or None

    @property
    def example_text(self) -> str:
        """The example as it stands in the CSV file, without the quotes that CSV may need."""
        return "" if self.example is None else cell(self.plain(self.example))


def cell(value: Any) -> str:
    """Return a plain value (see Field.plain) as the text of a CSV cell.

    Lists of texts are joined by " | ", a bar within an item being doubled; lists of records are JSON; outlines are WKT.
    Text that a spreadsheet would run as a formula gets an apostrophe in front, and so does text that begins with one.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        return to_wkt(shape(value), rounding_precision=DIGITS)
    if isinstance(value, list):
        return _joined(value)
    return guarded(value)


def _joined(items: list) -> str:
    if items and isinstance(items[0], dict):
        return json.dumps(items, ensure_ascii=False, separators=(",", ":"))
    return guarded(SEPARATOR.join(item.replace("|", "||") for item in items))


# --- bundles ---------------------------------------------------------------------------------------------------------
def choice(
    name: str,
    meaning: str | Promise,
    example: tuple[str, str],
    options: Sequence[tuple[str, str | Promise]],
    label: Callable[[Any], Any],
    key: Callable[[Any], Any] | None = None,
) -> tuple[Field, ...]:
    """Return two fields: the key of a choice, which never changes, and the word that the pages show for it."""
    as_key = format_lazy(_("{meaning}: Schlüssel, der sich nicht ändert"), meaning=meaning)
    as_word = format_lazy(_("{meaning}: in Worten"), meaning=meaning)
    return (
        Field(name, Kind.TEXT, as_key, example[0], read=key, options=options),
        Field(f"{name}_label", Kind.TEXT, as_word, example[1], read=label),
    )


def outline_of_page(page: Any) -> dict | None:
    """Return the outline that editors typed into a page, or None where it is none: nobody checks it before."""
    try:
        return read(page.outline).geojson if page.outline else None
    except (OutlineError, ShapelyError):
        return None


def outline(geojson: Callable[[Any], dict | None], accuracy: Callable[[Any], int | None], *, official: bool) -> tuple:
    """Return the outline and what must be known about it. `official`: one without accuracy comes from the survey."""

    def is_schematic(row: Any) -> bool | None:
        if geojson(row) is None:
            return None
        return accuracy(row) is not None or not official

    def note(row: Any) -> str:
        return SCHEMATIC_NOTE if is_schematic(row) else ""

    return (
        Field(
            "outline",
            Kind.OUTLINE,
            _("Umriss in Länge und Breite; in CSV als WKT, in JSON und GeoJSON als Geometrie"),
            {"type": "Polygon", "coordinates": [[[7.45, 51.51], [7.47, 51.51], [7.47, 51.52], [7.45, 51.51]]]},
            read=geojson,
        ),
        Field("schematic", Kind.BOOLEAN, _("ob der Umriss nur schematisch ist"), True, read=is_schematic),
        Field(
            "accuracy_m",
            Kind.INTEGER,
            _("möglicher Lagefehler eines schematischen Umrisses"),
            500,
            _("Meter"),
            lambda row: accuracy(row) if geojson(row) is not None else None,
        ),
        Field("note", Kind.TEXT, _("was beim Umriss zu beachten ist"), SCHEMATIC_NOTE, read=note),
    )
