"""The grid that web maps are cut into, and which part of it this site hands out.

Zoom level z cuts the world between 85.05° south and north into 2**z columns (x, from the west) and rows (y, from the
north), in spherical Mercator (EPSG:3857).
"""

import math
from dataclasses import dataclass

MAX_ZOOM = 20
HALF_WORLD = math.pi * 6_378_137.0  # metres from the equator's origin to its end in EPSG:3857
# Dortmund and a generous margin, in degrees: nobody needs us to fetch the rest of the world.
WEST, SOUTH, EAST, NORTH = 7.0, 51.3, 7.9, 51.75


@dataclass(frozen=True)
class Tile:
    z: int
    x: int
    y: int

    def __str__(self) -> str:
        return f"{self.z}/{self.x}/{self.y}"

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top in metres of EPSG:3857."""
        side = 2 * HALF_WORLD / 2**self.z
        left, top = self.x * side - HALF_WORLD, HALF_WORLD - self.y * side
        return left, top - side, left + side, top

    @property
    def is_served(self) -> bool:
        """Whether the tile exists and touches the box around Dortmund."""
        if self.z > MAX_ZOOM or not (0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z):
            return False
        left, bottom, right, top = self.bbox
        box_left, box_bottom = _to_metres(WEST, SOUTH)
        box_right, box_top = _to_metres(EAST, NORTH)
        return left <= box_right and right >= box_left and bottom <= box_top and top >= box_bottom


def _to_metres(lon: float, lat: float) -> tuple[float, float]:
    """Return x and y in metres of EPSG:3857."""
    return (
        lon / 180 * HALF_WORLD,
        math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / math.pi * HALF_WORLD,
    )
