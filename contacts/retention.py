"""Deletion of what people sent, when the period is over that they were promised (DSGVO Art. 5, 17).

Each step is a transaction of bounded size that also writes its counts into the log of deletions. It may be killed at
any time: what is done is done and counted, the rest is done an hour later.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from contacts import audit_pruning, leftovers
from contacts.closing import close_forgotten
from contacts.erasure import Traces, empty_write_ahead_log, erase_rows
from contacts.models import Attachment, DeletionRun, Enquiry, OutboxMessage

BATCH = 50
REASON = "Frist abgelaufen"


def purge(now: dt.datetime | None = None, *, dry_run: bool = False) -> DeletionRun:
    """Delete what has expired at `now`; return how much. With `dry_run` only count, and save nothing."""
    now = now or timezone.now()
    run = DeletionRun(at=now)
    if dry_run:
        _count(run, now)
        return run
    close_forgotten(now)
    _offer(run, now)
    _erase_expired(run, now)
    _delete_mails_without_case(run, now)
    _delete_waiting_attachments(run, now)
    for removed in audit_pruning.prune(_audit_limit(now)):
        _log(run, audit_entries=removed)
    _log(run, files=leftovers.sweep())
    empty_write_ahead_log()
    return run


def _count(run: DeletionRun, now: dt.datetime) -> None:
    going = Enquiry.objects.erasable(now)
    run.offered = Enquiry.objects.to_be_offered(now).count()
    run.questions = going.exclude(kind=Enquiry.Kind.BARRIER).count()
    run.barriers = going.barriers().count()
    run.mails = OutboxMessage.objects.filter(enquiry__in=going).count() + _mails_without_case(now).count()
    run.attachments = Attachment.objects.filter(enquiry__in=going).count() + _waiting_attachments(now).count()
    run.audit_entries = audit_pruning.old_entries(_audit_limit(now)).count()
    run.files = leftovers.sweep(dry_run=True)


def _log(run: DeletionRun, **counts: int) -> None:
    """Add to the counts of the run. A run that found nothing is no row."""
    for name, count in counts.items():
        setattr(run, name, getattr(run, name) + count)
    if run.did_something:
        run.save()


def _offer(run: DeletionRun, now: dt.datetime) -> None:
    with transaction.atomic():
        offered = Enquiry.objects.to_be_offered(now).update(
            hold=Enquiry.Hold.OFFERED, offered_on=timezone.localdate(now), version=models.F("version") + 1
        )
        _log(run, offered=offered)


def _erase_expired(run: DeletionRun, now: dt.datetime) -> None:
    for batch in _batches(Enquiry.objects.erasable(now)):
        with transaction.atomic():
            traces = Traces()
            kinds: list[str] = []
            # Asked anew when locked: since the list was made, somebody may have opened, held or moved one of them.
            locked = Enquiry.objects.filter(pk__in=batch).order_by("pk").select_for_update(of=("self",))
            for enquiry in Enquiry.objects.erasable(now).filter(pk__in=[each.pk for each in locked]):
                traces.add(erase_rows(enquiry, reason=REASON))
                kinds.append(enquiry.kind)
            barriers = kinds.count(Enquiry.Kind.BARRIER)
            _log(
                run,
                questions=len(kinds) - barriers,
                barriers=barriers,
                mails=len(traces.mails),
                attachments=len(traces.attachments),
            )
            transaction.on_commit(traces.forget_files)


def _delete_mails_without_case(run: DeletionRun, now: dt.datetime) -> None:
    for batch in _batches(_mails_without_case(now)):
        with transaction.atomic():
            rows = OutboxMessage.objects.filter(pk__in=batch)
            traces = Traces(mails=list(rows.values_list("message_id", flat=True)))
            rows.delete()
            _log(run, mails=len(traces.mails))
            transaction.on_commit(traces.forget_files)


def _delete_waiting_attachments(run: DeletionRun, now: dt.datetime) -> None:
    for batch in _batches(_waiting_attachments(now)):
        with transaction.atomic():
            rows = Attachment.objects.select_for_update().filter(pk__in=batch, enquiry=None)
            traces = Traces(attachments=list(rows.values_list("file", flat=True)))
            Attachment.objects.filter(file__in=traces.attachments).delete()
            _log(run, attachments=len(traces.attachments))
            transaction.on_commit(traces.forget_files)


def _mails_without_case(now: dt.datetime) -> models.QuerySet:
    """Test mails and daily overviews, which belong to nothing that could take them along, and word of a withdrawal."""
    limit = now - dt.timedelta(days=settings.RETENTION_DAYS["mail_without_case"])
    return OutboxMessage.objects.filter(
        models.Q(enquiry=None) | models.Q(enquiry__erased_at__isnull=False), created_at__lt=limit
    )


def _waiting_attachments(now: dt.datetime) -> models.QuerySet:
    limit = now - dt.timedelta(days=settings.RETENTION_DAYS["upload_without_case"])
    return Attachment.objects.filter(enquiry=None, created_at__lt=limit)


def _audit_limit(now: dt.datetime) -> dt.datetime:
    return now - dt.timedelta(days=365.25 * settings.AUDIT_YEARS)


def _batches(rows: models.QuerySet) -> Iterator[Iterable[int]]:
    """Yield the keys of the rows in groups, oldest first; they are listed once, so that a failing row ends nothing."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
