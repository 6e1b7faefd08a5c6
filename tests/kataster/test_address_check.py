"""The address check as residents get it: schematic and official answers, choices, pointing, and bad input."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from areas.models import AddressDelivery, AreaPage
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import ServicePoint
from tests import factories
from tests.html import read
from tests.kataster.address_support import FAR, INSIDE, NEAR, PATH, area, ask, headline, house, moved
from tests.pages import cost, restrict

pytestmark = pytest.mark.django_db


# --- Schematic: the answer never claims more than the outline knows ---------------------------------------------------
def test_schematic_answers(client, check_page):
    area("Hafen")
    area("Nordstadt")
    for name, place in (("Innenweg", INSIDE), ("Nahweg", NEAR), ("Fernweg", FAR)):
        house(name, place)

    assert [headline(ask(client, f"{name} 1")) for name in ("Innenweg", "Nahweg", "Fernweg")] == [
        "Innenweg 1 liegt vermutlich in 2 Gebieten: Hafen und Nordstadt.",
        "Nahweg 1 liegt in der Nähe von 2 Gebieten: Hafen und Nordstadt.",
        "Fernweg 1 liegt vermutlich in keinem unserer Gebiete.",
    ]


@pytest.mark.parametrize("place", [INSIDE, NEAR, FAR])
def test_no_yes_and_no_no_from_a_schematic_outline(client, check_page, place):
    area("Nordstadt")
    house("Beispielweg", place)

    response = ask(client)

    said = read(response).text
    assert "Ja:" not in said
    assert "Nein:" not in said
    assert "ja, liegt im Gebiet" not in said
    assert "Die Umrisse sind schematisch, nicht parzellenscharf, ohne Rechtswirkung." in said


def test_an_official_outline_and_a_rough_address_say_probably(client, check_page):
    area("Nordstadt", accuracy_m=None)
    house("Beispielweg", INSIDE, kind=AddressDelivery.Kind.DEMO)

    assert headline(ask(client)) == "Beispielweg 1 liegt vermutlich im Gebiet Nordstadt."


# --- Official ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (INSIDE, "Ja: Beispielweg 1 liegt im Gebiet Nordstadt."),
        (NEAR, "Nein: Beispielweg 1 liegt in keinem unserer Gebiete."),
        ((7.47, 51.515), "Beispielweg 1 liegt auf der Grenze des Gebiets Nordstadt."),
    ],
)
def test_official_answers(client, check_page, place, sentence):
    area("Nordstadt", accuracy_m=None)
    house("Beispielweg", place)

    response = ask(client)

    assert headline(response) == sentence
    assert "schematisch, nicht" not in read(response).text


def test_a_yes_stays_a_yes_while_other_areas_are_only_drawn(client, check_page):
    """The sentence about schematic outlines stands where one is meant, never under a "Ja" that rests on none."""
    area("Amtlich", accuracy_m=None)
    factories.AreaGeometryFactory(area=factories.AreaPageFactory(title="Fern"), geojson=moved(0.1))
    house("Beispielweg", INSIDE)

    response = ask(client)

    said = read(response).text
    assert headline(response) == "Ja: Beispielweg 1 liegt im Gebiet Amtlich."
    assert "schematisch" not in said
    assert "Vermutlich nicht in: Fern." in said


@pytest.mark.parametrize(
    ("outline_error", "kind", "reason"),
    [
        (500, AddressDelivery.Kind.DEMO, "Umriss und Lage sind nur ungefähr bekannt."),
        (500, AddressDelivery.Kind.OFFICIAL, "Der Umriss ist nur ungefähr bekannt."),
        (None, AddressDelivery.Kind.DEMO, "Die Lage ist nur ungefähr bekannt."),
    ],
)
def test_a_doubt_names_what_is_not_known(client, check_page, outline_error, kind, reason):
    area("Nordstadt", accuracy_m=outline_error)
    for name, place in (("Innenweg", INSIDE), ("Fernweg", FAR)):
        house(name, place, kind=kind)

        assert ask(client, f"{name} 1").context["answer"].explanation == f"Sicher ist das nicht: {reason}"


def test_offers_for_the_whole_city_are_named_only_where_there_are_some(client, check_page):
    area("Nordstadt", accuracy_m=None)
    house("Beispielweg", FAR)
    factories.FundingOfferPageFactory(title="Vorbei", city_wide=True, closed_on=today())

    assert ask(client).context["answer"].explanation == ""
    assert "Vorbei" not in read(ask(client)).text
    factories.FundingOfferPageFactory(title="Ungewiss", city_wide=True)
    assert ask(client).context["answer"].explanation == (
        "Angebote für ganz Dortmund kann es auch hier geben; sie stehen unten."
    )


def test_one_schematic_outline_is_enough_to_leave_no_open(client, check_page):
    area("Amtlich", accuracy_m=None)
    area("Gezeichnet")
    house("Beispielweg", FAR)

    assert headline(ask(client)) == "Beispielweg 1 liegt vermutlich in keinem unserer Gebiete."


def test_an_area_without_outline_leaves_no_open_and_is_named(client, check_page):
    area("Amtlich", accuracy_m=None)
    factories.AreaPageFactory(title="Ohne Umriss")
    house("Beispielweg", FAR)

    response = ask(client)

    assert headline(response) == "Beispielweg 1 liegt vermutlich in keinem unserer Gebiete."
    said = read(response).text
    assert "Sicher ist das nicht: Nicht von jedem Gebiet ist der Umriss bekannt." in said
    assert "Nicht in: Amtlich. Ohne Umriss, deshalb nicht geprüft: Ohne Umriss." in said


# --- What comes with the answer ---------------------------------------------------------------------------------------
def test_every_answer_says_that_it_binds_nobody_and_of_when_it_is(client, check_page, monkeypatch):
    monkeypatch.setattr("kataster.models.address_check.today", lambda: dt.date(2026, 11, 25))
    area("Nordstadt")
    house("Innenweg", INSIDE)
    house("Fernweg", FAR)

    for name in ("Innenweg", "Fernweg"):
        said = read(ask(client, f"{name} 1")).text

        assert "Unverbindliche Auskunft, Stand 25. November 2026." in said
        assert "Wer verbindlich Auskunft gibt" in said
        assert "Adressen: Gebäudereferenzen, Stand 1. Oktober 2026" in said


def test_offers_of_the_area_and_of_the_whole_city(client, check_page):
    nord, other = area("Nordstadt"), factories.AreaPageFactory(title="Hörde")
    house("Beispielweg", INSIDE)
    day = dt.timedelta(days=1)
    make = factories.FundingOfferPageFactory
    make(title="Zu", city_wide=False, areas=[nord], closed_on=today() - day)
    make(title="Ungewiss", city_wide=False, areas=[nord], percent=50, cap=10_000, amount_source="Richtlinie")
    make(title="Offen", city_wide=False, areas=[nord], runs_until=today() + day, runs_until_source="Bescheid")
    make(title="Anderswo", city_wide=False, areas=[other])
    make(title="Beispielangebot", city_wide=False, areas=[nord], is_example=True)
    make(title="Entwurf", city_wide=False, areas=[nord], live=False)
    restrict(make(title="Intern", city_wide=True))
    make(title="Stadtweit", city_wide=True)

    answer = ask(client).context["answer"]

    assert [(offer.title, offer.state) for offer in answer.areas[0].offers] == [
        ("Offen", "open"),
        ("Ungewiss", "unconfirmed"),
        ("Zu", "closed"),
    ]
    assert [offer.title for offer in answer.city_wide] == ["Stadtweit"]
    said = read(ask(client)).text
    assert "Höchstbetrag: 10.000 €" in said
    assert "bis zu 50 % der Kosten" in said
    assert "Geschlossen seit" in said


def test_unit_and_service_point_of_the_area(client, check_page):
    unit = factories.UnitFactory(name="Stabsstelle Nordstadt", phone="0231 123")
    page = area("Nordstadt", responsible_unit=unit)
    page.service_points = [
        ServicePoint.objects.create(key="laden", name="Quartiersladen", street="Beispielweg 9"),
        ServicePoint.objects.create(key="zu", name="Alter Laden", closed_since=today()),
    ]
    page.save()
    house("Beispielweg", INSIDE)

    said = read(ask(client)).text

    assert "Stabsstelle Nordstadt" in said
    assert "0231 123" in said
    assert "Quartiersladen" in said
    assert "Alter Laden" not in said


@pytest.mark.parametrize("kind", AreaPage.Kind)
def test_what_can_apply_is_said_for_every_kind_and_only_as_possible(client, check_page, kind):
    area("Nordstadt", kind=kind)
    house("Beispielweg", INSIDE)

    words = ask(client).context["answer"].areas[0].can_apply

    assert " kann " in words or " können " in words or "noch nicht entschieden" in words


def test_question_takes_address_and_area_along_in_its_body(client, check_page):
    page = area("Nordstadt")
    house("Beispielweg", INSIDE)

    html = ask(client).text

    assert '<form class="contact-box__action" action="/kontakt/" method="post">' in html
    assert f'<input type="hidden" name="zu" value="{page.pk}">' in html
    assert '<input type="hidden" name="message" value="Es geht um diese Adresse: Beispielweg 1">' in html


# --- Not found --------------------------------------------------------------------------------------------------------
def test_a_slip_gets_buttons_that_ask_for_what_was_meant(client, check_page):
    house("Speicherstraße", INSIDE, number=15)

    response = ask(client, "Spiecherstr 15")

    headings = read(response).headings
    assert headings[headings.index("Liegt mein Haus in einem Fördergebiet?") + 1 :][0] == (
        "„Spiecherstr 15“ haben wir nicht gefunden"
    )
    assert '<button class="choices__button" type="submit" name="adresse" value="Speicherstraße 15">' in response.text
    assert headline(ask(client, "Speicherstraße 15")) == "Speicherstraße 15 liegt vermutlich in keinem unserer Gebiete."


def test_an_unknown_address_is_told_what_to_do(client, check_page):
    house("Beispielweg", INSIDE)

    response = ask(client, "Nirgendwo 5")

    said = read(response)
    assert "„Nirgendwo 5“ haben wir nicht gefunden" in said.headings
    assert "Prüfen Sie die Schreibweise" in said.text
    assert {"/kontakt/", "/karte/", "/gebiete/"} <= said.links
    assert 'value="Nirgendwo 5"' in response.text


def test_street_alone_asks_for_the_number(client, check_page):
    house("Beispielweg", INSIDE, number=3)

    response = ask(client, "beispielweg")

    assert "Welche Hausnummer in der Straße „Beispielweg“?" in read(response).headings
    assert 'name="adresse" value="Beispielweg 3"' in response.text


def test_without_any_address_the_other_ways_are_named(client, check_page):
    response = ask(client)

    assert "Im Moment sind keine Adressen hinterlegt" in read(response).headings
    assert "Ort auf der Karte zeigen" in response.text


def test_a_selection_for_showing_says_so_and_can_be_tried(client, check_page):
    house("Beispielweg", INSIDE, kind=AddressDelivery.Kind.DEMO)

    assert "Diese Vorschau kennt nur wenige Adressen" in read(client.get(PATH)).text
    AddressDelivery.objects.update(kind=AddressDelivery.Kind.OFFICIAL)
    assert "Diese Vorschau" not in read(client.get(PATH)).text


# --- Pointing ---------------------------------------------------------------------------------------------------------
def test_a_place_is_pointed_at_in_two_steps(client, check_page):
    area("Nordstadt")

    squares = client.post(PATH, {"planquadrate": "1"}, headers={"Sec-Fetch-Site": "same-origin"})
    square = client.post(PATH, {"feld": "F5"}, headers={"Sec-Fetch-Site": "same-origin"})
    field = client.post(PATH, {"feld": "F5-11"}, headers={"Sec-Fetch-Site": "same-origin"})

    assert squares.text.count('name="feld"') == 97
    assert square.text.count('name="feld"') == 16
    assert [name for name, _ in square.context["symbols"]] == ["Nordstadt"]
    assert headline(field) == "Planquadrat F5-11 (Nähe Hauptbahnhof) liegt in der Nähe des Gebiets Nordstadt."
    assert "Frage zu diesem Ort" in field.text


def test_pointing_says_probably_even_with_official_outlines(client, check_page):
    area("Nordstadt", accuracy_m=None)

    field = client.post(PATH, {"feld": "F6-3"}, headers={"Sec-Fetch-Site": "same-origin"})

    assert headline(field) == "Planquadrat F6-3 (Nähe Hauptbahnhof) liegt vermutlich im Gebiet Nordstadt."


@pytest.mark.parametrize("key", ["A1", "F5-17", "", "🏠", "F5-6'--", "x" * 500])
def test_a_square_that_does_not_exist_leads_back_to_the_map(client, check_page, key):
    response = client.post(PATH, {"feld": key}, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 422
    assert "Dieses Planquadrat gibt es nicht" in read(response).headings
    assert response.text.count('name="feld"') == 97


# --- Bad input --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Bitte geben Sie Straße und Hausnummer ein."),
        ("   ", "Bitte geben Sie Straße und Hausnummer ein."),
        ("44137 Dortmund", "Bitte geben Sie Straße und Hausnummer ein."),
        ("?!", "Bitte geben Sie Straße und Hausnummer ein."),
        ("x" * 121, "Das ist zu lang für eine Adresse; möglich sind 120 Zeichen."),
        ("Weg\x00 5", "Darin ist ein Zeichen, das in keiner Adresse vorkommt."),
    ],
)
def test_bad_input_is_answered_at_the_field_and_kept(client, check_page, typed, sentence):
    response = ask(client, typed)

    assert response.status_code == 422
    assert response.context["form"].errors["adresse"] == [sentence]
    assert 'id="id_adresse_error"' in response.text
    assert response.context["form"]["adresse"].value() == typed


def test_a_post_from_elsewhere_is_refused_and_keeps_the_text(client, check_page):
    house("Beispielweg", INSIDE)

    response = client.post(PATH, {"adresse": "Beispielweg 1"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert 'value="Beispielweg 1"' in response.text
    assert "answer" not in response.context


@pytest.mark.parametrize("path", [PATH, f"{PATH}vorschlaege/"])
@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"adresse=" + b"a" * 1_000_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"f%d=1" % number for number in range(10_001)), "application/x-www-form-urlencoded", 400),
        (b"--x\r\n", "multipart/form-data", 400),
    ],
)
def test_hostile_bodies(client, check_page, path, body, content_type, status):
    response = client.generic("POST", path, body, content_type, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == status


ODD = [b"adresse=%ff%fe%00+5", b"", b'{"adresse": 5}', b"adresse=%ed%a0%80+5", b"adresse=" + b"a" * 60_000]


@pytest.mark.parametrize("body", ODD)
def test_odd_bodies_are_answered(client, check_page, body):
    house("Beispielweg", INSIDE)
    for path in (PATH, f"{PATH}vorschlaege/"):
        response = client.generic(
            "POST", path, body, "application/x-www-form-urlencoded", headers={"Sec-Fetch-Site": "same-origin"}
        )

        assert response.status_code in {200, 422}


# --- Suggestions ------------------------------------------------------------------------------------------------------
def test_suggestions(client, check_page, django_assert_max_num_queries):
    house("Speicherstraße", INSIDE, number=15)

    with django_assert_max_num_queries(6):
        response = client.post(f"{PATH}vorschlaege/", {"adresse": "speich"}, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.json() == {"vorschlaege": ["Speicherstraße"]}
    assert response["Cache-Control"] == "private, no-store"


def test_suggestions_are_for_our_page_alone(client, check_page):
    assert client.get(f"{PATH}vorschlaege/").status_code == 405
    response = client.post(f"{PATH}vorschlaege/", {"adresse": "sp"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


# --- Cost -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_an_answer_costs_the_same_for_one_area_and_for_many(client, check_page, count):
    house("Beispielweg", INSIDE)
    for number in range(count):
        page = area(f"Gebiet {number}", responsible_unit=factories.UnitFactory())
        page.service_points = [factories.ServicePointFactory()]
        page.save()
        factories.FundingOfferPageFactory(city_wide=False, areas=[page])

    assert cost(client, PATH) == 6
    assert _cost_of_answer(client) == 12


def _cost_of_answer(client) -> int:
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as queries:
        ask(client)
    return len(queries)
