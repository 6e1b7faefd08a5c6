"""Whether mending an outline is cheap enough to be offered: what it takes grows with the square of the loops."""

import numpy
import shapely
from shapely.geometry.base import BaseGeometry

# Within these limits mending takes some tenths of a second; a ring of 300 random points, 15,000 loops, takes ten.
MAX_POINTS = 20_000
MAX_RINGS = 500
MAX_LOOPS = 200
SLICE = 64  # sides that are looked at together: what they meet fits into 20 MB


def is_tangled(geometry: BaseGeometry) -> bool:
    """Whether a (Multi)Polygon has too many points, rings or loops, or its sides come close to each other too often.

    By Euler's formula its sides enclose as many loops as there are more sides than points, and one for each place where
    two sides meet between their ends. Borders that parts share count once. The work is bounded by the number of points.
    """
    rings = shapely.get_rings(shapely.get_parts(geometry))
    if shapely.get_num_coordinates(geometry) > MAX_POINTS or len(rings) > MAX_RINGS:
        return True
    points, ends = _sides(rings)
    sides = shapely.linestrings(points[ends])
    tree = shapely.STRtree(sides)
    pairs_left = 10 * len(sides) + 10_000
    meetings_left = 2 * (MAX_LOOPS - len(sides) + len(points))  # each is found from both sides
    for start in range(0, len(sides), SLICE):
        one, other = tree.query(sides[start : start + SLICE])  # whose boxes meet
        pairs_left -= len(one)
        if pairs_left < 0:
            return True
        one += start
        apart = (ends[one][:, :, None] != ends[other][:, None, :]).all(axis=(1, 2))
        meetings_left -= shapely.intersects(sides[one[apart]], sides[other[apart]]).sum()
        if meetings_left < 0:
            return True
    return False


def _sides(rings: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Return the points (n × 2) and the sides between them (m × 2, numbers of points), each once."""
    lines = [shapely.get_coordinates(ring) for ring in rings]
    between = numpy.concatenate([numpy.stack([line[:-1], line[1:]], axis=1) for line in lines])
    points, numbers = numpy.unique(between.reshape(-1, 2), axis=0, return_inverse=True)
    ends = numpy.sort(numbers.reshape(-1, 2), axis=1)
    return points, numpy.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)
