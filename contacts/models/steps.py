"""Whether something still happens to an enquiry: conditions that ask for its timeline and for its mails."""

import datetime as dt

from django.apps import apps
from django.db.models import Exists, OuterRef, Q


def stepped_since(limit: dt.datetime) -> Exists:
    """Whether somebody took a step since `limit`: an addition, a note or an answer says that it is not over.

    What mails brought in as a note is no step: a machine that writes again and again would keep the case, and its
    words, for ever.
    """
    brought_in = Q(kind="noted", submission_key__isnull=False)
    return Exists(_of_enquiry("EnquiryEvent").filter(~brought_in, at__gte=limit))


def mailed_since(limit: dt.datetime) -> Exists:
    """Whether a mail about it was written since `limit`, sent by now or not."""
    return Exists(_of_enquiry("OutboxMessage").filter(created_at__gte=limit))


def _of_enquiry(model: str):
    return apps.get_model("contacts", model).objects.filter(enquiry=OuterRef("pk"))
