"""A close view of a place: the drawn city around it, the outlines nearby, and the place itself.

All numbers are in units of ten metres, as static/build/city.svg is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shapely.geometry import box

from areas.geo import project
from areas.locator import BAR_LENGTHS, UNIT, ScaleBar, hatch, length_label, outline_path, read_shape
from areas.map_symbols import HATCH_ANGLES, KINDS

WINDOW = 3_600.0  # metres shown around a place


@dataclass(frozen=True)
class DrawnArea:
    name: str
    kind: str
    path: str
    hatch: str


@dataclass(frozen=True)
class PlaceMap:
    """`pins` are (x, y); `circle` is the radius of the possible error around them, 0 for none."""

    box: tuple[float, float, float, float]
    areas: list[DrawnArea]
    pins: list[tuple[float, float]]
    circle: float
    bar: ScaleBar

    @property
    def view_box(self) -> str:
        return " ".join(f"{value:.1f}" for value in self.box)


def around(points: Sequence[tuple[float, float]], areas: Iterable[tuple[str, str, dict]], error_m: float) -> PlaceMap:
    """Return the view around places (lon, lat) that are off by up to `error_m`; areas are (name, kind, GeoJSON)."""
    plane = [project(*point) for point in points]
    x = sum(x for x, _ in plane) / len(plane)
    y = sum(y for _, y in plane) / len(plane)
    pins = [(round(x / UNIT, 1), round(y / UNIT, 1)) for x, y in plane]
    return _view(x - WINDOW / 2, y - WINDOW / 2, WINDOW, areas, pins, error_m)


def of_square(x: float, y: float, side: float, areas: Iterable[tuple[str, str, dict]]) -> PlaceMap:
    """Return the view of exactly one square (metres on the plane)."""
    return _view(x, y, side, areas, [], 0)


def _view(x: float, y: float, side: float, areas, pins: list, error_m: float) -> PlaceMap:
    window = box(x, y, x + side, y + side)
    drawn = []
    for name, kind, geojson in areas:
        shape = read_shape(geojson)
        if shape is None or not shape.intersects(window):
            continue
        kind = kind if kind in KINDS else "project"
        # What lies outside the window is cut off, a little beyond its edge, so that the cut is not seen.
        seen = shape.intersection(window.buffer(side / 10))
        drawn.append(DrawnArea(name, kind, outline_path(seen, 0, 1), hatch(seen, side / 22, 1, HATCH_ANGLES[kind])))
    metres = max(length for length in BAR_LENGTHS if length <= side * 0.3)
    bar = ScaleBar(
        round((x + side * 0.04) / UNIT, 1), round((y + side * 0.96) / UNIT, 1), metres / UNIT, length_label(metres)
    )
    return PlaceMap((x / UNIT, y / UNIT, side / UNIT, side / UNIT), drawn, pins, round(error_m / UNIT, 1), bar)
