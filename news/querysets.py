"""Named questions about news and events; past and coming are decided here, in Europe/Berlin."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from stadterneuerung.base.querysets import BasePageQuerySet


def in_areas_of(items: QuerySet) -> Q:
    """Return the condition for areas by which `for_area()` finds something among `items`."""
    items = items.order_by()
    return Q(pk__in=items.values("areas")) | Q(pk__in=items.values("projects__areas"))


class NewsQuerySet(BasePageQuerySet):
    def newest_first(self) -> "NewsQuerySet":
        return self.order_by("-date", "-pk")

    def for_project(self, project) -> "NewsQuerySet":
        return self.filter(projects=project)

    def for_area(self, area) -> "NewsQuerySet":
        """News of the area itself and of the projects in it."""
        return self.filter(Q(areas=area) | Q(projects__areas=area)).distinct()


class EventQuerySet(BasePageQuerySet):
    def for_area(self, area) -> "EventQuerySet":
        """Events in the area itself and of the projects in it."""
        return self.filter(Q(areas=area) | Q(projects__areas=area)).distinct()

    def upcoming(self, now: dt.datetime | None = None) -> "EventQuerySet":
        """Events that have not ended, the next first. Without end or time, one counts until its last day is over."""
        return self.filter(_still_on(now or timezone.now())).order_by("starts_at", "pk")

    def past(self, now: dt.datetime | None = None) -> "EventQuerySet":
        """Events that have ended, the latest first."""
        return self.exclude(_still_on(now or timezone.now())).order_by("-starts_at", "-pk")


def _midnight(now: dt.datetime) -> dt.datetime:
    """Return the beginning of the day in Europe/Berlin."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _still_on(now: dt.datetime) -> Q:
    midnight = _midnight(now)
    return (
        Q(ends_at__gte=now) | Q(ends_at__isnull=True, starts_at__gte=midnight) | Q(all_day=True, ends_at__gte=midnight)
    )


def has_ended(event, now: dt.datetime | None = None) -> bool:
    """Return for one event in memory what `past()` asks the database; a list then needs no query a row."""
    now = now or timezone.now()
    if event.starts_at is None:
        return False
    last = event.ends_at or event.starts_at
    return last < (_midnight(now) if event.all_day or event.ends_at is None else now)
