"""Two outlines of an area compared: what is added and what goes, in hectares and as a drawing.

The drawing shows both in one frame on the city: what is added is hatched one way, what goes the other way, what stays
is not hatched; the new line is solid, the old one dashed. Nothing is told by colour alone.
"""

from dataclasses import dataclass
from functools import cached_property

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from areas.geo import to_plane
from areas.locator import UNIT, ScaleBar, hatch, length_label, outline_path
from areas.outlines import square_metres

WIDTH, HEIGHT = 320.0, 240.0  # of the drawing, about CSS pixels
MARGIN = 1.25  # how much more than the outlines is shown
MIN_WINDOW = 200.0  # metres across
BAR_LENGTHS = (10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)


@dataclass(frozen=True)
class Drawing:
    """Path data in units of ten metres, as static/build/city.svg is, and the window onto it."""

    view_box: str
    old: str
    new: str
    added: str
    removed: str
    hatched_new: str
    bar: ScaleBar


@dataclass(frozen=True)
class Difference:
    """All sizes in hectares on the ellipsoid; `in_force` is None where the area had no outline."""

    new: float
    in_force: float | None
    added: float
    removed: float
    outlines: tuple[dict, dict | None]

    @cached_property
    def drawing(self) -> Drawing:
        """Made when it is shown: it costs more than all the rest."""
        return draw(*self.outlines)


def compare(new: dict, in_force: dict | None) -> Difference:
    """Compare two valid GeoJSON outlines."""
    fresh = shape(new)
    if in_force is None:
        return Difference(hectares(fresh), None, hectares(fresh), 0.0, (new, None))
    old = shape(in_force)
    return Difference(
        hectares(fresh), hectares(old), hectares(fresh.difference(old)), hectares(old.difference(fresh)),
        (new, in_force),
    )  # fmt: skip


def hectares(geometry: BaseGeometry) -> float:
    return 0.0 if geometry.is_empty else square_metres(geometry) / 10_000


def draw(new: dict, in_force: dict | None) -> Drawing:
    """Draw an outline, and the one before it; without one, the whole outline is hatched."""
    fresh = to_plane(new)
    old = to_plane(in_force) if in_force else None
    left, top, right, bottom = fresh.bounds if old is None else fresh.union(old).bounds
    width = max((right - left) * MARGIN, (bottom - top) * MARGIN * WIDTH / HEIGHT, MIN_WINDOW)
    height = width * HEIGHT / WIDTH
    x, y = (left + right - width) / 2, (top + bottom - height) / 2
    finest = width / WIDTH / 2  # half a pixel of the drawing
    fresh = fresh.simplify(finest)
    old = old.simplify(finest) if old is not None else None
    digits = 0 if width > 8_000 else 2
    spacing = width / 45
    metres = max(length for length in BAR_LENGTHS if length <= width * 0.35)
    bar = ScaleBar(
        round((x + width * 0.04) / UNIT, 2), round((y + height * 0.95) / UNIT, 2), metres / UNIT, length_label(metres)
    )
    return Drawing(
        view_box=f"{x / UNIT:.2f} {y / UNIT:.2f} {width / UNIT:.2f} {height / UNIT:.2f}",
        old=outline_path(old, 0, digits) if old is not None else "",
        new=outline_path(fresh, 0, digits),
        added=hatch(fresh.difference(old), spacing, digits) if old is not None else "",
        removed=hatch(old.difference(fresh), spacing, digits, angle=45) if old is not None else "",
        hatched_new=hatch(fresh, spacing * 1.5, digits) if old is None else "",
        bar=bar,
    )
