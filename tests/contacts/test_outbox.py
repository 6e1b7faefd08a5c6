"""Delivery against a real mail server that accepts, refuses, stalls and hangs up, and with two workers at once."""

import datetime as dt
import smtplib
import socket
import threading
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from contacts import outbox
from contacts.models import OutboxMessage
from tests.contacts.factories import OutboxFactory

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
State = OutboxMessage.State


class Server:
    """What a test mail server got, and how it behaves: answers to RCPT and DATA, or None to hang up."""

    def __init__(self):
        self.mails = []
        self.rcpt = self.data = ""
        self.hang_up = False

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.data:
            return self.data
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        if self.hang_up:  # taken, but the answer never arrives
            server.transport.abort()
            return None
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def smtp(settings):
    """A mail server on the loopback address, and the settings that lead to it."""
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.factory = lambda: SMTP(handler, hostname="localhost")
    controller.start()
    settings.EMAIL_BACKEND = SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", controller.port, 5
    yield handler
    controller.stop()


def refresh(message: OutboxMessage) -> OutboxMessage:
    message.refresh_from_db()
    return message


@pytest.mark.django_db
def test_mail_arrives_with_its_head(smtp):
    message = OutboxFactory(subject="Anfrage über Grün", reply_to="frieda@example.org")

    assert outbox.deliver_due() == outbox.Delivery(sent=1, failed=0)

    [(recipients, mail)] = smtp.mails
    assert recipients == ["stadterneuerung@stadtdo.de"]
    assert mail["Subject"] == "Anfrage über Grün"
    assert mail["Reply-To"] == "frieda@example.org"
    assert mail["Message-ID"] == message.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().strip() == "Wann beginnt der Umbau?"
    assert (refresh(message).state, message.attempts, message.claimed_until) == (State.SENT, 1, None)
    assert message.sent_at is not None


@pytest.mark.django_db
def test_sent_mail_is_not_sent_again(smtp):
    OutboxFactory()

    outbox.deliver_due()
    outbox.deliver_due()

    assert len(smtp.mails) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "answer", "error"),
    [
        ("rcpt", "451 frieda@example.org: try later", "SMTPRecipientsRefused 451"),
        ("rcpt", "550 frieda@example.org: unknown", "SMTPRecipientsRefused 550"),
        ("data", "452 full", "SMTPDataError 452"),
        ("data", "554 spam: Wann beginnt der Umbau?", "SMTPDataError 554"),
    ],
)
def test_mail_to_the_office_is_tried_again_whatever_the_server_says(smtp, field, answer, error, caplog):
    message = OutboxFactory()
    setattr(smtp, field, answer)

    assert outbox.deliver_due() == outbox.Delivery(sent=0, failed=1)

    refresh(message)
    assert (message.state, message.attempts, message.last_error) == (State.PENDING, 1, error)
    assert dt.timedelta(seconds=50) < message.next_attempt_at - timezone.now() <= dt.timedelta(minutes=1)
    for text in ("frieda", "Umbau"):
        assert text not in caplog.text + message.last_error

    setattr(smtp, field, "")
    OutboxMessage.objects.update(next_attempt_at=timezone.now())
    outbox.deliver_due()
    assert refresh(message).state == State.SENT
    assert [mail["Message-ID"] for _to, mail in smtp.mails] == [message.message_id]


@pytest.mark.django_db
def test_answer_to_an_address_that_does_not_exist_is_given_up(smtp):
    message = OutboxFactory(kind=OutboxMessage.Kind.ACKNOWLEDGEMENT, to="niemand@example.org")
    smtp.rcpt = "550 unknown"

    outbox.deliver_due()

    assert refresh(message).state == State.FAILED
    assert (refresh(message).does_not_arrive, OutboxMessage.objects.stuck().count()) == (True, 0)


@pytest.mark.django_db
def test_one_refused_mail_does_not_hold_up_the_next(smtp):
    refused = OutboxFactory(to="kaputt@", next_attempt_at=timezone.now() - dt.timedelta(hours=1))
    fine = OutboxFactory()

    assert outbox.deliver_due() == outbox.Delivery(sent=1, failed=1)
    assert (refresh(refused).state, refresh(fine).state) == (State.PENDING, State.SENT)


@pytest.mark.django_db
def test_connection_lost_after_the_text_leads_to_the_same_message_id(smtp):
    message = OutboxFactory()
    smtp.hang_up = True
    outbox.deliver_due()
    assert refresh(message).state == State.PENDING

    smtp.hang_up = False
    OutboxMessage.objects.update(next_attempt_at=timezone.now())
    outbox.deliver_due()

    assert [mail["Message-ID"] for _to, mail in smtp.mails] == [message.message_id, message.message_id]


@pytest.mark.django_db
def test_server_that_never_speaks(settings):
    message = OutboxFactory()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_BACKEND = SMTP_BACKEND
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.2

        assert outbox.deliver_due() == outbox.Delivery(sent=0, failed=1)

    assert (refresh(message).state, message.last_error) == (State.PENDING, "SMTPServerDisconnected")


@pytest.mark.django_db
def test_server_that_is_away(settings):
    message = OutboxFactory()
    settings.EMAIL_BACKEND = SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    outbox.deliver_due()

    assert (refresh(message).state, message.last_error) == (State.PENDING, "ConnectionRefusedError")


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 360), (30, 360), (60_000, 360)]
)
def test_pauses_grow_to_six_hours(attempts, minutes):
    assert outbox.pause_after(attempts) == dt.timedelta(minutes=minutes)


def test_claim_outlasts_the_slowest_dialogue(settings):
    steps = 12  # connect, greeting, EHLO twice, STARTTLS, AUTH twice, MAIL, RCPT, DATA, text, QUIT
    assert settings.OUTBOX["lease_seconds"] > steps * settings.EMAIL_TIMEOUT


@pytest.mark.parametrize(
    "error", [smtplib.SMTPServerDisconnected("frieda@example.org"), OSError("frieda@example.org"), ValueError("frieda")]
)
def test_errors_are_named_without_what_they_quote(error):
    assert outbox.describe(error) == type(error).__name__


@pytest.mark.django_db
def test_alarm_after_many_attempts(settings, caplog):
    settings.EMAIL_BACKEND = SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    message = OutboxFactory(attempts=settings.OUTBOX["alarm_after"] - 2)

    for expected in ("WARNING", "ERROR"):
        caplog.clear()
        OutboxMessage.objects.update(next_attempt_at=timezone.now())
        outbox.deliver_due()
        assert [record.levelname for record in caplog.records if record.name == "contacts.outbox"] == [expected]

    assert OutboxMessage.objects.stuck().get() == message


@pytest.mark.django_db
def test_claimed_mail_is_left_alone_until_the_claim_runs_out():
    message = OutboxFactory()
    now = timezone.now()
    assert outbox.claim_next(now) == message
    assert outbox.claim_next(now) is None

    assert outbox.claim_next(now + dt.timedelta(seconds=301)) == message
    assert refresh(message).attempts == 2


@pytest.mark.django_db
def test_mail_that_waits_is_not_claimed():
    OutboxFactory(next_attempt_at=timezone.now() + dt.timedelta(minutes=1))
    OutboxFactory(state=State.FAILED)
    OutboxFactory(state=State.SENT, sent_at=timezone.now())

    assert outbox.claim_next(timezone.now()) is None


@pytest.mark.django_db
def test_late_failure_of_a_worker_that_lost_its_claim_changes_nothing():
    message = OutboxFactory()
    stale = outbox.claim_next(timezone.now())
    taken_over = outbox.claim_next(timezone.now() + dt.timedelta(seconds=301))
    OutboxMessage.objects.filter(pk=taken_over.pk).update(state=State.SENT, sent_at=timezone.now())

    outbox._note_failure(stale, TimeoutError())

    assert refresh(message).state == State.SENT


@pytest.mark.django_db
def test_late_failure_of_an_answer_that_another_worker_sent_opens_no_case():
    message = OutboxFactory(kind="answer", enquiry__state="answered", attempts=99)
    stale = outbox.claim_next(timezone.now())
    OutboxMessage.objects.filter(pk=message.pk).update(state=State.SENT, sent_at=timezone.now())

    outbox._note_failure(stale, TimeoutError())

    assert (refresh(message).state, refresh(message).enquiry.state) == (State.SENT, "answered")


@pytest.mark.django_db
def test_mail_that_another_worker_takes_between_look_and_claim_is_left_to_it(monkeypatch):
    message = OutboxFactory()
    now = timezone.now()
    real_first = type(OutboxMessage.objects.all()).first

    def first_and_then_taken(queryset):
        found = real_first(queryset)
        OutboxMessage.objects.update(claimed_until=now + dt.timedelta(minutes=5))
        return found

    monkeypatch.setattr(type(OutboxMessage.objects.all()), "first", first_and_then_taken)

    assert outbox.claim_next(now) is None
    assert refresh(message).attempts == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work_without_doubles():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("an in-memory database has one connection; PostgreSQL runs this")
    messages = OutboxFactory.create_batch(20)
    claimed, start = [], threading.Barrier(2)

    def work():
        start.wait()
        try:
            while message := outbox.claim_next(timezone.now()):
                claimed.append(message.pk)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(claimed) == sorted(message.pk for message in messages)


@pytest.mark.django_db
def test_retry_puts_a_mail_that_was_given_up_first():
    given_up = OutboxFactory(state=State.FAILED, attempts=30, next_attempt_at=timezone.now() + dt.timedelta(hours=6))
    sent = OutboxFactory(state=State.SENT, sent_at=timezone.now())

    assert (outbox.retry(given_up), outbox.retry(sent)) == (True, False)
    assert outbox.claim_next(timezone.now()) == given_up


@pytest.mark.django_db
def test_command_says_what_it_did(capsys, mailoutbox):
    OutboxFactory()

    call_command("deliver_outbox")

    assert capsys.readouterr().out == "1 gesendet, 0 nicht gesendet\n"
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_loop_finishes_the_mail_in_hand_when_told_to_stop(mailoutbox, monkeypatch):
    stop = threading.Event()
    OutboxFactory.create_batch(3)
    real = outbox.deliver
    monkeypatch.setattr(outbox, "deliver", lambda message: (stop.set(), real(message))[1])

    assert outbox.deliver_due(stop) == outbox.Delivery(sent=1, failed=0)
    assert len(mailoutbox) == 1
