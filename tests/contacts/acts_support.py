"""What tests of the acts at the desk ask."""

import datetime as dt
from functools import partial

from django.utils import timezone

from contacts.desk import actions
from contacts.models import Enquiry
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory
from tests.factories import UnitFactory

State = Enquiry.State
LONG_AGO = dt.date(2026, 1, 5)
ACTS = {
    "take": actions.take,
    "note": partial(actions.add_note, text="Vermerk"),
    "wait": partial(actions.wait, text="Frage?"),
    "reply": actions.note_reply,
    "answer": partial(actions.answer, text="Antwort."),
    "elsewhere": partial(actions.answer_elsewhere, text="Am Telefon."),
    "close": actions.close,
    "reopen": actions.reopen,
    "pass_on": lambda enquiry, by: actions.pass_on(enquiry, by, UnitFactory()),
    "release": actions.release,
    "interim": partial(actions.send_interim, text="Es dauert länger."),
}


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
