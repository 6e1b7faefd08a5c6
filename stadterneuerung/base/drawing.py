"""Numbers for the pictures that are drawn from data; their templates are in templates/components/pictures/."""

import itertools
from collections.abc import Sequence

from stadterneuerung.base.formats import as_decimal, format_number

LINE_START, LINE_END = 14, 306  # of the milestone strip, in a picture 320 wide


def funding_shares(parts: Sequence[tuple[str, str, object]] | None) -> list[dict]:
    """Return the parts of a bar 100 wide, or nothing unless every share is known and they make a whole.

    `parts` are (key, label, percent). A bar with a guessed part would say more than is known.
    """
    percents = [as_decimal(percent) for _, _, percent in parts or ()]
    if not percents or None in percents or not 99 <= sum(percents) <= 101:
        return []
    bars, x = [], 0.0
    for (key, label, _), percent in zip(parts, percents, strict=True):
        bars.append({"key": key, "label": label, "percent": format_number(percent), "x": f"{x:.2f}",
                     "width": f"{float(percent):.2f}"})  # fmt: skip
        x += float(percent)
    return bars


def milestone_strip(states: Sequence[str]) -> dict:
    """Return where the dots of a strip stand and where its full line ends.

    `states` are "past", "now", "next" and "unconfirmed"; only the first two count as reached.
    """
    count = len(states)
    step = (LINE_END - LINE_START) / (count - 1) if count > 1 else 0
    dots = [
        {"x": f"{LINE_START + step * i:.1f}", "state": state, "r": 9 if state == "now" else 6}
        for i, state in enumerate(states)
    ]
    reached = max((i for i, state in enumerate(states) if state in ("past", "now")), default=None)
    return {
        "dots": dots,
        "done": sum(state == "past" for state in states),
        "done_to": dots[reached]["x"] if reached else "",
        "ahead_from": dots[reached]["x"] if reached else LINE_START,
        "has_ahead": count > 0 and reached != count - 1,
    }


def dot_grid(count: int, per_row: int = 12) -> dict:
    """Return as many dots as `count` in rows, each slightly out of line as plants are; (x, y, radius)."""
    spacing = 22
    dots = []
    for i in range(count):
        row, column = divmod(i, per_row)
        dots.append(
            (
                spacing // 2 + column * spacing + (i * 7 % 5 - 2),
                spacing // 2 + row * spacing + (i * 11 % 5 - 2),
                6 + i * 5 % 3,
            )
        )
    rows = -(-count // per_row)
    return {"box": f"0 0 {per_row * spacing} {max(rows, 1) * spacing}", "dots": dots}


def study_cells() -> list[dict]:
    """Return the blocks of an imagined quarter as paths, one of them chosen. It shows a method, not a place."""
    columns, rows = (8, 62, 118, 140, 206, 262, 312), (6, 44, 90, 126)
    cells = []
    for r, (top, bottom) in enumerate(itertools.pairwise(rows)):
        for c, (left, right) in enumerate(itertools.pairwise(columns)):
            lean = (c - 3) * 2
            cells.append({
                "path": f"M{left + lean} {top}H{right - 6 + lean}L{right - 6 - lean} {bottom - 6}H{left - lean}Z",
                "chosen": (r, c) == (1, 3),
            })  # fmt: skip
    return cells


OFFICE_ROW = ("department", "department", "staff_unit", "staff_unit", "staff_unit", "project_group")


def office_boxes(unit=None) -> list[dict]:
    """Return the office and its six units as boxes; the one that stands for `unit` is chosen.

    `unit` is an organisation.OrganisationUnit or None. Its position tells which of several of its kind it is.
    """
    kind, position = getattr(unit, "kind", "office"), getattr(unit, "position", 0) - 1
    if not (0 <= position < len(OFFICE_ROW) and OFFICE_ROW[position] == kind):
        position = OFFICE_ROW.index(kind) if kind in OFFICE_ROW else -1
    row = [
        {"x": 10 + 51 * i, "y": 76, "width": 44, "height": 36, "kind": box, "chosen": i == position}
        for i, box in enumerate(OFFICE_ROW)
    ]
    return [{"x": 110, "y": 8, "width": 100, "height": 32, "kind": "office", "chosen": position < 0}, *row]
