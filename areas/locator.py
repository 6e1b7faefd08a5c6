"""What a locator map shows, worked out from an outline or a point: numbers and path data for the templates.

A locator always draws the whole city. What is too small to be recognised there is drawn once more in an inset, which
stands over the part of the city that is farthest away from it. All numbers are in the picture's own units; paths inside
the city and the inset are in units of ten metres, as static/build/city.svg is.
"""

from dataclasses import dataclass

from shapely.geometry import Point as PlanePoint
from shapely.geometry.base import BaseGeometry

from areas.geo import CITY_HEIGHT, CITY_WIDTH, hatch_path, project, smooth_path, to_plane

UNIT = 10  # metres in one unit of city.svg
CITY_BOX = f"0 0 {CITY_WIDTH / UNIT:.0f} {CITY_HEIGHT / UNIT:.0f}"
INSET_BELOW = 4_000  # metres: an extent that fills about a sixth of the picture's height; Nordstadt needs no inset
POINT_WINDOW = 1_700  # metres shown around a place that has no outline
MIN_WINDOW = 420  # metres: closer, nothing of the surroundings helps to recognise the place
BAR_LENGTHS = (25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000)


@dataclass(frozen=True)
class Frame:
    """The size of one kind of picture, in its own units (about CSS pixels at the usual width)."""

    width: float
    height: float
    inset: float
    margin: float

    @property
    def box(self) -> str:
        return f"0 0 {self.width:g} {self.height:g}"


FRAMES = {"card": Frame(360, 216, 136, 10), "header": Frame(640, 400, 236, 18), "map": Frame(960, 820, 300, 20)}


@dataclass(frozen=True)
class ScaleBar:
    x: float
    y: float
    width: float
    label: str


@dataclass(frozen=True)
class Inset:
    """A square window onto the area, with the two lines that tie it to its place in the city."""

    x: float
    y: float
    size: float
    view_box: str
    path: str
    hatch: str
    pin: tuple[float, float] | None
    pin_radius: float
    source: tuple[float, float, float]  # x, y, side of the small square in the city
    ties: tuple[tuple[float, float, float, float], ...]
    bar: ScaleBar


@dataclass(frozen=True)
class Locator:
    frame: Frame
    size: str
    name: str
    city: tuple[float, float, float, float]  # x, y, width, height of the city in the frame
    path: str = ""
    hatch: str = ""
    pin: tuple[float, float] | None = None
    citywide: bool = False
    inset: Inset | None = None
    bar: ScaleBar | None = None
    city_box: str = CITY_BOX


def build(
    outline: dict | None = None, point: tuple[float, float] | None = None, name: str = "", size: str = "card"
) -> Locator:
    """Return the locator for a GeoJSON geometry or a (longitude, latitude); with neither, the whole city is meant.

    A geometry that cannot be read counts as absent: a picture never breaks a page.
    """
    frame = FRAMES[size]
    shape = read_shape(outline)
    focus = shape if shape is not None else (PlanePoint(*project(*point)) if point else None)
    if focus is None or not is_near_city(focus):
        city = _city_place(frame, 0.5)
        return Locator(frame, size, name, city, citywide=True, bar=_city_bar(frame, city))
    left, top, right, bottom = focus.bounds
    extent = max(right - left, bottom - top)
    if extent >= INSET_BELOW:
        city = _city_place(frame, 0.5)
        return Locator(
            frame, size, name, city, path=outline_path(shape, 120, 0), hatch=hatch(shape, extent / 14, 0),
            bar=_city_bar(frame, city),
        )  # fmt: skip
    # The inset stands on the far side, so the city moves to the side of the area.
    on_left = (left + right) / 2 > CITY_WIDTH / 2
    city = _city_place(frame, 1 if on_left else 0)
    path = outline_path(shape.simplify(30), 0, 0) if shape is not None else ""
    return Locator(frame, size, name, city, path=path, inset=_inset(frame, city, focus, shape, on_left))


def read_shape(outline: dict | None) -> BaseGeometry | None:
    if not outline:
        return None
    try:
        return to_plane(outline)
    except ValueError:
        return None


def is_near_city(geometry: BaseGeometry) -> bool:
    left, top, right, bottom = geometry.bounds
    return right > 0 and bottom > 0 and left < CITY_WIDTH and top < CITY_HEIGHT


def outline_path(shape: BaseGeometry, radius: float, digits: int) -> str:
    return smooth_path(shape, unit=UNIT, radius=radius, digits=digits)


def hatch(shape: BaseGeometry, spacing: float, digits: int, angle: float = -45) -> str:
    return hatch_path(shape, spacing=spacing, angle=angle, unit=UNIT, digits=digits)


def _city_place(frame: Frame, align: float) -> tuple[float, float, float, float]:
    """Return where the city lies in the frame; `align` 0 is left, 0.5 the middle, 1 right."""
    height = frame.height - frame.margin
    width = height * CITY_WIDTH / CITY_HEIGHT
    x = frame.margin / 2 + (frame.width - frame.margin - width) * align
    return tuple(round(value, 1) for value in (x, frame.margin / 2, width, height))


def _city_bar(frame: Frame, city: tuple[float, float, float, float]) -> ScaleBar:
    metres = 5_000
    width = metres / CITY_WIDTH * city[2]
    return ScaleBar(frame.margin, frame.height - frame.margin, round(width, 1), length_label(metres))


def _inset(frame: Frame, city, focus: BaseGeometry, shape: BaseGeometry | None, on_left: bool) -> Inset:
    left, top, right, bottom = focus.bounds
    extent = max(right - left, bottom - top)
    window = max(extent * 1.55, MIN_WINDOW) if shape is not None else POINT_WINDOW
    centre_x, centre_y = (left + right) / 2, (top + bottom) / 2
    size = frame.inset
    x = frame.margin if on_left else frame.width - frame.margin - size
    scale = city[2] / CITY_WIDTH
    source_x, source_y = city[0] + centre_x * scale, city[1] + centre_y * scale
    # The inset moves up or down towards its place, so the ties stay short and each picture gets its own balance.
    y = min(max(source_y - size / 2, frame.margin), frame.height - frame.margin - size)
    side = max(window * scale, 7)
    edge = x + size if on_left else x
    near = source_x - side / 2 if on_left else source_x + side / 2
    ties = tuple(
        tuple(round(value, 1) for value in (edge, corner, near, target))
        for corner, target in ((y, source_y - side / 2), (y + size, source_y + side / 2))
    )
    pin = None if shape is not None else (round(centre_x / UNIT, 1), round(centre_y / UNIT, 1))
    metres = max(length for length in BAR_LENGTHS if length <= window * 0.42)
    bar = ScaleBar(round(x + 9, 1), round(y + size - 9, 1), round(metres / window * size, 1), length_label(metres))
    corner = ((centre_x - window / 2) / UNIT, (centre_y - window / 2) / UNIT)
    return Inset(
        x=round(x, 1), y=round(y, 1), size=size,
        view_box=f"{corner[0]:.1f} {corner[1]:.1f} {window / UNIT:.1f} {window / UNIT:.1f}",
        path=outline_path(shape, extent / 18, 1) if shape is not None else "",
        hatch=hatch(shape, max(extent / 13, 2), 1) if shape is not None else "",
        pin=pin, pin_radius=round(window / UNIT * 0.05, 1),
        source=tuple(round(value, 1) for value in (source_x - side / 2, source_y - side / 2, side)),
        ties=ties, bar=bar,
    )  # fmt: skip


def length_label(metres: int) -> str:
    return f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
