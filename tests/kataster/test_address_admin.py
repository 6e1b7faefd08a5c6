"""The address check in the admin: the same answer, with distances and the outlines behind it."""

import pytest

from tests.html import read
from tests.kataster.address_support import INSIDE, NEAR, area, house

pytestmark = pytest.mark.django_db

PATH = "/admin/adresse-pruefen/"


def test_answer_comes_with_distance_and_outline(admin_client, home_page):
    page = area("Nordstadt")
    house("Beispielweg", INSIDE)
    house("Nahweg", NEAR)

    inside = admin_client.post(PATH, {"ort": "Beispielweg 1"})
    near = admin_client.post(PATH, {"ort": "Nahweg 1"})

    assert "Beispielweg 1 liegt vermutlich im Gebiet Nordstadt." in read(inside).headings
    assert "innerhalb" in read(inside).text
    assert "schematisch, Lagefehler 500 m" in read(inside).text
    assert f"/admin/pages/{page.pk}/edit/" in read(inside).links
    assert "346 m" in read(near).text


@pytest.mark.parametrize("typed", ["51.515, 7.46", "51,515; 7,46", "51.515 7.46"])
def test_a_point_is_taken_as_maps_write_it(admin_client, home_page, typed):
    area("Nordstadt", accuracy_m=None)

    response = admin_client.post(PATH, {"ort": typed})

    assert "Ja: Punkt 51.51500, 7.46000 liegt im Gebiet Nordstadt." in read(response).headings


def test_a_point_elsewhere_and_an_empty_field_are_refused_in_a_sentence(admin_client, home_page):
    assert "liegt nicht in oder um Dortmund" in admin_client.post(PATH, {"ort": "7.46, 51.515"}).text
    assert "Bitte geben Sie eine Adresse oder einen Punkt ein." in admin_client.post(PATH, {"ort": ""}).text


def test_unknown_addresses_offer_what_may_be_meant(admin_client, home_page):
    assert "noch keine Adressen eingelesen" in read(admin_client.post(PATH, {"ort": "Weg 1"})).text
    house("Speicherstraße", INSIDE, number=15)

    assert "Meinten Sie Speicherstraße 15?" in read(admin_client.post(PATH, {"ort": "Spiecherstr 15"})).text


def test_only_editors_get_in(client, home_page):
    assert client.get(PATH).status_code == 302
    assert client.post(PATH, {"ort": "Weg 1"}).status_code == 302
