"""Enquiries by area. What is about a project in two areas counts in both: the areas add up to more than the whole."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

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


def by_area(enquiries: QuerySet) -> AreaCounts:
    pages = dict(enquiries.order_by().values_list("page_id").annotate(count=Count("pk")))
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
    """Return id of a page → titles of its areas, German where there are translations."""
    titles, keys = {}, {}
    areas = AreaPage.objects.order_by("-locale__language_code")  # German comes last and stays
    for pk, key, title in areas.values_list("pk", "translation_key", "title"):
        titles[key], keys[pk] = title, key
    found: dict[int, set[str]] = defaultdict(set)
    for pk, key in keys.items():
        found[pk].add(titles[key])
    for page, area in _links():
        found[page].add(titles[keys[area]])
    return found


def _links() -> QuerySet:
    """Return (id of page, id of area) of all pages that name areas, in one query."""
    links = []
    for model in WITH_AREAS:
        field = model._meta.get_field("areas")
        columns = {"page": F(field.m2m_column_name()), "area": F(field.m2m_reverse_name())}
        links.append(model.areas.through.objects.order_by().values_list(*columns.values()))
    first, *others = links
    return first.union(*others)
