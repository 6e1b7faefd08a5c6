"""Counts and medians, asked of the database in one query for each table; exact, so not yet to be shown to anybody."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DateField, Min, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from contacts.figures.median import Median
from contacts.figures.outcomes import IN_TIME, Outcome, with_outcomes
from contacts.figures.period import month_start
from contacts.models import Enquiry

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


def open_by_unit() -> dict[int | None, tuple[int, int]]:
    """Return id of the unit → (open, overdue), as the desk counts them now."""
    overdue = Count("pk", filter=Q(pk__in=Enquiry.objects.overdue().order_by().values("pk")))
    rows = Enquiry.objects.open().order_by().values_list("unit_id").annotate(open=Count("pk"), overdue=overdue)
    return {unit: (opened, late) for unit, opened, late in rows}


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
