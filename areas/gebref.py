"""Reads the Land's "Gebäudereferenzen": one line an address, fields parted by semicolons, ETRS89/UTM in metres.

The layout follows the format description of the official Hauskoordinaten (version 3.1, AdV), whose first fifteen fields
the Gebäudereferenzen share. A delivery that differs needs a change in LAYOUT and nowhere else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Field → its place in the line, counted from 0.
LAYOUT = {
    "land": 3,
    "district": 4,  # Regierungsbezirk
    "county": 5,
    "municipality": 6,
    "number": 9,
    "suffix": 10,
    "east": 11,
    "north": 12,
    "street": 13,
}
FIELDS = max(LAYOUT.values()) + 1
ZONE_PREFIX = 32_000_000  # EPSG:4647 writes the zone in front of the easting, EPSG:25832 does not
EASTINGS, NORTHINGS = (270_000, 540_000), (5_560_000, 5_830_000)  # North Rhine-Westphalia, generously
DORTMUND = "05913000"


@dataclass(frozen=True, slots=True)
class Record:
    """One address: name of the street, number, suffix in lower case, metres east and north in EPSG:25832."""

    street: str
    number: int
    suffix: str
    east: float
    north: float


class BadLine(ValueError):
    """Why a line cannot be used, in German."""


def marker(municipality: str) -> str:
    """Return what stands in each line of a municipality (8 digits) and hardly in others: its key, field by field."""
    return f";{municipality[:2]};{municipality[2]};{municipality[3:5]};{municipality[5:]};"


def records(lines: Iterable[str], municipality: str) -> Iterator[tuple[int, Record | BadLine | None]]:
    """Yield (line number, record) of the municipality's lines, a BadLine for what is unreadable, None for all others.

    Lines of other municipalities are not taken apart: the file of the whole Land has over four million.
    """
    wanted = marker(municipality)
    for number, line in enumerate(lines, start=1):
        if wanted in line:
            fields = line.rstrip("\r\n").split(";")
            try:
                yield number, read_fields(fields) if _municipality(fields) == municipality else None
            except BadLine as error:
                yield number, error
        elif line.count(";") + 1 < FIELDS and line.strip():
            yield number, BadLine(f"{line.count(';') + 1} Felder statt {FIELDS}")
        else:
            yield number, None


def _municipality(fields: list[str]) -> str:
    return "".join(fields[LAYOUT[name]] for name in ("land", "district", "county", "municipality"))


def read_fields(fields: list[str]) -> Record:
    """Return the address in the fields of a line; raise BadLine."""
    if len(fields) < FIELDS:
        raise BadLine(f"{len(fields)} Felder statt {FIELDS}")
    street = fields[LAYOUT["street"]].strip()
    if not street:
        raise BadLine("kein Straßenname")
    digits = fields[LAYOUT["number"]].strip()
    if not digits.isdecimal() or not 0 < int(digits) < 10_000:
        raise BadLine(f"Hausnummer „{digits[:20]}“")
    east, north = (_metres(fields[LAYOUT[name]]) for name in ("east", "north"))
    if east > ZONE_PREFIX:
        east -= ZONE_PREFIX
    if not (EASTINGS[0] < east < EASTINGS[1] and NORTHINGS[0] < north < NORTHINGS[1]):
        raise BadLine("Koordinaten liegen nicht in Nordrhein-Westfalen")
    return Record(street[:120], int(digits), fields[LAYOUT["suffix"]].strip().lower()[:10], east, north)


def _metres(text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        raise BadLine(f"Koordinate „{text[:20]}“") from None
