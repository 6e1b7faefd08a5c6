"""The oldest part of the audit trail goes after some years; the rest still proves itself, from a start moved along."""

import datetime as dt
import logging
from collections.abc import Iterator

from django.db import models, transaction

from contacts.audit import mark_of
from contacts.models.audit import AuditEntry, AuditHead

logger = logging.getLogger(__name__)

BATCH = 500


def old_entries(limit: dt.datetime) -> models.QuerySet:
    """Return the entries before the first one that is not older than `limit`: what goes is always the beginning."""
    kept = AuditEntry.objects.filter(at__gte=limit).order_by("number").values("number")[:1]
    old = AuditEntry.objects.filter(at__lt=limit)
    return old.filter(models.Q(number__lt=models.Subquery(kept)) | ~models.Exists(kept))


def prune(limit: dt.datetime) -> Iterator[int]:
    """Delete the old entries in batches; yield how many went. What does not hold stays: it is evidence."""
    while True:
        with transaction.atomic():
            head = AuditHead.objects.select_for_update().filter(pk=1).first()
            if head is None:
                return
            entries = list(old_entries(limit).order_by("number")[:BATCH])
            if not entries:
                return
            if not _holds(head, entries):
                logger.error("Zugriffsprotokoll: Der alte Teil hat Fehler und wird nicht gelöscht. Bitte prüfen.")
                return
            last = entries[-1]
            AuditEntry.objects.filter(number__lte=last.number).delete()
            head.first_number, head.first_mark = last.number + 1, last.mark
            head.save()
        yield len(entries)


def _holds(head: AuditHead, entries: list[AuditEntry]) -> bool:
    expected, before = head.first_number, head.first_mark
    for entry in entries:
        if (entry.number, entry.previous_mark, entry.mark) != (expected, before, mark_of(entry)):
            return False
        expected, before = entry.number + 1, entry.mark
    return True
