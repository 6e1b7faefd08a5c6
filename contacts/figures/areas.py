"""Enquiries by area. What is about a project in two areas counts in both: the areas add up to more than the whole."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from areas.models import AreaPage
from news.models import EventPage, NewsPage
from projects.models import FundingOfferPage, ParticipationPage, ProjectPage

# Pages that name areas; those of `contacts.routing.areas_of`.
WITH_AREAS = [ProjectPage, FundingOfferPage, ParticipationPage, NewsPage, EventPage]


@dataclass(frozen=True)
class AreaCounts:
    """`areas`: title → count · `nowhere`: enquiries without a page, or about one without areas or deleted since."""

    areas: Counter[str]
    nowhere: int


def by_area(pages: Mapping[int | None, int]) -> AreaCounts:
    """Fold id of a page → count into areas."""
    areas_of = _areas_of_pages()
    found: Counter[str] = Counter()
    nowhere = 0
    for page, count in pages.items():
        if titles := areas_of.get(page):
            found.update(dict.fromkeys(titles, count))
        else:
            nowhere += count
    return AreaCounts(found, nowhere)


def _areas_of_pages() -> dict[int, set[str]]:
    """Return id of a page → titles of its areas, in German where there are translations."""
    links = list(_links())
    links.sort(key=lambda link: link[3] == "de")
    titles = {key: title for _, key, title, _ in links}  # German comes last and stays
    found: dict[int, set[str]] = defaultdict(set)
    for page, key, _, _ in links:
        found[page].add(titles[key])
    return found


def _links() -> QuerySet:
    """Return (id of page, translation key, title and language of area) of areas and of all pages that name them."""
    own = AreaPage.objects.order_by().values_list("pk", "translation_key", "title", "locale__language_code")
    others = []
    for model in WITH_AREAS:
        field = model._meta.get_field("areas")
        columns = [f"areapage__{name}" for name in ("translation_key", "title", "locale__language_code")]
        others.append(model.areas.through.objects.order_by().values_list(field.m2m_column_name(), *columns))
    return own.union(*others)
