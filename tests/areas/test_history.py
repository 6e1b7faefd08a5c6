"""Outlines with a history: which one holds on a day, when it ends, and how an editor puts a new one in."""

import datetime as dt
import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse

from areas.models import AreaGeometry
from stadterneuerung.base.dates import today
from tests import factories
from tests.areas.test_outlines import BOW_TIE, polygon

pytestmark = pytest.mark.django_db


def read(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


WIDER = polygon((7.44, 51.51), (7.47, 51.51), (7.47, 51.52), (7.44, 51.52), (7.44, 51.51))


@pytest.fixture
def area(home_page):
    return factories.AreaPageFactory(title="Nord", slug="nord")


@pytest.fixture
def versions(area):
    """Three outlines of one area: since 2010, since 2020, and from a day far ahead."""
    return [
        factories.AreaGeometryFactory(area=area, valid_from=dt.date(2010, 1, 1), source="Erste"),
        factories.AreaGeometryFactory(area=area, valid_from=dt.date(2020, 5, 1), source="Zweite", geojson=WIDER),
        factories.AreaGeometryFactory(area=area, valid_from=dt.date(2999, 1, 1), source="Dritte", accuracy_m=None),
    ]


@pytest.mark.parametrize(
    ("day", "source"),
    [
        (dt.date(2009, 12, 31), []),
        (dt.date(2010, 1, 1), ["Erste"]),
        (dt.date(2020, 4, 30), ["Erste"]),
        (dt.date(2020, 5, 1), ["Zweite"]),
        (dt.date(2999, 1, 1), ["Dritte"]),
    ],
)
def test_one_outline_holds_on_a_day(versions, day, source):
    assert [version.source for version in AreaGeometry.objects.in_force(day)] == source


def test_a_version_ends_where_the_next_begins_or_the_area_is_lifted(area, versions):
    area.lifted_on = dt.date(2024, 3, 1)
    area.save()

    ends = [version.valid_until for version in area.outline_versions()]

    assert ends == [dt.date(2999, 1, 1), dt.date(2024, 3, 1), dt.date(2020, 5, 1)]
    assert [version.is_in_force for version in area.outline_versions()] == [False, False, False]
    assert AreaGeometry.objects.in_force(dt.date(2024, 2, 29)).count() == 1
    assert AreaGeometry.objects.in_force(dt.date(2024, 3, 1)).count() == 0


def test_area_page_tells_the_history_and_sizes_of_official_outlines_only(client, versions):
    items = [item.get_text(" ", strip=True) for item in read(client.get("/gebiete/nord/")).select(".versions__item")]

    assert [item.split(" Quelle")[0] for item in items] == [
        "ab 1. Januar 2999 Amtlicher Umriss, 154,5 ha.",
        "1. Mai 2020 bis 31. Dezember 2998 gilt heute Schematisch, auf etwa 500 Meter genau; nicht parzellenscharf, "
        "ohne Rechtswirkung.",
        "1. Januar 2010 bis 30. April 2020 Schematisch, auf etwa 500 Meter genau; nicht parzellenscharf, "
        "ohne Rechtswirkung.",
    ]


def test_the_same_outline_twice_in_a_row_is_refused(area, versions):
    again = factories.AreaGeometryFactory.build(area=area, valid_from=dt.date(2021, 1, 1), geojson=WIDER)

    with pytest.raises(ValidationError, match=r"derselbe Umriss wie der, der ab 1\. Mai 2020 gilt"):
        again.full_clean()


def test_an_outline_that_came_back_is_allowed(area, versions):
    factories.AreaGeometryFactory.build(area=area, valid_from=dt.date(2021, 1, 1)).full_clean()


def _posted(area, geojson, **fields) -> dict:
    return {
        "area": area.pk,
        "valid_from": "01.02.2026",
        "geojson": json.dumps(geojson),
        "accuracy_m": "",
        "source": "Amtsblatt",
        "licence": "",
        "decision": "Drucksache 1",
        "decision_body": "Rat der Stadt Dortmund",
        "decided_on": "15.01.2026",
        "decision_document": "",
        **fields,
    }


def test_editor_is_offered_to_mend_an_outline_and_sees_what_it_would_change(admin_client, area):
    url = reverse("wagtailsnippets_areas_areageometry:add")

    refused = admin_client.post(url, _posted(area, BOW_TIE))

    text = read(refused).get_text(" ", strip=True)
    assert "überschneidet sich selbst bei 7,46000 Ost" in text
    assert "Bereinigt bestünde er aus 2 Teilen mit zusammen 77,23 ha." in text
    assert AreaGeometry.objects.count() == 0

    admin_client.post(url, _posted(area, BOW_TIE, repair="on"))

    stored = AreaGeometry.objects.get()
    assert (stored.geojson["type"], round(stored.hectares, 2), stored.is_schematic) == ("MultiPolygon", 77.23, False)


UNREADABLE = {
    "too long for floats": (
        f'{{"type": "Polygon", "coordinates": [[[1{"0" * 400}, 51.5]]]}}',
        "lassen sich nicht lesen",
    ),
    "too long for JSON": (f'{{"type": "Polygon", "coordinates": [[[1{"0" * 5000}, 51.5]]]}}', "zu lange Zahlen"),
    "too deep": ("[" * 5000 + "]" * 5000, "zu viele Klammern"),
    "rather deep": ("[" * 500 + "]" * 500, "Das ist kein Umriss"),
    "half of a character": (r'{"type": "Polygon", "x": "\u0000\ud800", "coordinates": []}', "Der Umriss ist leer."),
}


@pytest.mark.parametrize(("typed", "sentence"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_json_gives_up_on_is_said_at_the_field_and_stays_in_it(admin_client, area, typed, sentence):
    url = reverse("wagtailsnippets_areas_areageometry:add")

    refused = admin_client.post(url, _posted(area, None) | {"geojson": typed})

    assert refused.status_code == 200
    assert sentence in read(refused).select_one("#panel-child-geojson-errors").get_text(" ", strip=True)
    kept = read(refused).select_one("#id_geojson").get_text()
    assert "".join(kept.split()) == "".join(typed.split())
    assert AreaGeometry.objects.count() == 0


def test_what_cannot_be_mended_stays_refused(admin_client, area):
    url = reverse("wagtailsnippets_areas_areageometry:add")
    open_ring = polygon((7.45, 51.51), (7.47, 51.51), (7.47, 51.52), (7.45, 51.52))

    refused = admin_client.post(url, _posted(area, open_ring, repair="on"))

    assert "nicht geschlossen" in read(refused).get_text(" ", strip=True)
    assert AreaGeometry.objects.count() == 0


def test_an_outline_from_today_on_is_shown_today(client, area):
    factories.AreaGeometryFactory(area=area, valid_from=today())

    assert "gilt heute" in read(client.get("/gebiete/nord/")).select_one(".versions").get_text()
