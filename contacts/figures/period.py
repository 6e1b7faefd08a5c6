"""The period that figures are about: whole months, since two periods that differ by a day would tell about that day."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from stadterneuerung.base.dates import today

USUAL_MONTHS = 24


def month_start(day: dt.date, later: int = 0) -> dt.date:
    """Return the first day of the month that lies `later` months after that of `day`."""
    months = day.year * 12 + day.month - 1 + later
    return dt.date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True)
class Period:
    """From the month that begins on `first` to the one that begins on `last`, both included."""

    first: dt.date
    last: dt.date

    @classmethod
    def usual(cls) -> "Period":
        """The last 24 months, the current one among them."""
        return cls(month_start(today(), 1 - USUAL_MONTHS), month_start(today()))

    @property
    def months(self) -> list[dt.date]:
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return [month_start(self.first, later) for later in range(count)]

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        """The moment at which it begins in Dortmund, and the one before which it ends."""
        return _midnight(self.first), _midnight(month_start(self.last, 1))

    @property
    def label(self) -> str:
        if self.first == self.last:
            return date_format(self.first, "F Y")
        return f"{date_format(self.first, 'F Y')} bis {date_format(self.last, 'F Y')}"

    @property
    def key(self) -> str:
        """The period as a part of a file's name."""
        return f"{self.first:%Y-%m}_{self.last:%Y-%m}"


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
