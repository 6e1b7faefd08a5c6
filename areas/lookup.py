"""From what somebody types to a house, with everything to choose from when it is not clear which one is meant.

Nothing here is remembered: no log, no cache, no table learns which address was asked for.
"""

import datetime as dt
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from areas.address_text import MAX_LENGTH, TypedAddress, parse, street_key, without_tail
from areas.gebref import DORTMUND
from areas.models.addresses import Address, Street
from stadterneuerung.organisation.text import fold_german

MOST_CHOICES = 12
MOST_NUMBERS = 60  # of a street without a number typed; a longer list helps nobody
SIMILAR = 0.75  # share of letters that two street names have in common, in order
_ENDING = "strasse"


class Outcome(StrEnum):
    FOUND = "found"
    NUMBER_MISSING = "number_missing"
    NUMBER_UNKNOWN = "number_unknown"
    STREET_UNKNOWN = "street_unknown"
    NO_ADDRESSES = "no_addresses"  # none was ever imported


@dataclass(frozen=True)
class Place:
    """Where somebody asks about. `points` are (lon, lat) in degrees; "12–14" is several houses.

    `accuracy_m` is the possible error in metres, None when the position is official.
    """

    label: str
    points: tuple[tuple[float, float], ...]
    accuracy_m: int | None
    as_of: dt.date | None = None


@dataclass(frozen=True)
class Found:
    """What came of a search. `choices` are addresses or streets, written as they can be searched for again."""

    outcome: Outcome
    typed: TypedAddress
    place: Place | None = None
    street: str = ""
    choices: tuple[str, ...] = ()


def find(text: str, municipality: str = DORTMUND) -> Found:
    """Search for a typed address. One query when it is there, up to four when there is something to choose."""
    typed = parse(text)
    found = _in_street(typed, municipality)
    if found is None and (shorter := without_tail(text)):
        found = _in_street(parse(shorter), municipality)
    return found or _similar_streets(typed, municipality)


def suggest(text: str, municipality: str = DORTMUND) -> list[str]:
    """Return what begins with the text: streets, and once a blank or a number follows one, its houses. Two queries."""
    typed = parse(text)
    if len(typed.key) < 2 or len(text) > MAX_LENGTH:  # longer is no address, and more than SQLite compares
        return []
    if typed.number is not None or text.endswith(" "):
        rows = _addresses(municipality).filter(street__key=typed.key).order_by("number", "suffix")
        begun = f"{typed.number or ''}{typed.suffix}"
        if houses := [str(row) for row in rows if f"{row.number}{row.suffix}".startswith(begun)]:
            return houses[:MOST_CHOICES]
    # "Am Str" begins both "Am Straßenbahnhof" and "Am Strand": with and without the abbreviation spelled out.
    begun = "".join(fold_german(text).split())
    streets = Street.objects.filter(Q(key__startswith=street_key(text)) | Q(key__startswith=begun))
    return list(streets.filter(municipality=municipality).values_list("name", flat=True)[:MOST_CHOICES])


def _addresses(municipality: str) -> QuerySet[Address]:
    return Address.objects.filter(street__municipality=municipality).select_related("street", "delivery")


def _in_street(typed: TypedAddress, municipality: str) -> Found | None:
    """Return what is known of the street that was typed, None when there is no such street."""
    if not typed.key:
        return None
    in_street = _addresses(municipality).filter(street__key=typed.key)
    if typed.number is None:
        rows = list(in_street.order_by("number", "suffix")[: MOST_NUMBERS + 1])
        if not rows:
            return None
        choices = _labels(rows) if len(rows) <= MOST_NUMBERS else ()
        return Found(Outcome.NUMBER_MISSING, typed, street=rows[0].street.name, choices=choices)
    # A range and a mistaken suffix need the neighbours too, so all numbers in question come at once.
    last = typed.until or typed.number
    if not typed.number <= last <= typed.number + 100:
        last = typed.number
    rows = list(in_street.filter(number__gte=typed.number, number__lte=last).order_by("number", "suffix"))
    if houses := _meant(rows, typed):
        return Found(Outcome.FOUND, typed, _place(houses), houses[0].street.name)
    street = rows[0].street if rows else Street.objects.filter(municipality=municipality, key=typed.key).first()
    if street is None:
        return None
    choices = _labels(rows) or _neighbours(in_street, typed.number)
    return Found(Outcome.NUMBER_UNKNOWN, typed, street=street.name, choices=choices)


def _meant(rows: list[Address], typed: TypedAddress) -> list[Address]:
    """Return the houses that were typed: one, or all on the same side of the street from "12" to "14"."""
    if typed.until:
        return [row for row in rows if row.number % 2 == typed.number % 2]
    return [row for row in rows if row.suffix == typed.suffix]


def _place(houses: list[Address]) -> Place:
    first, last = houses[0], houses[-1]
    label = str(first) if first == last else f"{first}–{last.number}{last.suffix}"
    accuracies = [house.delivery.accuracy_m for house in houses if house.delivery.accuracy_m is not None]
    return Place(
        label=label,
        points=tuple((house.lon, house.lat) for house in houses),
        accuracy_m=max(accuracies, default=None),
        as_of=min(house.delivery.as_of for house in houses),
    )


def _neighbours(in_street: QuerySet[Address], number: int) -> tuple[str, ...]:
    """Return the houses with the nearest numbers, in their order."""
    half = MOST_CHOICES // 2
    below = list(in_street.filter(number__lt=number).order_by("-number", "-suffix")[:half])
    above = list(in_street.filter(number__gt=number).order_by("number", "suffix")[:half])
    return _labels([*reversed(below), *above])


def _similar_streets(typed: TypedAddress, municipality: str) -> Found:
    names = dict(Street.objects.filter(municipality=municipality).values_list("key", "name"))
    if not names:
        return Found(Outcome.NO_ADDRESSES, typed)
    keys = _similar(typed.key, names)
    choices: Iterable[str] = [names[key] for key in keys]
    if typed.number is not None and keys:
        # The number is offered with the street where the street has it.
        numbers = Q(number=typed.number, suffix=typed.suffix)
        houses = {row.street.key: str(row) for row in _addresses(municipality).filter(numbers, street__key__in=keys)}
        choices = [houses.get(key, names[key]) for key in keys]
    return Found(Outcome.STREET_UNKNOWN, typed, choices=tuple(choices))


def _similar(key: str, known: Iterable[str]) -> list[str]:
    """Return the keys that begin with `key`, hold it or look like it, the best first.

    The common ending counts for nothing: "Bergstraße" is not like "Talstraße".
    """
    stem = key.removesuffix(_ENDING)
    if len(stem) < 3:
        return []
    holding = sorted((name for name in known if stem in name), key=lambda name: (not name.startswith(stem), len(name)))
    stems: dict[str, list[str]] = {}
    for name in known:
        stems.setdefault(name.removesuffix(_ENDING), []).append(name)
    close = difflib.get_close_matches(stem, stems, n=MOST_CHOICES, cutoff=SIMILAR)
    alike = [name for near in close for name in stems[near]]
    return list(dict.fromkeys([*alike, *holding]))[:MOST_CHOICES]


def _labels(rows: list[Address]) -> tuple[str, ...]:
    return tuple(str(row) for row in rows)
