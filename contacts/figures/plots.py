"""Where the parts of a plot lie. Axes begin at 0; what is "unter 5" is drawn as a hatched block up to 5.

Lengths are units of the drawing; a template in templates/admin/contacts/ writes the SVG.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.formats import date_format

from contacts.figures.small import LEAST
from stadterneuerung.base.formats import format_number

TICKS = 5  # at most, above the axis
LABEL_LENGTH = 46  # of a bar's name; the table has all of it


class Amount(Protocol):
    """A cell that can be drawn: `value` is None where there is no number, `is_few` when it is "unter 5"."""

    value: float | None
    is_few: bool
    text: str


@dataclass(frozen=True)
class Mark:
    """A bar or a column. `series` counts from 0, `words` are written at its end."""

    x: float
    y: float
    width: float
    height: float
    is_few: bool
    words: str
    series: int = 0


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    text: str
    is_strong: bool = False


@dataclass(frozen=True)
class Plot:
    """A drawing `width` by `height`. `ticks` are lines of the grid with their numbers, `names` label the marks."""

    kind: str  # "columns" or "bars"
    width: int
    height: int
    title: str
    description: str
    marks: list[Mark]
    names: list[Text]
    ticks: list[Text] = field(default_factory=list)
    series: Sequence[str] = ()
    base: float = 0  # where columns stand

    @property
    def has_few(self) -> bool:
        return any(mark.is_few for mark in self.marks)

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"


def scale(largest: float, least_step: int = 1) -> list[int]:
    """Return the numbers of an axis from 0 to at least `largest`, in steps that people count in."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            step = factor * power
            if step >= least_step and step * TICKS >= largest:
                return list(range(0, step * max(1, -int(-largest // step)) + 1, step))
        power *= 10


def columns(title: str, months: Sequence[dt.date], cells: Sequence[Amount], unit: str, least_step: int = 1) -> Plot:
    """Draw one column for each month. `unit` is what the axis counts, in words."""
    left, top, height, step = 44, 26, 180, 26
    axis = scale(max([_size(cell) for cell in cells], default=0), least_step)
    base = top + height
    marks, names = [], []
    for place, (month, cell) in enumerate(zip(months, cells, strict=True)):
        x = left + place * step
        tall = _size(cell) / axis[-1] * height
        if tall:
            marks.append(Mark(x + 4, round(base - tall, 1), step - 8, round(tall, 1), cell.is_few, cell.text))
        names.append(Text(x + step / 2, base + 16, date_format(month, "M")[:3]))
        # Below the first month and each January; two years next to one another would overlap.
        if month.month == 1 or (place == 0 and month.month < 11):
            names.append(Text(x + step / 2, base + 32, str(month.year), is_strong=True))
    ticks = [Text(left - 8, round(base - number / axis[-1] * height, 1), format_number(number)) for number in axis]
    names.append(Text(left - 8, 12, unit))
    labels = [date_format(month, "F Y") for month in months]
    return Plot(
        "columns",
        left + len(months) * step + 8,
        base + 40,
        title,
        _description(labels, cells, unit),
        marks,
        names,
        ticks,
        base=base,
    )


def bars(title: str, labels: Sequence[str], series: dict[str, Sequence[Amount]], unit: str) -> Plot:
    """Draw a row for each label with a bar for each series, whose numbers stand at their ends."""
    width, thick, gap = 360, 14, 12
    longest = max([_size(cell) for cells in series.values() for cell in cells], default=0) or 1
    marks, names, y = [], [], 0.0
    for place, label in enumerate(labels):
        short = label if len(label) <= LABEL_LENGTH else f"{label[: LABEL_LENGTH - 1].rstrip()}…"
        names.append(Text(0, y + 13, short))
        y += 20
        for number, cells in enumerate(series.values()):
            cell = cells[place]
            long = round(_size(cell) / longest * (width - 70), 1)
            marks.append(Mark(0, y, long, thick, cell.is_few, cell.text, number))
            y += thick + 3
        y += gap
    first = next(iter(series.values()))
    legend = list(series) if len(series) > 1 else []
    return Plot("bars", width, round(y), title, _description(labels, first, unit), marks, names, series=legend)


def _size(cell: Amount) -> float:
    return LEAST if cell.is_few else cell.value or 0


def _description(labels: Sequence[str], cells: Sequence[Amount], unit: str) -> str:
    """Return what the drawing shows at a glance; all numbers are in the table."""
    known = [(cell.value, label, cell.text) for label, cell in zip(labels, cells, strict=True) if cell.value]
    if not known:
        return f"{unit}: kein Wert ab {LEAST}. Alle Angaben stehen in der Tabelle."
    _, label, text = max(known, key=lambda each: each[0])
    return f"{unit}: höchster Wert {text} ({label}). Alle Angaben stehen in der Tabelle."
