"""Plane geometry of the city: from longitude and latitude to metres, and from metres to SVG path data.

The plane is an equirectangular projection around Dortmund: x grows eastwards and y southwards, in metres, from a point
just outside the north-western corner of the city. Across the 24 km of the city its error stays below 30 m; the outlines
drawn with it are schematic by several hundred.
"""

import math
from collections.abc import Iterable, Sequence

from shapely import affinity, transform
from shapely.errors import ShapelyError
from shapely.geometry import LineString, MultiLineString, shape
from shapely.geometry.base import BaseGeometry

WEST, NORTH = 7.298, 51.604
CITY_WIDTH, CITY_HEIGHT = 23_850.0, 21_200.0  # metres; the box that every picture of the whole city shows
METRES_PER_DEGREE = 111_195.0  # of latitude, on a sphere of 6,371 km radius
SHRINK = math.cos(math.radians(51.508))  # of a degree of longitude against one of latitude

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # west, south, east, north in degrees


def project(lon: float, lat: float) -> Point:
    """Return metres east and south of the city's north-western corner."""
    return (lon - WEST) * METRES_PER_DEGREE * SHRINK, (NORTH - lat) * METRES_PER_DEGREE


def unproject(x: float, y: float) -> Point:
    """Return longitude and latitude of a place on the plane."""
    return WEST + x / (METRES_PER_DEGREE * SHRINK), NORTH - y / METRES_PER_DEGREE


def box_in_degrees(x: float, y: float, width: float, height: float) -> Box:
    """Return the box of a rectangle on the plane whose north-western corner is (x, y)."""
    (west, north), (east, south) = unproject(x, y), unproject(x + width, y + height)
    return west, south, east, north


CITY_BOUNDS = box_in_degrees(0, 0, CITY_WIDTH, CITY_HEIGHT)


def to_plane(geojson: dict) -> BaseGeometry:
    """Return a GeoJSON geometry (WGS84) in metres on the plane. Raises ValueError when it is no valid geometry."""
    try:
        geometry = transform(shape(geojson), project, interleaved=False)
        geometry = geometry if geometry.is_valid else geometry.buffer(0)
    except (ShapelyError, AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise ValueError("Das ist keine GeoJSON-Geometrie.") from error
    if geometry.is_empty:  # also what had no area before it was mended
        raise ValueError("Die Geometrie ist leer.")
    return geometry


def centroid(geojson: dict) -> tuple[float, float]:
    """Return longitude and latitude of a point that certainly lies inside the geometry."""
    inside = to_plane(geojson).representative_point()
    return unproject(inside.x, inside.y)


def rings(geometry: BaseGeometry) -> list[tuple[list[Point], bool]]:
    """Return the lines of a geometry as (points, closed); holes are rings of their own, points are left out."""
    if geometry.geom_type == "Polygon":
        return [(list(ring.coords)[:-1], True) for ring in (geometry.exterior, *geometry.interiors)]
    if geometry.geom_type == "LineString":
        return [(list(geometry.coords), False)]
    return [ring for part in getattr(geometry, "geoms", ()) for ring in rings(part)]


def soften(points: Sequence[Point], closed: bool, radius: float) -> list[tuple[Point, Point, Point]]:
    """Return each corner as (where the curve starts, the corner, where it ends), cut by at most `radius`."""
    corners = []
    last = len(points) - 1
    for i, corner in enumerate(points):
        if not closed and i in (0, last):
            corners.append((corner, corner, corner))
            continue
        before, after = points[i - 1], points[(i + 1) % len(points)]
        corners.append((_towards(corner, before, radius), corner, _towards(corner, after, radius)))
    return corners


def _towards(start: Point, end: Point, distance: float) -> Point:
    length = math.dist(start, end)
    share = min(distance, length * 0.45) / length if length else 0
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def smooth_path(geometry: BaseGeometry, *, unit: float, radius: float = 0, digits: int = 0) -> str:
    """Return SVG path data in units of `unit` metres; corners are rounded off by `radius` metres."""
    parts = []
    for points, closed in rings(geometry):
        pen = _Pen(unit, digits)
        for i, (start, corner, end) in enumerate(soften(points, closed, radius)):
            pen.move(start) if i == 0 else pen.line(start)
            if radius and start != end:
                pen.curve(corner, end)
        parts.append(pen.data + ("z" if closed else ""))
    return "".join(parts)


def hatch_strokes(geometry: BaseGeometry, spacing: float, angle: float) -> list[tuple[Point, Point]]:
    """Return short slanting strokes inside the geometry as (start, end): a hatch as if drawn by hand.

    `spacing` is in metres, `angle` in degrees. Strokes keep a little away from the edge, and neither distance nor
    length is quite regular; the irregularity is fixed, so that the same outline always looks the same.
    """
    inner = geometry.buffer(-spacing * 0.22)
    if inner.is_empty:
        return []
    centre = inner.centroid
    level = affinity.rotate(inner, -angle, origin=centre)
    left, top, right, bottom = level.bounds
    strokes = []
    for i in range(int((bottom - top) / spacing) + 1):
        y = top + spacing * (i + 0.5 + 0.3 * (_wobble(i) - 0.5))
        across = level.intersection(LineString([(left - 1, y), (right + 1, y)]))
        for line in _lines(affinity.rotate(across, angle, origin=centre)):
            start, end = line.coords[0], line.coords[-1]
            if math.dist(start, end) > spacing * 0.3:
                give, take = (spacing * 0.35 * _wobble(i + step) for step in (7, 13))
                strokes.append((_towards(start, end, give), _towards(end, start, take)))
    return strokes


def hatch_path(geometry: BaseGeometry, *, spacing: float, angle: float, unit: float, digits: int = 0) -> str:
    """Return the hatch of a geometry (see hatch_strokes) as SVG path data in units of `unit` metres."""
    pen = _Pen(unit, digits)
    for start, end in hatch_strokes(geometry, spacing, angle):
        pen.move(start)
        pen.line(end)
    return pen.data


def _lines(geometry: BaseGeometry) -> Iterable[LineString]:
    if isinstance(geometry, LineString):
        return [] if geometry.is_empty else [geometry]
    return geometry.geoms if isinstance(geometry, MultiLineString) else []


def _wobble(i: int) -> float:
    """Return a fixed number between 0 and 1 that looks random for neighbouring `i`."""
    return math.sin(i * 12.9898) * 43758.5453 % 1


class _Pen:
    """Writes SVG path data with relative, rounded coordinates: short, and without adding up rounding errors."""

    def __init__(self, unit: float, digits: int) -> None:
        self.unit, self.digits = unit, digits
        self.at = (0.0, 0.0)
        self.command = ""
        self.data = ""

    def move(self, point: Point) -> None:
        self.at = self._rounded(point)
        self.command = ""
        self.data += "M" + _join(self._text(value) for value in self.at)

    def line(self, point: Point) -> None:
        target = self._rounded(point)
        if target != self.at:
            self._relative("l", target)
            self.at = target

    def curve(self, control: Point, end: Point) -> None:
        target = self._rounded(end)
        if target != self.at:
            self._relative("q", self._rounded(control), target)
            self.at = target

    def _relative(self, command: str, *points: Point) -> None:
        numbers = [self._text(value - base) for point in points for value, base in zip(point, self.at, strict=True)]
        head = command if command != self.command else ("" if numbers[0].startswith("-") else " ")
        self.command = command
        self.data += head + _join(numbers)

    def _rounded(self, point: Point) -> Point:
        x, y = point
        return round(x / self.unit, self.digits), round(y / self.unit, self.digits)

    def _text(self, value: float) -> str:
        text = f"{value:.{self.digits}f}"
        if self.digits:
            text = text.rstrip("0").rstrip(".")
        text = text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
        return "0" if text in ("", "-0", "-") else text


def _join(numbers: Iterable[str]) -> str:
    """Put numbers together with a space only where no sign separates them."""
    text = ""
    for number in numbers:
        text += number if not text or number.startswith("-") else " " + number
    return text
