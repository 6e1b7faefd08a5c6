"""Many areas and places together on one map of the city: numbered, linked, told apart without colour.

All numbers are in units of ten metres, as static/build/city.svg is. The more there is to show, the less each part may
take: a map of hundreds of outlines weighs hardly more than one of thirty, and many places near to one another become
one marker that leads to their list.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from shapely import STRtree, get_num_coordinates
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from areas.crowds import Places, grouped
from areas.detail import coarse
from areas.geo import CITY_HEIGHT, CITY_WIDTH, project
from areas.locator import CITY_BOX, UNIT, ScaleBar, hatch, is_near_city, length_label, outline_path, read_shape
from areas.map_symbols import HATCH_ANGLES, KINDS, MARKERS

APART = 62  # units between the middles of two numbers or markers
PIXEL = CITY_WIDTH / 960  # metres, where the picture is shown at its usual width
CORNERS = 4_000  # of all outlines together; beyond, they are simplified further
CROWD_OF_AREAS = 100  # more than these get patterns for hatches, and numbers only where there is room
CROWD_OF_PLACES = 80  # more than these are grouped
GROUPS_APART, MOST_GROUPS = 120, 80
LEGEND = [*KINDS, *MARKERS]


@dataclass(frozen=True)
class MapArea:
    """One linked outline of the city map. `number` is its place in the list beside the map."""

    number: int
    name: str
    url: str
    kind: str
    kind_label: str
    path: str
    hatch: str  # empty on a crowded map, where a pattern stands for it
    badge: tuple[int, int] | None  # None where a crowd left no room
    is_frame: bool = False  # its parts are drawn themselves, so it is an outline around them
    schematic: bool = True


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
class MapGroup:
    """Places too close to one another for markers of their own; `members` are (number, item)."""

    key: str
    x: int
    y: int
    members: list[tuple[int, dict]]

    @property
    def first(self) -> str:
        return self.members[0][1]["name"]

    @property
    def others(self) -> int:
        return len(self.members) - 1


@dataclass(frozen=True)
class LocatorMap:
    areas: list[MapArea] = field(default_factory=list)
    markers: list[MapMarker] = field(default_factory=list)
    groups: list[MapGroup] = field(default_factory=list)
    kinds: list[tuple[str, str]] = field(default_factory=list)  # those that occur, as (kind, label)
    bar: ScaleBar | None = None
    city_box: str = CITY_BOX
    is_crowded: bool = False  # with areas

    @property
    def all_schematic(self) -> bool:
        return self.any_schematic and all(area.schematic for area in self.areas)

    @property
    def any_schematic(self) -> bool:
        return any(area.schematic for area in self.areas)


def build_map(items: Iterable[dict]) -> LocatorMap:
    """Return the map of many places. Each item: name, url, kind, kind_label, and `outline` (GeoJSON; kind is one of
    KINDS, or of MARKERS for what is drawn like a project) or `point` (longitude, latitude; kind is one of MARKERS).
    An outline counts as schematic unless the item says `schematic`: False.

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
    taken = Places(APART)
    markers, groups = _markers(points, taken)
    crowded = len(shapes) > CROWD_OF_AREAS
    return LocatorMap(
        areas=_areas(shapes, taken, crowded),
        markers=markers,
        groups=groups,
        kinds=_legend([*((_kind(i), i) for _, i in shapes.values()), *((_marker_kind(i), i) for i in points.values())]),
        bar=ScaleBar(60, CITY_HEIGHT / UNIT - 60, 5_000 / UNIT, length_label(5_000)),
        is_crowded=crowded,
    )


def _kind(item: dict) -> str:
    return item.get("kind") if item.get("kind") in KINDS else "project"


def _marker_kind(item: dict) -> str:
    return item["kind"] if item["kind"] in MARKERS else "running"


def _legend(drawn: list[tuple[str, dict]]) -> list[tuple[str, str]]:
    """Return each kind that was drawn with what it stands for; layers that are drawn alike share one line."""
    labels: dict[str, dict[str, None]] = {}
    for kind, item in drawn:
        labels.setdefault(kind, {})[item.get("kind_label", "")] = None
    return [(kind, ", ".join(labels[kind])) for kind in LEGEND if kind in labels]


def _areas(shapes: dict[int, tuple[BaseGeometry, dict]], taken: Places, crowded: bool) -> list[MapArea]:
    simple = _simplified([shape for shape, _ in shapes.values()])
    covered = _covered(simple)
    drawn = []
    for i, (number, (shape, item)) in enumerate(shapes.items()):
        kind = _kind(item)
        left, top, right, bottom = shape.bounds
        middle = shape.representative_point()
        badge = taken.take_free(middle.x / UNIT, middle.y / UNIT)
        if badge is None and not crowded:
            badge = middle.x / UNIT, middle.y / UNIT
        spacing = max(min(max(right - left, bottom - top) / 10, 230), 60)
        strokes = "" if crowded or covered[i] else hatch(simple[i], spacing, 0, HATCH_ANGLES[kind])
        area = MapArea(
            number, item["name"], item.get("url", ""), kind, item.get("kind_label", ""),
            outline_path(simple[i], 0 if crowded else 60, 0), strokes, badge and (round(badge[0]), round(badge[1])),
            covered[i], item.get("schematic", True),
        )  # fmt: skip
        drawn.append((shape.area, area))
    drawn.sort(key=lambda pair: -pair[0])
    return [area for _, area in drawn]


def _simplified(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Return the outlines to a pixel, or coarser where they have more corners together than a picture should."""
    pixel = PIXEL
    simple = coarse(shapes, pixel) if shapes else []
    while sum(map(get_num_coordinates, simple)) > CORNERS and pixel < 16 * PIXEL:
        pixel *= 1.4
        simple = coarse(shapes, pixel)
    return simple


def _covered(shapes: list[BaseGeometry]) -> list[bool]:
    """Return for each shape whether smaller ones fill most of it; hatched as well, it would only darken them."""
    tree = STRtree(shapes)
    found = []
    for shape in shapes:
        nearby = [shapes[i] for i in tree.query(shape, predicate="intersects")]
        smaller = [other for other in nearby if other.area < shape.area]
        found.append(bool(smaller) and unary_union(smaller).intersection(shape).area > 0.6 * shape.area)
    return found


def _markers(points: dict[int, dict], taken: Places) -> tuple[list[MapMarker], list[MapGroup]]:
    """Return a marker for each place, moved aside where it would cover another; of a crowd, neighbours as groups."""
    places = {}
    for number, item in points.items():
        east, south = project(*item["point"])
        places[number] = (east / UNIT, south / UNIT)
    if len(points) <= CROWD_OF_PLACES:
        return [_marker(number, item, taken.take_free(*places[number]) or places[number])
                for number, item in points.items()], []  # fmt: skip
    numbers = list(points)
    markers, groups = [], []
    for members in grouped(list(places.values()), GROUPS_APART, MOST_GROUPS):
        first = numbers[members[0]]
        taken.take(*places[first])
        if len(members) == 1:
            markers.append(_marker(first, points[first], places[first]))
        else:
            x, y = places[first]
            found = [(numbers[i], points[numbers[i]]) for i in members]
            groups.append(MapGroup(f"stelle-{len(groups) + 1}", round(x), round(y), found))
    return markers, groups


def _marker(number: int, item: dict, place: tuple[float, float]) -> MapMarker:
    kind, (x, y) = _marker_kind(item), place
    return MapMarker(number, item["name"], item.get("url", ""), kind, MARKERS[kind], round(x), round(y))
