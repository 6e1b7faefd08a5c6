"""Room for markers and numbers on a map: what would cover each other moves aside or becomes one group."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

Place = tuple[float, float]


class Places:
    """Places that are taken, none closer to another than `reach` unless put there on purpose."""

    def __init__(self, reach: float):
        self.reach = reach
        self._cells: dict[tuple[int, int], list[Place]] = defaultdict(list)

    def near(self, x: float, y: float) -> Place | None:
        """Return a taken place closer than `reach`, or None."""
        column, row = self._cell(x, y)
        for cell in ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for place in self._cells.get(cell, ()):
                if math.dist(place, (x, y)) < self.reach:
                    return place
        return None

    def take(self, x: float, y: float) -> None:
        self._cells[self._cell(x, y)].append((x, y))

    def take_free(self, x: float, y: float) -> Place | None:
        """Take and return the first free place at (x, y) or on rings around it; None where all is full."""
        place = next((place for place in self._around(x, y) if self.near(*place) is None), None)
        if place is not None:
            self.take(*place)
        return place

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        return math.floor(x / self.reach), math.floor(y / self.reach)

    def _around(self, x: float, y: float) -> Iterator[Place]:
        yield x, y
        for ring in (self.reach * factor for factor in (1, 1.6, 2.4, 3.2)):
            for step in range(8):
                yield x + math.cos(step * math.pi / 4) * ring, y + math.sin(step * math.pi / 4) * ring


def grouped(points: Sequence[Place], reach: float, most: int) -> list[list[int]]:
    """Return the points (by index) in at most `most` groups: the first stands for those nearer to it than `reach`.

    Where that makes too many groups, each reaches farther. Every point is in exactly one group.
    """
    while True:
        places, groups = Places(reach), {}
        for i, point in enumerate(points):
            first = places.near(*point)
            if first is None:
                places.take(*point)
                groups[point] = [i]
            else:
                groups[first].append(i)
        if len(groups) <= most:
            return list(groups.values())
        reach *= 1.25
