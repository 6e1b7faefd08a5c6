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


@pytest.mark.parametrize("typed", ["51.5150, 7.4600", "51,51500; 7,46000", "51.51500 7.46000"])
def test_a_point_is_taken_as_maps_write_it_and_never_answered_by_yes(admin_client, home_page, typed):
    area("Nordstadt", accuracy_m=None)

    response = admin_client.post(PATH, {"ort": typed})

    assert "Punkt 51.51500, 7.46000 liegt vermutlich im Gebiet Nordstadt." in read(response).headings


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("7.4600, 51.5150", "liegt nicht in oder um Dortmund"),
        ("51.5, 7.4", "mindestens 4 Nachkommastellen"),
        ("", "Bitte geben Sie eine Adresse oder einen Punkt ein."),
    ],
)
def test_what_cannot_be_checked_is_refused_in_a_sentence(admin_client, home_page, typed, sentence):
    assert sentence in admin_client.post(PATH, {"ort": typed}).text


def test_what_was_not_found_is_said_as_on_the_public_page_with_buttons(admin_client, home_page):
    assert "Im Moment sind keine Adressen hinterlegt" in read(admin_client.post(PATH, {"ort": "Weg 1"})).headings
    house("Speicherstraße", INSIDE, number=15)

    slip, street = (admin_client.post(PATH, {"ort": typed}) for typed in ("Spiecherstr 15", "Speicherstr"))

    assert "„Spiecherstr 15“ haben wir nicht gefunden" in read(slip).headings
    assert "Welche Hausnummer in der Straße „Speicherstraße“?" in read(street).headings
    for response in (slip, street):
        assert 'name="ort" value="Speicherstraße 15"' in response.text


def test_only_editors_get_in(client, home_page):
    assert client.get(PATH).status_code == 302
    assert client.post(PATH, {"ort": "Weg 1"}).status_code == 302
