"""Taking in what people send: judged, stored together with its mails in one transaction, never dropped."""

import secrets
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from contacts import mails
from contacts.models.outbox import OutboxMessage
from contacts.models.submissions import BarrierReport, Enquiry
from contacts.text import count_links
from stadterneuerung.base.http import FormStamp

Record = TypeVar("Record", Enquiry, BarrierReport)

# Without 0 and O, 1 and I, L: read aloud on the telephone, they are mistaken for one another.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
_DIGITS = "23456789"


def new_reference(prefix: str) -> str:
    """Return a reference such as "SE-2026-ABCD-2345"."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(4))
    digits = "".join(secrets.choice(_DIGITS) for _ in range(4))
    return f"{prefix}-{timezone.localdate():%Y}-{letters}-{digits}"


def submission_key(stamp: FormStamp, *values: str) -> str:
    """Return the key of one act of sending: the same form with the same text is the same, sent twice.

    Whoever goes back, changes the text and sends again has written another message.
    """
    return salted_hmac("contacts.submission", "\x00".join([stamp.nonce, *values]), algorithm="sha256").hexdigest()


def find_suspicion(stamp: FormStamp, trap: str, *texts: str) -> str:
    """Say why a message may come from a machine; empty when nothing is odd."""
    reasons = []
    if trap:
        reasons.append("das unsichtbare Feld ist ausgefüllt")
    if stamp.is_too_quick:
        reasons.append("schneller abgesendet, als jemand tippt")
    if (links := count_links(*texts)) > settings.PUBLIC_FORMS["max_links"]:
        reasons.append(f"{links} Links")
    return ", ".join(reasons)


def take_enquiry(data: dict, stamp: FormStamp) -> Enquiry:
    """Store what the enquiry form cleaned, with its mails, and return it; a second click returns the first one."""
    page, subject = data["page"], data["subject"]
    unit = (page and page.responsible_unit) or (subject and subject.unit) or None
    suspicion = find_suspicion(stamp, data["trap"], data["message"], data["name"])
    enquiry = Enquiry(
        submission_key=submission_key(
            stamp, str(page and page.pk), str(subject and subject.pk), data["name"], data["email"], data["message"]
        ),
        subject=subject,
        subject_name=subject.name if subject else "",
        # The plain page: the specific one would make Django check a multi-table relation.
        page_id=page.pk if page else None,
        page_title=page.title if page else "",
        unit=unit,
        name=data["name"],
        email=data["email"],
        message=data["message"],
        is_suspicious=bool(suspicion),
        suspicion=suspicion,
    )
    return _store(enquiry, "SE", mails.enquiry_mails)


def take_barrier_report(data: dict, stamp: FormStamp) -> BarrierReport:
    """Store what the barrier form cleaned, with its mails, and return it."""
    typed = [data[name] for name in ("url", "description", "wanted_alternative", "contact")]
    suspicion = find_suspicion(stamp, data["trap"], data["description"], data["wanted_alternative"])
    report = BarrierReport(
        submission_key=submission_key(stamp, *typed),
        url=data["url"],
        description=data["description"],
        wanted_alternative=data["wanted_alternative"],
        contact=data["contact"],
        is_suspicious=bool(suspicion),
        suspicion=suspicion,
    )
    return _store(report, "BF", mails.barrier_mails)


def _store(record: Record, prefix: str, make_mails: Callable[[Record], list[OutboxMessage]]) -> Record:
    for _ in range(5):  # a reference may be taken; five times in a row it is not
        if existing := type(record).objects.filter(submission_key=record.submission_key).first():
            return existing
        record.reference = new_reference(prefix)
        try:
            with transaction.atomic():
                record.save(force_insert=True)
                OutboxMessage.objects.bulk_create(make_mails(record))
        except IntegrityError:
            record.pk = None
        else:
            return record
    raise RuntimeError("Für eine Nachricht war keine freie Vorgangsnummer zu finden.")
