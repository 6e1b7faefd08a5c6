"""One round through the mailbox: each mail is stored, then moved. Whoever is killed in between stores nothing twice.

A mail on which the storing fails is set aside for a person, unless the fault is not its own: while the database or the
disk is away, mails stay where they are and the round ends.
"""

import datetime as dt
import logging
import traceback
from dataclasses import dataclass

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from contacts.inbound.letters import read
from contacts.inbound.mailbox import Lying, Mailbox, opened
from contacts.inbound.server import is_on, server_of
from contacts.inbound.taking import REVIEW_FOLDER, TAKEN_FOLDER, Taken, take
from contacts.models import Enquiry
from contacts.models.inbound import MailboxState
from stadterneuerung.base.dates import today

logger = logging.getLogger(__name__)
# Faults of the database, the disk or the network: they pass, and the mail is tried again.
_PASSING = (OperationalError, InterfaceError, OSError)


@dataclass
class Round:
    """What one round did."""

    taken: int = 0
    set_aside: int = 0


def go_round() -> Round | None:
    """Take over what lies in the mailbox, at most `mails_per_round`; None while none is named in the settings.

    Errors of server, network, database and disk come through, after they were noted for the desk.
    """
    if not is_on():
        return None
    result = Round()
    try:
        with opened(server_of(settings.INBOUND_IMAP_URL)) as mailbox:
            for mail in mailbox.new(settings.INBOUND["mails_per_round"]):
                _take_over(mailbox, mail, result)
            _tidy(mailbox)
            in_review = mailbox.count(REVIEW_FOLDER)
        MailboxState.note_well(in_review)
    except Exception as error:
        _note(error)
        raise
    return result


def fetch() -> None:
    """Go round for the worker: what fails is tried again in a minute, and only its kind is logged."""
    try:
        result = go_round()
    except (InterfaceError, OperationalError):
        raise  # the worker says so
    except Exception as error:
        logger.warning("Eingehende Mails: Der Abruf ist gescheitert (%s).", type(error).__name__)
    else:
        if result and (result.taken or result.set_aside):
            logger.info("Eingehende Mails: %d übernommen, %d zu prüfen.", result.taken, result.set_aside)


def _take_over(mailbox: Mailbox, mail: Lying, result: Round) -> None:
    is_too_large = mail.size > settings.INBOUND["max_bytes"]
    raw = mailbox.read(mail, head_alone=is_too_large)
    if raw is None:
        return
    taken = _stored(raw, mail, is_too_large)
    mailbox.move(mail, taken.folder if taken else REVIEW_FOLDER, taken.reference if taken else "")
    if taken:
        result.taken += 1
    else:
        result.set_aside += 1


def _stored(raw: bytes, mail: Lying, is_too_large: bool) -> Taken | None:
    """Return what became of a mail, or None when it cannot be taken."""
    try:
        return take(read(raw, is_too_large=is_too_large), kept_until(mail), today())
    except _PASSING:
        raise
    except Exception as error:
        connection.ensure_connection()  # without a database, nothing is the mail's fault
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("Eine eingehende Mail ließ sich nicht übernehmen: %s\n%s", type(error).__name__, where)
        return None


def kept_until(mail: Lying) -> dt.date:
    """Return the last day on which a mail that was taken over lies in the mailbox."""
    return mail.arrived + dt.timedelta(days=settings.RETENTION_DAYS["inbound_mail"])


def _tidy(mailbox: Mailbox) -> None:
    """Delete in the mailbox what was kept long enough, and what belongs to a case that was erased since."""
    first_day = today() - dt.timedelta(days=settings.RETENTION_DAYS["inbound_mail"])
    mailbox.delete(TAKEN_FOLDER, mailbox.before(TAKEN_FOLDER, first_day))
    for folder in (TAKEN_FOLDER, REVIEW_FOLDER):
        labels = mailbox.labels(folder)
        said = {label.upper() for each in labels.values() for label in each}
        numbers = Enquiry.objects.filter(reference__in=said, erased_at__isnull=False)
        erased = set(numbers.values_list("reference", flat=True))
        mailbox.delete(folder, [uid for uid, each in labels.items() if erased & {label.upper() for label in each}])


def _note(error: Exception) -> None:
    try:
        MailboxState.note_error(error)
    except (OperationalError, InterfaceError):  # then the desk cannot be seen either
        logger.warning("Eingehende Mails: Die Datenbank antwortet nicht (%s).", type(error).__name__)
