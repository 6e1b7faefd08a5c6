"""Dates that say no more than is known: a day, a month, a season or a year, perhaps only expected."""

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy


class DatePrecision(models.TextChoices):
    DAY = "day", pgettext_lazy("Genauigkeit eines Datums", "Tag")
    MONTH = "month", pgettext_lazy("Genauigkeit eines Datums", "Monat")
    SEASON = "season", gettext_lazy("Jahreszeit")
    YEAR = "year", pgettext_lazy("Genauigkeit eines Datums", "Jahr")


_SEASONS = {
    3: pgettext_lazy("Jahreszeit", "Frühjahr"),
    6: pgettext_lazy("Jahreszeit", "Sommer"),
    9: pgettext_lazy("Jahreszeit", "Herbst"),
    12: pgettext_lazy("Jahreszeit", "Winter"),
}


def today() -> dt.date:
    """Return the current day in Europe/Berlin."""
    return timezone.localdate()


def _season_start(day: dt.date) -> dt.date:
    """Return the first day of the season that holds `day`; winter belongs to the year in which it begins."""
    if day.month < 3:
        return dt.date(day.year - 1, 12, 1)
    return dt.date(day.year, day.month // 3 * 3, 1)


def _month_end(year: int, month: int) -> dt.date:
    return (dt.date(year, month, 28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def period(day: dt.date, precision: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the period that `day` stands for, both included."""
    match precision:
        case DatePrecision.MONTH:
            return day.replace(day=1), _month_end(day.year, day.month)
        case DatePrecision.SEASON:
            start = _season_start(day)
            end_month = start.month + 2
            return start, _month_end(start.year + (end_month > 12), (end_month - 1) % 12 + 1)
        case DatePrecision.YEAR:
            return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
        case _:
            return day, day


def date_label(day: dt.date | None, precision: str = DatePrecision.DAY, tentative: bool = False) -> str:
    """Return `day` in words as exact as it is known: "23. April 2027", "voraussichtlich Sommer 2027", "2025"."""
    if day is None:
        return ""
    match precision:
        case DatePrecision.MONTH:
            label = date_format(day, "F Y")
        case DatePrecision.SEASON:
            start = _season_start(day)
            years = f"{start.year}/{(start.year + 1) % 100:02d}" if start.month == 12 else str(start.year)
            label = f"{_SEASONS[start.month]} {years}"
        case DatePrecision.YEAR:
            label = str(day.year)
        case _:
            label = date_format(day, "j. F Y")
    return gettext("voraussichtlich %(date)s") % {"date": label} if tentative else label
