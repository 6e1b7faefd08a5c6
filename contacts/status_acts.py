"""What senders do on their status page: add something, take a new link, or withdraw everything.

Each act is one transaction. Unlike the acts at the desk (`contacts.desk.actions`) they are not refused when somebody
acted in between; they make the desk's view of the case outdated instead.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from contacts import mails, status
from contacts.erasure import erase
from contacts.intake import submission_key
from contacts.models import Attachment, Enquiry, EnquiryEvent, OutboxMessage
from contacts.pictures import attach
from stadterneuerung.base.http import FormStamp

State = Enquiry.State
Kind = EnquiryEvent.Kind
REASON_WITHDRAWN = "von der absendenden Person zurückgezogen"


class Gone(Exception):
    """The case was erased in the meantime."""


def add(enquiry: Enquiry, text: str, pictures: Iterable[Attachment], stamp: FormStamp) -> None:
    """Store an addition with its mails. The same form with the same text, sent twice, is one addition.

    Whoever writes again wants an answer: what was answered, closed or waiting is open again, with a new day. So has
    what a unit works on by mail alone: nobody enters its answers, and its period of retention runs from that day.
    """
    pictures = list(pictures)
    key = submission_key(stamp, enquiry.reference, text, *[picture.digest for picture in pictures])
    with transaction.atomic():
        current = _locked(enquiry)
        if EnquiryEvent.objects.filter(submission_key=key).exists():
            return
        reopened = current.state in (State.ANSWERED, State.CLOSED)
        changes: dict[str, Any] = {"version": current.version + 1}
        if reopened or current.state == State.WAITING or current.mail_only:
            changes |= current.asked_again() | {"state": State.TAKEN if current.assignee_id else State.NEW}
        for name, value in changes.items():
            setattr(current, name, value)
        current.save(update_fields=list(changes))
        count = attach(current, pictures)
        EnquiryEvent.objects.create(
            enquiry=current,
            kind=Kind.ADDED,
            text=text,
            detail=f"mit Anhängen ({count})" if count else "",
            is_public=True,
            submission_key=key,
        )
        if reopened:
            EnquiryEvent.objects.create(enquiry=current, kind=Kind.REOPENED, detail="durch die Ergänzung")
        OutboxMessage.objects.bulk_create(mails.addition_mails(current, text, count))


def withdraw(enquiry: Enquiry) -> None:
    """Erase what the sender wrote, at once, and tell those who answer, without a word of it. May raise `OnHold`."""
    with transaction.atomic():
        current = _locked(enquiry)
        told = mails.erasure_mails(current, "Zurückgezogen und gelöscht")  # before their thread is deleted
        erase(current, reason=REASON_WITHDRAWN)
        EnquiryEvent.objects.create(enquiry=current, kind=Kind.WITHDRAWN, at=timezone.now())
        OutboxMessage.objects.bulk_create(told)


def renew(enquiry: Enquiry) -> None:
    """Make all links so far worthless and say so at the desk; the new one goes by mail, too, where there is an address.

    Whoever pressed the button may not be whom the case belongs to.
    """
    with transaction.atomic():
        _locked(enquiry)
        status.renew(enquiry)
        EnquiryEvent.objects.create(
            enquiry=enquiry, kind=Kind.NOTED, detail="neuer Link zur Statusseite, dort selbst vergeben"
        )
        OutboxMessage.objects.bulk_create(mails.new_link_mails(enquiry))


def _locked(enquiry: Enquiry) -> Enquiry:
    current = Enquiry.objects.select_for_update().filter(pk=enquiry.pk, erased_at=None).first()
    if current is None:
        raise Gone
    return current
