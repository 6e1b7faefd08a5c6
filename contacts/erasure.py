"""Taking a person's words out of everything we hold. What remains of an enquiry is a skeleton for the statistics.

Rows go first, in one transaction; files follow once it is committed. Whoever is killed in between leaves files that no
row names, and those the next sweep removes (`contacts.leftovers`).
"""

import uuid
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from contacts import audit
from contacts.mail_files import forget_files
from contacts.models import Attachment, AuditEntry, Enquiry, EnquiryEvent, OutboxMessage
from contacts.models.attachments import attachment_storage
from contacts.personal import emptied

# Where the framework remembers objects by type and key, with their names or their content.
FRAMEWORK_TRACES = [ModelLogEntry, Revision, ReferenceIndex, IndexEntry]


class OnHold(Exception):
    """The enquiry must not be erased now; the German sentence says why."""


@dataclass
class Traces:
    """What was erased outside of the enquiry's own row."""

    enquiries: int = 0
    mails: list[str] = field(default_factory=list)  # Message-IDs
    attachments: list[str] = field(default_factory=list)  # names in the private storage

    def add(self, other: "Traces") -> None:
        self.enquiries += other.enquiries
        self.mails += other.mails
        self.attachments += other.attachments

    def forget_files(self) -> None:
        forget_files(self.mails)
        for name in self.attachments:
            attachment_storage().delete(name)


def erase(enquiry: Enquiry, *, reason: str, actor=None) -> Traces:
    """Erase one enquiry, rows and files. `reason` goes into the audit trail and holds no word of the person's."""
    with transaction.atomic():
        traces = erase_rows(enquiry, reason=reason, actor=actor)
        transaction.on_commit(traces.forget_files)
        transaction.on_commit(empty_write_ahead_log, robust=True)  # the rows are gone, whatever becomes of the log
    return traces


def empty_write_ahead_log(database: BaseDatabaseWrapper = connection) -> None:
    """Take deleted words out of SQLite's -wal file, where they would stay until later writing happens to cover them.

    In the database file itself `PRAGMA secure_delete` overwrites them. PostgreSQL needs VACUUM, which the operation
    of the database does. Within a transaction there is nothing to be taken over yet.
    """
    if database.vendor == "sqlite" and not database.in_atomic_block:
        with database.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def erase_rows(enquiry: Enquiry, *, reason: str, actor=None) -> Traces:
    """Erase what the database holds; the caller forgets the files when the transaction is committed.

    An enquiry that is erased already stays as it is.
    """
    with transaction.atomic():
        held = Enquiry.objects.select_for_update().filter(pk=enquiry.pk, erased_at=None).first()
        if held is None:
            return Traces()
        if held.hold == Enquiry.Hold.LEGAL:
            raise OnHold(f"Die Löschung von {held.reference} ist aus rechtlichem Grund ausgesetzt.")
        mails, attachments = held.outbox.all(), held.attachments.all()
        traces = Traces(
            1, list(mails.values_list("message_id", flat=True)), list(attachments.values_list("file", flat=True))
        )
        for model, keys in (
            (Enquiry, [held.pk]),
            (OutboxMessage, list(mails.values_list("pk", flat=True))),
            (EnquiryEvent, list(held.events.values_list("pk", flat=True))),
            (Attachment, list(attachments.values_list("pk", flat=True))),
        ):
            _forget_in_framework(model, keys)
        mails.delete()
        attachments.delete()
        held.events.update(**emptied(EnquiryEvent), is_public=False)
        held.events.create(kind=EnquiryEvent.Kind.ERASED)
        _empty(held)
        audit.record(audit.Action.ERASED, actor, held, detail=reason)
        AuditEntry.objects.filter(enquiry_id=held.pk).update(label="")
    return traces


def _empty(enquiry: Enquiry) -> None:
    """Leave kind, subject, page, unit, channel, dates and state, for the statistics."""
    now = timezone.now()
    changes = emptied(Enquiry) | {
        "submission_key": f"erased-{uuid.uuid4().hex}",  # was made of the words, and has to be unique
        "state": Enquiry.State.CLOSED,
        "closed_at": enquiry.closed_at or now,
        "hold": Enquiry.Hold.NONE,
        "erased_at": now,
        "version": enquiry.version + 1,
    }
    Enquiry.objects.filter(pk=enquiry.pk).update(**changes)


def _forget_in_framework(model: type[models.Model], keys: list[int]) -> None:
    content_type = ContentType.objects.get_for_model(model)
    for trace in FRAMEWORK_TRACES:
        trace.objects.filter(content_type=content_type, object_id__in=[str(key) for key in keys]).delete()
