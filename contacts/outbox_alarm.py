"""What is wrong with the delivery of mail, for `/healthz` and for the desk."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from contacts.models import OutboxMessage, WorkerBeat


@dataclass(frozen=True)
class DeliveryHealth:
    """Ages in seconds, 0 when nothing waits. `worker_silent_seconds` is None when the worker was never heard of.

    Only mail to the office counts as stuck: an answer that does not reach its citizen is given up, which is counted
    apart and does not mean that the delivery is ill.
    """

    oldest_mail_seconds: int
    stuck_mails: int
    failed_mails: int
    worker_silent_seconds: int | None

    @property
    def worker_is_silent(self) -> bool:
        silence = self.worker_silent_seconds
        return silence is None or silence > settings.OUTBOX["worker_silent_seconds"]

    @property
    def is_well(self) -> bool:
        return not self.stuck_mails and not self.worker_is_silent


def delivery_health() -> DeliveryHealth:
    stuck = Q(pk__in=OutboxMessage.objects.stuck().values("pk"))
    waits = Q(state=OutboxMessage.State.PENDING)
    # Given up, and somebody still has to do something about it.
    failed = Q(state=OutboxMessage.State.FAILED, enquiry__closed_at=None)
    facts = OutboxMessage.objects.unsent().aggregate(
        oldest=Min("created_at", filter=waits), stuck=Count("pk", filter=stuck), failed=Count("pk", filter=failed)
    )
    age = (timezone.now() - facts["oldest"]).total_seconds() if facts["oldest"] else 0
    silence = WorkerBeat.silence()
    return DeliveryHealth(
        oldest_mail_seconds=max(int(age), 0),
        stuck_mails=facts["stuck"],
        failed_mails=facts["failed"],
        worker_silent_seconds=None if silence is None else int(silence.total_seconds()),
    )


def mail_warnings() -> list[tuple[str, str]]:
    """Return what is wrong for everybody, as (German sentence, address in the admin where it is mended, or "")."""
    health = delivery_health()
    outbox = reverse("outbox:index")
    found = []
    if health.worker_is_silent:
        found.append(("Der Mailversand läuft nicht. Bitte sagen Sie dem Betrieb Bescheid.", ""))
    if health.stuck_mails == 1:
        found.append(("Eine Mail an das Amt lässt sich seit Stunden nicht zustellen.", outbox))
    elif health.stuck_mails:
        found.append((f"{health.stuck_mails} Mails an das Amt lassen sich seit Stunden nicht zustellen.", outbox))
    if health.failed_mails:
        mails = "Eine Mail kam" if health.failed_mails == 1 else f"{health.failed_mails} Mails kamen"
        found.append((f"{mails} nicht an und wird nicht mehr versucht.", f"{outbox}?state=failed"))
    return found
