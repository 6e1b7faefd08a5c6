"""A vacancy closes by itself at 23:59 Europe/Berlin on the day of its deadline."""

import datetime as dt

from stadterneuerung.base.dates import today
from stadterneuerung.base.querysets import BasePageQuerySet


class VacancyQuerySet(BasePageQuerySet):
    def open_on(self, day: dt.date | None = None) -> "VacancyQuerySet":
        """Vacancies for which one can apply on `day` (default: today in Berlin), the earliest deadline first."""
        return self.filter(deadline__gte=day or today()).order_by("deadline", "title")

    def expired_on(self, day: dt.date | None = None) -> "VacancyQuerySet":
        return self.filter(deadline__lt=day or today())
