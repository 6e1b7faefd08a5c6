"""Which areas concern a place, with real outlines in a real table."""

import datetime as dt

import pytest
from wagtail.models import Locale

from areas.lookup import Place
from areas.nearby import areas_around, outlines_in
from areas.verdicts import Verdict
from stadterneuerung.base.dates import today
from tests.factories import SQUARE, AreaGeometryFactory, AreaPageFactory
from tests.pages import restrict

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
MIDDLE = (7.46, 51.515)
EAST = (7.475, 51.515)  # about 347 m outside of SQUARE, which ends at 7.47
FAR = (7.60, 51.49)


def place(*points, accuracy_m=None) -> Place:
    return Place("Hier", tuple(points), accuracy_m)


def area(title: str, accuracy_m=500, geojson=SQUARE, valid_from=dt.date(2020, 1, 1), **fields):
    page = AreaPageFactory(title=title, **fields)
    AreaGeometryFactory(area=page, accuracy_m=accuracy_m, geojson=geojson, valid_from=valid_from)
    return page


def around(where: Place, day=None) -> list[tuple[str, Verdict]]:
    found = areas_around(where, Locale.get_default().pk, day)
    return [(near.area.title, near.verdict) for near in found.areas]


def test_schematic_outlines_say_probably(home_page):
    area("Nord")

    assert around(place(MIDDLE)) == [("Nord", Verdict.LIKELY_IN)]
    assert around(place(EAST)) == [("Nord", Verdict.NEAR)]
    assert around(place(FAR)) == []


def test_official_outlines_say_yes_and_no(home_page):
    area("Nord", accuracy_m=None)

    assert around(place(MIDDLE)) == [("Nord", Verdict.IN)]
    assert around(place((7.47, 51.515))) == [("Nord", Verdict.BORDER)]
    assert around(place(EAST)) == []
    assert areas_around(place(EAST), Locale.get_default().pk).out == ["Nord"]
    assert around(place(MIDDLE, accuracy_m=300)) == [("Nord", Verdict.LIKELY_IN)]


def test_the_surest_comes_first_and_small_before_large(home_page):
    large = {"type": "Polygon", "coordinates": [[[7.4, 51.5], [7.5, 51.5], [7.5, 51.55], [7.4, 51.55], [7.4, 51.5]]]}
    area("Groß", geojson=large)
    area("Klein")
    area("Amtlich", accuracy_m=None, geojson=large)

    assert [title for title, _ in around(place(MIDDLE))] == ["Amtlich", "Klein", "Groß"]


def test_all_others_are_named(home_page):
    area("Nord")
    area("Amtlich", accuracy_m=None)
    AreaPageFactory(title="Ohne Umriss")

    found = areas_around(place(FAR), Locale.get_default().pk)

    rough = areas_around(place(FAR, accuracy_m=300), Locale.get_default().pk)
    assert (found.areas, found.out, found.likely_out) == ([], ["Amtlich"], ["Nord"])
    assert found.without_outline == ["Ohne Umriss"]
    assert (rough.out, rough.likely_out) == ([], ["Amtlich", "Nord"])


def test_what_does_not_hold_or_is_not_public_is_left_out(home_page):
    area("Gilt")
    area("Entwurf", live=False)
    restrict(area("Intern"))
    area("Aufgehoben", lifted_on=today())
    area("Noch nicht", in_force_from=today() + DAY)
    area("Umriss erst morgen", valid_from=today() + DAY)
    area("Beispiel", is_example=True)

    found = areas_around(place(MIDDLE), Locale.get_default().pk)

    assert [near.area.title for near in found.areas] == ["Gilt"]
    assert (found.out + found.likely_out, found.without_outline) == ([], ["Umriss erst morgen"])


def test_the_outline_of_the_day_counts(home_page):
    page = area("Nord")
    moved = {"type": "Polygon", "coordinates": [[[lon + 0.1, lat] for lon, lat in SQUARE["coordinates"][0]]]}
    AreaGeometryFactory(area=page, geojson=moved, valid_from=dt.date(2025, 1, 1))

    assert around(place(MIDDLE), dt.date(2024, 12, 31)) == [("Nord", Verdict.LIKELY_IN)]
    assert around(place(MIDDLE)) == []
    assert outlines_in(9_000, 8_000, 4_000, Locale.get_default().pk) == []


def test_outlines_of_a_square_are_those_that_reach_into_it(home_page):
    area("Nord")

    assert [name for name, _, _ in outlines_in(10_000, 8_000, 4_000, Locale.get_default().pk)] == ["Nord"]
    assert outlines_in(0, 0, 2_000, Locale.get_default().pk) == []


@pytest.mark.parametrize("count", [1, 3])
def test_three_queries_for_one_area_and_for_many(home_page, count, django_assert_num_queries):
    for number in range(count):
        area(f"Gebiet {number}")
    german = Locale.get_default().pk

    with django_assert_num_queries(3):
        areas_around(place(MIDDLE), german)
