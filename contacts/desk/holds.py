"""Keeping an enquiry from being deleted, and letting it go again: for a legal reason, or for the Stadtarchiv."""

from django.db import transaction

from contacts import audit
from contacts.desk.actions import NotPossible, change
from contacts.models import Enquiry

Hold = Enquiry.Hold


def hold(enquiry: Enquiry, by, reason: str) -> None:
    """Suspend deletion until somebody lifts it; `reason` names the ground, not the person."""
    if not reason.strip():
        raise NotPossible("Bitte nennen Sie den Grund, etwa ein laufendes Verfahren.")
    if enquiry.erased_at or enquiry.hold == Hold.LEGAL:
        raise NotPossible(f"Zu {enquiry} lässt sich nichts aussetzen: schon gelöscht oder schon ausgesetzt.")
    _set(enquiry, by, "Löschung ausgesetzt", hold=Hold.LEGAL, hold_reason=reason.strip()[:200])


def lift(enquiry: Enquiry, by) -> None:
    """End the suspension: the period counts again, and what has to be offered to the Stadtarchiv is offered anew."""
    if enquiry.hold != Hold.LEGAL:
        raise NotPossible(f"Die Löschung von {enquiry} ist nicht ausgesetzt.")
    _set(enquiry, by, "Aussetzung aufgehoben", hold=Hold.NONE, hold_reason="", offered_on=None)


def release(enquiry: Enquiry, by) -> None:
    """Note that the Stadtarchiv took it over or does not want it: the next run deletes it."""
    if enquiry.hold != Hold.OFFERED:
        raise NotPossible(f"{enquiry} ist dem Stadtarchiv nicht angeboten.")
    _set(enquiry, by, "vom Stadtarchiv beantwortet, zur Löschung frei", hold=Hold.NONE)


def _set(enquiry: Enquiry, by, detail: str, **changes) -> None:
    with transaction.atomic():
        change(enquiry, **changes)
        audit.record(audit.Action.HELD, by, enquiry, detail=detail)
