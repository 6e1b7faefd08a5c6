"""Many areas and places together on one map of the city: numbered, linked, told apart without colour.

All numbers are in units of ten metres, as static/build/city.svg is.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from areas.geo import CITY_HEIGHT, project
from areas.locator import CITY_BOX, UNIT, ScaleBar, hatch, is_near_city, length_label, outline_path, read_shape

# Each has its own hatch and colour.
KINDS = ("renewal", "conversion", "social", "preparatory", "concept", "quarter", "study", "project")
HATCH_ANGLES = {
    "renewal": -45,
    "conversion": 45,
    "social": 0,
    "preparatory": 70,
    "concept": -20,
    "quarter": 20,
    "study": 90,
    "project": -45,
}


@dataclass(frozen=True)
class MapArea:
    """One linked outline of the city map. `number` is its place in the list beside the map."""

    number: int
    name: str
    url: str
    kind: str
    kind_label: str
    path: str
    hatch: str
    badge: tuple[float, float]
    is_frame: bool = False  # its parts are drawn themselves, so it is an outline around them


# The same hatches in a box of 28 by 18, for legends.
SWATCHES = {
    "renewal": "M-2 10 10-2M4 18 22 0M16 20 30 6",
    "project": "M-2 10 10-2M4 18 22 0M16 20 30 6",
    "conversion": "M-2 8 10 20M4-2 24 18M18-2 30 10",
    "social": "M0 5h28M0 13h28",
    "study": "M6 0v18M14 0v18M22 0v18",
    "quarter": "M0 3 28 11M0 11 28 19",
    "preparatory": "M4 18 9 0M12 18 17 0M20 18 25 0",
    "concept": "M0 12 28 2M0 20 28 10",
}

# Shapes of markers around (0, 0), in units of the city map: what a marker means is told without colour too.
MARKERS = {
    "planned": "M-30 0a30 30 0 1 0 60 0a30 30 0 1 0-60 0z",
    "running": "M-27-27h54v54h-54z",
    "completed": "M0-36 36 0 0 36-36 0z",
    "unknown": "M-18-32h36l18 32-18 32h-36l-18-32z",
    "offer": "M0-38 36 24h-72z",
    "participation": "M0 38-36-24h72z",
    "event": "M-30-20l30-14 30 14v48h-60z",
    "service": "M-12-34h24v22h22v24h-22v22h-24v-22h-22v-24h22z",
}


@dataclass(frozen=True)
class MapMarker:
    """One linked place on the city map; `shape` is path data around (0, 0)."""

    number: int
    name: str
    url: str
    kind: str
    shape: str
    x: int
    y: int


@dataclass(frozen=True)
class LocatorMap:
    areas: list[MapArea] = field(default_factory=list)
    markers: list[MapMarker] = field(default_factory=list)
    kinds: list[tuple[str, str]] = field(default_factory=list)  # those that occur, as (kind, label)
    bar: ScaleBar | None = None
    city_box: str = CITY_BOX


def build_map(items: Iterable[dict]) -> LocatorMap:
    """Return the map of many places. Each item: name, url, kind, kind_label, and `outline` (GeoJSON; kind is one of
    KINDS, or of MARKERS for what is drawn like a project) or `point` (longitude, latitude; kind is one of MARKERS).

    Numbers follow the order given; larger areas are painted first, so that smaller ones stay reachable.
    Items without a readable outline or a point are left out of the map and keep their place in the list.
    """
    shapes, points = {}, {}
    for number, item in enumerate(items, start=1):
        if item.get("point"):
            points[number] = item
            continue
        shape = read_shape(item.get("outline"))
        if shape is not None and is_near_city(shape):
            shapes[number] = (shape, item)
    drawn, kinds, taken = [], {}, []
    for number, (shape, item) in shapes.items():
        kind = item.get("kind") if item.get("kind") in KINDS else "project"
        kinds.setdefault(kind, item.get("kind_label", ""))
        left, top, right, bottom = shape.bounds
        is_frame = _is_covered(shape, [other for other, _ in shapes.values()])
        middle = shape.representative_point()
        badge = _free_place(middle.x / UNIT, middle.y / UNIT, taken)
        spacing = max(min(max(right - left, bottom - top) / 10, 230), 60)
        area = MapArea(
            number, item["name"], item.get("url", ""), kind, item.get("kind_label", ""), outline_path(shape, 60, 0),
            "" if is_frame else hatch(shape, spacing, 0, HATCH_ANGLES[kind]), badge, is_frame,
        )  # fmt: skip
        drawn.append((shape.area, area))
    drawn.sort(key=lambda pair: -pair[0])
    order = [kind for kind in KINDS if kind in kinds]
    bar = ScaleBar(60, CITY_HEIGHT / UNIT - 60, 5_000 / UNIT, length_label(5_000))
    markers = [_marker(number, item, taken) for number, item in points.items()]
    return LocatorMap([area for _, area in drawn], markers, [(kind, kinds[kind]) for kind in order], bar)


def _marker(number: int, item: dict, taken: list[tuple[float, float]]) -> MapMarker:
    east, south = project(*item["point"])
    x, y = _free_place(east / UNIT, south / UNIT, taken)
    kind = item["kind"] if item["kind"] in MARKERS else "running"
    return MapMarker(number, item["name"], item.get("url", ""), kind, MARKERS[kind], x, y)


def _is_covered(shape: BaseGeometry, others: list[BaseGeometry]) -> bool:
    """Whether smaller shapes fill most of `shape`; hatched as well, it would only darken them."""
    smaller = [other for other in others if other.area < shape.area and other.intersects(shape)]
    return bool(smaller) and unary_union(smaller).intersection(shape).area > 0.6 * shape.area


def _free_place(x: float, y: float, taken: list[tuple[float, float]], reach: float = 62) -> tuple[int, int]:
    """Return a place near (x, y), in units of the map, that nothing in `taken` covers, and remember it."""
    candidates = [(x, y)] + [
        (x + math.cos(step * math.pi / 4) * ring, y + math.sin(step * math.pi / 4) * ring)
        for ring in (reach * factor for factor in (1, 1.6, 2.4, 3.2))
        for step in range(8)
    ]
    place = next((c for c in candidates if all(math.dist(c, other) >= reach for other in taken)), candidates[0])
    taken.append(place)
    return round(place[0]), round(place[1])
