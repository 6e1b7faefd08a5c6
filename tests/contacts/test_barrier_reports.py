"""Reports of barriers: one field is needed, two deadlines follow, the Ombudsstelle is named."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.desk import actions
from contacts.mails import internal_mails, mails_on_arrival
from contacts.models import Enquiry, OutboxMessage
from stadterneuerung.base.models import SiteSettings
from tests.contacts.conftest import post
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


def received(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 30)))


def test_description_alone_is_enough(client, barrier_page):
    response = post(client, barrier_page, {"description": "Die Karte lässt sich nicht mit der Tastatur bedienen."})

    assert response.status_code == 303
    assert OutboxMessage.objects.get().kind == "office"
    assert "Bitte speichern, notieren oder drucken Sie ihn jetzt." in client.get(response.url).text


def test_without_description_nothing_is_lost(client, barrier_page):
    response = post(
        client, barrier_page, {"description": "", "contact": "0231 000000", "wanted_alternative": "als Text"}
    )

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "description": ["Bitte beschreiben Sie die Barriere mit ein paar Worten."]
    }
    assert "0231 000000" in response.text
    assert "als Text" in response.text


@pytest.mark.parametrize(
    ("contact", "answered_to"),
    [("frieda@example.org", ["frieda@example.org"]), ("0231 000000", []), ("Post @ Amt", [])],
)
def test_contact_may_be_a_telephone_number(client, barrier_page, contact, answered_to):
    response = post(client, barrier_page, {"description": "Barriere", "contact": contact})

    assert response.status_code == 303
    mails = OutboxMessage.objects.filter(kind="acknowledgement")
    assert list(mails.values_list("to", flat=True)) == answered_to


def test_mail_to_the_office_says_who_reported_and_how(home_page):
    unit = UnitFactory(name="Stab A", mailbox="a@stadtdo.example")
    by_phone = {"name": "Frieda Beispiel", "phone": "0231 000", "channel": Enquiry.Channel.PHONE}

    [mail] = internal_mails(BarrierReportFactory(unit=unit, email="frieda@example.org", **by_phone))

    assert mail.body_text.partition("Seite: nicht angegeben\n")[2].splitlines()[:7] == [
        "Zuständige Einheit: Stab A",
        "(Diese Mail ging nur an das Postfach des Amts; die Einheit hat kein bestätigtes Postfach.)",
        "",
        "Name: Frieda Beispiel",
        "E-Mail: frieda@example.org",
        "Telefon: 0231 000",
        "Eingangsweg: Telefon; im Amt aufgenommen",
    ]


@pytest.mark.parametrize("factory", [EnquiryFactory, BarrierReportFactory])
def test_mail_to_a_unit_without_desk_ends_with_words(home_page, factory):
    [mail] = internal_mails(factory(email="", mail_only=True))

    assert mail.body_text.splitlines()[-1] != "--"


def test_half_an_address_is_pointed_out(client, barrier_page):
    response = post(client, barrier_page, {"description": "Barriere", "contact": "frieda@example"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["contact"]


def test_page_one_came_from_is_filled_in_without_its_query(client, barrier_page):
    own = client.get("/barriere-melden/", headers={"Referer": "http://testserver/projekte/?seite=2"})
    other = client.get("/barriere-melden/", headers={"Referer": "http://elsewhere.example/testserver/"})

    assert own.context["form"]["url"].value() == "http://testserver/projekte/"
    assert other.context["form"]["url"].value() == ""


def test_ombudsstelle_comes_from_the_settings(client, barrier_page):
    facts = SiteSettings.load()
    facts.ombuds_name, facts.ombuds_url = "Ombudsstelle Probe", "https://ombuds.example.org/"
    facts.save()

    sent = post(client, barrier_page, {"description": "Barriere", "contact": "frieda@example.org"})

    answer = OutboxMessage.objects.get(kind="acknowledgement").body_text
    for text in (client.get("/barriere-melden/").text, client.get(sent.url).text, answer):
        assert "Ombudsstelle Probe" in text
        assert "https://ombuds.example.org/" in text


def test_deadlines_count_from_the_day_in_dortmund():
    report = BarrierReportFactory(created_at=received(dt.date(2026, 3, 2)))

    assert (report.due_on, report.answer_by) == (dt.date(2026, 3, 16), dt.date(2026, 4, 13))


@pytest.mark.parametrize(("days_left", "late"), [(0, False), (-1, True)])
@pytest.mark.parametrize(
    ("factory", "state", "answered", "runs"),
    [
        (EnquiryFactory, "new", False, True),
        (EnquiryFactory, "taken", False, True),
        (EnquiryFactory, "waiting", False, False),
        (EnquiryFactory, "answered", True, False),
        (BarrierReportFactory, "new", False, True),
        (BarrierReportFactory, "taken", True, True),
        (BarrierReportFactory, "waiting", False, True),
        (BarrierReportFactory, "waiting", True, False),
        (BarrierReportFactory, "answered", True, False),
    ],
)
def test_what_waits_for_the_office_is_due_or_late_wherever_it_is_asked(factory, state, answered, runs, days_left, late):
    enquiry = factory(
        state=state,
        due_on=timezone.localdate() + dt.timedelta(days=days_left),
        first_answer_at=timezone.now() if answered else None,
        ombuds_named=answered,
    )

    assert enquiry.waits_for_office is runs
    assert enquiry.is_late is Enquiry.objects.overdue().exists() is (runs and late)
    assert Enquiry.objects.due().exists() is (runs and not late)


@pytest.mark.parametrize(("age", "days_ahead"), [(20, 14), (40, 2), (50, -8)])
def test_no_reply_moves_an_unanswered_report_beyond_six_weeks(by, age, days_ahead):
    # By the clock on the wall: summer time may have ended since.
    received = timezone.localtime() - dt.timedelta(days=age)
    report = BarrierReportFactory(created_at=received, email="frieda@example.org")
    actions.wait(report, by, "Welche Seite meinen Sie?")

    actions.note_reply(report, by)

    assert report.due_on == timezone.localdate() + dt.timedelta(days=days_ahead)


def test_a_report_that_was_answered_and_comes_up_again_gets_two_weeks(by):
    long_ago = timezone.now() - dt.timedelta(days=50)
    report = BarrierReportFactory(created_at=long_ago, state="answered", first_answer_at=long_ago, ombuds_named=True)

    actions.reopen(report, by)

    assert report.due_on == timezone.localdate() + dt.timedelta(days=14)


@pytest.mark.parametrize(("age", "names_the_day"), [(20, True), (41, True), (43, False)])
def test_report_held_up_by_the_quarantine_is_told_the_last_day_while_it_lies_ahead(home_page, age, names_the_day):
    day = timezone.localdate() - dt.timedelta(days=age)
    report = BarrierReportFactory(created_at=received(day), email="frieda@example.org", unit=None)

    mail = mails_on_arrival(report)[-1]

    assert mail.kind == "acknowledgement"
    assert ("Spätestens am" in mail.body_text) is names_the_day


def test_answer_without_the_ombudsstelle_is_refused_by_the_database():
    report = BarrierReportFactory()
    report.first_answer_at = timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        report.save()


@pytest.mark.parametrize(("words", "noted"), [("als Text", True), ("", False), ("  ", False)])
def test_that_somebody_asked_for_another_form_is_noted_apart_from_the_words(client, barrier_page, words, noted):
    post(client, barrier_page, {"description": "Barriere", "wanted_alternative": words})

    assert Enquiry.objects.get().wants_alternative is noted
