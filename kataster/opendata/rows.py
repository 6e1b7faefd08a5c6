"""Which rows a data set has: what anybody may see in one language; no drafts, no restricted pages, no examples."""

import json
from collections.abc import Callable
from typing import Any

from django.db.models import JSONField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject

from areas.models import AreaGeometry, AreaPage, StudyPage
from news.models import EventPage, EventSeriesPage
from projects.models import FundingNotice, FundingOfferPage, FundingProgramme, ProjectPage
from stadterneuerung.base.dates import today


def open_pages(model: type, locale_id: int) -> QuerySet:
    """Return the published pages of `model` that are meant: examples are there to be looked at only."""
    return model.objects.published().filter(locale_id=locale_id, is_example=False)


def areas_in_force(locale_id: int) -> QuerySet:
    return open_pages(AreaPage, locale_id).in_force(today())


def all_areas(locale_id: int) -> QuerySet:
    """All areas with a page, those lifted included."""
    return open_pages(AreaPage, locale_id)


def all_outlines(locale_id: int) -> QuerySet:
    """Every version of every outline, of areas that were lifted too, and of versions that begin later."""
    areas = all_areas(locale_id).values("translation_key")
    return AreaGeometry.objects.filter(area__translation_key__in=areas)  # translations share those of their source


def projects(locale_id: int) -> QuerySet:
    return open_pages(ProjectPage, locale_id)


def offers(locale_id: int) -> QuerySet:
    """All offers; what has closed says so."""
    return open_pages(FundingOfferPage, locale_id)


def events(locale_id: int) -> QuerySet:
    """Coming, past and cancelled events: what took place is a fact as well."""
    return open_pages(EventPage, locale_id)


def studies(locale_id: int) -> QuerySet:
    return open_pages(StudyPage, locale_id)


def programmes(locale_id: int) -> QuerySet:
    return FundingProgramme.objects.filter(locale_id=locale_id)


# --- with what the fields need: one more query for each kind of related row and each chunk, none for a row ------------
def with_outline_record(pages: QuerySet, locale_id: int) -> QuerySet:
    """Annotate `outline_record`: the outline in force today as {geojson, accuracy_m, …}, or None."""
    in_force = AreaGeometry.objects.begun_by(today()).filter(area__translation_key=OuterRef("translation_key"))
    names = ("geojson", "accuracy_m", "valid_from", "hectares", "source", "licence")
    record = JSONObject(**{name: name for name in names})
    found = Subquery(in_force.values_list(record)[:1], output_field=JSONField())
    pages = pages.annotate(outline_record=found, part_of_title=_title_of(all_areas(locale_id), "part_of"))
    return _common(pages).prefetch_related("figures")


def with_validity(outlines: QuerySet, locale_id: int) -> QuerySet:
    return outlines.with_next().select_related("area")


def with_milestones_and_money(pages: QuerySet, locale_id: int) -> QuerySet:
    notices = Prefetch("funding_notices", FundingNotice.objects.select_related("programme"))
    pages = _common(pages.with_status())
    return pages.prefetch_related(_named("areas", all_areas(locale_id)), "milestones", "figures", notices)


def with_conditions(pages: QuerySet, locale_id: int) -> QuerySet:
    pages = pages.annotate(project_title=_title_of(projects(locale_id), "project"))
    pages = _common(pages.with_state()).select_related("programme", "responsible_unit")
    return pages.prefetch_related(_named("areas", all_areas(locale_id)))


def with_subjects(pages: QuerySet, locale_id: int) -> QuerySet:
    pages = pages.annotate(series_title=_title_of(open_pages(EventSeriesPage, locale_id), "series"))
    return _common(pages).prefetch_related(
        _named("areas", all_areas(locale_id)), _named("projects", projects(locale_id))
    )


def with_area(pages: QuerySet, locale_id: int) -> QuerySet:
    return _common(pages.annotate(area_title=_title_of(all_areas(locale_id), "area")))


def _common(pages: QuerySet) -> QuerySet:
    """The unit is shown by name; the text of a page stays on the page."""
    return pages.select_related("responsible_unit").defer("body")


def _title_of(pages: QuerySet, relation: str) -> Subquery:
    return Subquery(pages.filter(pk=OuterRef(relation)).values("title")[:1])


def _named(relation: str, pages: QuerySet) -> Prefetch:
    """Related pages in the order of their titles, with no more than their names."""
    return Prefetch(relation, pages.only("title").order_by("title", "pk"))


def record(name: str) -> Callable[[Any], Any]:
    """Return a getter for a value of `outline_record`; None where there is no outline."""
    return lambda page: page.outline_record[name] if page.outline_record else None


def outline_in_force(page: Any) -> dict | None:
    geojson = record("geojson")(page)
    # SQLite hands JSON inside JSON over as text.
    return json.loads(geojson) if isinstance(geojson, str) else geojson
