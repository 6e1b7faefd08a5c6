"""What a piece of news or an event is about: projects and areas that the public may see, and who pays for them."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from areas.models import AreaPage
from projects.models import ProjectPage


def with_pictures(pages: QuerySet) -> QuerySet:
    """Prefetch what the cards of `pages` draw: photographs, else the first project or area; no query a card."""
    areas = AreaPage.objects.live().public().with_outline()
    projects = ProjectPage.objects.live().public().prefetch_related(Prefetch("areas", queryset=areas), "milestones")
    return pages.select_related("image").prefetch_related(
        "image__renditions", Prefetch("projects", queryset=projects), Prefetch("areas", queryset=areas)
    )


def related_subjects(page) -> dict[str, Any]:
    """Return `projects`, `areas` and, for funded projects, `notices` and `eu` (wording and fund) of a page with both relations.

    Whoever is funded must say so wherever the project is reported on (Regulation (EU) 2021/1060, Article 50).
    """
    # The primary keys come from the page in memory, so that a preview shows what is not yet saved.
    projects = ProjectPage.objects.live().public().filter(pk__in=[project.pk for project in page.projects.all()])
    areas = AreaPage.objects.live().public().filter(pk__in=[area.pk for area in page.areas.all()])
    projects = list(projects.with_status().prefetch_related("funding_notices__programme").order_by("title"))
    notices = [notice for project in projects for notice in project.funding_notices.all()]
    return {
        "projects": projects,
        "areas": list(areas.order_by("title")),
        "notices": notices,
        "eu": next(
            ({"wording": notice.eu_sentence, "fund": notice.programme.name} for notice in notices if notice.from_eu),
            None,
        ),
    }
