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

    Only mail to the office counts as stuck: an answer that does not reach its citizen concerns that enquiry alone.
    """

    oldest_mail_seconds: int
    stuck_mails: int
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
    facts = OutboxMessage.objects.waiting().aggregate(oldest=Min("created_at"), stuck=Count("pk", filter=stuck))
    age = (timezone.now() - facts["oldest"]).total_seconds() if facts["oldest"] else 0
    silence = WorkerBeat.silence()
    return DeliveryHealth(
        oldest_mail_seconds=max(int(age), 0),
        stuck_mails=facts["stuck"],
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
    return found
