"""A table of figures as a CSV file for spreadsheets of the office: semicolons, CRLF, UTF-8 with a byte order mark.

German spreadsheets open that by a double click, with umlauts and columns right; numbers have a decimal comma.
"""

import csv

from contacts.figures.tables import Table
from stadterneuerung.base.csv_cells import Line, guarded

BOM = "\ufeff"


def as_csv(table: Table) -> str:
    """Return the file; names of subjects and pages are typed by people, so every cell is guarded."""
    writer = csv.writer(Line(), delimiter=";", lineterminator="\r\n")
    rows = [table.head, *([line.label, *[cell.text for cell in line.cells]] for line in table.lines)]
    return BOM + "".join(writer.writerow([guarded(cell) for cell in row]) for row in rows)
