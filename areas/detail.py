"""Outlines with no more detail than a scale can show.

Units are those of the geometries: metres on the plane, or degrees of latitude.
"""

from collections.abc import Sequence

from shapely import coverage_is_valid, coverage_simplify, simplify
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

TINY = 6  # pixels: what is smaller is drawn this large, so that it is seen


def coarse(shapes: Sequence[BaseGeometry], pixel: float) -> list[BaseGeometry]:
    """Return outlines that deviate by less than a pixel. None vanishes, and neighbours with a common border keep it.

    Outlines that touch and never overlap are simplified together; where some overlap, each by itself.
    """
    shapes = list(shapes)
    if len(shapes) > 1 and coverage_is_valid(shapes):
        # The tolerance is the square root of an area here: a triangle of a pixel's height on a base of two.
        simpler = coverage_simplify(shapes, pixel)
    else:
        simpler = simplify(shapes, pixel * 0.8, preserve_topology=True)
    return [_visible(new, old, pixel) for new, old in zip(simpler, shapes, strict=True)]


def _visible(simple: BaseGeometry, shape: BaseGeometry, pixel: float) -> BaseGeometry:
    """Return a small diamond instead of an outline of hardly a few pixels, or of one that simplifying emptied."""
    left, bottom, right, top = shape.bounds
    if max(right - left, top - bottom) >= TINY * pixel and not simple.is_empty:
        return simple
    x, y, half = (left + right) / 2, (bottom + top) / 2, TINY * pixel / 2
    return Polygon([(x - half, y), (x, y - half), (x + half, y), (x, y + half)])
