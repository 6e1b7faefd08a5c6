"""The map page: layers by plain GET, the same entries as a list, bad input answered."""

import pytest

from areas.models import AreaPage
from kataster.models import MapPage
from tests import factories
from tests.html import read
from tests.pages import cost, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def map_page(home_page):
    return factories.index_page(MapPage, "karte", "Karte")


def names(response) -> list[str]:
    return [item["name"] for item in response.context["map_items"]]


def area(title: str, **fields) -> AreaPage:
    page = factories.AreaPageFactory(title=title, **fields)
    factories.AreaGeometryFactory(area=page)
    return page


def test_map_shows_all_areas_and_studies_by_choice(client, map_page):
    area("Nord")
    factories.StudyPageFactory(title="Analyse Süd", outline=factories.SQUARE)

    assert names(client.get("/karte/")) == ["Nord"]
    assert names(client.get("/karte/?analysen=on")) == ["Nord", "Analyse Süd"]


def test_layers_narrow_the_map(client, map_page):
    area("Umbau")
    area("Quartier", kind=AreaPage.Kind.QUARTER)
    area("Sanierung", kind=AreaPage.Kind.REDEVELOPMENT)

    assert names(client.get("/karte/?ebene=quarter&ebene=redevelopment")) == ["Quartier", "Sanierung"]


def test_map_leaves_out_drafts_and_restricted_pages(client, map_page):
    area("Öffentlich")
    area("Entwurf", live=False)
    restrict(area("Intern"))
    restrict(factories.StudyPageFactory(title="Interne Analyse", outline=factories.SQUARE))

    assert names(client.get("/karte/?analysen=on")) == ["Öffentlich"]


def test_picture_and_list_link_the_same_pages(client, map_page):
    page = area("Nord")

    response = client.get("/karte/")

    html = response.content.decode()
    assert html.count(f'href="{page.url}"') == 3  # shape and number on the map, entry of the list
    assert "nicht parzellenscharf" in read(response).text


def test_an_area_without_outline_stands_in_the_list_alone(client, map_page):
    page = factories.AreaPageFactory(title="Ohne Umriss")

    assert client.get("/karte/").content.decode().count(f'href="{page.url}"') == 1


def test_unknown_layer_is_answered_at_the_field(client, map_page):
    area("Nord")

    response = client.get("/karte/?ebene=quatsch")

    assert response.status_code == 200
    assert names(response) == ["Nord"]
    assert response.context["filter_form"].errors["ebene"]


@pytest.mark.parametrize("items", [1, 3])
def test_map_costs_the_same_for_one_and_many(client, map_page, items):
    for number in range(items):
        area(f"Gebiet {number}")
        factories.StudyPageFactory()

    assert cost(client, "/karte/?analysen=on") == 6
