"""Delivery of stored mail: at least once, with growing pauses, recognisable by its Message-ID when it came twice.

A worker claims one row at a time, sends it outside of any transaction and writes down what happened. When it dies in
between, the claim runs out and the mail is sent again under the same Message-ID. When the database is away in between,
the worker waits for it. `make drill-enquiries` puts all this to the test.
"""

import contextlib
import datetime as dt
import logging
import smtplib
import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from contacts.fallback import ensure_office_has, refused_for_good
from contacts.inbound.addresses import reply_address
from contacts.inbound.server import is_on
from contacts.mails import status_note
from contacts.models import OutboxMessage
from contacts.unread import reopen_unread

logger = logging.getLogger(__name__)

Kind = OutboxMessage.Kind
State = OutboxMessage.State
_MOST_ATTEMPTS = 32_767  # what the column holds


class NobodyToSendTo(ValueError):
    """A mail without an address: no server refuses it, and nobody would ever get it."""


@dataclass
class Delivery:
    """What one round did."""

    sent: int = 0
    failed: int = 0


def claim_next(now: dt.datetime) -> OutboxMessage | None:
    """Reserve the mail that is due longest for this worker, or return None.

    The conditional UPDATE alone makes the claim unique on every database. PostgreSQL moreover skips rows that another
    worker is looking at, so that workers do not wait for one another. The next attempt is set right away: a mail on
    which workers die waits longer each time, as one does that is refused.
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
            attempts = min(message.attempts + 1, _MOST_ATTEMPTS)
            next_attempt_at = now + pause_after(attempts)
            claimed = OutboxMessage.objects.due(now).filter(pk=message.pk)
            if claimed.update(claimed_until=lease, attempts=attempts, next_attempt_at=next_attempt_at):
                message.claimed_until = lease
                message.attempts = attempts
                return message


def as_email(message: OutboxMessage) -> EmailMessage:
    """Return the mail as it leaves: with what is not stored, the link and the address for replies.

    While a mailbox is read (`contacts.inbound`), it is the sender in the envelope, so that what cannot be delivered
    comes back to it; in the head stands DEFAULT_FROM_EMAIL all the same.
    """
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
    if is_on():
        headers["From"] = settings.DEFAULT_FROM_EMAIL
    to_sender = message.kind in OutboxMessage.SENDER_KINDS
    reply_to = (to_sender and reply_address(message.enquiry)) or message.reply_to
    return EmailMessage(
        subject=message.subject,
        body=message.body_text + (status_note(message.enquiry) if to_sender else ""),
        from_email=settings.INBOUND_ADDRESS if is_on() else None,
        to=[message.to],
        reply_to=[reply_to] if reply_to else None,
        headers=headers,
    )


def deliver(message: OutboxMessage) -> bool:
    """Send a claimed mail and write down the result; return whether it was sent.

    Whatever goes wrong is this mail's affair and must not keep the next from being sent.
    """
    server = get_connection()
    try:
        email = as_email(message)
        if not email.recipients():
            raise NobodyToSendTo
        server.open()
        server.send_messages([email])
    except Exception as error:
        _note_failure(message, error)
        return False
    else:
        _note_sent(message)
        return True
    finally:
        _hang_up(server)


def deliver_due(stop: threading.Event | None = None, seconds: float | None = None) -> Delivery:
    """Send what is due, one after the other, until nothing is left, `stop` is set or `seconds` have passed.

    A server that stalls may hold each mail for minutes; whoever has other work to do says how long it can wait.
    """
    result = Delivery()
    started = time.monotonic()
    while not (stop and stop.is_set()) and (seconds is None or time.monotonic() - started < seconds):
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
    seconds = settings.OUTBOX["first_pause_seconds"] * 2 ** (min(attempts, 20) - 1)
    return dt.timedelta(seconds=min(seconds, settings.OUTBOX["max_pause_seconds"]))


def describe(error: Exception) -> str:
    """Name an error without what it quotes: servers repeat addresses and text in their answers."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()), (None,))[0]
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _is_final(message: OutboxMessage, error: Exception) -> bool:
    """Whether to give up: never on mail to the office, at once on an answer to an address that does not exist."""
    if message.kind in OutboxMessage.INTERNAL_KINDS:
        return False
    hopeless = isinstance(error, ValueError) or _is_unknown_address(error)
    return hopeless or message.attempts >= settings.OUTBOX["give_up_after"]


def _is_unknown_address(error: Exception) -> bool:
    """Whether the server knows the address to be wrong. A policy (RFC 3463: X.7.X) is about us and may be mended."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    code, answer = next(iter(error.recipients.values()), (0, b""))
    return code >= 500 and not answer.startswith(b"5.7.")


def _note_sent(message: OutboxMessage) -> None:
    # A row that another worker took over after the claim ran out belongs to that worker; sent is sent all the same.
    rows = OutboxMessage.objects.filter(pk=message.pk).exclude(state=State.SENT)
    _write_down(message, rows, state=State.SENT, sent_at=timezone.now(), claimed_until=None, last_error="")


def _note_failure(message: OutboxMessage, error: Exception) -> None:
    reason = describe(error)
    final = _is_final(message, error)
    rows = OutboxMessage.objects.filter(pk=message.pk, claimed_until=message.claimed_until).exclude(state=State.SENT)
    is_ours = _write_down(
        message,
        rows,
        state=State.FAILED if final else State.PENDING,
        claimed_until=None,
        last_error=reason,
        next_attempt_at=timezone.now() + pause_after(message.attempts),
    )
    ensure_office_has(message, refused=refused_for_good(error))
    if final and is_ours:
        reopen_unread(message, reason)
    alarm = final or message.attempts >= settings.OUTBOX["alarm_after"]
    logger.log(
        logging.ERROR if alarm else logging.WARNING,
        "Mail %s nicht gesendet (Versuch %d): %s",
        message.pk,
        message.attempts,
        reason,
    )


def _write_down(message: OutboxMessage, rows, **outcome) -> bool:
    """Store what became of a mail; return whether it was still ours to store.

    While the database is away, try again for as long as the claim holds: a mail that was sent and not noted would be
    sent again.
    """
    while True:
        try:
            return bool(rows.update(**outcome))
        except (OperationalError, InterfaceError) as error:
            if timezone.now() >= message.claimed_until:
                raise
            logger.warning("Mail %s: Die Datenbank antwortet nicht (%s).", message.pk, type(error).__name__)
            time.sleep(1)
            if not connection.in_atomic_block:  # there, what is lost stays lost until its end
                connection.close_if_unusable_or_obsolete()


def _hang_up(server: BaseEmailBackend) -> None:
    """Take leave of the server; what goes wrong here is not the mail's fault, and its outcome is noted already."""
    with contextlib.suppress(OSError):  # of which SMTPException is one
        server.close()


def retry(message: OutboxMessage) -> bool:
    """Put a mail that was not sent to the head of the queue; return whether there was anything to do.

    A claim stays: whoever is sending the mail at this moment would not be the only one.
    """
    waiting = OutboxMessage.objects.filter(pk=message.pk).exclude(state=State.SENT)
    return bool(waiting.update(state=State.PENDING, next_attempt_at=timezone.now()))
