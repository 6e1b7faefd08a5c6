"""Templates for answers: placeholders that exist, gaps that hold an answer back, and the first set."""

import datetime as dt
import importlib
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from contacts.desk.actions import names_ombuds
from contacts.desk.templates import PLACEHOLDERS, fill, gaps, unknown_placeholders
from contacts.models import AnswerTemplate
from stadterneuerung.base.models import SiteSettings
from tests.contacts.accounts import account
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

ALL = "|".join(f"{{{name}}}" for name in PLACEHOLDERS)


def test_each_placeholder_says_what_is_known_of_the_enquiry(home_page):
    enquiry = EnquiryFactory(
        name="Frieda Beispiel",
        reference="SE-1",
        created_at=dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC),
        subject_name="Förderung",
        page_title="Rosenviertel",
        unit=UnitFactory(name="Stab A"),
        due_on=dt.date(2026, 5, 19),
    )
    facts = SiteSettings.load()

    assert fill(ALL, enquiry).split("|") == [
        "Guten Tag Frieda Beispiel,",
        "SE-1",
        "4. Mai 2026",
        "Förderung",
        "Rosenviertel",
        "Stab A",
        "19. Mai 2026",
        facts.ombuds_name,
        facts.ombuds_url,
        facts.ombuds_mailbox,
    ]


def test_what_is_not_known_becomes_a_gap(home_page):
    enquiry = EnquiryFactory(reference="SE-1")

    assert fill("{Anrede} {Betreff} {Seite} {Einheit}", enquiry) == (
        "Guten Tag, [[Betreff]] [[Seite]] Amt für Stadterneuerung"
    )


def test_a_barrier_is_answered_by_the_last_day(home_page):
    report = BarrierReportFactory(created_at=dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC), url="/karte/")

    assert fill("{Antwort-bis-Datum} {Seite}", report) == "15. Juni 2026 /karte/"


def test_what_the_sender_typed_is_never_filled_again(home_page):
    enquiry = EnquiryFactory(name="{Vorgangsnummer} \\1 {Anrede}", reference="SE-1")

    assert fill("{Anrede}", enquiry) == "Guten Tag {Vorgangsnummer} \\1 {Anrede},"


@given(st.text(max_size=200))
def test_any_text_can_be_filled_and_text_without_brackets_stays(text):
    plain = re.sub(r"[{}\[\]]", "", text)

    assert unknown_placeholders(plain) == gaps(plain) == []
    assert all(name not in PLACEHOLDERS for name in unknown_placeholders(text))


@pytest.mark.parametrize("text", ["{Name}", "Guten Tag {anrede}", "{}", "{ Anrede }", "a {Anrede} b {X} c"])
def test_an_unknown_placeholder_is_refused_in_german(text):
    template = AnswerTemplate(name="Neu", text=text)

    with pytest.raises(ValidationError, match="Diesen Platzhalter gibt es nicht") as error:
        template.full_clean()

    assert list(error.value.message_dict) == ["text"]
    assert "{Vorgangsnummer}" in str(error.value)


@pytest.mark.parametrize("text", [ALL, "ohne", "eine { Klammer", "zwei [[Lücken]]", "{\n}"])
def test_what_is_known_is_taken(text):
    AnswerTemplate(name="Neu", text=text).full_clean()


def test_the_first_set_is_sound(home_page):
    report = BarrierReportFactory(reference="BF-1")
    templates = {template.name: template for template in AnswerTemplate.objects.all()}

    assert [*templates] == [
        "Eingang geprüft, Rückfrage",
        "Nicht zuständig",
        "Auskunft zur Förderung",
        "Barriere: Zwischennachricht",
        "Barriere: Antwort mit Ombudsstelle",
    ]
    for template in templates.values():
        template.full_clean()
        assert len(gaps(fill(template.text, report))) == 1, template  # so none is sent as it is
    assert names_ombuds(fill(templates["Barriere: Antwort mit Ombudsstelle"].text, report))


def test_the_first_set_is_written_once(home_page):
    module = importlib.import_module("contacts.migrations.0009_answer_templates")
    from django.apps import apps

    module.write_first_templates(apps, None)

    assert AnswerTemplate.objects.count() == len(module.TEMPLATES)


def test_fitting_are_those_of_the_kind_and_those_for_all(home_page):
    names = {kind: set(AnswerTemplate.objects.fitting(make()).values_list("name", flat=True)) for kind, make in KINDS}

    assert names == {
        "question": {"Eingang geprüft, Rückfrage", "Nicht zuständig", "Auskunft zur Förderung"},
        "barrier": {
            "Eingang geprüft, Rückfrage",
            "Barriere: Zwischennachricht",
            "Barriere: Antwort mit Ombudsstelle",
        },
    }


KINDS = [("question", EnquiryFactory), ("barrier", BarrierReportFactory)]


def test_editors_keep_them_in_the_admin(client, home_page):
    rights = [f"{action}_answertemplate" for action in ("view", "add", "change")]
    client.force_login(account("access_admin", *rights))
    add = reverse("wagtailsnippets_contacts_answertemplate:add")
    data = {"name": "Termin", "kind": "", "subject": "", "position": "60"}

    refused = client.post(add, data | {"text": "{Termin}"})
    taken = client.post(add, data | {"text": "{Anrede}"})

    assert "Diesen Platzhalter gibt es nicht: {Termin}." in refused.text
    assert "<code>{Vorgangsnummer}</code>" in client.get(add).text
    assert taken.status_code == 302
    assert AnswerTemplate.objects.get(name="Termin").text == "{Anrede}"
