"""The addresses of the demo answer each case in its own areas: in two, in one and near one, near, outside, unknown."""

import io

import pytest
from django.core.management import call_command

from tests.html import read
from tests.kataster.address_support import ask, headline
from tools.paths import FIXTURES

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(demo_content):
    file = FIXTURES / "geo" / "adressen_auswahl.txt"
    call_command("import_addresses", file, kind="demo", as_of="2026-11-22", stdout=io.StringIO())


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Speicherstr 15", "Speicherstraße 15 liegt vermutlich in 2 Gebieten: Quartier Hafen und Nordstadt."),
        ("vogelpothsweg 15", "Vogelpothsweg 15 liegt vermutlich im Gebiet Dorstfeld."),
        ("westerfilder strasse 23", "Westerfilder Straße 23 liegt vermutlich im Gebiet Westerfilde & Bodelschwingh."),
        ("Probeweg 1", "Probeweg 1 liegt in der Nähe des Gebiets Hörde."),
        ("Beispielweg 1", "Beispielweg 1 liegt vermutlich in keinem unserer Gebiete."),
    ],
)
def test_demo_addresses_are_answered_rightly(client, addresses, typed, sentence):
    response = ask(client, typed)

    assert headline(response) == sentence
    assert "Die Umrisse sind schematisch, nicht parzellenscharf, ohne Rechtswirkung." in read(response).text


def test_near_is_told_beside_in(client, addresses):
    answer = ask(client, "Vogelpothsweg 15").context["answer"]

    assert [(each.area.title, str(each.status.label)) for each in answer.areas] == [
        ("Dorstfeld", "vermutlich im Gebiet"),
        ("Werkssiedlung Oberdorstfeld", "in der Nähe des Gebiets"),
    ]


def test_an_address_that_is_not_there_is_unknown(client, addresses):
    response = ask(client, "Musterstraße 5")

    assert "„Musterstraße 5“ haben wir nicht gefunden" in read(response).headings


def test_start_page_and_office_page_lead_to_the_check_and_the_map(client, demo_content):
    for address in ("/", "/amt/"):
        assert {"/foerderung/adresse-pruefen/", "/karte/"} <= read(client.get(address)).links
