"""The story of one enquiry: what people did and which mails left because of it, in one order."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format

from contacts.models.enquiries import Enquiry
from contacts.models.events import EnquiryEvent
from contacts.models.outbox import OutboxMessage

Kind = EnquiryEvent.Kind


class Reader(StrEnum):
    """Who gets to read the text of an entry."""

    NOBODY = ""  # there is no text
    DESK = "intern"
    SENDER = "an die anfragende Person"
    OFFICE = "von der anfragenden Person"
    OFFICE_ALONE = "per Mail, nicht auf der Statusseite"


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. `who` is empty for what a machine or the sender did."""

    at: dt.datetime
    title: str
    who: str = ""
    detail: str = ""
    text: str = ""
    reader: str = Reader.NOBODY
    is_trouble: bool = False


def timeline(enquiry: Enquiry) -> list[Entry]:
    """Return all entries, oldest first; what happened at the same moment in the order of cause and effect."""
    events = [_of_event(event) for event in enquiry.events.select_related("actor").order_by("at", "pk")]
    mails = [_of_mail(mail) for mail in enquiry.outbox.order_by("created_at", "pk")]
    return sorted([*events, *mails], key=lambda entry: entry.at)  # stable: an event stands before its mails


def meanwhile(enquiry: Enquiry, last_seen: int) -> list[Entry]:
    """Return what was done since the event with the id `last_seen`, oldest first."""
    return [_of_event(event) for event in enquiry.events.filter(pk__gt=last_seen).select_related("actor")]


def name_of(account) -> str:
    return account.get_full_name() or account.get_username()


def moment(at: dt.datetime) -> str:
    """Return "22. November 2026, 21:24 Uhr"."""
    return f"{date_format(timezone.localtime(at), 'j. F Y, H:i')} Uhr"


def _of_event(event: EnquiryEvent) -> Entry:
    return Entry(
        at=event.at,
        title=event.get_kind_display(),
        who=name_of(event.actor) if event.actor else "",
        detail=event.detail,
        text=event.text,
        reader=_reader(event),
    )


def _reader(event: EnquiryEvent) -> str:
    if not event.text:
        return Reader.NOBODY
    if event.kind in (Kind.ADDED, Kind.WITHDRAWN):
        return Reader.OFFICE if event.is_public or event.kind == Kind.WITHDRAWN else Reader.OFFICE_ALONE
    return Reader.SENDER if event.is_public else Reader.DESK


def _of_mail(mail: OutboxMessage) -> Entry:
    return Entry(
        at=mail.created_at,
        title=f"Mail: {mail.get_kind_display()}",
        detail=f"an {mail.to}, {_fate(mail)}",
        is_trouble=mail.does_not_arrive,
    )


def _fate(mail: OutboxMessage) -> str:
    """Say in words what became of a mail."""
    if mail.sent_at:
        return f"gesendet am {moment(mail.sent_at)}"
    if mail.state == OutboxMessage.State.FAILED:
        return f"nicht zustellbar ({mail.last_error or 'ohne Angabe'})"
    if mail.attempts:
        tries = "einem Versuch" if mail.attempts == 1 else f"{mail.attempts} Versuchen"
        return f"noch nicht gesendet nach {tries} ({mail.last_error or 'wird gerade versucht'})"
    return "noch nicht gesendet"
