"""Pages in an editor's order, loaded in few queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Page

from areas.models import AreaPage
from projects.models import ProjectPage
from stadterneuerung.organisation.models import OrganisationUnit


@dataclass(frozen=True)
class Teaser:
    """A live page with the words under which it is announced."""

    page: Page
    heading: str
    text: str


def resolve_teasers(rows: Iterable) -> list[Teaser]:
    """Return the live, public targets of `rows` (PageTeaser) as specific pages, in the order of the rows.

    Outlines and milestones of areas and projects come in one query a kind, not one a card.
    """
    rows = list(rows)
    wanted = [row.target_id for row in rows]
    pages = {page.pk: page for page in Page.objects.live().public().filter(pk__in=wanted).specific()}
    detailed = [
        *AreaPage.objects.filter(pk__in=wanted).with_outline(),
        *ProjectPage.objects.filter(pk__in=wanted).with_status().prefetch_related("milestones", "areas"),
    ]
    pages |= {page.pk: page for page in detailed if page.pk in pages}
    return [
        Teaser(page, row.heading or page.title, row.text or getattr(page, "teaser", ""))
        for row in rows
        if (page := pages.get(row.target_id))
    ]


def units_with_pages(office_page) -> tuple[OrganisationUnit | None, list[tuple[OrganisationUnit, Page | None]]]:
    """Return the office and its direct units, each with its live page or None."""
    from stadterneuerung.home.models import UnitPage

    units = list(OrganisationUnit.objects.filter(locale_id=office_page.locale_id).select_related("parent"))
    office = next((unit for unit in units if unit.kind == OrganisationUnit.Kind.OFFICE), None)
    pages = {page.unit_id: page for page in UnitPage.objects.child_of(office_page).live().public()}
    below = [unit for unit in units if office is not None and unit.parent_id == office.pk]
    return office, [(unit, pages.get(unit.pk)) for unit in below]
