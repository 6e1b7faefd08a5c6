"""Small numbers: what is shown of a count, so that nobody can be found behind it, not even by computing.

Counts of 1 to 4 read "unter 5"; all others are rounded to the nearest multiple of five (5, 6 and 7 become 5). A total
is rounded by itself and is not the sum of what stands above it. Two things follow. Hidden cells cannot be computed from
a total, and the difference of two reports, of a year and of eleven of its months say, is not a count of the twelfth.

Intervals can still meet at their ends: cells that happen to lie at the upper end of what they may stand for, next to a
total at its lower end, leave one value for a hidden one. `Guard` looks for that and withholds such a row altogether.
That also holds for rows of different tables that add up to the same number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from stadterneuerung.base.formats import format_number

LEAST = 5  # the smallest count that is shown
STEP = 5


@dataclass(frozen=True)
class Shown:
    """What readers see of a count: it lies between `low` and `high`, both included; `value` is what is written.

    `value` is None where no number is written: "unter 5" when something is known, else "nicht gezeigt".
    """

    value: int | None
    low: int
    high: int

    @property
    def is_few(self) -> bool:
        return self.value is None and self.high < LEAST

    @property
    def text(self) -> str:
        """What stands on a page, in its language."""
        if self.value is not None:
            return format_number(self.value)
        return gettext("unter 5") if self.is_few else gettext("nicht gezeigt")


FEW = Shown(None, 1, LEAST - 1)
WITHHELD = Shown(None, 0, 10**9)


@dataclass(frozen=True)
class Row:
    """Cells that are shown together. They add up to the total, together with `apart`.

    When they are `overlapping`, one enquiry may count in several cells; `apart` counts those that are in none.
    """

    cells: tuple[Shown, ...]
    apart: tuple[Shown, ...] = ()
    overlapping: bool = False

    def total(self) -> tuple[int, int]:
        """Return between which numbers the total must lie as far as this row tells."""
        cells, apart = self._lowest(), sum(cell.low for cell in self.apart)
        return cells + apart, _high(self.cells) + _high(self.apart)

    def gives_away(self, total: tuple[int, int]) -> bool:
        """Whether a cell that is "unter 5" can have one value only when the total lies in `total`."""
        return any(low == high for low, high in self._ranges(total))

    def _ranges(self, total: tuple[int, int]):
        low, high = total
        for group, others in ((self.cells, self.apart), (self.apart, self.cells)):
            for place, cell in enumerate(group):
                if cell.is_few:
                    rest = [*group[:place], *group[place + 1 :]]
                    below = self._lowest(others) + (0 if self.overlapping else sum(each.low for each in rest))
                    yield max(cell.low, low - _high(rest) - _high(others)), min(cell.high, high - below)

    def _lowest(self, cells: Sequence[Shown] | None = None) -> int:
        """Return how many enquiries there are at least in `cells`: the largest one when all others lie within it."""
        lows = [cell.low for cell in (self.cells if cells is None else cells)]
        return max(lows, default=0) if self.overlapping else sum(lows)


def shown(count: int) -> Shown:
    """Return what readers see of one count that stands alone."""
    if count == 0:
        return Shown(0, 0, 0)
    if count < LEAST:
        return FEW
    value = (count + STEP // 2) // STEP * STEP
    return Shown(value, max(LEAST, value - STEP // 2), value + STEP // 2)


def protect(total: int, rows: Sequence[Sequence[int]]) -> tuple[Shown, list[list[Shown]]]:
    """Return what is shown of a total and of rows of cells that each add up to it."""
    guard = Guard(total)
    return guard.total, [guard.row(cells) for cells in rows]


class Guard:
    """Decides row by row what may be shown about one total. Earlier rows win: a later one must not give them away."""

    def __init__(self, total: int):
        self.total = shown(total)
        self._rows = [Row((self.total,))]

    def row(self, counts: Sequence[int]) -> list[Shown]:
        """Return what is shown of cells that add up to the total."""
        return self._take(Row(tuple(shown(count) for count in counts)))

    def overlapping(self, counts: Sequence[int], apart: int) -> list[Shown]:
        """Return what is shown of cells that may hold the same enquiries, and at the end of those in none of them."""
        return self._take(Row(tuple(shown(count) for count in counts), (shown(apart),), overlapping=True))

    def _take(self, row: Row) -> list[Shown]:
        rows = [*self._rows, row]
        bounds = [each.total() for each in rows]
        total = max(low for low, _ in bounds), min(high for _, high in bounds)
        if any(each.gives_away(total) for each in rows):
            return [WITHHELD] * (len(row.cells) + len(row.apart))
        self._rows = rows
        return [*row.cells, *row.apart]


def share(part: Shown, rest: Shown) -> str:
    """Return the share of `part` in both as text, worked out from nothing but what is shown of them."""
    if WITHHELD in (part, rest):
        return WITHHELD.text
    if not part.value and not rest.value:
        return "zu wenige" if FEW in (part, rest) else "–"
    if FEW not in (part, rest):
        return f"{round(100 * part.value / (part.value + rest.value))}\u00a0%"
    if rest.is_few:
        return f"mindestens {100 * part.low // (part.low + rest.high)}\u00a0%"
    return f"höchstens {-(-100 * part.high // (part.high + rest.low))}\u00a0%"


def _high(cells: Sequence[Shown]) -> int:
    return sum(cell.high for cell in cells)
