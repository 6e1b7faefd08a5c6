"""What a unit's mailbox does not take reaches the office, once, and the unit's mail stays in the queue."""

import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from contacts import outbox, status_acts
from contacts.fallback import refused_for_good
from contacts.models import OutboxMessage
from tests.contacts.factories import EnquiryFactory, OutboxFactory
from tests.contacts.routing_factories import OFFICE

pytestmark = pytest.mark.django_db

UNIT = "city@stadtdo.example"
State = OutboxMessage.State


class RefusingBackend(EmailBackend):
    """Takes mail for the office alone; answers `code` for every other address."""

    code = 550

    def send_messages(self, messages):
        for message in messages:
            if message.to != [OFFICE]:
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (self.code, b"no such user")})
        return super().send_messages(messages)


@pytest.fixture
def server(settings, home_page, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    return lambda code: monkeypatch.setattr(RefusingBackend, "code", code)


def unit_mail(**values) -> OutboxMessage:
    return OutboxFactory(kind="unit", to=UNIT, reply_to="frieda@example.org", **values)


def try_again() -> None:
    OutboxMessage.objects.filter(state=State.PENDING).update(next_attempt_at=timezone.now())
    outbox.deliver_due()


def test_refused_mail_reaches_the_office_and_stays_in_the_queue(server, mailoutbox):
    message = unit_mail()

    outbox.deliver_due()

    message.refresh_from_db()
    [copy] = OutboxMessage.objects.filter(kind="office")
    [mail] = mailoutbox
    assert (copy.enquiry, copy.to, copy.subject, copy.reply_to) == (
        message.enquiry,
        OFFICE,
        message.subject,
        "frieda@example.org",
    )
    assert mail.to == [OFFICE]
    assert mail.body.startswith(f"Diese Mail ließ sich nicht an {UNIT} zustellen.")
    assert message.body_text in mail.body
    assert (message.state, message.attempts) == (State.PENDING, 1)


def test_further_attempts_send_no_second_copy(server, mailoutbox):
    unit_mail()

    for _ in range(3):
        try_again()

    assert len(mailoutbox) == 1
    assert OutboxMessage.objects.filter(kind="office").count() == 1


def test_two_mailboxes_that_refuse_the_same_mail_make_one_copy(server, mailoutbox):
    enquiry = EnquiryFactory()
    unit_mail(enquiry=enquiry)
    OutboxFactory(kind="unit", to="nord@stadtdo.example", enquiry=enquiry)

    outbox.deliver_due()

    assert len(mailoutbox) == 1


def test_mail_of_another_enquiry_has_its_own_copy(server, mailoutbox):
    unit_mail()
    unit_mail()

    outbox.deliver_due()

    assert len(mailoutbox) == 2


def test_office_that_has_the_mail_gets_no_copy(server, mailoutbox):
    message = unit_mail()
    OutboxFactory(kind="office", enquiry=message.enquiry)

    outbox.deliver_due()

    assert [mail.body for mail in mailoutbox] == [message.body_text]


def test_mail_that_is_put_off_reaches_the_office_when_the_alarm_does(server, settings, mailoutbox):
    settings.OUTBOX = settings.OUTBOX | {"alarm_after": 3}
    server(450)
    unit_mail()

    copies = []
    for _ in range(4):
        try_again()
        copies.append(OutboxMessage.objects.filter(kind="office").count())

    assert copies == [0, 0, 1, 1]


def test_refused_answer_to_a_citizen_does_not_go_to_the_office(server, mailoutbox):
    OutboxFactory(kind="answer", to="frieda@example.org")

    outbox.deliver_due()

    assert mailoutbox == []
    assert OutboxMessage.objects.get().state == State.FAILED


def test_a_unit_with_the_mailbox_of_the_office_gets_no_copy(server, settings, mailoutbox):
    settings.ENQUIRY_MAILBOX = UNIT
    unit_mail()

    outbox.deliver_due()

    assert OutboxMessage.objects.count() == 1


def test_what_is_withdrawn_while_its_mail_is_refused_does_not_come_back(server, monkeypatch):
    message = unit_mail(body_text="Der Wurzelzwerg wohnt hier.")
    refuse = RefusingBackend.send_messages

    def withdraw_and_refuse(backend, mails):
        status_acts.withdraw(message.enquiry)
        return refuse(backend, mails)

    monkeypatch.setattr(RefusingBackend, "send_messages", withdraw_and_refuse)
    claimed = outbox.claim_next(timezone.now())
    assert claimed == message

    assert outbox.deliver(claimed) is False

    assert OutboxMessage.objects.exists()  # the word of the withdrawal
    assert not OutboxMessage.objects.filter(body_text__contains="Wurzelzwerg").exists()


@pytest.mark.parametrize(
    ("error", "refused"),
    [
        (smtplib.SMTPRecipientsRefused({UNIT: (550, b"")}), True),
        (smtplib.SMTPRecipientsRefused({UNIT: (450, b"")}), False),
        (smtplib.SMTPDataError(554, b"spam"), False),
        (ConnectionRefusedError(), False),
    ],
)
def test_only_a_lasting_answer_to_the_address_is_a_refusal(error, refused):
    assert refused_for_good(error) is refused
