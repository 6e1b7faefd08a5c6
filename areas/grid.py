"""Planquadrate: the city in squares, as in the index of a street atlas. A way to point at a place without a pointer.

A square of two kilometres is named by column and row ("C4"); the four by four fields in it by a number from 1 to 16,
counted like the words of a page ("C4-7"). A field is half a kilometre wide: the drawn city is not more exact.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from math import ceil
from string import ascii_uppercase

from django.conf import settings
from shapely.geometry import Point, box
from shapely.prepared import prep

from areas.geo import CITY_HEIGHT, CITY_WIDTH, project, to_plane, unproject
from areas.lookup import Place

SQUARE = 2_000.0  # metres
FIELDS = 4  # in a row of a square
FIELD = SQUARE / FIELDS
COLUMNS, ROWS = ceil(CITY_WIDTH / SQUARE), ceil(CITY_HEIGHT / SQUARE)
# Half the diagonal of a field, and as much again for the drawing that people point at.
ACCURACY_M = 700
_KEY = re.compile(r"([A-Z])([0-9]{1,2})(?:-([0-9]{1,2}))?")


@dataclass(frozen=True)
class Square:
    """A square, or one of its fields. `x`, `y`: its north-western corner in metres on the plane of areas.geo."""

    key: str
    x: float
    y: float
    side: float
    near: str  # the known place nearest to its middle

    @property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude of its middle."""
        return unproject(self.x + self.side / 2, self.y + self.side / 2)

    @property
    def place(self) -> Place:
        return Place(label=self.key, points=(self.middle,), accuracy_m=ACCURACY_M)

    def fields(self) -> list["Square"]:
        """Return its fields, row by row from the north-west."""
        return [
            _square(f"{self.key}-{i + 1}", self.x + i % FIELDS * FIELD, self.y + i // FIELDS * FIELD, FIELD)
            for i in range(FIELDS * FIELDS)
        ]


def find_square(key: str) -> Square | None:
    """Return the square or field with this key, None when there is none in the city."""
    found = _KEY.fullmatch(key)
    if not found:
        return None
    square = {square.key: square for row in rows() for square in row if square}.get(f"{found[1]}{int(found[2])}")
    if square is None or found[3] is None:
        return square
    return next((field for field in square.fields() if field.key == f"{square.key}-{int(found[3])}"), None)


@cache
def rows() -> tuple[tuple[Square | None, ...], ...]:
    """Return the squares row by row, None where the city has no part in one."""
    city, _ = _context()
    inside = prep(city)
    return tuple(
        tuple(
            _square(f"{ascii_uppercase[column]}{row + 1}", column * SQUARE, row * SQUARE, SQUARE)
            if inside.intersects(box(*_bounds(column, row)))
            else None
            for column in range(COLUMNS)
        )
        for row in range(ROWS)
    )


def _bounds(column: int, row: int) -> tuple[float, float, float, float]:
    return column * SQUARE, row * SQUARE, (column + 1) * SQUARE, (row + 1) * SQUARE


def _square(key: str, x: float, y: float, side: float) -> Square:
    _, places = _context()
    middle = Point(x + side / 2, y + side / 2)
    return Square(key, x, y, side, min(places, key=lambda name: places[name].distance(middle)))


@cache
def _context():
    """Return the outline of the city and its known places by name, both on the plane."""
    # The same file that static/build/city.svg is drawn from.
    features = json.loads((settings.ROOT / "fixtures/geo/city_context.geojson").read_text(encoding="utf-8"))["features"]
    city = next(to_plane(f["geometry"]) for f in features if f["properties"]["kind"] == "city")
    places = {
        f["properties"]["name"]: Point(project(*f["geometry"]["coordinates"]))
        for f in features
        if f["properties"]["kind"] == "place"
    }
    return city, places
