"""What people type as an address, in one form: "Speicherstr 15", "westerfilder strasse 23 A, 44357 Dortmund".

A street is compared by its key: folded letters without blanks, hyphens and the abbreviation "str". So
"Rheinische Str.", "Rheinische-Straße" and "rheinische strasse" are the same street.
"""

import re
from dataclasses import dataclass

from stadterneuerung.organisation.text import fold_german

MAX_LENGTH = 120
_STREET = re.compile(r"stra?s?s?e?$")  # "str", "strasse" and what is left of it by a slip
# The number stands at the end; a place, a postcode or both may follow it.
_ADDRESS = re.compile(
    r"""^\s*(?P<street>\D.*?|\d+\.?\s+\D.*?)\s*,?\s*
    (?P<number>\d{1,4})\s*(?P<suffix>[a-zA-Z](?![a-zA-Z]))?
    (?:\s*[-–/+]\s*(?P<until>\d{1,4})\s*(?:[a-zA-Z](?![a-zA-Z]))?)?
    \s*$""",
    re.VERBOSE,
)
_PLACE = re.compile(r"[,;]?\s*(?:\b(?:D-?)?44\d{3}\b\s*)?(?:\bDortmund\b(?:[-\s]\w+)?)?\s*$", re.IGNORECASE)


# A part of town behind the number: "Hauptstraße 5 Hörde", "Hauptstraße 5, Dortmund Hörde".
_TAIL = re.compile(r"(\d{1,4}\s?[a-zA-Z]?)[\s,]+[^\d,]{3,}$")


@dataclass(frozen=True)
class TypedAddress:
    """What was typed, in parts. `number` is None without a house number; "12-14" has 12 and `until` 14."""

    street: str
    number: int | None = None
    suffix: str = ""
    until: int | None = None

    @property
    def key(self) -> str:
        return street_key(self.street)

    @property
    def label(self) -> str:
        number = "" if self.number is None else f" {self.number}{self.suffix}"
        return f"{self.street}{number}{f'–{self.until}' if self.until else ''}"


def street_key(name: str) -> str:
    """Return what makes two spellings of a street the same: "Große Heimstr." → "grosseheimstrasse"."""
    return _STREET.sub("strasse", "".join(fold_german(name).split()))


def parse(text: str) -> TypedAddress:
    """Return the parts of a typed address; without a number, all of it is the street."""
    cleaned = _PLACE.sub("", re.sub(r"\s+", " ", text[:MAX_LENGTH]).strip()).strip(" ,;")
    found = _ADDRESS.match(cleaned)
    if not found:
        return TypedAddress(cleaned)
    until = found["until"]
    return TypedAddress(
        street=found["street"].strip(" ,"),
        number=int(found["number"]),
        suffix=(found["suffix"] or "").lower(),
        until=int(until) if until else None,
    )


def without_tail(text: str) -> str:
    """Return the text up to its number when words follow it; empty when there is nothing to leave out.

    For a second try only: in "Straße des 17 Juni" the words behind the number are the street's.
    """
    cleaned = text[:MAX_LENGTH].strip(" ,;")
    shorter = _TAIL.sub(r"\1", cleaned)
    return shorter if shorter != cleaned else ""
