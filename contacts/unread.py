"""What follows when the sender did not get what the office wrote: nobody believes that it was read."""

from typing import Any

from django.db import transaction

from contacts.deadlines import due_day
from contacts.models.enquiries import Enquiry
from contacts.models.events import EnquiryEvent
from contacts.models.outbox import OutboxMessage

State = Enquiry.State
Kind = EnquiryEvent.Kind

_WRITTEN = {
    Kind.ANSWERED: "Die Antwort",
    Kind.WAITING: "Die Rückfrage",
    Kind.INTERIM: "Die Zwischennachricht",
}


def reopen_unread(message: OutboxMessage, reason: str) -> None:
    """Put a case into work again whose sender did not get its last word: "beantwortet" or "wartet" would not be true.

    That it was closed meanwhile changes nothing, since answering and closing are one errand and servers take their
    time. Whoever was told otherwise since, on paper or by telephone too, has been told. The day by which the office had
    to answer stays: nobody asked again. An interim notice that nobody got gives no six weeks (BITVNRW § 5); an answer
    that nobody got is no first answer, so the law's clock runs on, and no figure counts it.
    """
    if message.kind != OutboxMessage.Kind.ANSWER:
        return
    with transaction.atomic():
        enquiry = Enquiry.objects.select_for_update().filter(pk=message.enquiry_id, erased_at=None).first()
        if enquiry is None:
            return
        step_of_mail = _step_of(message)
        written = step_of_mail.kind if step_of_mail else Kind.ANSWERED
        later = set(enquiry.events.filter(at__gt=message.created_at).values_list("kind", flat=True))
        added = enquiry.events.filter(kind=Kind.ADDED, is_public=True, at__gt=message.created_at)
        if written == Kind.WAITING and added.exists():
            later.add(Kind.REPLIED)  # asked on the status page, and answered there
        changes: dict[str, Any] = {}
        step = Kind.NOTED
        if not later & {*_WRITTEN, Kind.ANSWERED_ELSEWHERE, Kind.REPLIED}:
            if enquiry.state in (State.ANSWERED, State.CLOSED):
                step = Kind.REOPENED
                changes = enquiry.opened_again() | {"state": State.TAKEN}
            elif enquiry.state == State.WAITING:
                changes = {"state": State.TAKEN}
        if written == Kind.INTERIM and Kind.INTERIM not in later and enquiry.first_answer_at is None:
            changes |= {"interim_at": None, "due_on": due_day(enquiry.received_on, barrier=True)}
        if written == Kind.ANSWERED and enquiry.first_answer_at and not _is_answered_otherwise(enquiry, message):
            changes |= {"first_answer_at": None, "ombuds_named": False}
        if changes:
            Enquiry.objects.filter(pk=enquiry.pk).update(version=enquiry.version + 1, **changes)
            enquiry.events.create(kind=step, detail=f"{_WRITTEN[written]} kam nicht an ({reason}).")


def _is_answered_otherwise(enquiry: Enquiry, message: OutboxMessage) -> bool:
    """Whether another answer than this mail's counts: one of those since the first that is not known to be lost."""
    failed = enquiry.outbox.filter(kind=OutboxMessage.Kind.ANSWER, state=OutboxMessage.State.FAILED)
    lost = [step.pk for mail in [message, *failed] if (step := _step_of(mail))]
    answers = enquiry.events.filter(kind__in=[Kind.ANSWERED, Kind.ANSWERED_ELSEWHERE], at__gte=enquiry.first_answer_at)
    return answers.exclude(pk__in=lost).exists()


def _step_of(message: OutboxMessage) -> EnquiryEvent | None:
    """Return the step that wrote a mail: the last one before it, as both are stored together."""
    steps = EnquiryEvent.objects.filter(enquiry=message.enquiry_id, kind__in=_WRITTEN, at__lte=message.created_at)
    return steps.order_by("at", "pk").last()
