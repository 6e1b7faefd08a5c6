"""The map page: what is on it, on which day, drawn how; and bad input, answered."""

import datetime as dt
import math

import pytest

from kataster.models import MapPage
from stadterneuerung.base.dates import today
from tests import factories
from tests.html import read
from tests.kataster.map_support import EVERYTHING, area, names
from tests.pages import restrict

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def map_page(home_page):
    return factories.index_page(MapPage, "karte", "Karte")


def test_map_leaves_out_drafts_restricted_pages_and_what_is_over(client, map_page):
    area("Öffentlich")
    area("Entwurf", live=False)
    restrict(area("Intern"))
    area("Aufgehoben", lifted_on=today())
    area("Noch nicht", in_force_from=today() + DAY)
    restrict(factories.StudyPageFactory(title="Interne Analyse", outline=factories.SQUARE))
    factories.ParticipationPageFactory(title="Vorbei", starts_on=today() - 9 * DAY, ends_on=today() - DAY)
    factories.ProjectPageFactory(title="Projekt im Entwurf", live=False)
    restrict(factories.FundingOfferPageFactory(title="Internes Angebot"))

    assert names(client.get(EVERYTHING)) == ["Öffentlich"]


def test_map_of_a_day_shows_what_held_then(client, map_page):
    old = area("Alt", lifted_on=dt.date(2024, 1, 1))
    factories.AreaGeometryFactory(area=old, valid_from=dt.date(2022, 1, 1), accuracy_m=None, source="Neu")
    new = factories.AreaPageFactory(title="Neu")
    factories.AreaGeometryFactory(area=new, valid_from=dt.date(2024, 6, 30))

    def drawn(day: str) -> list[tuple[str, bool]]:
        items = client.get(f"/karte/daten/?am={day}").json()["features"]
        return [
            (item["properties"]["name"], item["properties"].get("schematic", False))
            for item in items
            if item["geometry"]
        ]

    assert drawn("2021-12-31") == [("Alt", True)]
    assert drawn("2022-01-01") == [("Alt", False)]
    assert drawn("2024-01-01") == []
    assert drawn("2024-06-30") == [("Neu", True)]
    assert "wie sie am 30. Juni 2024 waren" in read(client.get("/karte/?am=2024-06-30")).text


def test_every_outline_is_a_named_link_and_says_that_it_is_schematic(client, map_page):
    page = area("Nord")

    response = client.get("/karte/")

    html = response.content.decode()
    assert html.count(f'href="{page.url}"') == 3  # shape and number on the map, entry of the list
    assert "<title>1: Nord</title>" in html
    assert read(response).text.count("schematisch, nicht parzellenscharf, ohne Rechtswirkung") == 1
    assert client.get("/karte/daten/").json()["features"][0]["properties"]["note"] == (
        "schematisch, nicht parzellenscharf, ohne Rechtswirkung"
    )


def test_an_area_without_outline_stands_in_the_list_alone(client, map_page):
    page = factories.AreaPageFactory(title="Ohne Umriss")

    assert client.get("/karte/").content.decode().count(f'href="{page.url}"') == 1


def test_data_carry_no_more_detail_than_the_zoom_shows(client, map_page):
    circle = [[7.46 + 0.01 * x, 51.51 + 0.006 * y] for x, y in _circle(200)]
    page = factories.AreaPageFactory(title="Rund")
    factories.AreaGeometryFactory(area=page, geojson={"type": "Polygon", "coordinates": [[*circle, circle[0]]]})

    corners = [
        len(client.get(f"/karte/daten/?zoom={zoom}").json()["features"][0]["geometry"]["coordinates"][0])
        for zoom in ("10", "14", "18", "", "abc", "²")
    ]

    assert corners[0] < corners[1] < corners[2] == 201
    assert corners[3:] == [201, 201, 201]


def _circle(count: int) -> list[tuple[float, float]]:
    return [(math.cos(math.tau * i / count), math.sin(math.tau * i / count)) for i in range(count)]


def test_selected_entry_is_shown_without_javascript(client, map_page):
    page = area("Nord")

    html = client.get(f"/karte/?ort=gebiet-{page.pk}").content.decode()

    assert "data-panel aria-labelledby" in html
    assert 'aria-labelledby="ausgewaehlt" hidden' not in html


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("ebene=quatsch", "ebene", "Die Ebene „quatsch“ gibt es nicht. Gezeigt werden alle Gebiete."),
        ("am=gestern", "am", "Das ist kein Tag. Gezeigt wird der heutige Stand."),
        ("am=0001-01-01", "am", "Bitte nennen Sie einen Tag zwischen 1950 und den nächsten 20 Jahren."),
        ("am=9999-12-31", "am", "Bitte nennen Sie einen Tag zwischen 1950 und den nächsten 20 Jahren."),
    ],
)
def test_bad_input_is_answered_at_the_field(client, map_page, query, field, sentence):
    area("Nord")

    response = client.get(f"/karte/?{query}")

    assert response.status_code == 200
    assert names(response) == ["Nord"]
    assert sentence in read(response).text
    assert client.get(f"/karte/daten/?{query}").status_code == 200


def test_unknown_selection_and_view_are_ignored(client, map_page):
    assert client.get("/karte/?ort=gebiet-999&lage=a/b/c&zoom=-1").status_code == 200


UNREADABLE = {
    "no geometry": {"type": "Quatsch"},
    "no list": [1, 2],
    "words": {"type": "Polygon", "coordinates": "x"},
    "empty": {"type": "Polygon", "coordinates": []},
    "a line": {"type": "LineString", "coordinates": [[7.4, 51.5], [7.5, 51.5]]},
    "nothing in it": {"type": "MultiPolygon", "coordinates": []},
}


@pytest.mark.parametrize("outline", UNREADABLE.values(), ids=UNREADABLE)
def test_an_outline_that_cannot_be_read_counts_as_none(client, map_page, outline):
    factories.ProjectPageFactory(title="Projekt", outline=outline, outline_accuracy_m=500)
    factories.StudyPageFactory(title="Analyse", outline=outline, outline_accuracy_m=500)

    features = client.get(f"{EVERYTHING.replace('?', 'daten/?')}&zoom=12").json()["features"]

    assert [(item["properties"]["name"], item["geometry"]) for item in features] == [
        ("Analyse", None),
        ("Projekt", None),
    ]
    assert client.get(EVERYTHING).content.decode().count("map-list__number--unplaced") == 2


def test_an_outline_that_crosses_itself_is_drawn_at_every_zoom(client, map_page):
    bow = [[7.45, 51.51], [7.47, 51.52], [7.47, 51.51], [7.45, 51.52], [7.45, 51.51]]
    factories.StudyPageFactory(outline={"type": "Polygon", "coordinates": [bow]}, outline_accuracy_m=500)

    for zoom in range(0, 20):
        features = client.get(f"/karte/daten/?ebene=analysen&zoom={zoom}").json()["features"]
        assert features[0]["geometry"]["type"] == "Polygon"


FLAT = {"type": "Polygon", "coordinates": [[[7.4, 51.5], [7.5, 51.5], [7.4, 51.5], [7.4, 51.5]]]}
HUGE = {"type": "Polygon", "coordinates": [[[10**400, 51.5], [7.5, 51.5], [7.4, 51.6], [10**400, 51.5]]]}


@pytest.mark.parametrize("outline", [FLAT, HUGE], ids=["flat", "huge"])
def test_one_outline_that_is_none_takes_nothing_else_from_the_map(client, map_page, outline):
    area("Nord")
    factories.ProjectPageFactory(title="Krumm", outline=outline, outline_accuracy_m=500)
    factories.StudyPageFactory(title="Schief", outline=outline, outline_accuracy_m=500)

    assert names(client.get(EVERYTHING)) == ["Nord", "Schief", "Krumm"]
    assert len(client.get(EVERYTHING.replace("/karte/", "/karte/daten/")).json()["features"]) == 3
