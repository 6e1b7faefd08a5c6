"""Deletion of what people sent, when the period that the privacy notice promises is over (DSGVO Art. 5, 17)."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from contacts.mail_files import forget_files
from contacts.models import Enquiry, OutboxMessage
from contacts.pictures import forget_waiting


@dataclass(frozen=True)
class Purge:
    """How much was deleted; counts only, so that the log may be kept."""

    enquiries: int
    barrier_reports: int
    mails: int
    mail_files: int

    def __str__(self) -> str:
        return (
            f"{self.enquiries} Anfragen, {self.barrier_reports} Barrieremeldungen, {self.mails} Mails im Postausgang "
            f"und {self.mail_files} Maildateien"
        )


def purge(now: dt.datetime | None = None, *, dry_run: bool = False) -> Purge:
    """Delete what has expired at `now`, with its mails and their files. With `dry_run` only count."""
    now = now or timezone.now()
    expired = Enquiry.objects.expired(now)
    # Test mails belong to nothing that could take them along.
    old_tests = OutboxMessage.objects.filter(
        enquiry=None, created_at__lt=now - dt.timedelta(days=settings.RETENTION_DAYS["enquiry"])
    )
    with transaction.atomic():
        kinds = dict(expired.values_list("pk", "kind"))
        mails = OutboxMessage.objects.filter(enquiry__in=kinds) | old_tests
        message_ids = list(mails.values_list("message_id", flat=True))
        if not dry_run:
            mails.delete()
            Enquiry.objects.filter(pk__in=kinds).delete()
    if not dry_run:
        forget_waiting(now)
    files = 0 if dry_run else forget_files(message_ids)
    barriers = sum(kind == Enquiry.Kind.BARRIER for kind in kinds.values())
    return Purge(len(kinds) - barriers, barriers, len(message_ids), files)
