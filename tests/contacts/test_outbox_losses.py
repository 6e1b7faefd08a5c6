"""Ways to lose a mail or to send it twice, tried one by one."""

import datetime as dt
import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from contacts import outbox
from contacts.models import OutboxMessage
from tests.contacts.factories import OutboxFactory

State = OutboxMessage.State
Kind = OutboxMessage.Kind


class PoisonedBackend(EmailBackend):
    """Fails in a way that nobody foresaw when a mail's subject asks for it."""

    def send_messages(self, messages):
        if "Gift" in messages[0].subject:
            raise LookupError("Wann beginnt der Umbau?")
        return super().send_messages(messages)


class RudeBackend(EmailBackend):
    """Takes the mail, and fails when the conversation is to end."""

    def close(self):
        raise smtplib.SMTPResponseException(500, b"Line too long.")


def backend(kind: type) -> str:
    return f"{kind.__module__}.{kind.__name__}"


@pytest.fixture
def database_away(monkeypatch):
    """Let the next changes of rows fail so often; return the list of errors still to come."""
    errors = []
    real = QuerySet.update

    def update(rows, **values):
        if errors and "last_error" in values:
            raise errors.pop()
        return real(rows, **values)

    monkeypatch.setattr(QuerySet, "update", update)
    monkeypatch.setattr(outbox.time, "sleep", lambda seconds: None)
    return errors


@pytest.mark.django_db
def test_mail_that_fails_unforeseen_does_not_stop_the_others(settings, mailoutbox, caplog):
    settings.EMAIL_BACKEND = backend(PoisonedBackend)
    poison = OutboxFactory(subject="Gift", next_attempt_at=timezone.now() - dt.timedelta(hours=1))
    others = OutboxFactory.create_batch(2)

    assert outbox.deliver_due() == outbox.Delivery(sent=2, failed=1)

    poison.refresh_from_db()
    assert (poison.state, poison.last_error, poison.claimed_until) == (State.PENDING, "LookupError", None)
    assert [mail.extra_headers["Message-ID"] for mail in mailoutbox] == [mail.message_id for mail in others]
    assert "Umbau" not in caplog.text


@pytest.mark.django_db
def test_mail_that_was_taken_is_sent_however_the_server_takes_leave(settings, mailoutbox):
    settings.EMAIL_BACKEND = backend(RudeBackend)
    message = OutboxFactory()

    assert outbox.deliver_due() == outbox.Delivery(sent=1, failed=0)

    message.refresh_from_db()
    assert (message.state, len(mailoutbox)) == (State.SENT, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "state"), [(Kind.OFFICE, State.PENDING), (Kind.ANSWER, State.FAILED)])
def test_mail_to_nobody_is_never_called_sent(kind, state, mailoutbox):
    message = OutboxFactory(kind=kind, to="")

    assert outbox.deliver_due() == outbox.Delivery(sent=0, failed=1)

    message.refresh_from_db()
    assert (message.state, message.last_error) == (state, "NobodyToSendTo")


@pytest.mark.django_db
@pytest.mark.parametrize("problem", [OperationalError, InterfaceError])
def test_sent_mail_is_noted_when_the_database_is_back(database_away, mailoutbox, problem):
    message = OutboxFactory()
    database_away.extend(problem("gone") for _ in range(3))

    assert outbox.deliver_due() == outbox.Delivery(sent=1, failed=0)

    message.refresh_from_db()
    assert (message.state, len(mailoutbox), database_away) == (State.SENT, 1, [])


@pytest.mark.django_db
def test_a_database_that_stays_away_ends_the_waiting_with_the_claim(database_away, mailoutbox, settings):
    then = timezone.now() - dt.timedelta(seconds=settings.OUTBOX["lease_seconds"])
    message = OutboxFactory(next_attempt_at=then)
    claimed = outbox.claim_next(then)
    database_away.extend(OperationalError("gone") for _ in range(3))

    with pytest.raises(OperationalError):
        outbox.deliver(claimed)

    assert (len(mailoutbox), len(database_away)) == (1, 2)
    assert outbox.claim_next(timezone.now()) == message  # to be sent again, under the same Message-ID


@pytest.mark.django_db
def test_mail_on_which_workers_die_waits_longer_each_time():
    OutboxFactory()
    now = timezone.now()
    pauses = []

    for _ in range(6):
        message = outbox.claim_next(now)
        message.refresh_from_db()
        pauses.append((max(message.next_attempt_at, message.claimed_until) - now).total_seconds() // 60)
        now += dt.timedelta(minutes=pauses[-1] + 1)

    assert pauses == [5, 5, 5, 8, 16, 32]


@pytest.mark.django_db
def test_attempts_do_not_outgrow_their_column(mailoutbox):
    message = OutboxFactory(attempts=32_767)

    assert outbox.deliver_due() == outbox.Delivery(sent=1, failed=0)

    message.refresh_from_db()
    assert message.attempts == 32_767


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["claimed_until", "next_attempt_at"])
def test_time_set_by_a_clock_that_was_wrong_holds_nothing_back(field):
    message = OutboxFactory(**{field: timezone.now() + dt.timedelta(days=300)})

    assert outbox.claim_next(timezone.now()) == message


@pytest.mark.django_db
def test_claim_of_a_worker_whose_clock_is_ahead_is_respected():
    OutboxFactory()
    now = timezone.now()
    outbox.claim_next(now)

    assert outbox.claim_next(now - dt.timedelta(seconds=30)) is None


@pytest.mark.django_db
def test_round_ends_when_its_time_is_over(mailoutbox, monkeypatch):
    OutboxFactory.create_batch(3)
    clock = iter([0, 10, 20, 31])
    monkeypatch.setattr(outbox.time, "monotonic", lambda: next(clock))

    assert outbox.deliver_due(seconds=30) == outbox.Delivery(sent=2, failed=0)


@pytest.mark.parametrize(
    ("code", "answer", "final"),
    [
        (550, b"5.1.1 unknown", True),
        (550, b"No such user", True),
        (554, b"5.7.1 Relay access denied", False),
        (451, b"4.1.1 try later", False),
    ],
)
def test_only_an_address_that_does_not_exist_is_given_up_at_once(code, answer, final):
    message = OutboxMessage(kind=Kind.ANSWER, attempts=1)
    error = smtplib.SMTPRecipientsRefused({"niemand@example.org": (code, answer)})

    assert outbox._is_final(message, error) is final


@given(attempts=st.integers(1, 32_767))
def test_pauses_never_shrink_and_never_pass_six_hours(attempts):
    assert dt.timedelta(0) < outbox.pause_after(attempts) <= outbox.pause_after(attempts + 1) <= dt.timedelta(hours=6)


@pytest.mark.django_db
def test_retry_leaves_a_mail_to_the_worker_that_is_sending_it():
    message = OutboxFactory()
    outbox.claim_next(timezone.now())

    outbox.retry(message)

    assert outbox.claim_next(timezone.now()) is None
