"""What names and values of a file mean."""

import datetime as dt

import pytest

from areas.uploads.mapping import read_date
from areas.uploads.matching import Matcher, areas_to_choose
from tests import factories


@pytest.fixture
def matcher(home_page):
    factories.AreaPageFactory(title="Hörde", slug="hoerde")
    factories.AreaPageFactory(title="Westerfilde & Bodelschwingh", slug="westerfilde-bodelschwingh")
    factories.AreaPageFactory(title="Quartier Hafen", slug="hafen-quartier")
    factories.AreaPageFactory(title="Hafen", slug="der-hafen")
    return Matcher(areas_to_choose())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Hörde", "Hörde"),
        ("HOERDE", "Hörde"),
        ("hoerde", "Hörde"),
        ("Sanierungsgebiet Hörde", "Hörde"),
        ("Westerfilde und Bodelschwingh", "Westerfilde & Bodelschwingh"),
        ("westerfilde_bodelschwingh", "Westerfilde & Bodelschwingh"),
        ("Quartier Hafen", "Quartier Hafen"),
        ("Hafen", "Hafen"),
        ("der-hafen", "Hafen"),
        ("Gebiet Hafen", None),  # two areas could be meant
        ("Hörde-Süd", None),
        ("Gebiet", None),
        ("", None),
    ],
)
def test_a_name_means_one_area_or_none(matcher, name, title):
    found = matcher.match(name)

    titles = {area.pk: area.title for area in areas_to_choose()}
    assert titles.get(found) == title


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-02-01", dt.date(2026, 2, 1)),
        ("01.02.2026", dt.date(2026, 2, 1)),
        ("1.2.2026", dt.date(2026, 2, 1)),
        ("20260201", dt.date(2026, 2, 1)),
        ("2026/02/01", dt.date(2026, 2, 1)),
        ("2026-02-01T00:00:00", dt.date(2026, 2, 1)),
        ("2026-02-01 12:30", dt.date(2026, 2, 1)),
        ("31.02.2026", None),
        ("0001-01-01", None),
        ("demnächst", None),
        ("", None),
    ],
)
def test_days_are_read_as_files_write_them(text, day):
    assert read_date(text) == day
