"""Named questions about news and events; past and coming are decided here, in Europe/Berlin."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from wagtail.models import PageQuerySet


class NewsQuerySet(PageQuerySet):
    def newest_first(self) -> "NewsQuerySet":
        return self.order_by("-date", "-pk")

    def for_project(self, project) -> "NewsQuerySet":
        return self.filter(projects=project)

    def for_area(self, area) -> "NewsQuerySet":
        """News of the area itself and of the projects in it."""
        return self.filter(Q(areas=area) | Q(projects__areas=area)).distinct()


class EventQuerySet(PageQuerySet):
    def upcoming(self, now: dt.datetime | None = None) -> "EventQuerySet":
        """Events that have not ended, the next first. One without an end counts until the end of its day."""
        return self.filter(_still_on(now or timezone.now())).order_by("starts_at", "pk")

    def past(self, now: dt.datetime | None = None) -> "EventQuerySet":
        """Events that have ended, the latest first."""
        return self.exclude(_still_on(now or timezone.now())).order_by("-starts_at", "-pk")


def _still_on(now: dt.datetime) -> Q:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Q(ends_at__gte=now) | Q(ends_at__isnull=True, starts_at__gte=midnight)
