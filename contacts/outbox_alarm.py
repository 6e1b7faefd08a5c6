"""What is wrong with the delivery of mail, for `/healthz` and for the desk."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from contacts.desk.saved_views import NOT_ARRIVED
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


@dataclass(frozen=True)
class MailWarning:
    """What is wrong for everybody, in German; where in the admin more is found (or ""), and the right for that."""

    text: str
    url: str = ""
    permission: str = "contacts.view_outboxmessage"


def delivery_health() -> DeliveryHealth:
    return _health_of(_counted())


def mail_warnings(cases: int | None = None) -> list[MailWarning]:
    """Return what is wrong with the delivery, and what came to nothing: cases for the desk, the rest for operations.

    `cases` is how many the reader sees whose mail did not arrive; None: count all.
    """
    facts = _counted()
    health = _health_of(facts)
    outbox = reverse("outbox:index")
    found = []
    if health.worker_is_silent:
        found.append(MailWarning("Der Mailversand läuft nicht. Bitte sagen Sie dem Betrieb Bescheid."))
    if health.stuck_mails == 1:
        found.append(MailWarning("Eine Mail an das Amt lässt sich seit Stunden nicht zustellen.", outbox))
    elif health.stuck_mails:
        text = f"{health.stuck_mails} Mails an das Amt lassen sich seit Stunden nicht zustellen."
        found.append(MailWarning(text, outbox))
    if cases := facts["failed_cases"] if cases is None else cases:
        where = "Bei einer offenen Anfrage" if cases == 1 else f"Bei {cases} offenen Anfragen"
        text = f"{where} kam eine Mail nicht an; sie wird nicht mehr versucht."
        found.append(MailWarning(text, NOT_ARRIVED.url, "contacts.view_enquiry"))
    if facts["failed_without_case"]:
        text = "Eine Tagesübersicht oder Testmail kam nicht an und wird nicht mehr versucht."
        found.append(MailWarning(text, f"{outbox}?state=failed"))
    return found


def _counted() -> dict[str, Any]:
    stuck = Q(pk__in=OutboxMessage.objects.stuck().values("pk"))
    waits = Q(state=OutboxMessage.State.PENDING)
    # Given up, and somebody still has to do something about it.
    failed = Q(state=OutboxMessage.State.FAILED, enquiry__closed_at=None)
    return OutboxMessage.objects.unsent().aggregate(
        oldest=Min("created_at", filter=waits),
        stuck=Count("pk", filter=stuck),
        failed=Count("pk", filter=failed),
        failed_cases=Count("enquiry", distinct=True, filter=failed & Q(enquiry__erased_at=None)),
        failed_without_case=Count("pk", filter=failed & Q(enquiry=None)),
    )


def _health_of(facts: dict[str, Any]) -> DeliveryHealth:
    age = (timezone.now() - facts["oldest"]).total_seconds() if facts["oldest"] else 0
    silence = WorkerBeat.silence()
    return DeliveryHealth(
        oldest_mail_seconds=max(int(age), 0),
        stuck_mails=facts["stuck"],
        failed_mails=facts["failed"],
        worker_silent_seconds=None if silence is None else int(silence.total_seconds()),
    )
