"""One round through the mailbox: each mail is read once, stored, then moved. Whoever is killed in between stores it
only once, and a mail on which a round died is not read again: it would keep back all those behind it. Nobody goes round
while somebody else does, who would take him for dead.

A mail on which the storing fails is set aside for a person, unless the fault is not its own: while the database or the
disk is away, mails stay where they are and the round ends.
"""

import datetime as dt
import logging
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from contacts.inbound.letters import read
from contacts.inbound.mailbox import Lying, Mailbox, opened
from contacts.inbound.server import is_on, server_of
from contacts.inbound.taking import REVIEW_FOLDER, TAKEN_FOLDER, Taken, folder_once_taken, reference_of, take
from contacts.inbound.weighing import is_too_heavy
from contacts.models import Enquiry
from contacts.models.inbound import MailboxState
from stadterneuerung.base.dates import today

logger = logging.getLogger(__name__)
# Faults of the database, the disk or the network: they pass, and the mail is tried again.
_PASSING = (OperationalError, InterfaceError, OSError)
_PATIENCE = 10  # seconds for a database that restarts
# Mails that such a fault left noted as tried, since the note could not be taken back: this process knows better.
_not_to_blame: set[str] = set()


@dataclass
class Round:
    """What one round did."""

    taken: int = 0
    set_aside: int = 0
    is_skipped: bool = False  # somebody else goes round


def go_round(stop: threading.Event | None = None) -> Round | None:
    """Take over what lies in the mailbox, at most `mails_per_round`; None while none is named in the settings. After
    half of the time of a round, or once `stop` is set, no other mail is begun.

    Errors of server, network, database and disk come through, after they were noted for the desk.
    """
    if not is_on():
        return None
    try:
        claim = MailboxState.claim()
        if claim is None:
            return Round(is_skipped=True)
        try:
            return _go_round(stop)
        finally:
            _is_written(MailboxState.give_back, claim)  # else it runs out
    except Exception as error:
        _note(error)
        raise


def fetch(stop: threading.Event | None = None) -> None:
    """Go round for the worker: what fails is tried again in a minute, and only its kind is logged."""
    try:
        result = go_round(stop)
    except (InterfaceError, OperationalError):
        raise  # the worker says so
    except Exception as error:
        logger.warning("Eingehende Mails: Der Abruf ist gescheitert (%s).", type(error).__name__)
    else:
        if result and (result.taken or result.set_aside):
            logger.info("Eingehende Mails: %d übernommen, %d zu prüfen.", result.taken, result.set_aside)


def _go_round(stop: threading.Event | None) -> Round:
    result = Round()
    end = time.monotonic() + settings.INBOUND["round_seconds"] / 2
    with opened(server_of(settings.INBOUND_IMAP_URL)) as mailbox:
        for mail in mailbox.new(settings.INBOUND["mails_per_round"]):
            if (stop and stop.is_set()) or time.monotonic() >= end:
                break
            _take_over(mailbox, mail, result)
        _tidy(mailbox)
        in_review = mailbox.count(REVIEW_FOLDER)
    MailboxState.note_well(in_review)
    return result


def _take_over(mailbox: Mailbox, mail: Lying, result: Round) -> None:
    last = MailboxState.current()
    if last.tried == mail.key and mail.key not in _not_to_blame:  # the round before ended before this mail was moved
        taken = _left_by(last)
    else:
        is_too_large = mail.size > settings.INBOUND["max_bytes"]
        raw = mailbox.read(mail, head_alone=is_too_large)
        if raw is None:
            return
        taken = _read_once(raw, mail, is_too_large)
    mailbox.move(mail, taken.folder if taken else REVIEW_FOLDER, taken.reference if taken else "")
    if taken:
        result.taken += 1
    else:
        result.set_aside += 1


def _left_by(last: MailboxState) -> Taken | None:
    """Return what became of the mail on which a round ended; None when nobody can say, or nothing did."""
    if last.tried_submission:
        reference = reference_of(last.tried_submission)
        return Taken(reference, last.tried_folder) if reference else None
    return Taken(last.tried_reference, last.tried_folder) if last.tried_folder else None


def _read_once(raw: bytes, mail: Lying, is_too_large: bool) -> Taken | None:
    """Return what became of a mail, or None when it cannot be taken. The try is noted before and after."""
    _not_to_blame.discard(mail.key)
    try:
        MailboxState.note_try(mail.key)
        taken = _stored(raw, mail, is_too_large)
        if taken:
            MailboxState.note_try(mail.key, taken.folder, reference=taken.reference)
    except _PASSING:
        if not _is_written(MailboxState.note_try, ""):  # another time
            _not_to_blame.add(mail.key)
        raise
    return taken


def _stored(raw: bytes, mail: Lying, is_too_large: bool) -> Taken | None:
    if is_too_heavy(raw):
        logger.warning("Eine eingehende Mail wäre zu viel Arbeit und wurde nicht gelesen.")
        return None
    try:
        letter = read(raw, is_too_large=is_too_large)
        folder = folder_once_taken(letter, kept_until(mail), today())
        MailboxState.note_try(mail.key, folder, submission=letter.key)
        return take(letter, kept_until(mail), today())
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


def _is_written(write: Callable[[Any], None], value: Any) -> bool:
    """Write while the database may be restarting; return whether it could be done within some seconds."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            write(value)
        except (OperationalError, InterfaceError):
            if time.monotonic() >= end:
                return False
            time.sleep(1)
            if not connection.in_atomic_block:  # there, what is lost stays lost until its end
                connection.close_if_unusable_or_obsolete()
        else:
            return True


def _note(error: Exception) -> None:
    try:
        MailboxState.note_error(error)
    except (OperationalError, InterfaceError):  # then the desk cannot be seen either
        logger.warning("Eingehende Mails: Die Datenbank antwortet nicht (%s).", type(error).__name__)
