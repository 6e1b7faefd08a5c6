"""Closing what nobody closes. A period of deletion runs from closing, so without this it might never begin."""

import datetime as dt

from django.conf import settings
from django.db.models import DateTimeField, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from contacts.desk import actions
from contacts.models import Enquiry, EnquiryEvent


def close_forgotten(now: dt.datetime) -> int:
    """Close what has been lying for too long; return how many. Whoever writes again opens the case again.

    Quarantine counts from the day it came in, since nobody looks at it. What is answered counts from its last step: an
    addition, a note or a further answer says that somebody is still at it. What mails brought in as a note does not: a
    machine that writes again and again would keep the case, and its words, for ever.
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
    brought_in = Q(events__kind=EnquiryEvent.Kind.NOTED, events__submission_key__isnull=False)
    last_step = Coalesce(Max("events__at", filter=~brought_in), "created_at", output_field=DateTimeField())
    answered = Enquiry.objects.kept().filter(state=Enquiry.State.ANSWERED)
    return answered.annotate(last_step=last_step).filter(last_step__lt=limit).order_by("pk")
