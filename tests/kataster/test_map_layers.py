"""The layers of the map, with something on most of them: one set of entries for picture, list and data."""

import itertools
import re

import pytest

from kataster.entries import DEFAULT_LAYERS, LAYERS, entries
from kataster.models import MapPage
from tests import factories
from tests.kataster.map_support import EVERYTHING, names, one_of_each
from tests.pages import cost

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _rows(rows_of_module) -> None:
    factories.index_page(MapPage, "karte", "Karte")
    one_of_each()


def test_without_a_choice_all_areas_are_shown(client):
    assert names(client.get("/karte/")) == ["Alt", "Nord"]


def test_each_layer_shows_what_belongs_to_it(client):
    shown = {layer.key: found for layer in LAYERS if (found := names(client.get(f"/karte/?ebene={layer.key}")))}

    assert shown == {
        "sanierung": ["Alt"],
        "stadtumbau": ["Nord"],
        "analysen": ["Analyse"],
        "projekte-geplant": ["Geplant"],
        "projekte-unbestaetigt": ["Ungewiss"],
        "foerderung": ["Stadtweit", "Zuschuss"],
        "beteiligung": ["Werkstatt"],
        "termine": ["Rundgang"],
        "anlaufstellen": ["Quartiersladen"],
    }


def test_places_without_coordinates_are_drawn_where_they_belong_to():
    found = {entry.name: entry for entry in entries(MapPage.objects.get().locale_id)}

    assert found["Zuschuss"].near == found["Werkstatt"].near == found["Quartiersladen"].near == "Nord"
    assert found["Rundgang"].near == "Ungewiss"
    assert found["Rundgang"].point == found["Ungewiss"].point
    assert not found["Stadtweit"].has_place
    points = [entry.point for entry in found.values() if entry.near == "Nord"]
    assert len(set(points)) == len(points)  # side by side, not one on another


def test_picture_list_and_data_hold_the_same_for_every_choice(client):
    keys = [layer.key for layer in LAYERS if layer.key not in {"untersuchung", "konzept", "quartier"}]

    for count in (1, 2, len(keys)):
        for chosen in itertools.combinations(keys, count):
            query = "&".join(f"ebene={key}" for key in chosen)
            html = client.get(f"/karte/?{query}").content.decode()
            features = client.get(f"/karte/daten/?{query}").json()["features"]
            listed = re.findall(r'<li class="map-list__entry" id="([^"]+)"', html)
            outlines = html.count('class="city-map__shape"')
            markers = html.count('<a class="city-map__marker')
            unplaced = html.count("map-list__number--unplaced")
            assert [feature["id"] for feature in features] == listed
            assert outlines + markers + unplaced == len(listed)


@pytest.mark.parametrize("items", [1, 3])
def test_map_costs_the_same_for_one_and_many(client, items):
    for _number in range(items - 1):
        one_of_each()

    assert cost(client, EVERYTHING) == 12


def test_default_layers_are_the_areas():
    assert DEFAULT_LAYERS == ["sanierung", "stadtumbau", "sozialer-zusammenhalt", "untersuchung", "konzept", "quartier"]
