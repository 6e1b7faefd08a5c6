"""What is added to a case after it came in, on the status page or by mail: one transaction with step and mails."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from contacts import mails
from contacts.kept_files import attach
from contacts.models import Attachment, Enquiry, EnquiryEvent, OutboxMessage

State = Enquiry.State
Kind = EnquiryEvent.Kind


class Gone(Exception):
    """The case was erased in the meantime."""


def add(
    enquiry: Enquiry,
    text: str,
    files: Iterable[Attachment],
    key: str,
    *,
    source: str,
    detail: str = "",
    is_public: bool = True,
) -> None:
    """Store an addition with its mails; what has the same `key` is the same addition. May raise `Gone`.

    `source` tells those who answer how it came in; `is_public`: the status page shows it.

    Whoever writes again wants an answer: what was answered, closed or waiting is open again, with a new day. So has
    what a unit works on by mail alone: nobody enters its answers, and its period of retention runs from that day.
    """
    with transaction.atomic():
        current = locked(enquiry)
        if EnquiryEvent.objects.filter(submission_key=key).exists():
            return
        reopened = current.state in (State.ANSWERED, State.CLOSED)
        changes: dict[str, Any] = {"version": current.version + 1}
        if reopened or current.state == State.WAITING or current.mail_only:
            changes |= current.asked_again() | {"state": State.TAKEN if current.assignee_id else State.NEW}
        for name, value in changes.items():
            setattr(current, name, value)
        current.save(update_fields=list(changes))
        count = attach(current, files)
        EnquiryEvent.objects.create(
            enquiry=current,
            kind=Kind.ADDED,
            text=text,
            detail=EnquiryEvent.as_detail(f"mit Anhängen ({count})" if count else "", detail),
            is_public=is_public,
            submission_key=key,
        )
        if reopened:
            EnquiryEvent.objects.create(enquiry=current, kind=Kind.REOPENED, detail="durch die Ergänzung")
        OutboxMessage.objects.bulk_create(mails.addition_mails(current, text, count, source))


def note(enquiry: Enquiry, text: str, files: Iterable[Attachment], key: str, *, detail: str) -> None:
    """Store an internal note that nobody typed here. Nothing is opened again, and no mail leaves. May raise `Gone`."""
    with transaction.atomic():
        current = locked(enquiry)
        if EnquiryEvent.objects.filter(submission_key=key).exists():
            return
        Enquiry.objects.filter(pk=current.pk).update(version=F("version") + 1)
        count = attach(current, files)
        EnquiryEvent.objects.create(
            enquiry=current,
            kind=Kind.NOTED,
            text=text,
            detail=EnquiryEvent.as_detail(detail, f"mit Anhängen ({count})" if count else ""),
            submission_key=key,
        )


def locked(enquiry: Enquiry) -> Enquiry:
    """Return the enquiry as it is now, locked until the end of the transaction, or raise `Gone`."""
    current = Enquiry.objects.select_for_update().filter(pk=enquiry.pk, erased_at=None).first()
    if current is None:
        raise Gone
    return current
