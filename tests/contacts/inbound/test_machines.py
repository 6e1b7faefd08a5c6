"""Automatic mails: told, never answered, and no person's case."""

import pytest
from django.utils import timezone

from contacts.inbound.letters import read
from contacts.inbound.taking import Taken, take
from contacts.models import Enquiry, EnquiryEvent, OutboxMessage
from tests.contacts.inbound.letters import SENDER, TODAY, UNTIL, letter, mails_since, reply, report, take_in, with_files

pytestmark = pytest.mark.django_db


AUTOMATIC = [
    {"Auto_Submitted": "auto-replied"},
    {"Auto_Submitted": "auto-generated; owner-email=x"},
    {"Precedence": "bulk"},
    {"Precedence": "Auto_Reply"},
    {"List_Id": "<liste.example>"},
    {"X_Autoreply": "yes"},
    {"X_Auto_Response_Suppress": "All"},
    {"Return_Path": "<>"},
]


@pytest.mark.parametrize("field", AUTOMATIC, ids=str)
def test_automatic_answer_is_an_internal_step_and_nothing_else(enquiry, acknowledgement, field):
    Enquiry.objects.update(state="closed", closed_at=timezone.now())

    take_in(reply(acknowledgement, "Ich bin im Urlaub.", **field | {"Subject": "Abwesend"}))

    [step] = enquiry.events.exclude(kind=EnquiryEvent.Kind.RECEIVED)
    enquiry.refresh_from_db()
    assert (step.kind, step.detail, step.text) == (
        EnquiryEvent.Kind.NOTED,
        "automatische Antwort: Abwesend",
        "Ich bin im Urlaub.",
    )
    assert enquiry.state == "closed"
    assert mails_since(2) == []


@pytest.mark.parametrize("field", AUTOMATIC, ids=str)
def test_automatic_mail_without_a_case_waits_in_quarantine_without_any_mail(home_page, field):
    take_in(letter(**field))

    new = Enquiry.objects.get()
    assert (new.is_suspicious, new.suspicion, new.email) == (True, "automatische Mail", "")
    assert f"Von: {SENDER}" in new.message
    assert mails_since(0) == []


NOBODY = ["MAILER-DAEMON", "postmaster", "noreply", "no-reply", "DoNotReply", "do-not-reply+7", "owner-liste"]


@pytest.mark.parametrize("name", [*NOBODY, "liste-request", "liste-bounces", "liste-bounces+frieda=example.org"])
def test_addresses_without_a_person_begin_no_case(home_page, name):
    take_in(letter(From=f"{name}@example.org"))

    assert Enquiry.objects.get().suspicion == "automatische Mail"
    assert mails_since(0) == []


@pytest.mark.parametrize("name", ["noreplyhansen", "owner", "frieda.request"])
def test_addresses_that_look_alike_do(home_page, name):
    take_in(letter(From=f"{name}@example.org"))

    assert Enquiry.objects.get().is_suspicious is False


def test_person_may_answer_from_an_address_of_a_system(enquiry, acknowledgement):
    take_in(reply(acknowledgement, From="noreply@example.org"))

    assert enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED).count() == 1


def test_files_of_an_automatic_answer_are_named(enquiry, acknowledgement):
    mail = reply(acknowledgement, Auto_Submitted="auto-replied", Subject="Abwesend " * 40)

    take_in(with_files(mail, ("plan.zip", b"PK", "application/zip")))

    detail = enquiry.events.get(kind=EnquiryEvent.Kind.NOTED).detail
    assert detail.startswith("automatische Antwort: Abwesend")
    assert detail.endswith("nicht übernommen: „plan.zip“; die Mail liegt bis 05.12. im Ordner „Übernommen“")


def test_automatic_mail_that_came_long_ago_keeps_its_files(home_page):
    mail = with_files(letter(Auto_Submitted="auto-generated"), ("plan.zip", b"PK", "application/zip"))

    taken = take(read(mail.as_bytes()), TODAY, TODAY)

    new = Enquiry.objects.get()
    assert taken == Taken(new.reference, "Zu prüfen")
    assert new.events.get().detail == "nicht übernommen: „plan.zip“; die Mail liegt im Ordner „Zu prüfen“"


def test_automatic_mail_that_is_too_large_waits_for_a_person(home_page):
    mail = letter(Auto_Submitted="auto-generated")

    taken = take(read(mail.as_bytes(), is_too_large=True), UNTIL, TODAY)

    assert taken.folder == "Zu prüfen"


def test_what_a_person_sent_may_say_so(home_page):
    take_in(letter(Auto_Submitted="no"))

    assert Enquiry.objects.get().is_suspicious is False


def test_our_own_mail_that_comes_back_is_stored_nowhere(enquiry, acknowledgement):
    ours = letter(Message_ID=acknowledgement.message_id)

    assert take_in(ours) == Taken(enquiry.reference)
    assert (Enquiry.objects.count(), enquiry.events.count()) == (1, 1)


def test_our_own_mail_goes_with_its_case_when_we_no_longer_have_it(enquiry, acknowledgement):
    reply_to = reply(acknowledgement)["To"]
    ours = letter(From="website@stadtdo.example", Auto_Submitted="auto-generated", Reply_To=reply_to)

    assert take_in(ours) == Taken(enquiry.reference)


def test_report_that_names_nothing_of_ours_waits_in_quarantine(home_page):
    take_in(report(OutboxMessage(to="x@example.org", message_id="<fremd@example.net>")))

    assert Enquiry.objects.get().suspicion == "Bericht eines Mailservers, der keine unserer Mails nennt"
    assert mails_since(0) == []
