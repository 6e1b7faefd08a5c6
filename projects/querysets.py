"""Named questions about projects, offers and participation; what time decides is decided here, in Europe/Berlin."""

import datetime as dt

from django.db.models import Case, CharField, F, JSONField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import JSONObject

from areas.models import AreaGeometry, AreaPage
from projects.states import twelve_months_before
from stadterneuerung.base.dates import today
from stadterneuerung.base.querysets import BasePageQuerySet


def _first_area(relation: str, day: dt.date | None = None) -> Subquery:
    """Return the first published area, by title, that is tied to the row by `relation`, as {title, outline, accuracy}.

    One answer for all three: each question of its own would cost the list as much again.
    """
    in_force = AreaGeometry.objects.filter(
        **{relation: OuterRef("pk")}, area__in=AreaPage.objects.published(), valid_from__lte=day or today()
    ).order_by("area__title", "-valid_from")
    found = JSONObject(title="area__title", outline="geojson", accuracy_m="accuracy_m")
    return Subquery(in_force.values_list(found)[:1], output_field=JSONField())


class ProjectQuerySet(BasePageQuerySet):
    def with_status(self, day: dt.date | None = None) -> "ProjectQuerySet":
        """Annotate `current_status`: what an editor set by hand, else what the dates prove, else "unknown".

        Silence proves nothing: a project without a confirmed end neither runs for ever nor is it finished.
        """
        day = day or today()
        return self.annotate(
            current_status=Case(
                When(~Q(status_by_hand=""), then=F("status_by_hand")),
                When(end_on__lt=day, end_tentative=False, then=Value("completed")),
                When(start_on__gt=day, then=Value("planned")),
                When(start_on__lte=day, start_tentative=False, end_on__gte=day, then=Value("running")),
                default=Value("unknown"),
                output_field=CharField(),
            )
        )

    def with_area_outline(self, day: dt.date | None = None) -> "ProjectQuerySet":
        """Annotate `first_area`: title, outline and accuracy of the first area that has one on `day`, or None."""
        return self.annotate(first_area=_first_area("area__projects", day))

    def with_picture(self) -> "ProjectQuerySet":
        """Load what cards draw: a photograph or the outline of the project's first area; see load_milestones."""
        return self.with_area_outline().with_photo()


class OfferQuerySet(BasePageQuerySet):
    def with_state(self, day: dt.date | None = None) -> "OfferQuerySet":
        """Annotate `current_state`: open, closed or unconfirmed.

        Open needs a sourced end date that has not passed, or an editor's confirmation less than twelve months old.
        """
        day = day or today()
        return self.annotate(
            current_state=Case(
                When(closed_on__lte=day, then=Value("closed")),
                When(runs_until__lt=day, then=Value("closed")),
                When(Q(runs_until__gte=day) & ~Q(runs_until_source=""), then=Value("open")),
                When(confirmed_on__gt=twelve_months_before(day), confirmed_on__lte=day, then=Value("open")),
                default=Value("unconfirmed"),
                output_field=CharField(),
            )
        )

    def with_area_outline(self, day: dt.date | None = None) -> "OfferQuerySet":
        """Annotate `first_area`: title, outline and accuracy of the first area that has one on `day`, or None."""
        return self.annotate(first_area=_first_area("area__offers", day))

    def with_picture(self) -> "OfferQuerySet":
        """Load what cards draw: a photograph, the outline of the offer's first area, or its amounts."""
        return self.with_area_outline().with_photo()


class ParticipationQuerySet(BasePageQuerySet):
    def with_state(self, day: dt.date | None = None) -> "ParticipationQuerySet":
        """Annotate `current_state`: upcoming, running, ended (no result published) or completed."""
        day = day or today()
        return self.annotate(
            current_state=Case(
                When(starts_on__gt=day, then=Value("upcoming")),
                When(Q(ends_on__gte=day), then=Value("running")),
                When(Q(ends_on__lt=day) & ~Q(result=""), then=Value("completed")),
                When(ends_on__lt=day, then=Value("ended")),
                default=Value("unknown"),
                output_field=CharField(),
            )
        )
