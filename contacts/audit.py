"""The chain of who read or changed personal data: how an entry is written and how the chain is proved.

Each entry's mark is the SHA-256 of its content and of the mark before it. Whoever changes, inserts or removes an entry
has to write all later ones anew and meets the mark of the head, which the worker also writes into the log, outside of
the database.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from contacts.models.audit import AuditEntry, AuditHead
from contacts.models.enquiries import Enquiry

Action = AuditEntry.Action
MACHINE = "System"
READING_MINUTES = 10  # within which reading the same enquiry or list again is the same reading


def record(action: str, actor, enquiry: Enquiry | None = None, detail: str = "") -> AuditEntry:
    """Add an entry. `actor` is an account, or None for the system; `detail` must hold nothing that a citizen wrote.
    What is erased is named by its digest alone, as it is in the entries before.

    It is part of the surrounding transaction: what is not done is not recorded, what is not recorded is not done.
    """
    with transaction.atomic():
        head, _ = AuditHead.objects.select_for_update().get_or_create(pk=1)
        entry = AuditEntry(
            number=head.last_number + 1,
            at=timezone.now(),
            actor=actor.get_username() if actor else MACHINE,
            action=action,
            enquiry_id=enquiry.pk if enquiry else None,
            label=enquiry.reference if enquiry and enquiry.erased_at is None else "",
            label_digest=digest(enquiry.reference if enquiry else ""),
            detail=detail[:200],
            previous_mark=head.last_mark,
        )
        entry.mark = mark_of(entry)
        entry.save(force_insert=True)
        head.last_number, head.last_mark = entry.number, entry.mark
        head.save()
    return entry


def record_reading(actor, enquiry: Enquiry) -> None:
    """Note that an account read an enquiry; once in a while is enough, however often the page is loaded."""
    if not _just_now(actor, action=Action.READ, enquiry_id=enquiry.pk):
        record(Action.READ, actor, enquiry)


def record_listing(actor, place: str) -> None:
    """Note that an account saw a list that names people; once in a while is enough, however often it is leafed."""
    if not _just_now(actor, action=Action.LISTED, detail=place):
        record(Action.LISTED, actor, detail=place)


def _just_now(actor, **what) -> bool:
    since = timezone.now() - dt.timedelta(minutes=READING_MINUTES)
    return AuditEntry.objects.filter(actor=actor.get_username(), at__gt=since, **what).exists()


def digest(label: str) -> str:
    return hashlib.sha256(label.encode()).hexdigest()


def mark_of(entry: AuditEntry) -> str:
    """Return the mark that an entry should have: over all it says, except for the label that may be emptied."""
    said = [
        entry.number,
        entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.action,
        entry.enquiry_id,
        entry.label_digest,
        entry.detail,
        entry.previous_mark,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Fault:
    """Where the chain does not hold, and how."""

    number: int
    text: str


def anchor() -> str:
    """Return the sentence that holds the chain's end, to be kept outside of the database."""
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    return f"Zugriffsprotokoll: {head.count} Einträge, Ende {head.last_number} {head.last_mark or '-'}"


def verify() -> Iterator[Fault]:
    """Walk the chain from the oldest entry kept to the head; yield every place where it does not hold.

    Accounts go on working meanwhile: the head is read after the entries, and entries written in between are walked too.
    """
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    expected, before = head.first_number, head.first_mark
    while True:
        found = 0
        for entry in AuditEntry.objects.filter(number__gte=expected).order_by("number").iterator(chunk_size=2000):
            found += 1
            yield from _faults_of(entry, expected, before)
            expected, before = entry.number + 1, entry.mark
        head = AuditHead.objects.filter(pk=1).first() or AuditHead()
        if head.last_number < expected or not found:
            break
    if (expected - 1, before) != (head.last_number, head.last_mark):
        yield Fault(head.last_number, "Das Ende der Kette stimmt nicht: Es fehlen Einträge, oder es sind zu viele.")
    if before_start := AuditEntry.objects.filter(number__lt=head.first_number).count():
        yield Fault(head.first_number, f"Vor dem Anfang der Kette stehen Einträge, die es nicht gibt: {before_start}.")


def _faults_of(entry: AuditEntry, expected: int, before: str) -> Iterator[Fault]:
    if entry.number != expected:
        yield Fault(expected, f"Es fehlen Einträge: erwartet {expected}, gefunden {entry.number}.")
    elif entry.previous_mark != before:
        yield Fault(entry.number, "Der Eintrag schließt nicht an den vorigen an.")
    if entry.mark != mark_of(entry):
        yield Fault(entry.number, "Der Eintrag wurde verändert.")
    if entry.label and digest(entry.label) != entry.label_digest:
        yield Fault(entry.number, "Die Vorgangsnummer des Eintrags wurde verändert.")
