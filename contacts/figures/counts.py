"""Counts and medians, asked of the database in one query for each table; exact, so not yet to be shown to anybody."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DateField, Min, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from contacts.figures.median import Median
from contacts.figures.outcomes import IN_TIME, Outcome, with_outcomes
from contacts.figures.period import month_start
from contacts.models import Enquiry, EnquirySubject

NO_SUBJECT = "ohne Betreff"
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Summary:
    """What is known of some enquiries. `median` is the time to the first answer in days, of those `answered`."""

    received: int = 0
    answered: int = 0
    in_time: int = 0
    late: int = 0
    median: float | None = None


def first_month() -> dt.date | None:
    """Return the month of the oldest enquiry that counts; None when there is none."""
    oldest = Enquiry.objects.counted().aggregate(oldest=Min("created_at"))["oldest"]
    return month_start(timezone.localdate(oldest)) if oldest else None


def overall(enquiries: QuerySet) -> Summary:
    return _summary(with_outcomes(enquiries).aggregate(**_columns()))


def by_month(enquiries: QuerySet) -> dict[dt.date, Summary]:
    """Return month (its first day) → summary, for months that have any."""
    return _grouped(enquiries.annotate(group=TruncMonth("created_at", output_field=DateField())))


def by_unit(enquiries: QuerySet) -> dict[int | None, Summary]:
    """Return id of the unit → summary; None stands for what no unit has."""
    return _grouped(enquiries, "unit_id")


def by_subject(enquiries: QuerySet) -> Counter[str]:
    """Return name of the subject → count. Translations of a subject count as one, a deleted one by its name."""
    names = dict(
        EnquirySubject.objects.order_by("-locale__language_code").values_list("translation_key", "name")
    )  # German comes last and stays
    found: Counter[str] = Counter()
    columns = ("kind", "subject__translation_key", "subject_name")
    for kind, key, name, count in _counted(enquiries, *columns):
        if kind == Enquiry.Kind.BARRIER:
            name = Enquiry.Kind.BARRIER.label
        found[names.get(key) or name or NO_SUBJECT] += count
    return found


def by_channel(enquiries: QuerySet) -> dict[str, int]:
    """Return German name of the way in → count, for all of them."""
    found = dict(_counted(enquiries, "channel"))
    return {channel.label: found.get(channel.value, 0) for channel in Enquiry.Channel}


def open_by_unit() -> dict[int | None, tuple[int, int]]:
    """Return id of the unit → (open, overdue), as the desk counts them now."""
    opened = dict(_counted(Enquiry.objects.open(), "unit_id"))
    overdue = dict(_counted(Enquiry.objects.overdue(), "unit_id"))
    return {unit: (count, overdue.get(unit, 0)) for unit, count in opened.items()}


def _counted(enquiries: QuerySet, *columns: str) -> Iterable[tuple]:
    return enquiries.order_by().values_list(*columns).annotate(count=Count("pk"))


def _columns() -> dict[str, Any]:
    return {
        "received": Count("pk"),
        "answered": Count("first_answer_at"),
        "in_time": Count("pk", filter=Q(outcome__in=IN_TIME)),
        "late": Count("pk", filter=Q(outcome=Outcome.LATE)),
        "median": Median("answered_after"),
    }


def _grouped(enquiries: QuerySet, column: str = "group") -> dict[Any, Summary]:
    rows = with_outcomes(enquiries).order_by().values(column).annotate(**_columns())
    return {row.pop(column): _summary(row) for row in rows}


def _summary(row: dict[str, Any]) -> Summary:
    return Summary(**row | {"median": row["median"] / DAY if row["median"] is not None else None})
