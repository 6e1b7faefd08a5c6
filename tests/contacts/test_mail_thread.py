"""What the sender and the unit get stays one conversation in their mail program (RFC 5322, 3.6.4)."""

import pytest
from django.utils import timezone

from contacts.desk import actions
from contacts.intake import store
from contacts.models import Enquiry
from contacts.outbox import deliver_due
from contacts.routing import Topic
from tests.contacts.accounts import clerk
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

SENDER, MAILBOX = "frieda@example.org", "a@stadtdo.example"


@pytest.fixture
def unit(home_page):
    return UnitFactory(name="Stab A", mailbox=MAILBOX, mailbox_confirmed_at=timezone.now())


@pytest.fixture
def enquiry(unit) -> Enquiry:
    row = Enquiry(submission_key="1", email=SENDER, message="Wann beginnt der Umbau?")
    return store(row, Topic(), unit=unit)


def to(mailoutbox, address: str) -> list:
    return [mail for mail in mailoutbox if mail.to == [address]]


def test_each_mail_refers_to_all_before_it(enquiry, unit, mailoutbox):
    by = clerk()
    actions.wait(enquiry, by, "Welches Haus?")
    actions.answer(enquiry, by, "Im Mai.")
    actions.pass_on(enquiry, by, None)
    actions.pass_on(enquiry, by, unit)
    deliver_due()

    first, second, third = to(mailoutbox, SENDER)
    ids = [mail.extra_headers["Message-ID"] for mail in (first, second, third)]
    assert len(set(ids)) == 3
    assert "References" not in first.extra_headers
    assert (second.extra_headers["References"], second.extra_headers["In-Reply-To"]) == (ids[0], ids[0])
    assert (third.extra_headers["References"], third.extra_headers["In-Reply-To"]) == (f"{ids[0]} {ids[1]}", ids[1])

    arrival, again = to(mailoutbox, MAILBOX)
    origin = arrival.extra_headers["Message-ID"]
    assert "References" not in arrival.extra_headers
    assert (again.extra_headers["References"], again.extra_headers["In-Reply-To"]) == (origin, origin)
    assert all(enquiry.reference in mail.subject for mail in mailoutbox)


def test_a_person_wrote_the_answer_and_a_machine_the_confirmation(enquiry, mailoutbox):
    actions.answer(enquiry, clerk(), "Im Mai.")
    deliver_due()

    confirmation, answer = to(mailoutbox, SENDER)
    assert confirmation.extra_headers["Auto-Submitted"] == "auto-replied"
    assert "Auto-Submitted" not in answer.extra_headers


def test_answers_come_back_to_the_units_confirmed_mailbox_else_to_the_office(enquiry, unit, settings):
    actions.answer(enquiry, clerk(), "Im Mai.")
    unit.mailbox_confirmed_at = None
    unit.save()
    enquiry = Enquiry.objects.get()
    actions.answer(enquiry, clerk(), "Am 4. Mai.")
    actions.pass_on(enquiry, clerk(), None)
    actions.answer(enquiry, clerk(), "Am 5. Mai.")

    answers = enquiry.outbox.filter(kind="answer").order_by("pk").values_list("reply_to", flat=True)
    assert list(answers) == [MAILBOX, settings.ENQUIRY_MAILBOX, settings.ENQUIRY_MAILBOX]


def test_another_address_is_another_conversation(enquiry, mailoutbox):
    Enquiry.objects.update(email="neu@example.org")
    actions.answer(Enquiry.objects.get(), clerk(), "Im Mai.")
    deliver_due()

    [answer] = to(mailoutbox, "neu@example.org")
    assert "References" not in answer.extra_headers
