"""What a mail server reports about a mail of ours that it could not deliver (RFC 3464), and what follows from it."""

import re
from dataclasses import dataclass
from email import message_from_string
from email.message import Message

from django.db import transaction

from contacts import additions
from contacts.fallback import ensure_office_has
from contacts.inbound.addresses import references_in
from contacts.inbound.bodies import parts_of, text_of_part
from contacts.inbound.heads import Head
from contacts.inbound.letters import Letter
from contacts.models import Enquiry, EnquiryEvent, OutboxMessage
from contacts.unread import reopen_unread

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")  # RFC 3463
_FATES = {"failed": "Mail an {} kam nicht an", "delayed": "Mail an {} ist noch nicht angekommen"}
_OTHER_FATE = "Zur Mail an {} kam ein Bericht des Mailservers"
_MOST_PARTS = 50


@dataclass(frozen=True)
class Report:
    """`action`: failed, delayed, delivered, relayed or expanded. `status`: "5.1.1", or empty."""

    action: str
    status: str
    recipients: frozenset[str]

    @property
    def reason(self) -> str:
        return f"Rückläufer {self.status}".strip()

    def fate_of(self, address: str) -> str:
        said = _FATES.get(self.action, _OTHER_FATE).format(address)
        return f"{said} ({self.status})" if self.status else said


def report_of(letter: Letter) -> Report:
    """Return what is reported; of several recipients the worst, since our mails have one."""
    fields = [Head(each) for part in _parts(letter, "message/delivery-status") for each in parts_of(part)]
    known = [field for field in fields if field.token("action")]
    worst = next((field for field in known if field.token("action") == "failed"), known[0] if known else None)
    said = [value for field in fields for value in field.values("final-recipient", "original-recipient")]
    return Report(
        action=worst.token("action") if worst else "",
        status=status[0] if worst and (status := _STATUS.findall(" ".join(worst.values("status")))) else "",
        recipients=frozenset(value.rpartition(";")[2].strip(" <>").lower() for value in said),
    )


def mail_of(letter: Letter, report: Report) -> OutboxMessage | None:
    """Return the mail that is reported about: by its Message-ID, which servers send back with it, else by the address
    to which its reply was to go and the one to which it went.
    """
    returned = _returned(letter)
    ids = [*letter.head.ids("in-reply-to"), *[each for head in returned for each in head.ids("message-id")]]
    mails = OutboxMessage.objects.select_related("enquiry")
    if found := mails.filter(message_id__in=ids).order_by("created_at", "pk").last():
        return found
    numbers = references_in(value for head in returned for value in head.values("reply-to"))
    to_sender = mails.filter(enquiry__reference__in=numbers, kind__in=OutboxMessage.SENDER_KINDS)
    newest_first = to_sender.order_by("-created_at", "-pk")
    return next((mail for mail in newest_first if mail.to.lower() in report.recipients), None)


def take(mail: OutboxMessage, report: Report, key: str) -> None:
    """Note a report. What did not arrive is an answer nobody read, or a unit's mail that the office must have."""
    with transaction.atomic():
        # The case before its mail, as erasure locks them.
        enquiry = Enquiry.objects.select_for_update().filter(pk=mail.enquiry_id, erased_at=None).first()
        current = OutboxMessage.objects.filter(pk=mail.pk).first()
        if current is None:
            return
        if enquiry is not None:
            if enquiry.events.filter(submission_key=key).exists():
                return  # since then, somebody may have sent it again
            fate = report.fate_of(current.to)
            if not _is_noted(current, enquiry, fate):
                additions.note(enquiry, "", [], key, detail=fate)
        if report.action == "failed":
            current.came_back(report.reason)
            ensure_office_has(current, refused=True)
            reopen_unread(current, report.reason)


def _is_noted(mail: OutboxMessage, enquiry: Enquiry, fate: str) -> bool:
    """Whether the case says so already: what the office must get is sent anew, and comes back, several times a day."""
    notes = enquiry.events.filter(kind=EnquiryEvent.Kind.NOTED, submission_key__isnull=False)
    return mail.kind in OutboxMessage.INTERNAL_KINDS and notes.filter(detail=fate).exists()


def _returned(letter: Letter) -> list[Head]:
    """Return the heads of the mail that came back, whole or as its head alone."""
    whole = [each for part in _parts(letter, "message/rfc822", "message/global") for each in parts_of(part)[:1]]
    heads = [message_from_string(text_of_part(part)) for part in _parts(letter, "text/rfc822-headers")]
    return [Head(each) for each in [*whole, *heads]]


def _parts(letter: Letter, *types: str) -> list[Message]:
    """Return the parts of the report itself, not those of the mail within."""
    return [part for part in parts_of(letter.message)[:_MOST_PARTS] if part.get_content_type() in types]
