"""Closing what nobody closes. A period of deletion runs from closing, so without this it might never begin."""

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet

from contacts.desk import actions
from contacts.models import Enquiry
from contacts.models.steps import stepped_since


def close_forgotten(now: dt.datetime) -> int:
    """Close what has been lying for too long; return how many. Whoever writes again opens the case again.

    Quarantine counts from the day it came in, since nobody looks at it. What is answered counts from its last step, as
    `stepped_since` knows steps.
    """
    closed = 0
    for key, forgotten, why in (
        ("quarantine", quarantined_before, "in Quarantäne"),
        ("answered", answered_before, "ohne weiteren Schritt"),
    ):
        days = settings.RETENTION_DAYS[key]
        for enquiry in forgotten(now - dt.timedelta(days=days)):
            try:
                actions.close_by_itself(enquiry, now, f"von selbst, nach {days} Tagen {why}")
            except actions.Outdated:  # somebody acted since the list was made
                continue
            closed += 1
    return closed


def quarantined_before(limit: dt.datetime) -> QuerySet:
    return Enquiry.objects.quarantined().filter(created_at__lt=limit).order_by("pk")


def answered_before(limit: dt.datetime) -> QuerySet:
    answered = Enquiry.objects.kept().filter(state=Enquiry.State.ANSWERED, created_at__lt=limit)
    return answered.filter(~stepped_since(limit)).order_by("pk")
