"""Delivery of stored mail: at least once, with growing pauses, recognisable by its Message-ID when it came twice.

A worker claims one row at a time, sends it outside of any transaction and writes down what happened. When it dies in
between, the claim runs out and the mail is sent again under the same Message-ID.
"""

import datetime as dt
import logging
import smtplib
import threading
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone

from contacts.mails import status_note
from contacts.models import OutboxMessage

logger = logging.getLogger(__name__)

Kind = OutboxMessage.Kind
State = OutboxMessage.State


@dataclass
class Delivery:
    """What one round did."""

    sent: int = 0
    failed: int = 0


def claim_next(now: dt.datetime) -> OutboxMessage | None:
    """Reserve the mail that is due longest for this worker, or return None.

    The conditional UPDATE alone makes the claim unique on every database. PostgreSQL moreover skips rows that another
    worker is looking at, so that workers do not wait for one another.
    """
    lease = now + dt.timedelta(seconds=settings.OUTBOX["lease_seconds"])
    while True:
        with transaction.atomic():
            due = OutboxMessage.objects.due(now).order_by("next_attempt_at", "pk")
            if connection.features.has_select_for_update_skip_locked:
                due = due.select_for_update(skip_locked=True)
            message = due.first()
            if message is None:
                return None
            claimed = OutboxMessage.objects.due(now).filter(pk=message.pk)
            if claimed.update(claimed_until=lease, attempts=message.attempts + 1):
                message.claimed_until = lease
                message.attempts += 1
                return message


def as_email(message: OutboxMessage) -> EmailMessage:
    headers = {
        "Message-ID": message.message_id,
        # RFC 3834: no out-of-office answer goes back to a machine.
        "Auto-Submitted": "auto-replied" if message.is_automatic_answer else "auto-generated",
    }
    if message.kind == Kind.ANSWER:
        del headers["Auto-Submitted"]  # a person wrote it
    if message.references:
        headers["References"] = message.references
        headers["In-Reply-To"] = message.references.rpartition(" ")[2]
    note = status_note(message.enquiry) if message.kind in (Kind.ACKNOWLEDGEMENT, Kind.ANSWER) else ""
    return EmailMessage(
        subject=message.subject,
        body=message.body_text + note,
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=headers,
    )


def deliver(message: OutboxMessage) -> bool:
    """Send a claimed mail and write down the result; return whether it was sent."""
    try:
        as_email(message).send()
    except (OSError, smtplib.SMTPException, ValueError, UnicodeError) as error:
        _note_failure(message, error)
        return False
    # A row that another worker took over after the claim ran out belongs to that worker; sent is sent all the same.
    OutboxMessage.objects.filter(pk=message.pk).exclude(state=State.SENT).update(
        state=State.SENT, sent_at=timezone.now(), claimed_until=None, last_error=""
    )
    return True


def deliver_due(stop: threading.Event | None = None) -> Delivery:
    """Send all that is due, one after the other, until nothing is left or `stop` is set."""
    result = Delivery()
    while not (stop and stop.is_set()):
        message = claim_next(timezone.now())
        if message is None:
            break
        if deliver(message):
            result.sent += 1
        else:
            result.failed += 1
    return result


def pause_after(attempts: int) -> dt.timedelta:
    """Return the pause after so many attempts: 1, 2, 4 … minutes, at most six hours."""
    minutes = min(2 ** (min(attempts, 20) - 1), settings.OUTBOX["max_pause_minutes"])
    return dt.timedelta(minutes=minutes)


def describe(error: Exception) -> str:
    """Name an error without what it quotes: servers repeat addresses and text in their answers."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()), (None,))[0]
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _is_final(message: OutboxMessage, error: Exception) -> bool:
    """Whether to give up: never on mail to the office, at once on an answer to an address that does not exist."""
    if message.kind in (Kind.OFFICE, Kind.UNIT):
        return False
    code = describe(error).rpartition(" ")[2]
    refused = isinstance(error, smtplib.SMTPRecipientsRefused) and code.startswith("5")
    return refused or isinstance(error, ValueError) or message.attempts >= settings.OUTBOX["give_up_after"]


def _note_failure(message: OutboxMessage, error: Exception) -> None:
    reason = describe(error)
    final = _is_final(message, error)
    OutboxMessage.objects.filter(pk=message.pk, claimed_until=message.claimed_until).exclude(state=State.SENT).update(
        state=State.FAILED if final else State.PENDING,
        claimed_until=None,
        last_error=reason,
        next_attempt_at=timezone.now() + pause_after(message.attempts),
    )
    alarm = final or message.attempts >= settings.OUTBOX["alarm_after"]
    logger.log(
        logging.ERROR if alarm else logging.WARNING,
        "Mail %s nicht gesendet (Versuch %d): %s",
        message.pk,
        message.attempts,
        reason,
    )


def retry(message: OutboxMessage) -> bool:
    """Put a mail that was not sent to the head of the queue; return whether there was anything to do."""
    waiting = OutboxMessage.objects.filter(pk=message.pk).exclude(state=State.SENT)
    return bool(waiting.update(state=State.PENDING, next_attempt_at=timezone.now(), claimed_until=None))
