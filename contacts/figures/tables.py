"""What a table of figures is made of; page, drawing and CSV file are made from the same one."""

from dataclasses import dataclass, field

from contacts.figures.counts import Summary
from contacts.figures.plots import Plot
from contacts.figures.small import LEAST, WITHHELD, Shown
from stadterneuerung.base.formats import format_number


@dataclass(frozen=True)
class Days:
    """A median in days; `value` is None when too few were answered for one."""

    value: float | None
    text: str
    is_few: bool = False


@dataclass(frozen=True)
class Words:
    """A cell that is text, such as a share."""

    text: str


Cell = Shown | Days | Words


@dataclass(frozen=True)
class Line:
    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """`key` names its file, `about` says what is counted; `head` has one heading more than a line has cells."""

    key: str
    title: str
    about: str
    head: list[str]
    lines: list[Line]
    plot: Plot | None = field(default=None, compare=False)

    @property
    def is_withheld(self) -> bool:
        """Whether a whole column is kept back, so that there is nothing to draw."""
        return any(WITHHELD in line.cells for line in self.lines)


def median_days(summary: Summary) -> Days:
    """Return the median of answers as it may be shown: of five at least."""
    if summary.answered == 0:
        return Days(None, "–")
    if summary.answered < LEAST or summary.median is None:
        return Days(None, "zu wenige")
    return Days(summary.median, format_number(summary.median, 1))
