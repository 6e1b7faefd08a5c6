"""The states of a case and what they mean for the desk: conditions that querysets and counts share."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

SOON_DAYS = 3  # an enquiry is "fällig" when its day is this near, or today


class State(models.TextChoices):
    NEW = "new", "neu"
    TAKEN = "taken", "übernommen"
    WAITING = "waiting", "wartet auf Rückmeldung"
    ANSWERED = "answered", "beantwortet"
    CLOSED = "closed", "abgeschlossen"


KEPT = Q(erased_at=None)
CLOSED = Q(state=State.CLOSED)
# Written as the condition of the index `contacts_enquiry_open`, so that its few rows are all that is read.
NOT_CLOSED = ~CLOSED
# What the desk works on: not in quarantine, not with a unit that works by mail alone, not erased.
ON_DESK = Q(is_suspicious=False, mail_only=False) & KEPT
OPEN = NOT_CLOSED & ON_DESK
# What waits for somebody to say whether it is spam; what was closed as spam is closed.
QUARANTINED = NOT_CLOSED & Q(is_suspicious=True) & KEPT
NEW = OPEN & Q(state=State.NEW)
WAITING = OPEN & Q(state=State.WAITING)
# What waits for the office. Whoever waits for the citizen is not late, but a report of a barrier is answered within the
# law's weeks whatever the office asks back (BITVNRW § 5). In Python it is `Enquiry.waits_for_office`.
UNANSWERED = OPEN & (
    Q(state__in=[State.NEW, State.TAKEN]) | Q(state=State.WAITING, kind="barrier", first_answer_at__isnull=True)
)


def due(day: dt.date) -> Q:
    """What has to be answered within the next days, and is not late on `day`."""
    return UNANSWERED & Q(due_on__gte=day, due_on__lte=day + dt.timedelta(days=SOON_DAYS))


def long_open(now: dt.datetime) -> Q:
    """What came in so long ago that somebody has to be told."""
    return OPEN & Q(created_at__lt=now - dt.timedelta(days=settings.RETENTION_DAYS["open_alarm"]))


def overdue(day: dt.date) -> Q:
    """What should have been answered before `day`."""
    return UNANSWERED & Q(due_on__lt=day)
