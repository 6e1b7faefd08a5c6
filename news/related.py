"""What a piece of news or an event is about: projects and areas that the public may see, and who pays for them."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from areas.models import AreaPage
from projects.models import ProjectPage


def _areas() -> QuerySet:
    return AreaPage.objects.published().with_outline()


def _projects() -> QuerySet:
    return ProjectPage.objects.published().prefetch_related(Prefetch("areas", queryset=_areas()), "milestones")


def with_pictures(pages: QuerySet) -> QuerySet:
    """Prefetch what the cards of `pages` draw: photographs, else the first project or area; no query a card."""
    subjects = (Prefetch("projects", queryset=_projects()), Prefetch("areas", queryset=_areas()))
    return pages.with_photo().prefetch_related(*subjects)


def subjects_of(page) -> tuple[list[ProjectPage], list[AreaPage]]:
    """Return projects and areas of a page with both relations, from its list where that has prefetched them."""
    if "projects" in getattr(page, "_prefetched_objects_cache", {}):
        return list(page.projects.all()), list(page.areas.all())
    # values_list is a subquery of a stored page, and a list in a preview of what is not yet stored.
    projects = _projects().filter(pk__in=page.projects.values_list("id", flat=True)).with_status()
    areas = _areas().filter(pk__in=page.areas.values_list("id", flat=True))
    return list(projects.prefetch_related("funding_notices__programme").order_by("title")), list(
        areas.order_by("title")
    )


def related_subjects(projects: list[ProjectPage], areas: list[AreaPage]) -> dict[str, Any]:
    """Return the template's `projects` and `areas` and, for funded projects, `notices` and `eu` (one with EU money).

    Whoever is funded must say so wherever the project is reported on (Regulation (EU) 2021/1060, Article 50).
    """
    notices = [notice for project in projects for notice in project.funding_notices.all()]
    eu = next((notice for notice in notices if notice.from_eu), None)
    return {"projects": projects, "areas": areas, "notices": notices, "eu": eu}
