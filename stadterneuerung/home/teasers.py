"""Pages in an editor's order, with an editor's words, loaded in few queries."""

from collections.abc import Iterable
from copy import copy

from django.apps import apps
from django.db.models import F, OuterRef, Subquery, TextField, prefetch_related_objects
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page

from areas.models import AreaPage
from jobs.models import VacancyPage
from news.models import EventPage, NewsPage
from projects.models import FundingOfferPage, ParticipationPage, ProjectPage
from projects.pictures import load_milestones
from stadterneuerung.base.models import BasePage
from stadterneuerung.base.querysets import BasePageQuerySet
from stadterneuerung.organisation.models import OrganisationUnit


def load_teasers(*groups: Iterable) -> list[list[BasePage]]:
    """Return for each list of rows (PageTeaser) their published targets, each page with the words of its row.

    Pages that draw or tell a state of their own are loaded in full, in one query a kind, not one a page.
    """
    groups = [list(rows) for rows in groups]
    pages = _plain_pages([row.target_id for rows in groups for row in rows])
    pages |= _full_pages(pages)
    return [_worded(rows, pages) for rows in groups]


def _plain_pages(wanted: list[int]) -> dict[int, BasePage]:
    """Return published pages of any type by key, in one query: what all of them have, and defaults for the rest."""
    models = [model for model in apps.get_models() if issubclass(model, BasePage)]
    names = [model._meta.model_name for model in models]
    teaser = Coalesce(*(Cast(f"{name}__teaser", TextField()) for name in names))
    example = Coalesce(*(F(f"{name}__is_example") for name in names))
    found = BasePageQuerySet(Page).filter(pk__in=wanted).published().annotate(own_teaser=teaser, own_example=example)
    pages = {}
    for page in found:
        pages[page.pk] = page.specific_class(
            pk=page.pk,
            title=page.title,
            slug=page.slug,
            url_path=page.url_path,
            locale_id=page.locale_id,
            teaser=page.own_teaser or "",
            is_example=bool(page.own_example),
        )
        if page.specific_class.max_count_per_parent != 1:
            pages[page.pk].picture = None  # only index pages draw something without further data
    return pages


def _full_pages(plain: dict[int, BasePage]) -> dict[int, BasePage]:
    full: dict[int, BasePage] = {}
    for model, load in _LOADERS.items():
        if keys := [key for key, page in plain.items() if isinstance(page, model)]:
            full |= {page.pk: page for page in load(model.objects.filter(pk__in=keys).select_related("image"))}
    prefetch_related_objects([page.image for page in full.values() if page.image], "renditions")
    load_milestones(page for page in full.values() if isinstance(page, ProjectPage))
    return full


_LOADERS = {
    AreaPage: lambda areas: areas.with_outline(),
    ProjectPage: lambda projects: projects.with_status().with_area_outline(),
    FundingOfferPage: lambda offers: offers.with_state().with_area_outline(),
    ParticipationPage: lambda pages: pages.with_state(),
    # Their cards show days: defaults in their place would be wrong days.
    NewsPage: lambda news: news,
    EventPage: lambda events: events,
    VacancyPage: lambda vacancies: vacancies,
}


def _worded(rows: list, pages: dict[int, BasePage]) -> list[BasePage]:
    worded = []
    for row in rows:
        if page := pages.get(row.target_id):
            page = copy(page)  # a page may stand in both lists, with words of its own in each
            page.title, page.teaser = row.heading or page.title, row.text or page.teaser
            worded.append(page)
    return worded


def units_with_addresses(office_page: Page) -> tuple[OrganisationUnit | None, list[OrganisationUnit]]:
    """Return the office and its direct units in order; `address` of each is that of its published page, or empty."""
    units = all_units(office_page)
    office = next((unit for unit in units if unit.kind == OrganisationUnit.Kind.OFFICE), None)
    return office, [unit for unit in units if office is not None and unit.parent_id == office.pk]


def all_units(office_page: Page) -> list[OrganisationUnit]:
    """Return all units in the language of the office's page, in order, each with `address` as above. One query."""
    from stadterneuerung.home.models import UnitPage

    pages = UnitPage.objects.child_of(office_page).published().filter(unit=OuterRef("pk"))
    units = OrganisationUnit.objects.filter(locale_id=office_page.locale_id)
    found = list(units.annotate(page_slug=Subquery(pages.values("slug")[:1])))
    for unit in found:
        unit.address = f"{office_page.url}{unit.page_slug}/" if unit.page_slug else ""
    return found
