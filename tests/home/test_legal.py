"""Legal pages say what is so: facts from the settings, what is missing, and no claim without a dated assessment."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.formats import date_format

from contacts.models import ProcessingPurpose
from stadterneuerung.base.models import CustomDocument, SiteSettings
from stadterneuerung.home.models import (
    AccessibilityPage,
    ImprintPage,
    PlainLanguagePage,
    PrivacyPage,
    SignLanguagePage,
)
from stadterneuerung.home.models.legal import AccessibilityDefect
from tests.contacts.factories import new_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client, home_page):
    """Make the one page of a kind below the start page and return its HTML."""

    def read(model, **fields) -> str:
        page = model(title=str(model._meta.verbose_name), slug="recht", teaser="Was gilt.", **fields)
        home_page.add_child(instance=page)
        response = client.get("/recht/")
        assert response.status_code == 200
        return response.content.decode()

    return read


@pytest.fixture
def facts(home_page) -> SiteSettings:
    return SiteSettings.load()


# --- Impressum -------------------------------------------------------------------------------------------------------
def test_imprint_says_what_is_missing(read, facts):
    html = read(ImprintPage)

    assert "Straße und Hausnummer folgen" in html
    assert html.count('<span class="muted">folgt</span>') == 5  # phone, supervision, VAT, hosting, responsible editor


def test_imprint_shows_what_is_known(read, facts):
    facts.street, facts.phone, facts.responsible_editor = "Musterstraße 1", "0231 12 34", "Leitung des Amts"
    facts.save()

    html = read(ImprintPage)

    assert "Musterstraße 1" in html
    assert 'href="tel:02311234"' in html
    assert "Leitung des Amts" in html


# --- Datenschutz -----------------------------------------------------------------------------------------------------
def test_privacy_notice_follows_the_settings(read, settings, facts):
    settings.RETENTION_DAYS = settings.RETENTION_DAYS | {"server_log": 3}
    settings.PUBLIC_FORMS = {"per_hour": 17, "per_day": 53, "max_hours": 9, "acknowledgements_per_day": 2} | {
        "files_per_hour": 43,
        "misses_per_hour": 29,
        "renewals_per_day": 7,
    }
    settings.ENQUIRY_MAILBOX = "postfach@example.org"
    for key, days in (("question", 91), ("barrier", 407)):
        first = ProcessingPurpose.objects.in_force(key)
        new_version(first, retention_days=days, valid_from=timezone.localdate(), recipients=f"Nur {key}.")
        new_version(first, retention_days=5, valid_from=timezone.localdate() + dt.timedelta(days=1))

    html = read(PrivacyPage)

    for words in (
        "91 Tage nach Abschluss Ihres Anliegens",
        "407 Tage nach Abschluss Ihrer Meldung",
        "Nur question.",
        "Nur barrier.",
        "höchstens 3 Tage behalten",
        "höchstens 17 Nachrichten in der Stunde und 53 am Tag",
        "Es gilt 9 Stunden",
        "Bestätigung mit Vorgangsnummer, höchstens 2 am Tag",
        "mitgeschickte Dateien, höchstens 43 in der Stunde",
        "Statusseiten, die es nicht gibt, höchstens 29 in der Stunde",
        "neue Adressen der Statusseite, höchstens 7 am Tag",
        "Wenn Sie anrufen, vorbeikommen oder einen Brief schreiben",
        "können Sie Ihre Nachricht dort sofort selbst löschen",
        "postfach@example.org",
        date_format(timezone.localdate(), "j. F Y"),
        facts.data_protection_mailbox,
        facts.supervisory_data_protection,
    ):
        assert words in html


@pytest.mark.parametrize(
    ("url", "is_named"), [("", False), ("imaps://konto:geheim@mail.example/INBOX", True)], ids=["none", "one"]
)
def test_privacy_notice_names_a_mailbox_that_a_program_reads(read, settings, url, is_named):
    settings.INBOUND_IMAP_URL, settings.INBOUND_ADDRESS = url, "eingang@example.org"

    html = read(PrivacyPage)

    sentence = "Mails an eingang@example.org holt ein Programm ab"
    assert (sentence in html, "noch höchstens 7 Tage" in html) == (is_named, is_named)
    assert "geheim@" not in html


def test_privacy_notice_tells_of_the_task_while_there_is_one(client, read, settings, facts):
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"max_hours": 9}
    before = read(PrivacyPage)
    facts.proof_of_work = True
    facts.save()

    after = client.get("/recht/").text

    assert "Rechenaufgabe" not in before
    assert "löst Ihr Browser beim Ausfüllen eine Rechenaufgabe" in after
    assert "einen Prüfwert Ihrer Nachricht" in after
    assert "höchstens 9 Stunden" in after


@pytest.mark.parametrize(("confirmed_on", "is_open"), [(None, True), (dt.date(2026, 1, 1), False)])
def test_unconfirmed_periods_are_marked(read, facts, confirmed_on, is_open):
    facts.retention_confirmed_on = confirmed_on
    facts.save()

    assert ("Frist vom Amt noch zu bestätigen" in read(PrivacyPage)) == is_open


# --- Barrierefreiheit ------------------------------------------------------------------------------------------------
HEADINGS = [
    "Stand der Vereinbarkeit mit den Anforderungen",
    "Nicht barrierefreie Inhalte",
    "Erstellung dieser Erklärung",
    "Rückmeldung und Kontaktangaben",
    "Durchsetzungsverfahren",
]


def test_statement_has_the_headings_of_the_model_in_order(read):
    html = read(AccessibilityPage)

    places = [html.index(f"<h2>{heading}</h2>") for heading in HEADINGS]
    assert places == sorted(places)


def test_draft_claims_nothing(read, facts):
    html = read(AccessibilityPage)

    assert "Entwurf – noch nicht bewertet" in html
    assert "vereinbar." not in html
    assert 'href="/barriere-melden/"' in html
    assert facts.ombuds_url in html
    assert facts.ombuds_mailbox in html


def test_assessed_statement_names_result_method_and_day(read):
    html = read(
        AccessibilityPage,
        conformance=AccessibilityPage.Conformance.PARTIAL,
        method=AccessibilityPage.Method.SELF,
        assessed_on=dt.date(2026, 10, 1),
        assessed_by="Stadt Dortmund",
    )

    assert "teilweise vereinbar. Das ergab eine Bewertung vom 1. Oktober 2026." in html
    assert "Selbstbewertung: Stadt Dortmund, 1. Oktober 2026." in html
    assert "Entwurf" not in html


def test_claim_without_assessment_is_refused():
    page = AccessibilityPage(conformance=AccessibilityPage.Conformance.FULL)

    assert set(page.publication_errors()) == {"assessed_on"}


def test_known_defects_are_listed_with_reason_and_date(client, home_page):
    page = AccessibilityPage(title="Erklärung", slug="recht", teaser="Was gilt.")
    page.defects.add(AccessibilityDefect(part="Gebärdensprache", description="Der Film fehlt.", until="Ende 2026"))
    page.defects.add(
        AccessibilityDefect(part="Pläne", description="PDF ohne Struktur.", alternative="Text auf Anfrage")
    )
    home_page.add_child(instance=page)

    html = client.get("/recht/").content.decode()

    for words in ("Der Film fehlt.", "Ende 2026", "PDF ohne Struktur.", "Text auf Anfrage", "steht noch nicht fest"):
        assert words in html


# --- Leichte Sprache and sign language -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "kicker_shown"), [({}, True), ({"checked_by": "Prüfgruppe", "checked_on": dt.date(2026, 9, 1)}, False)]
)
def test_plain_language_is_a_draft_until_checked(read, fields, kicker_shown):
    html = read(PlainLanguagePage, content="<p>Das ist leicht.</p>", **fields)

    assert ("Einfache Sprache (Entwurf, nicht geprüft)" in html) == kicker_shown
    assert ("Prüfgruppe, 1. September 2026" in html) != kicker_shown


def test_missing_film_is_said(read):
    html = read(SignLanguagePage)

    assert "Der Film fehlt noch" in html
    assert "<video" not in html


def test_film_can_be_seen_and_loaded(read):
    film = CustomDocument(title="Film")
    film.file.save("film.mp4", ContentFile(b"0" * 2048))

    html = read(SignLanguagePage, film=film, duration="3:20 Minuten", transcript="<p>Willkommen.</p>")

    assert f'<source src="{film.url}" type="video/mp4">' in html
    assert "3:20 Minuten" in html
    assert "Der Film fehlt noch" not in html


@pytest.mark.parametrize("model", [ImprintPage, PrivacyPage, AccessibilityPage, PlainLanguagePage, SignLanguagePage])
def test_number_of_queries(client, home_page, django_assert_max_num_queries, model):
    text = {"content": "<p>Das ist leicht.</p>"} if model is PlainLanguagePage else {}
    home_page.add_child(instance=model(title="Recht", slug="recht", teaser="Was gilt.", **text))
    client.get("/recht/")

    with django_assert_max_num_queries(9):
        client.get("/recht/")
