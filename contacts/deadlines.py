"""By when the office answers: in working days of Nordrhein-Westfalen, reports of barriers by the law's weeks."""

import datetime as dt
from functools import lru_cache

import holidays
from django.conf import settings

# BITVNRW § 5: an answer within two weeks; where that fails, an interim notice, and the answer within six.
BARRIER_FIRST_DAYS = 14
BARRIER_LAST_DAYS = 42

SATURDAY = 5


@lru_cache(maxsize=32)
def public_holidays(year: int) -> frozenset[dt.date]:
    """Return the public holidays of Nordrhein-Westfalen (Feiertagsgesetz NW § 2), Sundays among them or not."""
    return frozenset(holidays.country_holidays("DE", subdiv="NW", years=year))


def is_working_day(day: dt.date) -> bool:
    """Whether the office works on `day`: from Monday to Friday, not on a holiday, on 24 or on 31 December."""
    closed = day.month == 12 and day.day in (24, 31)  # free of work in the public service (TVöD § 6 Abs. 3)
    return day.weekday() < SATURDAY and not closed and day not in public_holidays(day.year)


def add_working_days(day: dt.date, count: int) -> dt.date:
    """Return the day that is `count` working days after `day`; the day itself does not count (BGB § 187 Abs. 1)."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def due_day(received: dt.date, *, barrier: bool, interim: bool = False) -> dt.date:
    """Return the day by which something received on `received` has to be answered.

    A question is due after `ENQUIRY_ANSWER_DAYS` working days; a barrier after two weeks, or six once there is an
    interim notice.
    """
    if barrier:
        return received + dt.timedelta(days=BARRIER_LAST_DAYS if interim else BARRIER_FIRST_DAYS)
    return add_working_days(received, settings.ENQUIRY_ANSWER_DAYS)
