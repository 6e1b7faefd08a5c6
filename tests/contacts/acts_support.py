"""What tests of the acts at the desk ask."""

import datetime as dt

from django.utils import timezone

from contacts.models import Enquiry
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory

State = Enquiry.State
LONG_AGO = dt.date(2026, 1, 5)


def closed(**fields) -> Enquiry:
    return EnquiryFactory(state=State.CLOSED, closed_at=timezone.now(), **fields)


def steps(enquiry: Enquiry) -> list[tuple[str, str, bool]]:
    return list(enquiry.events.values_list("kind", "text", "is_public"))


def stored(enquiry: Enquiry) -> Enquiry:
    """Return what the database holds; the object that was acted on has to say the same."""
    fresh = Enquiry.objects.get(pk=enquiry.pk)
    for field in ("state", "version", "assignee_id", "unit_id", "closed_at", "due_on", "first_answer_at"):
        assert getattr(fresh, field) == getattr(enquiry, field), field
    return fresh


def fit_for(name: str, **fields) -> Enquiry:
    """Return an enquiry with which the act is possible."""
    if name == "interim":
        return BarrierReportFactory(**fields)
    if name == "reopen":
        return closed(**fields)
    if name == "reply":
        return EnquiryFactory(**{"state": State.WAITING} | fields)
    return EnquiryFactory(is_suspicious=name == "release", **fields)
