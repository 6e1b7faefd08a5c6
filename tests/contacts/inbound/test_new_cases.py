"""Mails without a case: a new one, how many are acknowledged, and what waits for a person."""

import datetime as dt

import pytest
from django.utils import timezone

from contacts import status
from contacts.inbound.taking import Taken
from contacts.models import Enquiry, EnquiryEvent, OutboxMessage
from tests.contacts.inbound.letters import SENDER, letter, mails_since, reply, take_in

pytestmark = pytest.mark.django_db


def test_mail_without_a_case_is_a_new_one_and_is_acknowledged(home_page):
    taken = take_in(letter())

    new = Enquiry.objects.get()
    assert taken == Taken(new.reference, "Übernommen")
    assert (new.channel, new.kind, new.name, new.email) == ("mail", "question", "Frieda Beispiel", SENDER)
    assert new.message == "Betreff: Frage zum Umbau\n\nEs ist das Haus mit der grünen Tür."
    assert mails_since(0) == [("office", "stadterneuerung@stadtdo.de"), ("acknowledgement", SENDER)]
    assert "Eingangsweg: E-Mail\n" in OutboxMessage.objects.get(kind="office").body_text
    assert new.has_reader
    assert status.link_for(new)


def test_only_a_few_are_acknowledged_in_a_day(home_page, django_capture_on_commit_callbacks):
    for number in range(5):
        with django_capture_on_commit_callbacks(execute=True):
            take_in(letter(Message_ID=f"<{number}@post.example>"))

    assert Enquiry.objects.count() == 5
    assert OutboxMessage.objects.filter(kind="acknowledgement").count() == 3


@pytest.mark.parametrize(
    "sender",
    ["a@example.org, b@example.org", "", "kein-absender", "<>", "Ohne Adresse <>"],
)
def test_without_one_usable_address_it_is_taken_and_not_acknowledged(home_page, sender):
    raw = letter(From="").as_bytes()

    take_in(f"From: {sender}\n".encode() + raw)

    assert Enquiry.objects.get().email == ""
    assert mails_since(0) == [("office", "stadterneuerung@stadtdo.de")]


def test_many_links_and_the_mark_of_the_mail_server_lead_to_quarantine(home_page):
    take_in(letter("https://a.example " * 5, Message_ID="<1@x>"))
    take_in(letter(X_Spam_Flag="YES", Message_ID="<2@x>"))

    found = list(Enquiry.objects.order_by("pk").values_list("is_suspicious", "suspicion"))
    assert found == [(True, "5 Links"), (True, "vom Mailserver als Spam markiert")]
    assert {kind for kind, _to in mails_since(0)} == {"office"}


def test_mail_without_subject_and_text_is_kept(home_page):
    take_in(letter("", Subject=""))

    assert Enquiry.objects.get().message == "Betreff: (ohne Betreff)\n\n(ohne Text)"


def test_mail_from_a_mailbox_of_the_office_waits_without_any_mail(unit):
    take_in(letter(From="a@stadtdo.example"))
    take_in(letter(From="stadterneuerung@stadtdo.de"))

    assert set(Enquiry.objects.values_list("is_suspicious", "email")) == {(True, "")}
    assert mails_since(0) == []


def test_too_many_cases_of_one_sender_wait_without_any_mail(home_page):
    for number in range(6):
        take_in(letter(Message_ID=f"<{number}@post.example>", From=SENDER.upper() if number == 5 else SENDER))

    last = Enquiry.objects.order_by("pk").last()
    assert (last.is_suspicious, last.suspicion, last.email) == (True, "zu viele Mails in kurzer Zeit", SENDER.upper())
    assert [last.outbox.count(), Enquiry.objects.filter(is_suspicious=True).count()] == [0, 1]


def test_what_came_before_today_counts_no_more(home_page):
    for number in range(5):
        take_in(letter(Message_ID=f"<{number}@post.example>"))
    Enquiry.objects.update(created_at=timezone.now() - dt.timedelta(days=1, minutes=1))

    take_in(letter())

    assert Enquiry.objects.filter(is_suspicious=True).count() == 0


def test_too_many_cases_in_an_hour_wait_whoever_sent_them(home_page, settings):
    settings.INBOUND = settings.INBOUND | {"cases_per_hour": 2}
    for number in range(3):
        take_in(letter(Message_ID=f"<{number}@post.example>", From=f"{number}@example.org"))

    assert list(Enquiry.objects.order_by("pk").values_list("is_suspicious", flat=True)) == [False, False, True]


def test_replies_are_taken_however_many(enquiry, acknowledgement, settings):
    settings.INBOUND = settings.INBOUND | {"cases_per_sender": 0, "cases_per_hour": 0}

    take_in(reply(acknowledgement))

    assert enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED).count() == 1
