"""What senders do on their status page: add something, take a new link, or withdraw everything.

Each act is one transaction. Unlike the acts at the desk (`contacts.desk.actions`) they are not refused when somebody
acted in between; they make the desk's view of the case outdated instead.
"""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.utils import timezone

from contacts import additions, mails, status
from contacts.additions import Gone, locked
from contacts.erasure import erase
from contacts.intake import submission_key
from contacts.limits import renewal_limit
from contacts.models import Attachment, Enquiry, EnquiryEvent, OutboxMessage
from stadterneuerung.base.http import FormStamp

Kind = EnquiryEvent.Kind
REASON_WITHDRAWN = "von der absendenden Person zurückgezogen"


class TooOften(Exception):
    """The case got as many new links today as it may."""


def add(enquiry: Enquiry, text: str, files: Iterable[Attachment], stamp: FormStamp) -> None:
    """Store an addition with its mails. The same form with the same text, sent twice, is one addition."""
    files = list(files)
    additions.add(enquiry, text, files, _key(enquiry, text, files, stamp), source="von der Statusseite")


def is_added(enquiry: Enquiry, text: str, files: Iterable[Attachment], stamp: FormStamp) -> bool:
    """Whether the same addition was stored before."""
    return EnquiryEvent.objects.filter(submission_key=_key(enquiry, text, files, stamp)).exists()


def _key(enquiry: Enquiry, text: str, files: Iterable[Attachment], stamp: FormStamp) -> str:
    return submission_key(stamp, enquiry.reference, text, *[file.digest for file in files])


def withdraw(enquiry: Enquiry) -> None:
    """Erase what the sender wrote, at once, and tell those who answer, without a word of it. May raise `OnHold`."""
    with transaction.atomic():
        current = locked(enquiry)
        told = mails.erasure_mails(current, "Zurückgezogen und gelöscht")  # before their thread is deleted
        erase(current, reason=REASON_WITHDRAWN)
        EnquiryEvent.objects.create(enquiry=current, kind=Kind.WITHDRAWN, at=timezone.now())
        OutboxMessage.objects.bulk_create(told)


def renew(enquiry: Enquiry) -> bool:
    """Make all links so far worthless and say so at the desk; return whether the new one goes by mail, too.

    Whoever pressed the button may not be whom the case belongs to, and the address may be a stranger's: its mails are
    counted with the confirmations. May raise `TooOften`, or `Gone` where somebody else took a new link meanwhile.
    """
    limit = renewal_limit()
    with transaction.atomic():
        if locked(enquiry).status_digest != enquiry.status_digest:
            raise Gone
        if limit.is_reached(enquiry.reference):
            raise TooOften
        status.renew(enquiry)
        EnquiryEvent.objects.create(
            enquiry=enquiry, kind=Kind.NOTED, detail="neuer Link zur Statusseite, dort selbst vergeben"
        )
        is_mailed = enquiry.has_mailed_link and mails.may_be_written_to(enquiry.email)
        if is_mailed:
            OutboxMessage.objects.bulk_create(mails.new_link_mails(enquiry))
        transaction.on_commit(partial(limit.add, enquiry.reference))
    return is_mailed
