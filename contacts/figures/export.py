"""A table of figures as a CSV file for spreadsheets of the office: semicolons, CRLF, UTF-8 with a byte order mark.

German spreadsheets open that by a double click, with umlauts and columns right; decimals have a comma.
"""

import csv

from contacts.figures.small import Shown
from contacts.figures.tables import Cell, Table
from stadterneuerung.base.csv_cells import Line, guarded

BOM = "\ufeff"


def as_csv(table: Table) -> str:
    """Return the file; names of subjects and pages are typed by people, so every cell is guarded."""
    writer = csv.writer(Line(), delimiter=";", lineterminator="\r\n")
    rows = [table.head, *([line.label, *map(_text, line.cells)] for line in table.lines)]
    return BOM + "".join(writer.writerow([guarded(cell) for cell in row]) for row in rows)


def _text(cell: Cell) -> str:
    """Return a count without the dots between its thousands, which not every spreadsheet understands."""
    return str(cell.value) if isinstance(cell, Shown) and cell.value is not None else cell.text
