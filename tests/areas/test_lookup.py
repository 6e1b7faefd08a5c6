"""Finding a house, or everything it might be."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from areas.lookup import MOST_NUMBERS, Outcome, find, suggest
from areas.models import AddressDelivery
from tests.factories import AddressDeliveryFactory, AddressFactory, StreetFactory

pytestmark = pytest.mark.django_db


def houses(street: str, *numbers: str) -> None:
    """Make houses such as "12" and "12a" in a street."""
    record = StreetFactory(name=street)
    for position, text in enumerate(numbers):
        digits = "".join(sign for sign in text if sign.isdigit())
        AddressFactory(
            street=record, number=int(digits), suffix=text.removeprefix(digits), lon=round(7.4 + position / 1000, 6)
        )


@pytest.mark.parametrize(
    "typed",
    ["Vogelpothsweg 15", "vogelpothsweg 15", "Vogelpoths Weg 15, 44149 Dortmund", "Vogelpothsweg 15 Dorstfeld"],
)
def test_a_house_is_found_however_it_is_written(typed, django_assert_max_num_queries):
    houses("Vogelpothsweg", "13", "15", "15a")

    with django_assert_max_num_queries(2):
        found = find(typed)

    assert found.outcome == Outcome.FOUND
    assert (found.place.label, found.place.points) == ("Vogelpothsweg 15", ((7.401, 51.515),))
    assert (found.place.accuracy_m, found.place.as_of) == (None, dt.date(2026, 10, 1))


def test_a_suffix_is_another_house():
    houses("Kampstraße", "12", "12a", "12b")

    assert find("Kampstr. 12 A").place.label == "Kampstraße 12a"
    assert find("Kampstr. 12").place.label == "Kampstraße 12"


def test_a_range_is_all_houses_on_its_side_of_the_street():
    houses("Kampstraße", "10", "12", "13", "14", "14a", "16")

    place = find("Kampstr. 12-14").place

    assert place.label == "Kampstraße 12–14a"
    assert len(place.points) == 3


@pytest.mark.parametrize("typed", ["Kampstr. 14-12", "Kampstr. 12-9999"])
def test_a_range_that_is_none_is_its_first_house(typed):
    houses("Kampstraße", "12", "14", "16")

    assert find(typed).outcome == Outcome.FOUND


def test_a_missing_suffix_offers_those_that_exist():
    houses("Kampstraße", "12a", "12b")

    found = find("Kampstraße 12")

    assert (found.outcome, found.choices) == (Outcome.NUMBER_UNKNOWN, ("Kampstraße 12a", "Kampstraße 12b"))


def test_an_unknown_number_offers_its_neighbours_in_order():
    houses("Kampstraße", *(str(number) for number in range(2, 60, 2)))

    found = find("Kampstraße 31")

    assert (found.outcome, found.street) == (Outcome.NUMBER_UNKNOWN, "Kampstraße")
    assert found.choices == tuple(f"Kampstraße {number}" for number in range(20, 44, 2))


def test_a_street_alone_offers_its_houses_while_they_are_few():
    houses("Kampstraße", "1", "3")
    houses("Lange Straße", *(str(number) for number in range(1, MOST_NUMBERS + 2)))

    short, long = find("Kampstraße"), find("Lange Straße")

    assert (short.outcome, short.choices) == (Outcome.NUMBER_MISSING, ("Kampstraße 1", "Kampstraße 3"))
    assert (long.outcome, long.choices) == (Outcome.NUMBER_MISSING, ())


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("Spiecherstraße 15", "Speicherstraße 15"),
        ("Vogelpotsweg 3", "Vogelpothsweg"),  # the street has no 3
        ("Vogelpothsweeg", "Vogelpothsweg"),
        ("Westerfilder 23", "Westerfilder Straße 23"),
        ("Heimstraße 1", "Große Heimstraße 1"),
    ],
)
def test_a_slip_is_answered_by_what_may_be_meant(typed, choice):
    houses("Speicherstraße", "15")
    houses("Vogelpothsweg", "15")
    houses("Westerfilder Straße", "23")
    houses("Große Heimstraße", "1")

    found = find(typed)

    assert found.outcome == Outcome.STREET_UNKNOWN
    assert choice in found.choices


def test_streets_that_share_only_their_ending_are_not_alike():
    houses("Bergstraße", "1")

    assert find("Talstraße 1").choices == ()


@pytest.mark.parametrize("typed", ["?", "12", "44137 Dortmund", "x", "%", "_", "\x00", "Straße", "' OR 1=1 --", "🏠 5"])
def test_nonsense_finds_nothing(typed):
    houses("Speicherstraße", "15")

    found = find(typed)

    assert (found.outcome, found.place, found.choices) == (Outcome.STREET_UNKNOWN, None, ())
    assert suggest(typed) == []


def test_without_addresses_it_is_said():
    assert find("Speicherstraße 15").outcome == Outcome.NO_ADDRESSES


def test_words_behind_a_number_belong_to_a_street_that_has_them():
    houses("Straße des 17. Juni", "5")
    houses("Straße des", "17")  # would be found if the words were dropped first

    assert find("Straße des 17. Juni 5").place.label == "Straße des 17. Juni 5"


def test_other_municipalities_are_elsewhere():
    AddressFactory(street=StreetFactory(municipality="05911000", name="Kortumstraße"), number=1)

    assert find("Kortumstraße 1").outcome == Outcome.NO_ADDRESSES
    assert suggest("Kortum") == []


@pytest.mark.parametrize("kind", [AddressDelivery.Kind.DEMO, AddressDelivery.Kind.SYNTHETIC])
def test_only_official_positions_are_exact(kind):
    AddressFactory(number=1, delivery=AddressDeliveryFactory(kind=kind))

    assert find("Beispielweg 1").place.accuracy_m == 300


def test_suggestions_follow_what_is_typed():
    houses("Am Strand", "1")
    houses("Am Straßenbahnhof", "1")
    houses("Speicherstraße", "1", "10", "10a", "12", "2")

    assert suggest("am str") == ["Am Strand", "Am Straßenbahnhof"]
    assert suggest("SPEI") == ["Speicherstraße"]
    assert suggest("Speicherstr 1") == [f"Speicherstraße {number}" for number in ("1", "10", "10a", "12")]
    assert suggest("Speicherstr ") == [f"Speicherstraße {number}" for number in ("1", "2", "10", "10a", "12")]
    assert suggest("Speicherstr 10a") == ["Speicherstraße 10a"]
    assert suggest("s") == []


@pytest.mark.parametrize("streets", [1, 30])
def test_a_slip_costs_the_same_in_a_village_and_in_a_city(streets):
    for number in range(streets):
        houses(f"Weg {number} am Hang", "1")
    houses("Speicherstraße", "15")

    with CaptureQueriesContext(connection) as queries:
        find("Spiecherstraße 15")

    assert len(queries) == 4
